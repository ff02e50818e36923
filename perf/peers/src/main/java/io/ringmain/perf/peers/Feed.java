package io.ringmain.perf.peers;

import java.util.SplittableRandom;

/**
 * Events of a {@link Shape}, made before anything is measured and the same ones from the same seed.
 *
 * <p>Thread: any; nothing of it changes.
 */
final class Feed {

    private static final long FIRST_MS = 1_790_000_000_000L;
    private static final int HOT_FOR = 2_000;
    private static final short[] STATUSES = {200, 201, 204, 301, 304, 404, 500, 503};

    private final Shape shape;
    private final int[] afterMs;
    // Below 0 where the event is none that counts.
    private final int[] keys;
    private final int[] values;

    Feed(Shape shape, int count, long seed) {
        this.shape = shape;
        afterMs = new int[count];
        keys = new int[count];
        values = new int[count];
        var random = new SplittableRandom(seed);
        int hot = 0;
        for (int i = 0; i < count; i++) {
            if (i % HOT_FOR == 0) {
                hot = random.nextInt(shape.keys());
            }
            // Not before the first millisecond, so that all can be counted from there.
            afterMs[i] = Math.max(0, i / shape.eventsPerMs() - random.nextInt(shape.disorderMs()));
            keys[i] = shape == Shape.Q5 ? auction(i, hot, random) : STATUSES[status(random)];
            values[i] = random.nextInt(1, 50_000);
        }
    }

    private static int auction(int i, int hot, SplittableRandom random) {
        // One person and three auctions in 50.
        if (i % 50 < 4) {
            return -1;
        }
        return random.nextBoolean() ? hot : random.nextInt(Shape.Q5.keys());
    }

    /** Most requests go well. */
    private static int status(SplittableRandom random) {
        return random.nextInt(4) == 0 ? random.nextInt(STATUSES.length) : 0;
    }

    Shape shape() {
        return shape;
    }

    int count() {
        return keys.length;
    }

    /** Whether event {@code i} is one that counts: a bid, a request. */
    boolean isCounted(int i) {
        return keys[i] >= 0;
    }

    int key(int i) {
        return keys[i];
    }

    int value(int i) {
        return values[i];
    }

    long timeMs(int i) {
        return FIRST_MS + afterMs[i];
    }
}
