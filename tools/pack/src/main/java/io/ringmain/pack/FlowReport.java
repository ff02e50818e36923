package io.ringmain.pack;

import io.ringmain.Report.Times;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.HdrHistogram.Histogram;

/**
 * What a flow of chunks did, and where it waited.
 *
 * @param chunks how many chunks
 * @param contentBytes how much they have unpacked
 * @param packedBytes how much packed, before encryption
 * @param ran how long it took
 * @param lanes the reader, the workers if there are any, the writer
 */
public record FlowReport(long chunks, long contentBytes, long packedBytes, Duration ran, List<Lane> lanes) {

    /**
     * One of those who work on chunks.
     *
     * @param name reader, workers or writer
     * @param threads how many threads it has
     * @param depthMean how many chunks there were before it, or for the reader behind it, on average
     * @param depthMax the most
     * @param waited how long a chunk waited before it; for the reader, how long it waited for room
     * @param service how long it worked on a chunk
     * @param busy the share of the time in which its threads worked, from 0 to 1
     */
    public record Lane(
            String name, int threads, double depthMean, long depthMax, Times waited, Times service, double busy) {}

    static FlowReport of(FlowClock clock, ChunkWriter writer, Flowed flowed) {
        Lane reader =
                lane("reader", 1, new Histogram[] {clock.readerDepth, clock.readerWait, clock.readerService}, flowed);
        Lane writing =
                lane("writer", 1, new Histogram[] {clock.writerDepth, clock.writerWait, clock.writerService}, flowed);
        List<Lane> lanes = flowed.workers == 0
                ? List.of(reader, writing)
                : List.of(
                        reader,
                        lane(
                                "workers",
                                flowed.workers,
                                new Histogram[] {clock.workersDepth, clock.workersWait, clock.workersService},
                                flowed),
                        writing);
        return new FlowReport(writer.chunks(), writer.length(), writer.bytes(), flowed.ran, lanes);
    }

    /** How long it took, and how many workers it had in the end. */
    record Flowed(Duration ran, int workers) {}

    private static Lane lane(String name, int threads, Histogram[] depthWaitService, Flowed flowed) {
        Histogram depth = depthWaitService[0];
        Histogram service = depthWaitService[2];
        double workedNs = service.getMean() * service.getTotalCount();
        double busy = flowed.ran.isZero() ? 0 : Math.min(1, workedNs / threads / flowed.ran.toNanos());
        return new Lane(
                name, threads, depth.getMean(), depth.getMaxValue(), times(depthWaitService[1]), times(service), busy);
    }

    private static Times times(Histogram ns) {
        return new Times(
                ns.getTotalCount(),
                ns.getMean(),
                ns.getValueAtPercentile(50),
                ns.getValueAtPercentile(99),
                ns.getValueAtPercentile(99.9),
                ns.getMaxValue());
    }

    /** How large the packed bytes are beside the content, 0 if there is none. */
    public double ratio() {
        return contentBytes == 0 ? 0 : (double) packedBytes / contentBytes;
    }

    /** Bytes of content a second. */
    public double bytesPerSecond() {
        return ran.isZero() ? 0 : contentBytes * 1e9 / ran.toNanos();
    }

    /** Who was busy for the largest share of the time: the others waited for it. */
    public Lane bottleneck() {
        return lanes.stream().max(Comparator.comparingDouble(Lane::busy)).orElseThrow();
    }

    /** The same in words. */
    public String bottleneckInWords() {
        Lane most = bottleneck();
        StringBuilder words = new StringBuilder(most.name);
        words.append(String.format(Locale.ROOT, ", busy %.0f %% of the time", 100 * most.busy));
        if (most.threads > 1) {
            words.append(" (").append(most.threads).append(" threads)");
        }
        String others = lanes.stream()
                .filter(lane -> !lane.name.equals(most.name))
                .map(lane -> String.format(Locale.ROOT, "%s %.0f %%", lane.name, 100 * lane.busy))
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        words.append("; ").append(others);
        if (most.busy < 0.5) {
            words.append("; none was for half of the time: what they wait for is cores, or a disk");
        }
        return words.toString();
    }
}
