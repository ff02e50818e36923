package io.ringmain.pack;

import static java.util.Objects.requireNonNull;

/**
 * How to pack.
 *
 * @param format what the chunks become
 * @param level how hard to try, from {@link PackFormat#levelMin} to {@link PackFormat#levelMax}
 * @param chunkBytes how much of the content is packed by itself
 * @param depth how many chunks are in memory at a time, at least 2: each takes its own bytes and those of its bound
 * @param workersMin the least number of workers
 * @param workersMax the most
 * @param locking for whom to encrypt
 */
public record Packing(
        PackFormat format, int level, int chunkBytes, int depth, int workersMin, int workersMax, Locking locking) {

    /** The most chunks: {@value}. */
    public static final int DEPTH_MAX = 4096;

    /** Checks the numbers. */
    public Packing {
        requireNonNull(format, "format");
        requireNonNull(locking, "locking");
        require(level >= format.levelMin() && level <= format.levelMax(), "level: " + level);
        require(
                chunkBytes >= PackFormat.CHUNK_BYTES_MIN && chunkBytes <= PackFormat.CHUNK_BYTES_MAX,
                "chunkBytes: " + chunkBytes);
        require(depth >= 2 && depth <= DEPTH_MAX, "depth: " + depth);
        require(workersMin >= 1 && workersMax >= workersMin, "workers: " + workersMin + ".." + workersMax);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what + " (expected: as the record says)");
        }
    }

    /** As many chunks as keep all workers at work while one is read and one is written. */
    public static int depthFor(int workers) {
        return Math.max(4, workers + 2);
    }
}
