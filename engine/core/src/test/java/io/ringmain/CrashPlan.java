package io.ringmain;

import io.ringmain.CrashWorld.Reach;
import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import io.ringmain.config.InFlight;
import io.ringmain.config.Parking;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import io.ringmain.testing.StepRunner;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.LongPredicate;

/**
 * A pipeline with checkpoints, drawn from a seed: each life has the same shape, and its own interleaving, numbers of lanes and faults. It loses nothing by
 * policy, so what must be in each file at the end follows from the shape alone.
 */
final class CrashPlan {

    private static final int[] BOUNDS = {1, 2, 3, 4, 8, 16, 64};

    private final long seed;
    private final CrashWorld world;
    private final int life;
    private final boolean isLate;
    /** The shape: the same in each life. */
    private final SplittableRandom shape;
    /** What may differ between two lives. */
    private final SplittableRandom chance;

    private final SimFaults faults;
    private final boolean skips;
    private final StringBuilder text = new StringBuilder();
    private final List<Path> spills = new ArrayList<>();
    private LongPredicate reaches = id -> true;
    /** As the other, when nothing fails any more. */
    private LongPredicate passes = id -> true;
    /** Which events become letters, and not only when they have been set aside. */
    private LongPredicate buried = id -> false;

    private final boolean buries;
    private int bound;
    private int places;
    private int sinks;
    private boolean ordered = true;

    final StepRunner runner;
    final long[] totals;

    /** Makes the plan of a life; a late one is to come to an end. */
    CrashPlan(long seed, CrashWorld world, int life, boolean isLate) {
        this.isLate = isLate;
        this.seed = seed;
        this.world = world;
        this.life = life;
        shape = new SplittableRandom(seed);
        chance = new SplittableRandom(seed * 31 + life);
        runner = new StepRunner(chance.nextLong());
        faults = new SimFaults(shape, false);
        buries = new SplittableRandom(seed ^ 0x0D95748F728EB658L).nextInt(3) == 0;
        skips = shape.nextBoolean() || buries;
        totals = new long[world.counts.length];
    }

    Pipeline<SimEvent> build() {
        WhenFailed last = buries ? WhenFailed.deadLetter() : skips ? WhenFailed.skip() : WhenFailed.stop();
        PipelineBuilder<SimEvent, SimEvent> builder = Pipeline.of("crash", SimEvent.TYPE)
                .runner(runner)
                .bound(segmentBound())
                .threading(threading())
                .checkpoints(new Checkpointing(world, Duration.ofNanos(1 + shape.nextInt(1_000_000))))
                .whenFailed(WhenFailed.retry(6, new Backoff(Duration.ofMillis(1), Duration.ofMillis(8)), last))
                .drainWithin(Duration.ofHours(10));
        boolean spillsFirst = shape.nextInt(4) == 0;
        if (spillsFirst) {
            builder.whenFull(spill());
            text.append(" spill");
        }
        if (buries) {
            var store = new SplittableRandom(seed * 37 + life);
            builder.deadLetters(world.letters.store(store, store.nextInt(3) == 0 || isLate), WhenLettersFull.BLOCK);
            text.append(" letters");
        }
        for (int i = 0; i < world.counts.length; i++) {
            builder.source("source" + i, world.new Input(i, chance.split()));
        }
        addElements(builder);
        while (shape.nextInt(3) == 0) {
            boolean spilling = shape.nextInt(3) == 0;
            text.append(spilling ? " | spill" : " | block");
            builder = builder.edge(spilling ? spill() : WhenFull.block()).bound(segmentBound());
            addElements(builder);
        }
        LongPredicate reachesParking = reaches;
        LongPredicate passesParking = passes;
        buried = id -> buries && passesParking.test(id) && !reachesParking.test(id);
        if (shape.nextInt(3) == 0) {
            builder = addParking(builder);
        }
        world.letters.expect(buried, spillsFirst);
        addSink(builder);
        return shape.nextInt(3) == 0 ? builder.build() : addTotals(builder).build();
    }

    private int segmentBound() {
        bound = bound();
        return bound;
    }

    private int bound() {
        return BOUNDS[shape.nextInt(BOUNDS.length)];
    }

    /** Fusion may differ between two lives: no state hangs on it. */
    private Threading threading() {
        int kind = chance.nextInt(4);
        return kind == 0 ? Threading.perStage() : new Threading.Auto(kind == 3 ? 8 : kind);
    }

