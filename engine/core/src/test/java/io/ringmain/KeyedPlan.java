package io.ringmain;

import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Stage;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A pipeline with partitions drawn from a seed, and what must come out of it, which depends on the seed and never on the number of lanes.
 * Stages remember how many events of a key they have seen and fail if one comes out of order.
 */
final class KeyedPlan {

    private static final int[] BOUNDS = {1, 2, 3, 5, 8, 16, 64};
    private static final int EVENTS = 150;
    private static final Duration PAUSE = Duration.ofNanos(50_000);

    /** An event: its number, its two keys, and how many of each key have been seen with it. */
    static final class Keyed {
        static final EventType<Keyed> TYPE = EventType.of(Keyed::new, Keyed::clear, Keyed::copy);

        long number;
        long key;
        long otherKey;
        long seen;
        long seenOther;
        boolean keep;

        private void clear() {
            number = -1;
            key = -1;
            otherKey = -1;
            seen = 0;
            seenOther = 0;
            keep = false;
        }

        private static void copy(Keyed from, Keyed to) {
            to.number = from.number;
            to.key = from.key;
            to.otherKey = from.otherKey;
            to.seen = from.seen;
            to.seenOther = from.seenOther;
            to.keep = from.keep;
        }

        @Override
        public String toString() {
            return number + "/" + key + ':' + seen + '/' + otherKey + ':' + seenOther;
        }
    }

    /** What a stage remembers of one key. */
    private static final class Memory {
        private long seen;
        private long last = -1;
    }

    private final SplittableRandom random;
    private final long seed;
    private final int bound;
    private final int front;
    private final int behind;
    private final boolean edge;
    private final boolean second;
    private final int keys;
    private final int failPercent;
    private final int poisonPercent;
    private final boolean restoring;
    private final Threading threading;
    private final Map<Long, Integer> attempts = new HashMap<>();
    final List<String> out = new ArrayList<>();

    KeyedPlan(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
        bound = BOUNDS[random.nextInt(BOUNDS.length)];
        front = random.nextInt(4);
        behind = random.nextInt(3);
        edge = random.nextInt(4) == 0;
        second = random.nextInt(3) == 0;
        keys = 1 + random.nextInt(20);
        failPercent = random.nextBoolean() ? 0 : 1 + random.nextInt(30);
        poisonPercent = random.nextBoolean() ? 0 : 1 + random.nextInt(10);
        restoring = random.nextBoolean();
        int cores = random.nextInt(5);
        threading = cores == 0 ? Threading.perStage() : new Threading.Auto(cores);
    }

    private long roll(long number, int salt) {
        return new SplittableRandom(seed ^ (number << 8) ^ salt).nextInt(100);
    }

    private long key(long number, int salt) {
        return new SplittableRandom(seed ^ (number << 8) ^ salt).nextInt(keys) * 1_000_003L;
    }

    /** Builds the pipeline; each of its partitions has {@code lanes}. */
    Pipeline<Keyed> build(int lanes, StepRunner runner) {
        var source = new ScriptedSource<Keyed>((event, number) -> {
            event.number = number;
            event.key = key(number, 1);
            event.otherKey = key(number, 2);
            event.keep = roll(number, 3) >= 10;
        });
        for (int left = EVENTS; left > 0; ) {
            int part = 1 + random.nextInt(left);
            source.give(part).pause();
            left -= part;
        }
        PipelineBuilder<Keyed, Keyed> builder = Pipeline.of("keyed", Keyed.TYPE)
                .runner(runner)
                .bound(bound)
                .threading(threading)
                .drainWithin(Duration.ofHours(1))
                .whenFailed(WhenFailed.retry(
                        3, new Backoff(PAUSE, PAUSE.multipliedBy(8)).withoutJitter(), WhenFailed.skip()))
                .source("in", source);
        switch (front) {
            case 1 -> builder.filter("keep", event -> event.keep);
            case 2 -> builder.striped("keep", () -> event -> event.keep);
            case 3 ->
                builder.filter("keep", event -> event.keep)
                        .sink("tap", events -> {}, new Batching(1 + random.nextInt(9), Duration.ZERO));
            default -> builder.boundary();
        }
        if (edge) {
            builder = builder.edge(WhenFull.block()).bound(BOUNDS[random.nextInt(BOUNDS.length)]);
        }
        builder.partitionBy("count", event -> event.key, lanes, () -> new Count(true));
        if (second) {
            builder.partitionBy("count-other", event -> event.otherKey, lanes, () -> new Count(false));
        }
        if (behind == 1) {
            builder.transform("after", event -> event.seen += 1000);
        }
        return builder.sink(
                        "out",
                        batch -> {
                            for (int i = 0; i < batch.size(); i++) {
                                out.add(batch.event(i).toString());
                            }
                        },
                        new Batching(1 + random.nextInt(20), Duration.ZERO))
                .build();
    }

