package io.ringmain.perf.compare;

import io.ringmain.Pipeline;
import io.ringmain.config.Batching;
import io.ringmain.config.WhenFailed;
import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.kit.Rounds.Ran;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * Question: how many events a second does a sink take that needs a millisecond for each write, with batches of 1 and of 100? Reported, without a bar.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar compare batches [--rounds 7] [--events 2000] [--json FILE]}
 */
final class CompareBatches {

    private static final long WRITE_NS = 1_000_000;
    private static final int[] BATCHES = {1, 100};

    private CompareBatches() {}

    /** Measures; returns an exit code. */
    static int run(String[] args) {
        Options options = Options.parse(args, 2, "rounds", "7", "events", "2000", "json", "");
        Optional<Path> json = options.file("json");
        int count = (int) options.number("rounds", 1);
        int events = (int) options.number("events", 1);
        EngineLog.quiet();
        Machine machine =
                Machine.describe("How fast is a sink that needs a millisecond for a write?", String.join(" ", args));
        Rounds rounds = new Rounds(List.of(() -> ran(events, BATCHES[0]), () -> ran(events, BATCHES[1])));
        rounds.measure(count);
        var rows = new Rows(json, "batch", "events/s", "us each");
        for (int i = 0; i < BATCHES.length; i++) {
            double tookNs = rounds.tookNs(i).median();
            rows.add("at most " + BATCHES[i], events * 1e9 / tookNs, tookNs / 1e3 / events);
        }
        rows.write();
        System.out.println(
                "median of " + count + " runs of " + events + " events, published one by one as fast as they go");
        System.out.println(machine.verdict());
        return Bar.KEPT;
    }

    /** Counts what it is given, a millisecond for each batch. */
    private static final class SlowSink implements Sink<Entry> {

        private final Entry.Counts counts = new Entry.Counts();

        @Override
        public void write(Batch<Entry> batch) {
            long endNs = System.nanoTime() + WRITE_NS;
            for (int i = 0; i < batch.size(); i++) {
                counts.add(batch.event(i));
            }
            for (long leftNs = WRITE_NS; leftNs > 0; leftNs = endNs - System.nanoTime()) {
                LockSupport.parkNanos(leftNs);
            }
        }
    }

    private static Ran ran(int events, int batch) {
        var sink = new SlowSink();
        long cpuBeforeNs = Machine.processCpuNs();
        long beginNs = System.nanoTime();
        Pipeline<Entry> pipeline = Pipeline.of("slow", Entry.TYPE)
                .whenFailed(WhenFailed.stop())
                .drainWithin(Duration.ofMinutes(5))
                .sink("slow", sink, Batching.of(batch, Duration.ZERO))
                .build()
                .start();
        try (pipeline) {
            Publisher<Entry> publisher = pipeline.publisher();
            for (int number = 0; number < events; number++) {
                long own = number;
                if (publisher.publish(entry -> entry.fill(own)) != Publication.PUBLISHED) {
                    throw new IllegalStateException("not published (expected: PUBLISHED)");
                }
            }
        }
        double tookNs = System.nanoTime() - beginNs;
        return new Ran(tookNs, Machine.processCpuNs() - cpuBeforeNs, sink.counts.hash());
    }
}
