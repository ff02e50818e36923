package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.logs.step.Computation.Function;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is computed of the values of a group beyond counts and sums. */
@Timeout(60)
class ComputationsTest {

    private static final int RUNS = 60;

    private final Keys keys = new Keys();
    private final int a = keys.id("a");
    private final int x = keys.id("x");
    private final LogEvent event = new LogEvent();

    private Aggregate of(Function function, double argument) {
        return new Aggregate(
                keys, new AggregateSpec(List.of(), List.of(new Computation("x", function, "a", argument)), 10));
    }

    private Aggregate of(Function function) {
        double argument = function == Function.PERCENTILE ? 90 : function == Function.TOP ? 3 : 0;
        return of(function, argument);
    }

    private void give(Aggregate aggregate, double... numbers) {
        for (double number : numbers) {
            event.clear();
            event.fields().putDouble(a, number);
            aggregate.emit(event, () -> null);
        }
    }

    private void give(Aggregate aggregate, String... texts) {
        for (String text : texts) {
            event.clear();
            event.fields().putText(a, Text.of(text));
            aggregate.emit(event, () -> null);
        }
    }

    private static void merge(Aggregate aggregate, Aggregate other) {
        aggregate.merge(other);
    }

    private String row(Aggregate aggregate) {
        return Rows.of(aggregate, keys).get(0);
    }

    private double number(Aggregate aggregate) {
        List<LogEvent> rows = new ArrayList<>();
        aggregate.finish(() -> {
            rows.add(new LogEvent());
            return rows.get(rows.size() - 1);
        });
        var read = new Value();
        assertThat(rows.get(0).read(x, read)).isTrue();
        return read.doubleValue();
    }

    @Test
    void varianceIsThatOfASample() {
        Aggregate variance = of(Function.VARIANCE);
        Aggregate root = of(Function.STDDEV);
        for (Aggregate each : List.of(variance, root)) {
            give(each, 2, 4, 4, 4, 5, 5, 7, 9);
            give(each, "none");
        }

        assertThat(number(variance)).isCloseTo(32 / 7.0, within(1e-12));
        assertThat(number(root)).isCloseTo(Math.sqrt(32 / 7.0), within(1e-12));
        assertThat(variance.ignored()).containsEntry("x", 1L);
    }

    @Test
    void varianceOfNumbersFarFromZeroKeepsItsDigits() {
        Aggregate variance = of(Function.VARIANCE);
        give(variance, 1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16);

        assertThat(number(variance)).isEqualTo(30);
    }

    @Test
    void varianceOfOneNumberIsMissing() {
        Aggregate variance = of(Function.VARIANCE);
        give(variance, 5);

        assertThat(row(variance)).isEmpty();
    }

    @Test
    void firstAndLastGoByTheOrderOfEventsAndKeepTheirKind() {
        Aggregate first = of(Function.FIRST);
        Aggregate last = of(Function.LAST);
        for (Aggregate each : List.of(first, last)) {
            give(each, "be", "bee");
            give(each, 7, 1.5);
            event.clear();
            each.emit(event, () -> null);
        }

        assertThat(row(first)).isEqualTo("x='be'");
        assertThat(row(last)).isEqualTo("x=1.5");
    }

    @Test
    void whatIsMergedComesBehind() {
        Aggregate first = of(Function.FIRST);
        Aggregate last = of(Function.LAST);
        Aggregate moreFirst = of(Function.FIRST);
        Aggregate moreLast = of(Function.LAST);
        give(first, "a");
        give(last, "a");
        give(moreFirst, "b", "c");
        give(moreLast, "b", "c");

        merge(first, moreFirst);
        merge(last, moreLast);
        merge(last, of(Function.LAST));

        assertThat(row(first)).isEqualTo("x='a'");
        assertThat(row(last)).isEqualTo("x='c'");
    }

