package io.ringmain.perf.peers;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/**
 * The rows that a side gives, whatever their order: how many, and a hash of them.
 *
 * <p>Thread: any add; the hash is read when all have.
 */
final class Answer {

    private final LongAdder rows = new LongAdder();
    private final LongAdder hash = new LongAdder();

    /** Takes a row: {@code sum} is 0 where only the count is wanted. */
    void add(long endMs, long key, long count, long sum) {
        rows.increment();
        hash.add(mixed(mixed(mixed(mixed(endMs) ^ key) ^ count) ^ sum));
    }

    /** As SplittableRandom spreads its states. */
    private static long mixed(long bits) {
        long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }

    long rows() {
        return rows.sum();
    }

    long hash() {
        return mixed(hash.sum()) ^ rows.sum();
    }

    /** The answer of a plain program that looks at all windows of each event. */
    static Answer of(Feed feed) {
        Shape shape = feed.shape();
        Map<Long, Map<Integer, long[]>> windows = new HashMap<>();
        for (int i = 0; i < feed.count(); i++) {
            if (feed.isCounted(i)) {
                long timeMs = feed.timeMs(i);
                long lastMs = timeMs - Math.floorMod(timeMs, shape.slideMs());
                for (long startMs = lastMs; startMs > timeMs - shape.sizeMs(); startMs -= shape.slideMs()) {
                    long[] totals = windows.computeIfAbsent(startMs + shape.sizeMs(), none -> new HashMap<>())
                            .computeIfAbsent(feed.key(i), none -> new long[2]);
                    totals[0]++;
                    totals[1] += feed.value(i);
                }
            }
        }
        var answer = new Answer();
        windows.forEach((endMs, keys) -> {
            if (shape.isHottestOnly()) {
                int hottest = hottest(keys);
                answer.add(endMs, hottest, keys.getOrDefault(hottest, new long[1])[0], 0);
            } else {
                keys.forEach((key, totals) -> answer.add(endMs, key, totals[0], totals[1]));
            }
        });
        return answer;
    }

    private static int hottest(Map<Integer, long[]> keys) {
        int hottest = -1;
        long most = 0;
        for (Map.Entry<Integer, long[]> one : keys.entrySet()) {
            long count = one.getValue()[0];
            if (isHotter(count, one.getKey(), most, hottest)) {
                most = count;
                hottest = one.getKey();
            }
        }
        return hottest;
    }

    /** Whether a key stands before another: more events, or as many and a smaller number. */
    static boolean isHotter(long count, int key, long otherCount, int otherKey) {
        return count > otherCount || (count == otherCount && key < otherKey);
    }
}
