package io.ringmain.perf.peers;

import static java.util.Objects.requireNonNull;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Transform;
import io.ringmain.window.Aggregations;
import io.ringmain.window.EventTime;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.WindowResult;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.time.Duration;

/** Ours: a pipeline with the threads that it chooses by itself; rows are added up at its end. */
final class RingmainSide implements Side {

    private static final long MS = 1_000_000;

    @Override
    public String title() {
        return "Ringmain";
    }

    @Override
    public String threads() {
        return "auto";
    }

    @Override
    public Started start() {
        return new Started() {
            @Override
            public void run(Feed feed, Answer answer) {
                RingmainSide.run(feed, answer);
            }

            @Override
            public void close() {}
        };
    }

    /** An event in the first ring. */
    private static final class Slot {

        private int key;
        private int value;
        private long timeNs;

        long key() {
            return key;
        }

        long value() {
            return value;
        }

        long timeNs() {
            return timeNs;
        }
    }

    /** A row in the second ring. */
    private static final class Row {

        private long endNs;
        private long key;
        private long count;
        private long sum;

        static void write(WindowResult<Slot> result, Row row) {
            row.endNs = result.endNs();
            row.key = KeyBuffer.longAt(requireNonNull(result.keyBytes()), result.keyFrom());
            row.count = result.longValue(0);
            row.sum = result.longValue(1);
        }
    }

    private static final class FeedSource implements Source<Slot> {

        private final Feed feed;
        private int next;

        FeedSource(Feed feed) {
            this.feed = feed;
        }

        @Override
        public Status fill(Intake<Slot> intake, int max) {
            int to = Math.min(feed.count(), next + max);
            for (int i = next; i < to; i++) {
                Slot slot = intake.claim(i);
                slot.key = feed.key(i);
                slot.value = feed.value(i);
                slot.timeNs = feed.timeMs(i) * MS;
            }
            next = to;
            return to == feed.count() ? Status.END : Status.READY;
        }
    }

    /** Of the rows of a window, which come one after the other, the one that has the highest count. */
    private static final class Hottest implements Transform<Row> {

        private final Answer answer;
        private long endNs;
        private long key;
        private long count;

        Hottest(Answer answer) {
            this.answer = answer;
        }

        @Override
        public void apply(Row row) {
            if (row.endNs != endNs) {
                tell();
                endNs = row.endNs;
                count = 0;
            }
            if (Answer.isHotter(row.count, (int) row.key, count, (int) key)) {
                count = row.count;
                key = row.key;
            }
        }

        /** The window is over. */
        void tell() {
            if (count > 0) {
                answer.add(endNs / MS, key, count, 0);
            }
        }
    }

    private static void run(Feed feed, Answer answer) {
        Shape shape = feed.shape();
        var hottest = new Hottest(answer);
        Transform<Row> told = row -> answer.add(row.endNs / MS, row.key, row.count, row.sum);
        try (Pipeline<Slot> pipeline = Pipeline.of("windows", Slot::new)
                .source("feed", new FeedSource(feed))
                .filter("counted", slot -> slot.key >= 0)
                .window("windows", EventType.of(Row::new), windows(shape), Row::write)
                .sink("rows", Sink.each(shape.isHottestOnly() ? hottest : told))
                .whenFailed(WhenFailed.stop())
                .build()) {
            Report report = pipeline.start().await();
            if (!report.succeeded() || !report.accounts().balanced()) {
                throw new IllegalStateException("report: " + report + " (expected: succeeded and balanced)");
            }
        }
        hottest.tell();
    }

    private static Windowing<Slot> windows(Shape shape) {
        return Windowing.of(
                        Windows.sliding(shape.size(), shape.slide()),
                        EventTime.of(Slot::timeNs).disorder(Duration.ofMillis(shape.disorderMs())))
                .byLong(Slot::key)
                .compute(Aggregations.count())
                .compute(Aggregations.sum(Slot::value));
    }
}