    @Test
    void valuesThatAreTooLongAreCounted() {
        for (Function function : List.of(Function.FIRST, Function.LAST, Function.DISTINCT)) {
            Aggregate aggregate = of(function);
            give(aggregate, "x".repeat(KeyBytes.LENGTH_MAX), "b");

            assertThat(aggregate.ignored()).as("%s", function).containsEntry("x", 1L);
            assertThat(row(aggregate)).as("%s", function).isEqualTo(function == Function.DISTINCT ? "x=1" : "x='b'");
        }
    }

    @Test
    void distinctOfFewIsExactAndOfNothingZero() {
        Aggregate distinct = of(Function.DISTINCT);
        give(distinct, "200", "b", "b");
        give(distinct, 200, 200.0, 201);

        assertThat(row(distinct)).isEqualTo("x=4");
        assertThat(row(of(Function.DISTINCT))).isEqualTo("x=0");
    }

    /** Five standard errors: once in two million of such tests. */
    @Test
    void distinctOfManyIsWithinItsError() {
        for (int count : new int[] {500, 1500, 4096, 12_000, 40_000, 300_000}) {
            Aggregate distinct = of(Function.DISTINCT);
            for (int i = 0; i < count; i++) {
                give(distinct, 7919.0 * i, 7919.0 * i);
            }

            assertThat(number(distinct)).as("%d", count).isCloseTo(count, within(count * 5 * 0.01625));
        }
    }

    @Test
    void percentileIsTheNearestRank() {
        for (double[] each : new double[][] {{50, 50}, {99, 99}, {100, 100}, {0.5, 1}, {99.9, 100}, {1, 1}}) {
            Aggregate percentile = of(Function.PERCENTILE, each[0]);
            for (int i = 100; i > 0; i--) {
                give(percentile, i);
            }

            assertThat(row(percentile)).as("%s %%", each[0]).isEqualTo("x=" + (int) each[1]);
        }
    }

    @Test
    void percentileOfAnyNumbersIsCloseToTheTrueOne() {
        for (long seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            double percent = 1 + random.nextInt(100);
            Aggregate percentile = of(Function.PERCENTILE, percent);
            double[] numbers = new double[1 + random.nextInt(300)];
            Arrays.setAll(numbers, i -> (random.nextBoolean() ? 1 : -1) * Math.pow(10, 20 * random.nextDouble() - 10));
            give(percentile, numbers);
            Arrays.sort(numbers);
            double expected = numbers[(int) Math.ceil(percent * numbers.length / 100) - 1];

            assertThat(number(percentile))
                    .as("seed %d, %s %%", seed, percent)
                    .isCloseTo(expected, within(Math.abs(expected) / 256));
        }
    }

    @Test
    void percentileOfTheLargestAndOfNoNumbers() {
        Aggregate largest = of(Function.PERCENTILE);
        give(largest, Double.MAX_VALUE, Double.POSITIVE_INFINITY);
        Aggregate none = of(Function.PERCENTILE);
        give(none, "none");

        assertThat(number(largest)).isBetween(Double.MAX_VALUE * 0.99, Double.MAX_VALUE);
        assertThat(largest.ignored()).containsEntry("x", 1L);
        assertThat(row(none)).isEmpty();
    }

    @Test
    void topGivesTheMostFrequentFirstAndTheLesserOfEquals() {
        Aggregate top = of(Function.TOP, 3);
        give(top, "rare", "b", "a", "c", "often", "often", "b", "a", "c", "often");

        assertThat(row(top)).isEqualTo("x={\"often\":3,\"a\":2,\"b\":2}");
    }

    @Test
    void argumentsThatMeanNothingAreRefused() {
        for (double percent : new double[] {0, -1, 100.5, Double.NaN}) {
            assertThatThrownBy(() -> of(Function.PERCENTILE, percent)).hasMessageContaining("(expected: percentile");
        }
        for (double most : new double[] {0, 1.5, 1001}) {
            assertThatThrownBy(() -> of(Function.TOP, most)).hasMessageContaining("top of 1 to 1000");
        }
        assertThatThrownBy(() -> of(Function.SUM, 5)).hasMessageContaining("else none");
    }

