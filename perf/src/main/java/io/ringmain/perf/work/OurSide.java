package io.ringmain.perf.work;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.Waiting;
import io.ringmain.config.WhenFailed;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import org.jspecify.annotations.Nullable;

/** A pipeline as an embedder builds it: accounts, columns and a failure policy are on. */
public final class OurSide implements Side {

    private final Tally tally = new Tally();
    private final Shape shape;
    private final Feed feed;
    private final boolean blocking;
    private @Nullable Pipeline<Cell> running;
    private long number;

    /** Prepares {@code shape}, fed as {@code feed} says; its threads block or yield when idle. */
    public OurSide(Shape shape, Feed feed, boolean blocking) {
        this.shape = shape;
        this.feed = feed;
        this.blocking = blocking;
        if (feed != Feed.SOURCE) {
            running = describe().build().start();
        }
    }

    private PipelineBuilder<Cell, Cell> describe() {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("ours", Cell.type());
        switch (shape) {
            case ONE -> {}
            case THREADS ->
                builder.transform("mix", new Mix())
                        .boundary()
                        .filter("keep", new Keep())
                        .boundary();
            case FUSED, INLINED -> builder.transform("mix", new Mix()).filter("keep", new Keep());
        }
        return builder.sink("tally", Sink.each(tally))
                .bound(RING)
                .whenFailed(WhenFailed.skip())
                .waiting(blocking ? Waiting.BLOCKING : Waiting.YIELDING);
    }

    @Override
    public long move(long events) {
        tally.expect(events);
        if (feed == Feed.SOURCE) {
            return moveFromSource(events);
        }
        Pipeline<Cell> pipeline = running;
        if (pipeline == null) {
            throw new IllegalStateException("This side is closed.");
        }
        Publisher<Cell> publisher = pipeline.publisher();
        long sinceNs = System.nanoTime();
        Numbering.publish(publisher, feed, number, number + events);
        number += events;
        tally.await();
        return System.nanoTime() - sinceNs;
    }

    private long moveFromSource(long events) {
        Numbers numbers = new Numbers(number, number + events);
        number += events;
        try (Pipeline<Cell> pipeline = describe().source("numbers", numbers).build()) {
            long sinceNs = System.nanoTime();
            pipeline.start();
            tally.await();
            long tookNs = System.nanoTime() - sinceNs;
            check(pipeline.await());
            return tookNs;
        }
    }

    /** Refuses the report of a run that went wrong. */
    public static void check(Report report) {
        if (!report.succeeded() || !report.accounts().balanced()) {
            throw new IllegalStateException("report: " + report + " (expected: succeeded and balanced)");
        }
    }

    @Override
    public long hash() {
        return tally.hash();
    }

    @Override
    public void close() {
        Pipeline<Cell> pipeline = running;
        if (pipeline != null) {
            pipeline.close();
            check(pipeline.report());
            running = null;
        }
    }

    /** Gives the numbers from {@code next} up to, not including, {@code end}. */
    private static final class Numbers implements Source<Cell> {

        private final long end;
        private long next;

        Numbers(long next, long end) {
            this.next = next;
            this.end = end;
        }

        @Override
        public Status fill(Intake<Cell> intake, int max) {
            long until = Math.min(end, next + max);
            long at = next;
            for (; at < until; at++) {
                intake.claim(at).value = at;
            }
            next = at;
            return at == end ? Status.END : Status.READY;
        }
    }
}