    /** Counts the events of each key; some fail now and then, some always. */
    private final class Count implements Stage<Keyed> {

        private final boolean first;
        private final Map<Long, Memory> memories = new HashMap<>();

        Count(boolean first) {
            this.first = first;
        }

        @Override
        public boolean process(Keyed event) {
            if (restoring) {
                // Half done when it fails: only a restored event can be tried again.
                event.number += 1_000_000;
            }
            long number = restoring ? event.number - 1_000_000 : event.number;
            fail(number, first ? 4 : 5);
            event.number = number;
            Memory memory = memories.computeIfAbsent(first ? event.key : event.otherKey, key -> new Memory());
            if (memory.last >= number) {
                throw new BrokenInvariant("event " + number + " came after " + memory.last + " of its key " + event);
            }
            memory.last = number;
            memory.seen++;
            if (first) {
                event.seen = memory.seen;
            } else {
                event.seenOther = memory.seen;
            }
            return roll(number, first ? 8 : 9) >= 5;
        }

        @Override
        public boolean restoring() {
            return restoring;
        }
    }

    private boolean isPoison(long number, int place) {
        return roll(number, 16 * place) < poisonPercent;
    }

    private void fail(long number, int place) {
        if (isPoison(number, place)) {
            throw new IllegalStateException("poison");
        }
        int attempt = attempts.merge(number << 8 | place, 1, Integer::sum);
        if (attempt <= 2 && roll(number, 16 * place + attempt) < failPercent) {
            throw new IllegalArgumentException("transient");
        }
    }

    /** What the sink must be given: counted one after the other, without any pipeline. */
    List<String> expected() {
        List<String> expected = new ArrayList<>();
        Map<Long, Long> seen = new HashMap<>();
        Map<Long, Long> seenOther = new HashMap<>();
        for (long number = 0; number < EVENTS; number++) {
            Keyed event = new Keyed();
            event.number = number;
            event.key = key(number, 1);
            event.otherKey = key(number, 2);
            if ((front > 0 && roll(number, 3) < 10) || isPoison(number, 4)) {
                continue;
            }
            event.seen = seen.merge(event.key, 1L, Long::sum);
            if (roll(number, 8) < 5) {
                continue;
            }
            if (second) {
                if (isPoison(number, 5)) {
                    continue;
                }
                event.seenOther = seenOther.merge(event.otherKey, 1L, Long::sum);
                if (roll(number, 9) < 5) {
                    continue;
                }
            }
            event.seen += behind == 1 ? 1000 : 0;
            expected.add(event.toString());
        }
        return expected;
    }

    /** The names of the partitions. */
    List<String> partitions() {
        return second ? List.of("count", "count-other") : List.of("count");
    }

    @Override
    public String toString() {
        return "bound=" + bound + " front=" + front + " behind=" + behind + " edge=" + edge + " second=" + second
                + " keys=" + keys + " fail=" + failPercent + "% poison=" + poisonPercent + "% restoring=" + restoring
                + ' ' + threading;
    }
}