    /** Fills the event with a number or a text, of which there are few or many; with nothing at times. */
    private Consumer<LogEvent> filler(SplittableRandom random, int differ) {
        int number = random.nextInt(differ);
        return switch (random.nextInt(6)) {
            case 0 -> to -> {};
            case 1 -> to -> to.fields().putText(a, Text.of("t" + number));
            case 2 -> to -> to.fields().putDouble(a, number / 7.0 - 100);
            default -> to -> to.fields().putLong(a, number - 50);
        };
    }

    private void emit(Aggregate aggregate, Consumer<LogEvent> filler) {
        event.clear();
        filler.accept(event);
        aggregate.emit(event, () -> null);
    }

    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            names = {"VARIANCE", "STDDEV", "FIRST", "LAST", "DISTINCT", "PERCENTILE", "TOP"})
    void anySplitThatIsSavedAndMergedIsTheWhole(Function function) throws IOException {
        // Each as a whole number, a fraction and a text: within the bound of values that are told apart.
        int most = function == Function.TOP ? Computation.VALUES_MAX / 3 : 5000;
        for (long seed = 0; seed < RUNS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Aggregate whole = of(function);
            List<Aggregate> parts = new ArrayList<>();
            int differ = 1 + random.nextInt(random.nextBoolean() ? 20 : most);
            for (int part = 1 + random.nextInt(5); part > 0; part--) {
                Aggregate one = of(function);
                for (int i = random.nextInt(1500); i > 0; i--) {
                    Consumer<LogEvent> filler = filler(random, differ);
                    emit(one, filler);
                    emit(whole, filler);
                }
                parts.add(again(one, function));
            }
            Aggregate merged = of(function);
            parts.forEach(merged::merge);

            assertThat(merged.ignored()).as("seed %d", seed).isEqualTo(whole.ignored());
            String expected = row(whole);
            if (expected.isEmpty() || !(function == Function.VARIANCE || function == Function.STDDEV)) {
                assertThat(row(merged)).as("seed %d", seed).isEqualTo(expected);
            } else {
                double all = number(wholeAgain(expected));
                assertThat(number(merged)).as("seed %d", seed).isCloseTo(all, within(1e-9 * all));
            }
        }
    }

    /** The last value of an aggregate of just that number, to be read the same way. */
    private Aggregate wholeAgain(String row) {
        Aggregate last = of(Function.LAST);
        give(last, Double.parseDouble(row.substring("x=".length())));
        return last;
    }

    private Aggregate again(Aggregate aggregate, Function function) throws IOException {
        var bytes = new ByteArrayOutputStream();
        aggregate.save(new DataOutputStream(bytes));
        Aggregate loaded = of(function);
        loaded.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return loaded;
    }

    @ParameterizedTest
    @EnumSource(
            value = Function.class,
            names = {"VARIANCE", "STDDEV", "FIRST", "LAST", "DISTINCT", "PERCENTILE", "TOP"})
    void valuesLikeThoseBeforeAllocateNothing(Function function) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Aggregate aggregate = of(function);
        int events = 20_000;
        work(aggregate, events);
        double least = Double.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            long start = threads.getCurrentThreadAllocatedBytes();
            work(aggregate, events);
            long once = threads.getCurrentThreadAllocatedBytes();
            work(aggregate, 2 * events);
            long twice = threads.getCurrentThreadAllocatedBytes();
            least = Math.min(least, Math.abs(twice - once - (once - start)) / (double) events);
        }

        assertThat(least).isLessThan(0.01);
    }

    private void work(Aggregate aggregate, int events) {
        for (int i = 0; i < events; i++) {
            event.clear();
            event.fields().putLong(a, i % 700);
            aggregate.emit(event, () -> null);
        }
    }
}
