package io.ringmain;

import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.PoolPolicy;
import io.ringmain.config.Pooling;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stage;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** A pipeline drawn from a seed: its shape, its policies, its faults, and what must become of each event. */
final class SimPlan {

    private static final int[] BOUNDS = {1, 2, 3, 4, 7, 8, 16, 64, 100};

    private final SplittableRandom random;
    /** Beside the other, so that what older seeds draw stays what it was. */
    private final SplittableRandom keyed;

    private final StringBuilder text = new StringBuilder();
    private final List<Integer> transforms = new ArrayList<>();
    private int places;
    private boolean explodes;

    final SimFaults faults;
    final StepRunner runner;
    final List<SimSink> sinks = new ArrayList<>();
    final List<ScriptedSource<SimEvent>> sources = new ArrayList<>();
    final List<String> partitions = new ArrayList<>();
    /** Per place: whether an event is filtered there. */
    final Map<Integer, Integer> filters = new HashMap<>();

    final SimInputs inputs;
    final SimJournal journal;
    final WhenFailed whenFailed;
    final boolean direct;
    final int publishers;
    final int eventsPerSource;
    final SimPolicies policies;
    final SimWays ways;
    final WhenFull whenFull;
    final int bound;
    final SimLetters letters;

    private List<Integer> stagesBeforeSubscribers = List.of();

    @Nullable
    Pipeline<SimEvent> pipeline;

    SimPlan(long seed) {
        random = new SplittableRandom(seed);
        keyed = new SplittableRandom(seed ^ 0x632BE59BD9B4E019L);
        runner = new StepRunner(random.nextLong());
        faults = new SimFaults(random);
        ways = new SimWays(this, seed);
        letters = new SimLetters(seed, sinks, ways.policies);
        WhenFailed drawn = policy(random, faults.ofItsOwn("retry"));
        whenFailed = letters.givesBack() && !drawn.buries() ? WhenFailed.deadLetter() : drawn;
        direct = random.nextBoolean() && !letters.givesBack();
        publishers = 1 + random.nextInt(3);
        eventsPerSource = 10 + random.nextInt(60);
        policies = new SimPolicies(seed);
        inputs = new SimInputs(seed, eventsPerSource);
        journal = new SimJournal(seed);
        WhenFull first = policies.next();
        whenFull = letters.givesBack() && first.hasRoom() ? WhenFull.block() : first;
        bound = BOUNDS[random.nextInt(BOUNDS.length)];
        text.append(faults).append(' ').append(whenFailed);
    }

    Pipeline<SimEvent> build() {
        PipelineBuilder<SimEvent, SimEvent> builder = Pipeline.of("sim", SimEvent.TYPE)
                .runner(runner)
                .bound(bound)
                .threading(threading())
                .whenFull(whenFull)
                .whenFailed(whenFailed)
                .deadLetters(letters.drawn(random), WhenLettersFull.BLOCK)
                .drainWithin(Duration.ofHours(10));
        text.append(direct ? " direct" : " sources")
                .append(publishers)
                .append(" bound=")
                .append(bound);
        text.append(' ').append(whenFull).append(letters).append(journal.addTo(builder));
        if (!direct) {
            for (int i = 0; i < publishers; i++) {
                int source = i;
                var scripted = new ScriptedSource<SimEvent>((event, n) -> event.begin(source, n));
                for (int left = eventsPerSource; left > 0; ) {
                    int part = 1 + random.nextInt(left);
                    scripted.give(part).pause();
                    left -= part;
                }
                sources.add(scripted);
                boolean delayable = policies.delayable();
                Source<SimEvent> polled = new Source<>() {
                    @Override
                    public Status fill(Intake<SimEvent> intake, int max) {
                        return scripted.fill(intake, max);
                    }

                    @Override
                    public boolean delayable() {
                        return delayable;
                    }
                };
                text.append(delayable ? " delayable" : " urgent");
                WhenFull own = policies.ofSource(whenFull);
                if (own == null) {
                    builder.source("source" + i, polled);
                } else {
                    builder.source("source" + i, polled, own);
                    text.append(' ').append(own);
                }
            }
        }
        text.append(inputs.addTo(builder, !direct, () -> policies.ofSource(whenFull)));
        builder = addElements(builder, 3);
        if (random.nextInt(3) == 0) {
            builder = addSegment(builder);
        }
        if (!explodes) {
            stagesBeforeSubscribers = List.copyOf(transforms);
        }
        pipeline = builder.build();
        return pipeline;
    }

    private PipelineBuilder<SimEvent, SimEvent> addSegment(PipelineBuilder<SimEvent, SimEvent> before) {
        PipelineBuilder<SimEvent, SimEvent> builder;
        if (random.nextBoolean()) {
            WhenFull edge = policies.next();
            text.append(" | edge ").append(edge);
            builder = before.edge(edge);
        } else {
            int place = place();
            text.append(" | explode").append(place);
            builder = before.into("explode" + place, SimEvent.TYPE, new Explode(place, List.copyOf(transforms)));
            stagesBeforeSubscribers = List.copyOf(transforms);
            transforms.clear();
            explodes = true;
        }
        int nextBound = BOUNDS[random.nextInt(BOUNDS.length)];
        text.append(" bound=").append(nextBound);
        return addElements(builder.bound(nextBound), 2);
    }

