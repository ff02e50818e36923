package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.step.Computation.Function;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random events of all kinds of values: an aggregate gives what a plain program over boxed values gives. */
@Timeout(60)
class AggregateModelTest {

    private static final int RUNS = 60;
    private static final int EVENTS = 400;
    private static final List<Computation> COMPUTE = List.of(
            new Computation("n", Function.COUNT, null),
            new Computation("have", Function.COUNT, "v"),
            new Computation("sum", Function.SUM, "v"),
            new Computation("avg", Function.AVG, "v"),
            new Computation("min", Function.MIN, "v"),
            new Computation("max", Function.MAX, "v"),
            new Computation("values", Function.COUNTS, "v"));
    private static final List<List<String>> BYS =
            List.of(List.of(), List.of("a"), List.of("level"), List.of("a", "b"), List.of("level", "b", "a"));

    private static final List<Level> LEVELS = List.of(Level.values());

    private final Keys keys = new Keys();

    private static RandomGenerator random(long seed) {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 30, 100_000})
    void anAggregateGivesWhatAPlainProgramGives(int groupsMax) {
        for (long seed = 0; seed < RUNS; seed++) {
            RandomGenerator random = random(seed);
            AggregateSpec spec = new AggregateSpec(BYS.get(random.nextInt(BYS.size())), COMPUTE, groupsMax);
            Aggregate aggregate = new Aggregate(keys, spec);
            AggregateModel model = new AggregateModel(keys, spec);
            for (LogEvent event : events(random)) {
                aggregate.emit(event, () -> null);
                model.add(event);
            }

            assertThat(AggregateModel.whole(Rows.of(aggregate, keys)))
                    .as("seed %d, %s", seed, spec.by())
                    .isEqualTo(model.rows());
            assertThat(aggregate.ignored()).as("seed %d", seed).isEqualTo(model.ignored());
            assertThat(aggregate.eventsInOther()).as("seed %d", seed).isEqualTo(model.eventsInOther());
        }
    }

    @Test
    void mergedAggregatesAreTheAggregateOfAllTheirEvents() {
        for (long seed = 0; seed < RUNS; seed++) {
            RandomGenerator random = random(seed);
            AggregateSpec spec = new AggregateSpec(BYS.get(random.nextInt(BYS.size())), COMPUTE, 100_000);
            Aggregate whole = new Aggregate(keys, spec);
            Aggregate merged = new Aggregate(keys, spec);
            for (int part = 0; part < 3; part++) {
                Aggregate one = new Aggregate(keys, spec);
                for (LogEvent event : events(random)) {
                    one.emit(event, () -> null);
                    whole.emit(event, () -> null);
                }
                merged.merge(one);
            }

            assertThat(Rows.of(merged, keys)).as("seed %d, %s", seed, spec.by()).isEqualTo(Rows.of(whole, keys));
            assertThat(merged.ignored()).as("seed %d", seed).isEqualTo(whole.ignored());
        }
    }

    @Test
    void mergedAggregatesLoseNothingBeyondTheBound() {
        for (long seed = 0; seed < RUNS; seed++) {
            RandomGenerator random = random(seed);
            AggregateSpec spec = new AggregateSpec(List.of("a"), COMPUTE, 1 + random.nextInt(8));
            Aggregate first = new Aggregate(keys, spec);
            Aggregate second = new Aggregate(keys, spec);
            Aggregate total = new Aggregate(keys, new AggregateSpec(List.of(), COMPUTE, 1));
            for (LogEvent event : events(random)) {
                (random.nextBoolean() ? first : second).emit(event, () -> null);
                total.emit(event, () -> null);
            }

            first.merge(second);

            assertThat(first.groupCount()).isLessThanOrEqualTo(spec.groupsMax());
            assertThat(counted(first)).as("seed %d", seed).isEqualTo(counted(total));
            assertThat(first.ignored()).as("seed %d", seed).isEqualTo(total.ignored());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 5, 100_000})
    void anAggregateThatIsSavedAndLoadedGoesOnAsIfNothingHadBeen(int groupsMax) throws IOException {
        for (long seed = 0; seed < RUNS; seed++) {
            RandomGenerator random = random(seed);
            AggregateSpec spec = new AggregateSpec(BYS.get(random.nextInt(BYS.size())), COMPUTE, groupsMax);
            Aggregate whole = new Aggregate(keys, spec);
            Aggregate current = new Aggregate(keys, spec);
            for (int part = 0; part < 3; part++) {
                for (LogEvent event : events(random)) {
                    current.emit(event, () -> null);
                    whole.emit(event, () -> null);
                }
                current = loaded(current);
            }

            assertThat(Rows.of(current, keys))
                    .as("seed %d, %s", seed, spec.by())
                    .isEqualTo(Rows.of(whole, keys));
            assertThat(current.ignored()).as("seed %d", seed).isEqualTo(whole.ignored());
            assertThat(current.eventsInOther()).as("seed %d", seed).isEqualTo(whole.eventsInOther());
        }
    }

    /** A new one, as a later run has it that was given what {@code aggregate} remembers. */
    private Aggregate loaded(Aggregate aggregate) throws IOException {
        var bytes = new ByteArrayOutputStream();
        aggregate.save(new DataOutputStream(bytes));
        var loaded = new Aggregate(keys, aggregate.spec());
        loaded.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return loaded;
    }

    @Test
    void whatAnotherComputationSavedIsRefused() throws IOException {
        var bytes = new ByteArrayOutputStream();
        Aggregate.countBy(keys, "a").save(new DataOutputStream(bytes));

        assertThatThrownBy(() -> Aggregate.countBy(keys, "b")
                        .load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()))))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("expected: the same computation");
    }

    private long counted(Aggregate aggregate) {
        return Rows.of(aggregate, keys).stream()
                .mapToLong(row -> Long.parseLong(row.replaceFirst(".*\\bn=(\\d+).*", "$1")))
                .sum();
    }

    private List<LogEvent> events(RandomGenerator random) {
        List<LogEvent> events = new ArrayList<>();
        int count = random.nextInt(EVENTS);
        for (int i = 0; i < count; i++) {
            LogEvent event = new LogEvent();
            event.setLine("line " + i);
            if (random.nextInt(4) > 0) {
                event.setLevel(LEVELS.get(random.nextInt(LEVELS.size())));
            }
            put(event, keys.id("a"), random);
            put(event, keys.id("b"), random);
            put(event, keys.id("v"), random);
            events.add(event);
        }
        return events;
    }

    /** Numbers are multiples of 1/8 that doubles add exactly, so that the order of additions does not show. */
    private void put(LogEvent event, int key, RandomGenerator random) {
        switch (random.nextInt(12)) {
            case 0, 1, 2 -> event.fields().putLong(key, random.nextInt(-2, 6));
            case 3 -> event.fields().putLong(key, random.nextBoolean() ? Long.MAX_VALUE - 1 : 5000);
            case 4 -> event.fields().putDouble(key, random.nextInt(-4, 40) / 8.0);
            case 5 -> event.fields().putText(key, Text.of("t" + random.nextInt(3)));
            case 6 -> spare(event, key, random.nextInt(4) + (random.nextBoolean() ? ".5" : ""));
            case 7 -> event.fields().putSpan(key, 0, 4);
            case 8 -> event.fields().putBoolean(key, random.nextBoolean());
            case 9 -> event.fields().putTime(key, random.nextInt(3) * 1_000_000_000L);
            case 10 -> event.fields().putNull(key);
            default -> {
                // Missing.
            }
        }
    }

    private static void spare(LogEvent event, int key, String text) {
        byte[] bytes = Text.of(text).bytes();
        int offset = event.addSpare(bytes.length);
        System.arraycopy(bytes, 0, event.spare(), offset, bytes.length);
        event.fields().putSpare(key, offset, bytes.length);
    }
}
