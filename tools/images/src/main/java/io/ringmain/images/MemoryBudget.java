package io.ringmain.images;

import io.ringmain.images.picture.PictureException;
import java.util.Locale;
import java.util.concurrent.Semaphore;

/**
 * How much memory the workers may use for pictures together: one that finds too little left waits until others are done. So a few huge pictures among many
 * small ones cost time, not the program.
 *
 * <p>Thread: any.
 */
final class MemoryBudget {

    private static final int KIB = 1024;

    /** What a worker needs beside the samples: rows as floats, buffers of decoder and encoder. */
    private static final int BESIDE_KIB = 8 * KIB;

    /** What is left of the heap is for files as they are read and written, and for the collector. */
    private static final int TENTHS_OF_HEAP = 6;

    private final Semaphore kib;
    private final int kibMax;

    /** Makes a budget of {@code bytes}. */
    MemoryBudget(long bytes) {
        kibMax = (int) Math.min(Integer.MAX_VALUE, Math.max(1, bytes / KIB));
        // Fair, or a large picture might wait for as long as there are small ones.
        kib = new Semaphore(kibMax, true);
    }

    /** How many bytes of this heap pictures may take. */
    static long ofHeap() {
        return Runtime.getRuntime().maxMemory() / 10 * TENTHS_OF_HEAP;
    }

    /** Takes what {@code pixels} of so many bytes need, which may wait; returns how much that was, for {@link #giveBack}. */
    int take(long pixels, int bytesPerPixel) throws PictureException {
        long needed = pixels * bytesPerPixel / KIB + BESIDE_KIB;
        if (needed > kibMax) {
            throw new PictureException(
                    "too_many_pixels",
                    String.format(
                            Locale.ROOT,
                            "%,d pixels need %,d MiB, and the heap can spare %,d (expected: a smaller picture, or more memory: JAVA_TOOL_OPTIONS=-Xmx%dg)",
                            pixels,
                            needed / KIB,
                            kibMax / KIB,
                            needed * 10 / TENTHS_OF_HEAP / KIB / KIB + 1));
        }
        kib.acquireUninterruptibly((int) needed);
        return (int) needed;
    }

    void giveBack(int taken) {
        kib.release(taken);
    }
}
