package io.ringmain;

import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** The program of {@link SmallHeapTest}: three sources, three subscribers, a rate. Prints what became of the events. */
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

    /** Runs with {@code args}: events per second of all sources, and seconds. */
    public static void main(String[] args) {
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
        Runtime memory = Runtime.getRuntime();
        System.out.println("received " + report.accounts().received());
        System.out.println("balanced " + report.accounts().inFlight());
        System.out.println("lagged " + lagged);
        sums.forEach(sum -> System.out.println("seen " + sum));
        System.out.println("heap of " + (memory.maxMemory() >> 20) + " MiB");
        System.out.println("late at most "
                + sources.stream().mapToLong(source -> source.lateMax).max().orElse(0));
    }
}
