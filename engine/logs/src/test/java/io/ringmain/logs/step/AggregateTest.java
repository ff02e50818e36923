package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Text;
import io.ringmain.logs.step.Computation.Function;
import io.ringmain.testing.EmitterContract;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class AggregateTest {

    private final Keys keys = new Keys();
    private final int a = keys.id("a");
    private final int b = keys.id("b");

    private static AggregateSpec spec(List<String> by, Computation... compute) {
        return new AggregateSpec(by, List.of(compute), 1000);
    }

    private Aggregate aggregate(List<String> by, Computation... compute) {
        return new Aggregate(keys, spec(by, compute));
    }

    @SafeVarargs
    private static void give(Aggregate aggregate, Consumer<LogEvent>... fillers) {
        LogEvent event = new LogEvent();
        for (Consumer<LogEvent> filler : fillers) {
            event.clear();
            filler.accept(event);
            aggregate.emit(event, () -> null);
        }
    }

    private Consumer<LogEvent> number(int key, long value) {
        return event -> event.fields().putLong(key, value);
    }

    private Consumer<LogEvent> number(int key, double value) {
        return event -> event.fields().putDouble(key, value);
    }

    private Consumer<LogEvent> text(int key, String value) {
        return event -> event.fields().putText(key, Text.of(value));
    }

    private Consumer<LogEvent> inLine(int key, String value) {
        return event -> {
            event.setLine('[' + value + ']');
            event.fields().putSpan(key, 1, event.lineLength() - 2);
        };
    }

    private Consumer<LogEvent> level(Level level) {
        return event -> event.setLevel(level);
    }

    private static void nothing(LogEvent event) {}

    @Test
    void rowsAreOrderedByLevelThenBySourceAndWhatIsMissingComesLast() {
        Aggregate count = Aggregate.countBy(keys, "level", "source");
        give(
                count,
                level(Level.ERROR).andThen(inLine(Keys.SOURCE, "web")),
                level(Level.DEBUG).andThen(text(Keys.SOURCE, "web")),
                level(Level.ERROR).andThen(inLine(Keys.SOURCE, "Zoo")),
                level(Level.ERROR),
                text(Keys.SOURCE, "web"),
                level(Level.ERROR).andThen(text(Keys.SOURCE, "web")));

        assertThat(Rows.of(count, keys))
                .containsExactly(
                        "level=DEBUG source='web' count=1",
                        "level=ERROR source='Zoo' count=1",
                        "level=ERROR source='web' count=2",
                        "level=ERROR count=1",
                        "source='web' count=1");
    }

    @Test
    void keysOfAllKindsHaveOneOrder() {
        Aggregate count = Aggregate.countBy(keys, "a");
        give(
                count,
                AggregateTest::nothing,
                text(a, "b"),
                text(a, "B"),
                event -> event.fields().putTime(a, 5),
                number(a, 10),
                number(a, 9.5),
                number(a, -3),
                number(a, Double.POSITIVE_INFINITY),
                number(a, Long.MAX_VALUE),
                number(a, 0x1p63),
                event -> event.fields().putBoolean(a, true),
                event -> event.fields().putBoolean(a, false),
                event -> event.fields().putNull(a),
                text(a, ""));

        assertThat(Rows.of(count, keys))
                .containsExactly(
                        "a=false count=1",
                        "a=true count=1",
                        "a=-3 count=1",
                        "a=9.5 count=1",
                        "a=10 count=1",
                        "a=9223372036854775807 count=1",
                        "a=9.223372036854776E18 count=1",
                        "a=Infinity count=1",
                        "a=5 count=1",
                        "a='' count=1",
                        "a='B' count=1",
                        "a='b' count=1",
                        "count=2");
    }

    @Test
    void numbersAreTheSameKeyByTheirValueNotByTheirText() {
        Aggregate count = Aggregate.countBy(keys, "a");
        give(count, number(a, 200), number(a, 200.0), text(a, "200"), number(a, -0.0), number(a, 0), number(a, 5000));

        assertThat(Rows.of(count, keys))
                .containsExactly("a=0 count=2", "a=200 count=2", "a=5000 count=1", "a='200' count=1");
    }

    @Test
    void withoutAFieldToGroupByThereIsOneRowAlsoOfNothing() {
        Aggregate none = aggregate(
                List.of(), new Computation("n", Function.COUNT, null), new Computation("s", Function.SUM, "a"));
        Aggregate some = aggregate(
                List.of(), new Computation("n", Function.COUNT, null), new Computation("s", Function.SUM, "a"));
        give(some, number(a, 4), AggregateTest::nothing);

        assertThat(Rows.of(none, keys)).containsExactly("n=0");
        assertThat(Rows.of(some, keys)).containsExactly("n=2 s=4");
    }

    @Test
    void withFieldsToGroupByNothingGivesNoRow() {
        assertThat(Rows.of(Aggregate.countBy(keys, "a"), keys)).isEmpty();
    }

    @Test
    void timeAndLineCanBeGroupedByToo() {
        Aggregate byTime = Aggregate.countBy(keys, "timestamp");
        Aggregate byLine = Aggregate.countBy(keys, "line");
        give(
                byTime,
                event -> event.setTimeNs(60),
                event -> event.setTimeNs(0),
                event -> event.setTimeNs(60),
                AggregateTest::nothing);
        give(byLine, inLine(b, "x"), inLine(b, "x"), AggregateTest::nothing);

        assertThat(Rows.of(byTime, keys)).containsExactly("timestamp=0 count=1", "timestamp=60 count=2", "count=1");
        assertThat(Rows.of(byLine, keys)).containsExactly("line='' count=1", "line='[x]' count=2");
    }

    @Test
    void eachFunctionComputesWhatItsNameSays() {
        Aggregate all = aggregate(
                List.of("b"),
                new Computation("n", Function.COUNT, null),
                new Computation("have", Function.COUNT, "a"),
                new Computation("sum", Function.SUM, "a"),
                new Computation("min", Function.MIN, "a"),
                new Computation("max", Function.MAX, "a"),
                new Computation("avg", Function.AVG, "a"),
                new Computation("values", Function.COUNTS, "a"));
        give(
                all,
                number(a, 3),
                number(a, -1.5),
                text(a, "12"),
                text(a, "1e1"),
                text(a, "twelve"),
                AggregateTest::nothing,
                number(a, 3));
        give(all, text(b, "x"), text(b, "x").andThen(event -> event.fields().putTime(a, 7)));

        assertThat(Rows.of(all, keys))
                .containsExactly(
                        "b='x' n=2 have=1 min=7 max=7 values={\"1970-01-01T00:00:00.000000007Z\":1}",
                        "n=7 have=6 sum=26.5 min=-1.5 max=12 avg=5.3"
                                + " values={\"-1.5\":1,\"3\":2,\"12\":1,\"1e1\":1,\"twelve\":1}");
        assertThat(all.ignored()).isEqualTo(Map.of("sum", 2L, "min", 1L, "max", 1L, "avg", 2L));
    }

    @Test
    void sumsOfWholeNumbersAreExactWhateverOverflowsOnTheWay() {
        Aggregate sum = aggregate(
                List.of("b"), new Computation("s", Function.SUM, "a"), new Computation("m", Function.AVG, "a"));
        give(sum, number(a, Long.MAX_VALUE), number(a, Long.MAX_VALUE), number(a, -Long.MAX_VALUE), number(a, -1));
        Consumer<LogEvent> x = text(b, "x");
        give(sum, x.andThen(number(a, Long.MIN_VALUE)), x.andThen(number(a, -1)), x.andThen(number(a, 2)));
        Consumer<LogEvent> y = text(b, "y");
        give(sum, y.andThen(number(a, Long.MIN_VALUE)), y.andThen(number(a, Long.MIN_VALUE)));

        assertThat(Rows.of(sum, keys))
                .containsExactly(
                        "b='x' s=-9223372036854775807 m=" + Long.MIN_VALUE / 3.0,
                        "b='y' s=" + -0x1p64 + " m=" + -0x1p63,
                        "s=9223372036854775806 m=" + Long.MAX_VALUE / 4.0);
    }

    @Test
    void errorsOfRoundingDoNotAddUp() {
        Aggregate sum = aggregate(List.of(), new Computation("s", Function.SUM, "a"));
        for (int i = 0; i < 1_000_000; i++) {
            give(sum, number(a, 0.1));
        }
        give(sum, number(a, 1e100), number(a, 1.5), number(a, -1e100));

        assertThat(Rows.of(sum, keys)).containsExactly("s=100001.5");
    }

    @Test
    void infiniteValuesAreIgnoredAndCounted() {
        Aggregate sum = aggregate(List.of(), new Computation("s", Function.SUM, "a"));
        give(sum, number(a, Double.NaN), number(a, Double.NEGATIVE_INFINITY), text(a, "1e999"), number(a, 1.5));

        assertThat(Rows.of(sum, keys)).containsExactly("s=1.5");
        assertThat(sum.ignored()).isEqualTo(Map.of("s", 3L));
    }

    @Test
    void keysBeyondTheBoundShareTheLastRow() {
        Aggregate count = new Aggregate(
                keys, new AggregateSpec(List.of("level", "a"), List.of(new Computation("s", Function.SUM, "b")), 2));
        for (String key : List.of("other", "z", "y", "x", "z")) {
            give(count, text(a, key).andThen(number(b, 1)).andThen(level(Level.INFO)));
        }

        assertThat(Rows.of(count, keys))
                .containsExactly("level=INFO a='other' s=1", "level=INFO a='z' s=2", "a='other' other=true s=2");
        assertThat(count.groupCount()).isEqualTo(2);
        assertThat(count.eventsInOther()).isEqualTo(2);
    }

    @Test
    void aKeyThatIsTooLongBelongsToTheOthers() {
        Aggregate count = Aggregate.countBy(keys, "b", "a");
        give(count, text(a, "x".repeat(4085)), text(a, "x".repeat(4091)), text(a, "x".repeat(50_000)));

        List<String> rows = Rows.of(count, keys);

        assertThat(rows).hasSize(2);
        assertThat(rows.get(0)).hasSize("a='' count=1".length() + 4085);
        assertThat(rows.get(1)).isEqualTo("b='other' other=true count=2");
    }

    @Test
    void onlyTheMarkTellsTheOthersWhereNoFieldCanHoldTheirName() {
        Aggregate count = new Aggregate(
                keys, new AggregateSpec(List.of("level"), List.of(new Computation("n", Function.COUNT, null)), 1));
        give(count, level(Level.INFO), level(Level.WARN));

        assertThat(Rows.of(count, keys)).containsExactly("level=INFO n=1", "other=true n=1");
    }

    @Test
    void countsAreBoundedPerGroupAndTheRestIsCountedTogether() {
        Aggregate counts = aggregate(List.of(), new Computation("c", Function.COUNTS, "a"));
        for (int round = 0; round < 2; round++) {
            for (int value = 0; value < CountsColumn.VALUES_MAX + 10; value++) {
                give(counts, number(a, value));
            }
        }

        String row = Rows.of(counts, keys).get(0);

        assertThat(row).startsWith("c={\"0\":2,\"1\":2,").endsWith(",\"999\":2,\"other\":20}");
    }

    @Test
    void countsThatWouldNotFitALineAreCountedTogether() {
        Aggregate counts = aggregate(
                List.of(), new Computation("c", Function.COUNTS, "a"), new Computation("d", Function.COUNTS, "a"));
        for (int value = 0; value < 500; value++) {
            give(counts, text(a, value + "x".repeat(3000)));
        }

        String row = Rows.of(counts, keys).get(0);

        int told = row.split("\":1", -1).length - 1;
        assertThat(row.length()).isBetween(LogEvent.LINE_BYTES_MAX - 10_000, LogEvent.LINE_BYTES_MAX);
        assertThat(told).isEqualTo(2 * 174);
        assertThat(row).endsWith(",\"other\":326}");
    }

    @Test
    void valuesThatLookTheSameShareACountAndAreEscaped() {
        Aggregate counts = aggregate(List.of(), new Computation("c", Function.COUNTS, "a"));
        give(counts, number(a, 200), text(a, "200"), text(a, "\"q\"\\\n\u0001é"), text(a, "other"));

        assertThat(Rows.of(counts, keys))
                .containsExactly("c={\"200\":2,\"\\\"q\\\"\\\\\\u000a\\u0001é\":1,\"other\":1}");
    }

    @Test
    void theCountsOfARowSurviveACopy() {
        Aggregate counts = aggregate(
                List.of(), new Computation("c", Function.COUNTS, "a"), new Computation("d", Function.COUNTS, "b"));
        give(counts, number(a, 1));
        LogEvent row = new LogEvent();
        counts.finish(() -> row);
        LogEvent copy = new LogEvent();

        LogEvent.TYPE.copy(row, copy);

        assertThat(Rows.text(copy, keys)).isEqualTo("c={\"1\":1} d={}");
    }

    @Test
    void manyKeysAreAllToldApart() {
        Aggregate count = Aggregate.countBy(keys, "a");
        for (int round = 0; round < 2; round++) {
            for (int i = 0; i < 5_000; i++) {
                give(count, inLine(a, "service-" + i));
            }
        }

        assertThat(Rows.of(count, keys)).hasSize(5_000).allMatch(row -> row.endsWith("' count=2"));
    }

    @Test
    void theEmitterKeepsItsContract() {
        AggregateSpec spec = new AggregateSpec(
                List.of("level", "a"),
                List.of(
                        new Computation("n", Function.COUNT, null),
                        new Computation("s", Function.SUM, "b"),
                        new Computation("c", Function.COUNTS, "b")),
                3);
        EmitterContract.of(() -> new Aggregate(keys, spec), LogEvent.TYPE, LogEvent.TYPE, row -> Rows.text(row, keys))
                .given(event -> level(Level.INFO).andThen(inLine(a, "web")).accept(event))
                .given(event -> level(Level.INFO)
                        .andThen(inLine(a, "auth"))
                        .andThen(number(b, 4))
                        .accept(event))
                .given(event -> inLine(a, "auth").andThen(number(b, 4.5)).accept(event))
                .given(event -> inLine(a, "one more").accept(event))
                .given(event -> inLine(a, "and one").accept(event))
                .check();
    }

    @Test
    void aSpecThatMakesNoSenseIsRefusedWithWhatIsWrong() {
        Computation count = new Computation("n", Function.COUNT, null);
        assertThatThrownBy(() -> new AggregateSpec(List.of("a"), List.of(), 10))
                .hasMessage("aggregate.compute: nothing (expected: at least one computation)");
        assertThatThrownBy(() -> new AggregateSpec(List.of("a"), List.of(count), 0))
                .hasMessage("aggregate.groupsMax: 0 (expected: from 1 to 10000000)");
        assertThatThrownBy(() -> spec(List.of("a", "a"), count)).hasMessage("aggregate.by: a twice (expected: once)");
        assertThatThrownBy(() -> spec(List.of("n"), count))
                .hasMessage("aggregate.compute: n twice (expected: another name)");
        assertThatThrownBy(() -> spec(List.of("other"), count))
                .hasMessageStartingWith("aggregate: a field other (expected: another name)");
        assertThatThrownBy(() -> spec(List.of("a"), new Computation("level", Function.COUNT, null)))
                .hasMessageStartingWith("aggregate.compute: level, which each event has");
        assertThatThrownBy(() -> spec(List.of("line"), new Computation("c", Function.COUNTS, "a")))
                .hasMessageStartingWith("aggregate.compute.c: counts by line");
        assertThatThrownBy(() -> new Computation("s", Function.SUM, null))
                .hasMessage("aggregate.compute.s: SUM of no field (expected: a field)");
    }

    @Test
    void theFieldsOfTheRowsFollowFromThoseOfTheEvents() {
        Schema events = Schema.LINES
                .with("level", FieldType.LEVEL)
                .with("status", FieldType.NUMBER)
                .with("at", FieldType.TIME);
        AggregateSpec spec = spec(
                List.of("level", "status", "source"),
                new Computation("n", Function.COUNT, null),
                new Computation("first", Function.MIN, "at"),
                new Computation("least", Function.MIN, "source"),
                new Computation("by_source", Function.COUNTS, "source"));

        assertThat(spec.rows(events))
                .isEqualTo(new Schema(
                        Map.of(
                                "level", FieldType.LEVEL,
                                "status", FieldType.ANY,
                                "source", FieldType.TEXT,
                                "n", FieldType.NUMBER,
                                "first", FieldType.TIME,
                                "least", FieldType.NUMBER,
                                "by_source", FieldType.TEXT,
                                "other", FieldType.BOOLEAN),
                        false));
    }
}
