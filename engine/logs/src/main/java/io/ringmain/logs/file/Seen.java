package io.ringmain.logs.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which file lies at a path at a look, how long it is and when it was written to last. */
record Seen(Path path, FileKey key, long sizeBytes, FileTime modified) {

    private static final String ATTRIBUTES = "unix:size,lastModifiedTime," + FileKey.ATTRIBUTES;

    /** Looks at the file at {@code path}; returns none if it has lost that name a moment ago: the next look tells. */
    static @Nullable Seen at(Path path) {
        try {
            Map<String, Object> attributes = Files.readAttributes(path, ATTRIBUTES);
            return attributes.get("size") instanceof Long size
                            && attributes.get("lastModifiedTime") instanceof FileTime modified
                    ? new Seen(path, FileKey.of(attributes), size, modified)
                    : null;
        } catch (IOException gone) {
            return null;
        }
    }
}
