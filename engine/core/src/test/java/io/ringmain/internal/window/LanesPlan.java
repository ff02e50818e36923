package io.ringmain.internal.window;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Delivery;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.window.WindowHarness.Case;
import io.ringmain.internal.window.WindowHarness.Event;
import io.ringmain.internal.window.WindowHarness.Row;
import io.ringmain.spi.Batch;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Portable;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stateful;
import io.ringmain.window.EventTime;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;

/** A pipeline with a window that is drawn from a seed, with sources that give the same events each time; what it gives depends on the seed and never on the number of lanes. */
final class LanesPlan {

    private static final int[] BOUNDS = {1, 2, 3, 5, 8, 16, 64, 256};

    /** What a source gives. */
    record Given(long timeNs, String key, long value) {

        boolean isKept() {
            return value % 10 != 0;
        }

        boolean hasTime() {
            return timeNs != EventTime.NONE;
        }
    }

    static final Portable<Event> TYPE = new Portable<>() {

        @Override
        public Event create() {
            return new Event();
        }

        @Override
        public void clear(Event event) {
            event.key = "";
        }

        @Override
        public void copy(Event from, Event to) {
            to.timeNs = from.timeNs;
            to.key = from.key;
            to.value = from.value;
        }

        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(Event event, DataOutput out) throws IOException {
            out.writeLong(event.timeNs);
            out.writeUTF(event.key);
            out.writeLong(event.value);
        }

        @Override
        public void read(Event event, DataInput in, int format) throws IOException {
            event.timeNs = in.readLong();
            event.key = in.readUTF();
            event.value = in.readLong();
        }
    };

    static final EventType<Row> ROWS = EventType.of(Row::new, row -> row.text = "", (from, to) -> to.text = from.text);

    /** Gives a list of events, and remembers how far it has come. */
    private static final class Listed implements Source<Event>, Stateful {

        private final List<Given> events;
        private int next;

        Listed(List<Given> events) {
            this.events = events;
        }

        @Override
        public Status fill(Intake<Event> intake, int max) {
            for (int i = 0; i < Math.min(max, 7) && next < events.size(); i++) {
                Given given = events.get(next);
                Event event = intake.claim(next);
                event.timeNs = given.timeNs;
                event.key = given.key;
                event.value = given.value;
                next++;
            }
            return next == events.size() ? Status.END : Status.READY;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeInt(next);
        }

        @Override
        public void load(DataInput in) throws IOException {
            next = in.readInt();
        }
    }

    /** A source of those events. */
    static Source<Event> listed(List<Given> events) {
        return new Listed(events);
    }

    /** Appends to a list, which is cut back to where a checkpoint had it. */
    private record Appending<E>(List<String> lines, java.util.function.Function<E, String> text)
            implements Sink<E>, Stateful {

        @Override
        public void write(Batch<E> batch) {
            for (int i = 0; i < batch.size(); i++) {
                lines.add(text.apply(batch.event(i)));
            }
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeInt(lines.size());
        }

        @Override
        public void load(DataInput in) throws IOException {
            int length = in.readInt();
            lines.subList(length, lines.size()).clear();
        }
    }

    final Case of;
    final List<List<Given>> given = new ArrayList<>();
    final List<String> rows = new ArrayList<>();
    final List<String> late = new ArrayList<>();
    private final SplittableRandom random;
    private final int front;
    private final boolean isTicking;
    private final int groupsMax;

    /** Draws windows at fixed places and as many sources, with so many events each at most. */
    LanesPlan(long seed, int sources, int eventsMax) {
        random = new SplittableRandom(seed);
        Case drawn = Case.random(random);
        while (!(drawn.windows() instanceof Windows.Aligned)) {
            drawn = Case.random(random);
        }
        of = new Case(
                drawn.windows(),
                drawn.lateness(),
                LongStream.range(0, sources).mapToObj(i -> random.nextLong(15)).toList());
        front = random.nextInt(4);
        isTicking = random.nextBoolean();
        groupsMax = random.nextInt(4) == 0 ? random.nextInt(1, 20) : 1000;
        int keys = random.nextInt(1, 60);
        for (int source = 0; source < sources; source++) {
            given.add(events(random.nextInt(eventsMax + 1), keys));
        }
    }

    private List<Given> events(int count, int keys) {
        List<Given> events = new ArrayList<>();
        long now = random.nextLong(-100, 100);
        for (int i = 0; i < count; i++) {
            now += random.nextInt(10) == 0 ? random.nextLong(50) : random.nextLong(4);
            long time = now - random.nextLong(random.nextInt(5) == 0 ? 60 : 10);
            boolean hasTime = random.nextInt(40) > 0;
            events.add(new Given(
                    hasTime ? time : EventTime.NONE, "k" + (100 + random.nextInt(keys)), random.nextLong(100)));
        }
        return events;
    }

    /** Whether the model knows what comes of it. */
    boolean isPlain() {
        return groupsMax == 1000;
    }

    /** Whether a filter stands in front. */
    boolean isFiltered() {
        return front > 1;
    }

    /** The windows; some, of several sources, go by the machine's clock too. */
    private Windowing<Event> windowing(int lanes) {
        Windowing<Event> plain = of.windowing();
        EventTime<Event> time = plain.time();
        if (isTicking && given.size() > 1) {
            time = time.idleAfter(Duration.ofNanos(400)).aheadMax(Duration.ofNanos(150));
        }
        return new Windowing<>(
                plain.windows(), time, plain.keying(), groupsMax, plain.compute(), plain.allowedLateness(), lanes, "");
    }

    /** Describes the pipeline; its sources are still to come. */
    PipelineBuilder<Event, Row> describe(int lanes, SplittableRandom chance) {
        PipelineBuilder<Event, Event> builder = Pipeline.of("windows", TYPE)
                .bound(BOUNDS[chance.nextInt(BOUNDS.length)])
                .threading(chance.nextInt(5) == 0 ? Threading.perStage() : new Threading.Auto(1 + chance.nextInt(4)))
                .whenFailed(WhenFailed.retry(
                        2, new Backoff(Duration.ofNanos(10), Duration.ofNanos(20)).withoutJitter(), WhenFailed.skip()));
        switch (front) {
            case 1 -> builder.striped("pass", () -> event -> true);
            case 2 -> builder.filter("keep", event -> event.value % 10 != 0);
            case 3 -> builder.striped("keep", () -> event -> event.value % 10 != 0);
            default -> builder.boundary();
        }
        builder.lateSink(
                "late", new Appending<>(late, event -> event.timeNs + " " + event.key), Delivery.of(Batching.DEFAULT));
        return builder.window("window", ROWS, windowing(lanes), WindowHarness::write)
                .bound(BOUNDS[chance.nextInt(BOUNDS.length)])
                .sink("rows", new Appending<>(rows, row -> row.text));
    }

    /** Adds the sources. */
    void feed(PipelineBuilder<Event, Row> builder) {
        for (int source = 0; source < given.size(); source++) {
            builder.source("source" + source, new Listed(given.get(source)));
        }
    }
}
