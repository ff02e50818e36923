package io.ringmain;

import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The program of {@link SmallHeapTest}: three sources, three subscribers, a rate. Writes down what became of the events. */
final class SmallHeapRun {

    private static final int SOURCES = 3;
    private static final long SECOND_NS = 1_000_000_000;
    // Some half a second of events: so long may a machine that does other things too let a thread stand.
    private static final int LOSSY_BOUND = 1 << 16;

    private SmallHeapRun() {}

    /** Gives events evenly in time, and those that are late as soon as there is room. */
    private static final class Paced implements Source<Cell> {

        private final long perSecond;
        private final long count;
        private long startNs;
        private long given;
        private long lateMax;

        Paced(long perSecond, long seconds) {
            this.perSecond = perSecond;
            count = perSecond * seconds;
        }

        @Override
        public void open() {
            startNs = System.nanoTime();
        }

        @Override
        public Status fill(Intake<Cell> intake, int max) {
            long due = Math.min(count, (System.nanoTime() - startNs) * perSecond / SECOND_NS);
            lateMax = Math.max(lateMax, due - given);
            long end = Math.min(due, given + max);
            for (; given < end; given++) {
                intake.claim(given).value = given;
            }
            return given == count ? Status.END : Status.IDLE;
        }
    }

    /** Adds up what it sees. */
    private static final class Sum implements Sink<Cell> {

        private long events;
        private long sum;

        @Override
        public void write(Batch<Cell> batch) {
            for (int i = 0; i < batch.size(); i++) {
                sum += batch.event(i).value;
            }
            events += batch.size();
        }

        @Override
        public String toString() {
            return events + " " + sum;
        }
    }

    /** Runs with {@code args}: events per second of all sources, seconds, and the file for what became of them. */
    public static void main(String[] args) throws IOException {
        long perSecond = Long.parseLong(args[0]) / SOURCES;
        long seconds = Long.parseLong(args[1]);
        List<Paced> sources =
                List.of(new Paced(perSecond, seconds), new Paced(perSecond, seconds), new Paced(perSecond, seconds));
        List<Sum> sums = List.of(new Sum(), new Sum(), new Sum());
        var lagged = new AtomicLong();
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("small", Cell.TYPE);
        for (int i = 0; i < SOURCES; i++) {
            builder.source("source" + i, sources.get(i));
        }
        Report report;
        try (Pipeline<Cell> pipeline = builder.whenFailed(WhenFailed.stop()).build()) {
            pipeline.subscribe("first", sums.get(0), Subscribing.lossless());
            pipeline.subscribe("second", sums.get(1), Subscribing.lossless());
            pipeline.subscribe("third", sums.get(2), Subscribing.lossy(LOSSY_BOUND, lagged::addAndGet));
            pipeline.start();
            report = pipeline.await();
        }
        List<String> lines = new ArrayList<>(List.of(
                "received " + report.accounts().received(),
                "in flight " + report.accounts().inFlight(),
                "lagged " + lagged,
                "heap of " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB",
                "late at most "
                        + sources.stream()
                                .mapToLong(source -> source.lateMax)
                                .max()
                                .orElse(0)));
        sums.forEach(sum -> lines.add("seen " + sum));
        Files.write(Path.of(args[2]), lines);
    }
}