    private PipelineBuilder<SimEvent, SimEvent> addElements(PipelineBuilder<SimEvent, SimEvent> builder, int sinksMax) {
        int elements = random.nextInt(6);
        for (int i = 0; i < elements; i++) {
            addElement(builder);
            if (keyed.nextInt(6) == 0) {
                addPartition(builder);
            }
        }
        int tails = random.nextInt(sinksMax + 1);
        for (int i = 0; i < tails; i++) {
            addSink(builder);
        }
        return builder;
    }

    private void addElement(PipelineBuilder<SimEvent, SimEvent> builder) {
        switch (random.nextInt(12)) {
            case 0 -> {
                builder.boundary();
                text.append(" boundary");
            }
            case 1 -> addSink(builder);
            case 2 -> addFilter(builder);
            case 3 -> addRestoring(builder);
            case 4, 5 -> addStriped(builder);
            case 6, 7 -> addPool(builder);
            case 8 -> addThrottle(builder);
            default -> addTransform(builder);
        }
    }

    private void addTransform(PipelineBuilder<SimEvent, SimEvent> builder) {
        int place = place();
        List<Integer> before = List.copyOf(transforms);
        builder.transform("transform" + place, event -> {
            expect(event, before, place);
            fault(event, place);
            event.sum = SimEvent.nextSum(event.sum, place);
        });
        transforms.add(place);
        text.append(" transform").append(place);
    }

    private void addStriped(PipelineBuilder<SimEvent, SimEvent> builder) {
        int place = place();
        boolean filtering = random.nextBoolean();
        int divisor = 2 + random.nextInt(5);
        List<Integer> before = List.copyOf(transforms);
        builder.striped("striped" + place, () -> event -> {
            expect(event, before, place);
            fault(event, place);
            event.sum = SimEvent.nextSum(event.sum, place);
            return !filtering || event.id % divisor != 0;
        });
        transforms.add(place);
        if (filtering) {
            filters.put(place, divisor);
        }
        text.append(" striped").append(place).append(filtering ? "%" + divisor : "");
    }

    private void addPool(PipelineBuilder<SimEvent, SimEvent> builder) {
        int place = place();
        int min = 1 + random.nextInt(2);
        int max = min + random.nextInt(4);
        Pooling pooling = Pooling.of(min, max)
                .policy(PoolPolicy.byDepth(random.nextInt(4)))
                .idleAfter(Duration.ofMillis(1 + random.nextInt(5)));
        List<Integer> before = List.copyOf(transforms);
        builder.pool("pool" + place, pooling, () -> event -> {
            expect(event, before, place);
            fault(event, place);
            event.sum = SimEvent.nextSum(event.sum, place);
            return true;
        });
        transforms.add(place);
        text.append(" pool")
                .append(place)
                .append('(')
                .append(min)
                .append("..")
                .append(max)
                .append(')');
    }

    private void addThrottle(PipelineBuilder<SimEvent, SimEvent> builder) {
        int place = place();
        int perSecond = 100 + random.nextInt(10_000);
        builder.throttle("throttle" + place, perSecond, 1 + random.nextInt(10));
        text.append(" throttle").append(place).append('@').append(perSecond);
    }

    private void addPartition(PipelineBuilder<SimEvent, SimEvent> builder) {
        int place = place();
        int keys = 1 + keyed.nextInt(20);
        int lanes = 1 + keyed.nextInt(5);
        int divisor = keyed.nextBoolean() ? Integer.MAX_VALUE : 2 + keyed.nextInt(5);
        boolean restoring = keyed.nextBoolean();
        List<Integer> before = List.copyOf(transforms);
        builder.partitionBy("partition" + place, event -> event.id % keys, lanes, () -> new Stage<>() {
            private final Map<Integer, Long> last = new HashMap<>();

            @Override
            public boolean process(SimEvent event) {
                expect(event, before, place);
                long sum = SimEvent.nextSum(event.sum, place);
                if (restoring) {
                    event.sum = sum;
                }
                fault(event, place);
                event.sum = sum;
                Long latest = event.letter > 0 ? null : last.put(event.source, event.id);
                if (latest != null && latest >= event.id) {
                    throw new BrokenInvariant("event " + event.id + " of source " + event.source + " came after "
                            + latest + " at place " + place + " (expected: in order, once)");
                }
                return event.id == 0 || event.id % divisor != 0;
            }

            @Override
            public boolean restoring() {
                return restoring;
            }
        });
        transforms.add(place);
        partitions.add("partition" + place);
        text.append(" partition")
                .append(place)
                .append('/')
                .append(lanes)
                .append('%')
                .append(divisor);
    }