    private WhenFull spill() {
        Path file = Path.of(
                System.getProperty("java.io.tmpdir"),
                "ringmain-crash-" + ProcessHandle.current().pid() + '-' + seed + '-' + life + '-' + spills.size()
                        + ".spill");
        spills.add(file);
        return WhenFull.spill(file, 1 << 20);
    }

    private void addElements(PipelineBuilder<SimEvent, SimEvent> builder) {
        for (int left = shape.nextInt(5); left > 0; left--) {
            addElement(builder);
        }
    }

    private void addElement(PipelineBuilder<SimEvent, SimEvent> builder) {
        int place = ++places;
        LongPredicate before = reaches;
        switch (shape.nextInt(9)) {
            case 0 -> builder.boundary();
            case 1 -> addSink(builder);
            case 2 -> {
                int divisor = 2 + shape.nextInt(4);
                poisonedFrom(place, id -> id % divisor != 0);
                builder.filter("filter" + place, event -> {
                    work(event, place);
                    return event.id % divisor != 0;
                });
            }
            case 3 -> {
                poisonedFrom(place, id -> true);
                builder.striped("striped" + place, () -> event -> work(event, place));
            }
            case 4 -> {
                poisonedFrom(place, id -> true);
                builder.pool("pool" + place, 1, 1 + chance.nextInt(4), () -> event -> work(event, place));
            }
            case 5 -> {
                int keys = 1 + shape.nextInt(20);
                poisonedFrom(place, id -> true);
                builder.partitionBy(
                        "partition" + place,
                        event -> event.id % keys,
                        1 + chance.nextInt(4),
                        () -> new Tally(place, before, keys));
            }
            case 6 -> builder.throttle("throttle" + place, 1000 + shape.nextInt(100_000), 1 + shape.nextInt(10));
            default -> {
                poisonedFrom(place, id -> true);
                builder.stage("tally" + place, new Tally(place, before, 1));
            }
        }
        text.append(' ').append(place);
    }

    /** Order is given up: what comes behind is a file that need not be in order, and totals. */
    private PipelineBuilder<SimEvent, SimEvent> addParking(PipelineBuilder<SimEvent, SimEvent> builder) {
        int place = ++places;
        LongPredicate before = reaches;
        poisonedFrom(place, id -> true);
        ordered = false;
        text.append(" parking").append(place);
        return builder.stage(
                        "parking" + place,
                        new Stage<SimEvent>() {
                            @Override
                            public boolean process(SimEvent event) {
                                if (event.letter == 0 && !before.test(event.id)) {
                                    throw new BrokenInvariant("place " + place + " was given event " + event.id);
                                }
                                return work(event, place);
                            }
                        },
                        Parking.of(1 + shape.nextInt(8)))
                .bound(segmentBound());
    }

    private void poisonedFrom(int place, LongPredicate keeps) {
        LongPredicate before = reaches;
        LongPredicate passesBefore = passes;
        reaches = id -> before.test(id) && keeps.test(id) && !(skips && faults.isPoison(place, id));
        passes = id -> passesBefore.test(id) && keeps.test(id);
    }

    private boolean work(SimEvent event, int place) {
        world.point("in a batch");
        faults.check(place, event.id, skips && event.letter == 0);
        return true;
    }

    private void addSink(PipelineBuilder<SimEvent, SimEvent> builder) {
        int number = sinks++;
        boolean cutBack = shape.nextInt(4) > 0;
        if (world.disks.size() <= number) {
            world.disks.add(new CrashWorld.Disk("sink" + number, places, new Reach(reaches, passes), cutBack, ordered));
        }
        if (!cutBack && shape.nextBoolean()) {
            addAsyncSink(builder, number);
            return;
        }
        Sink<SimEvent> sink = world.sink(world.disks.get(number), chance.split());
        Batching batching = shape.nextBoolean()
                ? new Batching(1 + shape.nextInt(20), Duration.ZERO)
                : new Batching(1, Duration.ofMillis(shape.nextInt(5)));
        text.append(cutBack ? " file" : " plain").append(number);
        if (shape.nextInt(3) > 0) {
            builder.sink("sink" + number, sink, batching);
        } else {
            Edge edge = new Edge(shape.nextBoolean() ? spill() : WhenFull.block(), bound());
            text.append(" behind ").append(edge.whenFull().hasRoom() ? "spill" : "block");
            builder.sink("sink" + number, sink, batching, edge);
        }
    }

