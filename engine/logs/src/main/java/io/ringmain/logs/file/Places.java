package io.ringmain.logs.file;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Which file a position of a source lies in; remembers so many files that were read last.
 *
 * <p>Thread: the intake thread adds, any thread asks.
 */
final class Places {

    private final Object lock = new Object();
    private final long[] positions;
    private final long[] offsets;
    private final Path[] files;
    private long count;

    /** Remembers the last {@code max} files, at least one. */
    Places(int max) {
        positions = new long[max];
        offsets = new long[max];
        files = new Path[max];
    }

    /** From {@code position} on it is {@code file}, from its byte {@code offset} on. */
    void add(long position, Path file, long offset) {
        synchronized (lock) {
            int index = (int) (count++ % files.length);
            positions[index] = position;
            offsets[index] = offset;
            files[index] = file;
        }
    }

    /** Says which byte of which file has this position; null if it was read too long ago, or nothing was yet. */
    @Nullable
    String where(long position) {
        synchronized (lock) {
            for (long i = count - 1; i >= Math.max(0, count - files.length); i--) {
                int index = (int) (i % files.length);
                if (positions[index] <= position) {
                    return files[index] + ", byte " + (position - positions[index] + offsets[index]);
                }
            }
            return null;
        }
    }
}
