package io.ringmain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is computed of events, at once and in parts. */
@Timeout(60)
class AggregationsTest {

    private static final int RUNS = 200;

    private record Value(long whole) {

        double part() {
            return whole / 7.0;
        }

        String text() {
            return "t" + whole % 13;
        }
    }

    private static Map<String, Supplier<NumberAggregation<Value>>> all() {
        Map<String, Supplier<NumberAggregation<Value>>> all = new LinkedHashMap<>();
        all.put("count", Aggregations.count());
        all.put("sum", Aggregations.sum(Value::whole));
        all.put("min", Aggregations.min(Value::whole));
        all.put("max", Aggregations.max(Value::whole));
        all.put("first", Aggregations.first(Value::whole));
        all.put("last", Aggregations.last(Value::whole));
        all.put("minimum", Aggregations.minimum(Value::part));
        all.put("maximum", Aggregations.maximum(Value::part));
        all.put("average", Aggregations.average(Value::part));
        all.put("variance", Aggregations.variance(Value::part));
        all.put("distinct", Aggregations.distinct(Value::whole));
        all.put("percentile", Aggregations.percentile(Value::part, 90));
        return all;
    }

    private static <A extends Aggregation<Value>> A saved(A from, Supplier<A> make) throws IOException {
        var bytes = new ByteArrayOutputStream();
        from.save(new DataOutputStream(bytes), 3);
        A loaded = make.get();
        loaded.grow(3);
        loaded.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())), 3);
        return loaded;
    }

    private static List<Value> values(SplittableRandom random, int least) {
        List<Value> values = new ArrayList<>();
        for (int left = random.nextInt(least, 300); left > 0; left--) {
            values.add(new Value(random.nextLong(-1000, 1000)));
        }
        return values;
    }

    @Test
    void partsThatWereSavedAndMergedAreTheWhole() throws IOException {
        for (int run = 0; run < RUNS; run++) {
            var random = new SplittableRandom(run);
            List<Value> values = values(random, 2);
            int cut = random.nextInt(values.size() + 1);
            for (Map.Entry<String, Supplier<NumberAggregation<Value>>> one : all().entrySet()) {
                NumberAggregation<Value> whole = one.getValue().get();
                NumberAggregation<Value> parts = one.getValue().get();
                whole.grow(3);
                parts.grow(3);
                values.forEach(value -> whole.add(1, value));
                values.subList(0, cut).forEach(value -> parts.add(1, value));
                values.subList(cut, values.size()).forEach(value -> parts.add(2, value));

                NumberAggregation<Value> loaded = saved(parts, one.getValue());
                loaded.merge(1, parts, 2);

                assertThat(loaded.doubleValue(1))
                        .as("%s of seed %d, cut at %d", one.getKey(), run, cut)
                        .isEqualTo(whole.doubleValue(1), within(1e-9 * Math.abs(whole.doubleValue(1))));
            }
        }
    }

    @Test
    void whatIsClearedKnowsNothing() {
        for (Map.Entry<String, Supplier<NumberAggregation<Value>>> one : all().entrySet()) {
            NumberAggregation<Value> cleared = one.getValue().get();
            NumberAggregation<Value> fresh = one.getValue().get();
            cleared.grow(2);
            fresh.grow(2);
            for (long i = 0; i < 5000; i++) {
                cleared.add(1, new Value(i));
            }

            cleared.clear(1);
            cleared.add(1, new Value(3));
            fresh.add(1, new Value(3));

            assertThat(cleared.doubleValue(1)).as(one.getKey()).isEqualTo(Double.valueOf(fresh.doubleValue(1)));
        }
    }

    @Test
    void valuesAreThoseOfThePlainComputation() {
        List<Value> values = values(new SplittableRandom(5), 100);
        Map<String, Double> computed = new LinkedHashMap<>();
        all().forEach((name, make) -> {
            NumberAggregation<Value> of = make.get();
            of.grow(1);
            values.forEach(value -> of.add(0, value));
            computed.put(name, of.doubleValue(0));
        });
        double mean = values.stream().mapToDouble(Value::part).average().orElseThrow();
        double squares = values.stream()
                .mapToDouble(value -> Math.pow(value.part() - mean, 2))
                .sum();
        double ninetieth = values.stream()
                .mapToDouble(Value::part)
                .sorted()
                .skip((long) Math.ceil(0.9 * values.size()) - 1)
                .findFirst()
                .orElseThrow();

        assertThat(computed.get("count")).isEqualTo(values.size());
        assertThat(computed.get("sum"))
                .isEqualTo((double) values.stream().mapToLong(Value::whole).sum());
        assertThat(computed.get("first")).isEqualTo((double) values.get(0).whole());
        assertThat(computed.get("last"))
                .isEqualTo((double) values.get(values.size() - 1).whole());
        assertThat(computed.get("average")).isEqualTo(mean, within(1e-9));
        assertThat(computed.get("variance")).isEqualTo(squares / (values.size() - 1), within(1e-6));
        assertThat(computed.get("percentile")).isEqualTo(ninetieth, within(0.005 * Math.abs(ninetieth)));
        assertThat(computed.get("distinct"))
                .isEqualTo((double) values.stream().distinct().count(), within(0.06 * values.size()));
    }

    @Test
    void textsAreCountedAndTheMostFrequentOnesTold() throws IOException {
        List<Value> values = values(new SplittableRandom(9), 200);
        Supplier<TextCounts<Value>> make = Aggregations.counts(Value::text);
        TextCounts<Value> counts = make.get();
        counts.grow(3);
        values.forEach(value -> counts.add(1, value));

        Map<String, Long> expected = values.stream().collect(Collectors.groupingBy(Value::text, Collectors.counting()));
        TextCounts<Value> loaded = saved(counts, make);
        loaded.merge(1, counts, 1);

        assertThat(counts.top(1, 100)).containsExactlyInAnyOrderEntriesOf(expected);
        assertThat(counts.top(1, 2).values()).hasSize(2).contains(Collections.max(expected.values()));
        assertThat(loaded.top(1, 100).values().stream()
                        .mapToLong(Long::longValue)
                        .sum())
                .isEqualTo(2L * values.size());
        assertThat(counts.top(0, 5)).isEmpty();
    }

    @Test
    void aPercentileBeyondAllIsRefused() {
        assertThatThrownBy(() -> Aggregations.percentile(Value::part, 101)).hasMessageContaining("from 0 to 100");
    }
}
