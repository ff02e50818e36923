package io.ringmain.logs.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files of an earlier run again, among those that there are now and, if they have another name by now, beside where they lay.
 *
 * <p>A file is the same if its device and inode are and it still has what was read of it; else it is another one and read from its
 * beginning. Thread: the one that opens the source.
 */
final class Recognition {

    private final List<Begin> left = new ArrayList<>();

    private Recognition() {}

    /** The files of an earlier run that are there, as that has read them; then all others, as they were given. */
    record Found(List<Begin> known, List<Begin> others) {

        /** All of them, in this order. */
        List<Begin> all() {
            return Stream.concat(known.stream(), others.stream()).toList();
        }
    }

    /** A file to read: where it lies now, and where to begin; its mark has the name that it had. */
    record Begin(Path path, FileMark mark) {

        static Begin first(Path path) throws IOException {
            return new Begin(path, FileMark.first(path));
        }
    }

    /**
     * Finds the files of {@code marks} again, among {@code files} and beside them.
     *
     * @param notices takes what is to be said of those that are not found
     */
    static Found find(List<Path> files, List<FileMark> marks, Consumer<String> notices) throws IOException {
        Recognition recognition = new Recognition();
        for (Path file : files) {
            recognition.left.add(Begin.first(file));
        }
        List<Begin> known = new ArrayList<>();
        List<FileMark> missing = new ArrayList<>();
        for (FileMark mark : marks) {
            Begin found = recognition.find(mark);
            if (found == null) {
                missing.add(mark);
            } else {
                known.add(found);
            }
        }
        missing.forEach(mark -> notices.accept(recognition.missing(mark)));
        return new Found(known, recognition.left);
    }

    private @Nullable Begin find(FileMark mark) throws IOException {
        for (Begin begin : left) {
            if (begin.mark().key().equals(mark.key()) && holds(begin.path(), mark)) {
                left.remove(begin);
                return new Begin(begin.path(), mark);
            }
        }
        Path sibling = sibling(mark);
        return sibling == null ? null : new Begin(sibling, mark);
    }

    private String missing(FileMark mark) {
        boolean isThere = left.stream().anyMatch(begin -> begin.path().equals(mark.path()));
        return mark.path()
                + (isThere
                        ? ": cut, or another file than was read to byte " + mark.offset()
                                + " before; read from its beginning"
                        : ": gone; it was read to byte " + mark.offset() + " before");
    }

    private static @Nullable Path sibling(FileMark mark) throws IOException {
        Path directory = mark.path().toAbsolutePath().getParent();
        if (directory == null || !Files.isDirectory(directory)) {
            return null;
        }
        try (DirectoryStream<Path> siblings = Files.newDirectoryStream(directory, Files::isRegularFile)) {
            for (Path sibling : siblings) {
                if (holds(sibling, mark)) {
                    return sibling;
                }
            }
            return null;
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
    }

    private static boolean holds(Path path, FileMark mark) {
        try {
            if (!FileKey.of(path).equals(mark.key())) {
                return false;
            }
            try (FileChannel channel = FileChannel.open(path)) {
                return mark.proof().holds(channel);
            }
        } catch (IOException unreadable) {
            // Whoever is to read it says so.
            return false;
        }
    }
}