    private void addAsyncSink(PipelineBuilder<SimEvent, SimEvent> builder, int number) {
        boolean straight = shape.nextInt(3) > 0;
        Edge edge = new Edge(WhenFull.block(), bound());
        int room = straight ? bound : edge.bound();
        int countMax = 1 + shape.nextInt(room);
        Delivery delivery = Delivery.of(new Batching(countMax, Duration.ofMillis(shape.nextInt(3))));
        text.append(" async").append(number).append(straight ? "" : " behind block");
        builder.sink(
                "sink" + number,
                world.asyncSink(world.disks.get(number), chance.split()),
                new InFlight(room / countMax),
                straight ? delivery : delivery.behind(edge));
    }

    private PipelineBuilder<SimEvent, SimEvent> addTotals(PipelineBuilder<SimEvent, SimEvent> builder) {
        text.append(" totals");
        return builder.into("totals", SimEvent.TYPE, new Totals(++places)).sink("last", new Sink<SimEvent>() {
            @Override
            public void write(Batch<SimEvent> batch) {
                for (int i = 0; i < batch.size(); i++) {
                    totals[batch.event(i).source] = batch.event(i).id;
                }
            }
        });
    }

    /** How many events of a source reach the totals. */
    long expectedTotal(int source) {
        long total = 0;
        for (long id = 0; id < world.counts[source]; id++) {
            total += reaches.test(id) || (passes.test(id) && world.letters.isBack(source, id, places)) ? 1 : 0;
        }
        return total;
    }

    boolean hasTotals() {
        return text.indexOf(" totals") >= 0;
    }

    List<Path> spills() {
        return spills;
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Counts what it is given, and knows how much that must be by now. */
    private final class Tally implements Stage<SimEvent>, Stateful {

        private final int place;
        private final LongPredicate before;
        private final int keys;
        private final long[][] seen;

        Tally(int place, LongPredicate before, int keys) {
            this.place = place;
            this.before = before;
            this.keys = keys;
            seen = new long[world.counts.length][keys];
        }

        @Override
        public boolean process(SimEvent event) {
            // May fail before it has counted only: an attempt that fails leaves nothing behind.
            work(event, place);
            if (event.letter > 0) {
                return true;
            }
            int key = (int) (event.id % keys);
            long expected = 0;
            for (long id = key; id < event.id; id += keys) {
                expected += before.test(id) && !(skips && faults.isPoison(place, id)) ? 1 : 0;
            }
            if (seen[event.source][key] != expected) {
                throw new BrokenInvariant("place " + place + " has seen " + seen[event.source][key]
                        + " events of source " + event.source + " before " + event.id + " (expected: " + expected
                        + "), so some were lost or came twice");
            }
            seen[event.source][key]++;
            return true;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            world.point("before a stage is saved");
            for (long[] ofSource : seen) {
                for (long count : ofSource) {
                    out.writeLong(count);
                }
            }
        }

        @Override
        public void load(DataInput in) throws IOException {
            world.point("before a stage is loaded");
            for (long[] ofSource : seen) {
                for (int key = 0; key < keys; key++) {
                    ofSource[key] = in.readLong();
                }
            }
        }
    }

    /** Counts per source; says so at the end. */
    private final class Totals implements Emitter<SimEvent, SimEvent>, Stateful {

        private final long[] counts = new long[world.counts.length];
        private final int place;
        private int told;

        Totals(int place) {
            this.place = place;
        }

        @Override
        public Progress emit(SimEvent event, Outlet<SimEvent> outlet) {
            world.point("in an emitter");
            faults.check(place, event.id, false);
            counts[event.source]++;
            return Progress.DONE;
        }

        @Override
        public Progress finish(Outlet<SimEvent> outlet) {
            while (told < counts.length) {
                SimEvent result = outlet.claim();
                if (result == null) {
                    return Progress.MORE;
                }
                result.begin(told, counts[told]);
                told++;
            }
            return Progress.DONE;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            world.point("before an emitter is saved");
            for (long count : counts) {
                out.writeLong(count);
            }
        }

        @Override
        public void load(DataInput in) throws IOException {
            world.point("before an emitter is loaded");
            for (int i = 0; i < counts.length; i++) {
                counts[i] = in.readLong();
            }
        }
    }
}
