package io.ringmain.perf.journal;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A directory for temporary files: each side of a round finds it empty, and it is gone at the end. */
final class Scratch implements Closeable {

    private final Path path;

    Scratch() throws IOException {
        path = Files.createTempDirectory("ringmain-perf");
    }

    /** A name in the directory, where nothing is. */
    Path place() throws IOException {
        empty();
        return path.resolve("place");
    }

    private void empty() throws IOException {
        try (Stream<Path> walk = Files.walk(path)) {
            List<Path> found = walk.sorted(Comparator.reverseOrder()).toList();
            for (Path one : found) {
                if (!one.equals(path)) {
                    Files.delete(one);
                }
            }
        }
    }

    @Override
    public void close() throws IOException {
        empty();
        Files.delete(path);
    }
}
