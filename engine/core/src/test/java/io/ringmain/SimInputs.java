package io.ringmain;

import io.ringmain.config.WhenFull;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.testing.ScriptedSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Inputs beside those of the plan: push sources, and sources that come and go; drawn from a random of their own. */
final class SimInputs {

    private static final int JOINS_MAX = 6;

    private final SplittableRandom random;
    private final int eventsMax;
    private final int pushes;
    private final Map<String, LongSupplier> given = new HashMap<>();
    private final List<Pushing> pushing = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private Supplier<@Nullable WhenFull> policies = () -> null;
    private int number = 20;
    private int joins;

    /** Whether the pipeline merges, and so does not end by itself. */
    final boolean comeAndGo;

    SimInputs(long seed, int eventsMax) {
        random = new SplittableRandom(seed ^ 0x6A09E667F3BCC909L);
        this.eventsMax = eventsMax;
        comeAndGo = random.nextInt(3) == 0;
        pushes = random.nextInt(3) == 0 ? 1 + random.nextInt(3) : 0;
    }

    private static final class Pushing implements PushSource<SimEvent> {

        private final int number;
        private final int count;
        private final SplittableRandom random;
        private boolean aborted;
        private long published;
        private long refused;

        Pushing(int number, int count, SplittableRandom random) {
            this.number = number;
            this.count = count;
            this.random = random;
        }

        @Override
        public void run(Publisher<SimEvent> publisher) {
            Publication last = Publication.PUBLISHED;
            while (!aborted && last != Publication.CLOSED && published < count) {
                long id = published;
                last = random.nextInt(4) == 0
                        ? publisher.tryPublish(event -> event.begin(number, id))
                        : publisher.publish(event -> event.begin(number, id));
                published += last == Publication.PUBLISHED || last == Publication.DROPPED ? 1 : 0;
                if (last == Publication.FULL) {
                    refused++;
                }
            }
        }

        @Override
        public void abort() {
            aborted = true;
        }
    }

    /**
     * Adds what is there from the beginning, maybe beside pollable sources; returns it as text.
     *
     * @param draw gives a source its own policy, or null
     */
    String addTo(PipelineBuilder<SimEvent, SimEvent> builder, boolean polled, Supplier<@Nullable WhenFull> draw) {
        policies = draw;
        if (comeAndGo) {
            builder.merging();
        }
        // A publisher that has the first ring for itself cannot have a push source beside it.
        var said = new StringBuilder();
        int there = comeAndGo || polled ? pushes : 0;
        for (int i = 0; i < there; i++) {
            String name = "pushed" + number;
            WhenFull own = draw.get();
            if (own == null) {
                builder.pushSource(name, pushing(name));
            } else {
                builder.pushSource(name, pushing(name), own);
            }
            said.append(own == null ? "" : " pushed " + own);
        }
        return (comeAndGo ? " merging" : "") + (there > 0 ? " pushed=" + there : "") + said;
    }

    private Pushing pushing(String name) {
        var source = new Pushing(number, 1 + random.nextInt(eventsMax), random.split());
        number++;
        pushing.add(source);
        given.put(name, () -> source.published);
        names.add(name);
        return source;
    }

    private ScriptedSource<SimEvent> polled(String name) {
        int id = number;
        number++;
        var source = new ScriptedSource<SimEvent>((event, n) -> event.begin(id, n));
        for (int left = 1 + random.nextInt(eventsMax); left > 0; ) {
            int part = 1 + random.nextInt(left);
            source.give(part).pause();
            left -= part;
        }
        if (random.nextInt(3) == 0) {
            source.neverEnd();
        }
        given.put(name, source::given);
        names.add(name);
        return source;
    }

    /** Now and then adds or removes a source. */
    void comeOrGo(Pipeline<SimEvent> pipeline) {
        if (!comeAndGo) {
            return;
        }
        int roll = random.nextInt(60);
        if (roll < 2 && joins < JOINS_MAX) {
            joins++;
            String name = (roll == 0 ? "polled" : "pushed") + number;
            WhenFull own = policies.get();
            if (roll == 0 && own == null) {
                pipeline.addSource(name, polled(name));
            } else if (roll == 0) {
                pipeline.addSource(name, polled(name), own);
            } else if (own == null) {
                pipeline.addPushSource(name, pushing(name));
            } else {
                pipeline.addPushSource(name, pushing(name), own);
            }
        } else if (roll == 2 && !names.isEmpty()) {
            pipeline.removeSource(names.get(random.nextInt(names.size())));
        }
    }

    /** How many events they gave. */
    long given() {
        return given.values().stream().mapToLong(LongSupplier::getAsLong).sum();
    }

    /** How many of their publications were refused. */
    long refused() {
        return pushing.stream().mapToLong(source -> source.refused).sum();
    }

    /** Each has its own account. */
    void check(Report report) {
        for (Report.SourceReport source : report.sources()) {
            LongSupplier gave = given.get(source.name());
            if (gave != null && gave.getAsLong() != source.received()) {
                throw new BrokenInvariant(
                        "source " + source + " gave " + gave.getAsLong() + " (expected: as many as were received)");
            }
        }
    }
}
