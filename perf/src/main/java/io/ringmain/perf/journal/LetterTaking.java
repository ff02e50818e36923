package io.ringmain.perf.journal;

import com.sun.management.ThreadMXBean;
import io.ringmain.journal.ChronicleDeadLetters;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;

/** What a letter costs the lane that buries an event: time and memory; and the thread that writes it. */
final class LetterTaking {

    /** So many letters are taken without a pause, which the store's buffer holds; then they are written, unseen. */
    private static final int BURST = 1000;

    /** The least of so many counts of memory: what the JDK takes at some time is not per letter. */
    private static final int TIMES = 5;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ChronicleDeadLetters letters;
    private final FailedLine failed = new FailedLine();
    private final int count;

    private LetterTaking(ChronicleDeadLetters letters, int count) {
        this.letters = letters;
        this.count = count;
    }

    static void print(Path directory, int count) throws IOException {
        var letters = Letters.store(directory).build();
        letters.open();
        var taking = new LetterTaking(letters, count);
        taking.times();
        long[] timesNs = taking.times();
        System.out.printf(
                Locale.ROOT,
                "add() on the lane: p50 %d ns, p99 %d ns, p99.9 %d ns, with a reading of the clock%n",
                at(timesNs, 0.5),
                at(timesNs, 0.99),
                at(timesNs, 0.999));
        taking.bytes();
        letters.close();
    }

    private static long at(long[] sorted, double share) {
        return sorted[(int) (share * (sorted.length - 1))];
    }

    private long[] times() throws IOException {
        long[] timesNs = new long[count];
        for (int i = 0; i < count; i++) {
            if (i % BURST == 0) {
                letters.flush();
            }
            failed.next();
            long sinceNs = System.nanoTime();
            boolean isTaken = letters.add(failed);
            timesNs[i] = System.nanoTime() - sinceNs;
            if (!isTaken) {
                throw new IllegalStateException("no room (expected: room for " + BURST + " letters)");
            }
        }
        letters.flush();
        Arrays.sort(timesNs);
        return timesNs;
    }

    private void bytes() throws IOException {
        long writer = writerId();
        double ofLane = Double.MAX_VALUE;
        double ofWriter = Double.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            long laneStart = THREADS.getCurrentThreadAllocatedBytes();
            long writerStart = THREADS.getThreadAllocatedBytes(writer);
            Letters.add(letters, failed, count);
            long once = THREADS.getCurrentThreadAllocatedBytes();
            Letters.add(letters, failed, 2 * count);
            long twice = THREADS.getCurrentThreadAllocatedBytes();
            letters.flush();
            // N and 2 N letters: whatever the measuring itself allocates cancels out.
            ofLane = Math.min(ofLane, Math.abs(twice - once - (once - laneStart)) / (double) count);
            ofWriter = Math.min(ofWriter, (THREADS.getThreadAllocatedBytes(writer) - writerStart) / (3.0 * count));
        }
        System.out.printf(
                Locale.ROOT, "bytes allocated per letter: lane %.3f, thread of the store %.3f%n", ofLane, ofWriter);
    }

    private static long writerId() {
        return Arrays.stream(THREADS.getThreadInfo(THREADS.getAllThreadIds()))
                .filter(thread -> thread.getThreadName().startsWith("dead_letters/"))
                .findAny()
                .orElseThrow()
                .getThreadId();
    }
}
