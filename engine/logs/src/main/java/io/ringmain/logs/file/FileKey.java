package io.ringmain.logs.file;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Which file it is, whatever it is called; until it is deleted, for its number is then given to another one. */
record FileKey(long device, long inode) {

    static final String ATTRIBUTES = "dev,ino";

    /** Looks at the file that {@code path} means now. */
    static FileKey of(Path path) throws IOException {
        try {
            return of(Files.readAttributes(path, "unix:" + ATTRIBUTES));
        } catch (UnsupportedOperationException elsewhere) {
            // Where files have no such numbers all of them have these, and only what is in a file tells it from others.
            return new FileKey(0, 0);
        }
    }

    /** Takes the numbers out of {@code attributes}, which has {@link #ATTRIBUTES}. */
    static FileKey of(Map<String, Object> attributes) {
        return new FileKey(number(attributes, "dev"), number(attributes, "ino"));
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number.longValue() : 0;
    }

    void write(DataOutput out) throws IOException {
        out.writeLong(device);
        out.writeLong(inode);
    }

    static FileKey read(DataInput in) throws IOException {
        return new FileKey(in.readLong(), in.readLong());
    }
}
