package io.ringmain.pack;

import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * Measures where chunks wait and where they are worked on: each of them, not a sample, for a chunk takes milliseconds and the clock nanoseconds.
 *
 * <p>Thread: {@link #read} that of the reader, {@link #taken} and {@link #packed} any worker, {@link #written} that of the writer; the histograms
 * are whole when the flow has ended.
 */
final class FlowClock {

    private static final int DIGITS = 3;

    private final AtomicLong read = new AtomicLong();
    private final AtomicLong taken = new AtomicLong();
    private final AtomicLong packed = new AtomicLong();
    private final AtomicLong written = new AtomicLong();

    final Histogram readerDepth = new Histogram(DIGITS);
    final Histogram workersDepth = new Histogram(DIGITS);
    final Histogram writerDepth = new Histogram(DIGITS);
    final Histogram readerWait = new Histogram(DIGITS);
    final Histogram readerService = new Histogram(DIGITS);
    final Histogram workersWait = new Histogram(DIGITS);
    final Histogram workersService = new Histogram(DIGITS);
    final Histogram writerWait = new Histogram(DIGITS);
    final Histogram writerService = new Histogram(DIGITS);

    /** A chunk was read and is about to be published. */
    void read() {
        long count = read.incrementAndGet();
        // Racy, but each is off by no more than what happens in between.
        readerDepth.recordValue(Math.max(0, count - written.get()));
        workersDepth.recordValue(Math.max(0, count - taken.get()));
    }

    void taken() {
        taken.incrementAndGet();
    }

    void packed() {
        packed.incrementAndGet();
    }

    void written(Chunk chunk, long beganNs, long endedNs) {
        boolean isPacked = chunk.isPacked;
        readerWait.recordValue(chunk.roomWaitNs);
        readerService.recordValue(chunk.readNs);
        if (isPacked) {
            workersWait.recordValue(chunk.takenAtNs - chunk.readAtNs);
            workersService.recordValue(chunk.packedAtNs - chunk.takenAtNs);
        }
        writerWait.recordValue(beganNs - (isPacked ? chunk.packedAtNs : chunk.readAtNs));
        writerService.recordValue(endedNs - beganNs);
        writerDepth.recordValue(Math.max(0, (isPacked ? packed : read).get() - written.getAndIncrement()));
    }
}