    private void addRestoring(PipelineBuilder<SimEvent, SimEvent> builder) {
        int place = place();
        List<Integer> before = List.copyOf(transforms);
        builder.stage("restoring" + place, new Stage<>() {
            @Override
            public boolean process(SimEvent event) {
                expect(event, before, place);
                // Half done when it fails: only a restored event can be tried again.
                event.sum = SimEvent.nextSum(event.sum, place);
                fault(event, place);
                return true;
            }

            @Override
            public boolean restoring() {
                return true;
            }
        });
        transforms.add(place);
        text.append(" restoring").append(place);
    }

    private void addFilter(PipelineBuilder<SimEvent, SimEvent> builder) {
        int place = place();
        int divisor = 2 + random.nextInt(5);
        List<Integer> before = List.copyOf(transforms);
        builder.filter("filter" + place, event -> {
            expect(event, before, place);
            fault(event, place);
            return event.id % divisor != 0;
        });
        filters.put(place, divisor);
        text.append(" filter").append(place).append('%').append(divisor);
    }

    private void addSink(PipelineBuilder<SimEvent, SimEvent> builder) {
        var sink = new SimSink("sink" + sinks.size(), transforms, random, faults);
        sink.stands(places, letters);
        sinks.add(sink);
        Batching batching = random.nextBoolean()
                ? new Batching(1 + random.nextInt(20), Duration.ZERO)
                : new Batching(1, Duration.ofMillis(random.nextInt(5)));
        text.append(' ').append(sink).append(batching.countMax());
        text.append(ways.addLast(builder, sink, batching));
    }

    /** Fails if this attempt is to fail. */
    void fault(SimEvent event, int place) {
        letters.check(event, place);
        faults.check(place, event.id, !letters.mends(event, place));
    }

    void expect(SimEvent event, List<Integer> before, int place) {
        letters.meets(event, place);
        long sum = SimSink.expectedSum(event.id, before);
        if (event.sum != sum) {
            throw new BrokenInvariant("place " + place + " was given event " + event.id + " with sum " + event.sum
                    + " (expected: " + sum + ')');
        }
    }

    /** What was done to the events that subscribers are given. */
    List<Integer> stagesBeforeSubscribers() {
        return stagesBeforeSubscribers;
    }

    /** What is done to the events so far. */
    List<Integer> transforms() {
        return List.copyOf(transforms);
    }

    int place() {
        places++;
        return places;
    }

    static WhenFailed policy(SplittableRandom random, SplittableRandom own) {
        WhenFailed last =
                switch (random.nextInt(4)) {
                    case 0 -> WhenFailed.stop();
                    case 1 -> WhenFailed.skip();
                    default -> WhenFailed.deadLetter();
                };
        if (random.nextBoolean()) {
            return last;
        }
        Backoff backoff = new Backoff(Duration.ofMillis(1), Duration.ofMillis(8), own.nextBoolean());
        WhenFailed.Retry retry = WhenFailed.retry(1 + random.nextInt(4), backoff, last);
        return own.nextInt(4) > 0 ? retry : retry.within(Duration.ofMillis(1 + own.nextInt(20)));
    }

    private Threading threading() {
        int kind = random.nextInt(4);
        text.append(" threading=").append(kind);
        return kind == 0 ? Threading.perStage() : new Threading.Auto(kind == 3 ? 8 : kind);
    }

    /** Whether the fate of each event follows from the plan alone. */
    boolean isPredictable() {
        boolean retriesSuffice =
                whenFailed instanceof WhenFailed.Retry retry && retry.retries() >= 2 && retry.within() == null;
        return !explodes
                && !policies.lose()
                && (!faults.hasTransient() || retriesSuffice)
                && sinks.stream().allMatch(SimSink::neverFails);
    }

    @Override
    public String toString() {
        return text.toString();
    }

    /** Gives up to three results per event, stops in between, and a few at the end. */
    private final class Explode implements Emitter<SimEvent, SimEvent> {

        private final int place;
        private final List<Integer> before;
        private final SplittableRandom roll = random.split();
        private long current = -1;
        private int currentSource = -1;
        private int given;
        private int trailer;

        Explode(int place, List<Integer> before) {
            this.place = place;
            this.before = before;
        }

        @Override
        public Progress emit(SimEvent event, Outlet<SimEvent> outlet) {
            expect(event, before, place);
            if (event.id != current || event.source != currentSource) {
                // Also when the event before was given up half-way: nobody says so but the next event.
                current = event.id;
                currentSource = event.source;
                given = 0;
            }
            int from = given;
            while (given < event.id % 4) {
                SimEvent result = outlet.claim();
                if (result == null) {
                    return Progress.MORE;
                }
                result.begin(event.source, event.id * 4 + given);
                result.letter = event.letter;
                given++;
                if (roll.nextInt(4) == 0) {
                    return Progress.MORE;
                }
            }
            try {
                fault(event, place);
            } catch (RuntimeException failure) {
                // What this call has claimed is taken back; what earlier calls gave has left.
                given = from;
                throw failure;
            }
            return Progress.DONE;
        }

        @Override
        public Progress finish(Outlet<SimEvent> outlet) {
            while (trailer < 5) {
                SimEvent result = outlet.claim();
                if (result == null) {
                    return Progress.MORE;
                }
                result.begin(1000, trailer);
                trailer++;
            }
            return Progress.DONE;
        }
    }
}
