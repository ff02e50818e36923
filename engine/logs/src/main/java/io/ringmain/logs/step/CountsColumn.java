package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.KeyTable;
import io.ringmain.window.StateAggregation;
import io.ringmain.window.ValueCounts;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many events there are for each value of a field, or for those that came most often. Values beyond the bound of one group, or of all, are counted together.
 *
 * <p>Allocates when a group, or a value of it, is seen first.
 */
final class CountsColumn extends Column implements StateAggregation<LogEvent, ValueCounts> {

    /** The most values of one group that are told apart. */
    static final int VALUES_MAX = Computation.VALUES_MAX;

    /** The most values of all groups together. */
    static final int PAIRS_MAX = 1_000_000;

    private static final int NS_PER_SECOND = 1_000_000_000;

    private final int jsonBytesMax;
    // How many values a row has, those that came most often; 0 for all, in their own order.
    private final int most;
    private final Value value = new Value();
    private final KeyBytes key = new KeyBytes();
    private final ValueCounts counts = new ValueCounts(VALUES_MAX, PAIRS_MAX);

    CountsColumn(Keys keys, Computation computation, int jsonBytesMax) {
        super(keys, computation);
        this.jsonBytesMax = jsonBytesMax;
        most = (int) computation.argument();
    }

    @Override
    public ValueCounts state() {
        return counts;
    }

    @Override
    public void add(int group, LogEvent event) {
        if (event.read(field, value)) {
            key.clear();
            counts.add(group, key.add(value) ? key : null, 1);
        }
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        Map<String, Long> byText = new LinkedHashMap<>();
        KeyTable values = counts.values(group);
        if (values != null) {
            for (int number : ordered(values)) {
                // The number 200 and the text 200 are two values with one name.
                byText.merge(text(values, number), counts.count(group, number), Long::sum);
            }
        }
        json.put(row, name, most == 0 ? byText : most(byText), counts.others(group), jsonBytesMax);
    }

    private static Integer[] ordered(KeyTable values) {
        Integer[] numbers = new Integer[values.count()];
        Arrays.setAll(numbers, i -> i + 1);
        Value a = new Value();
        Value b = new Value();
        Arrays.sort(numbers, (left, right) -> {
            KeyBytes.read(values.bytes(), values.offset(left), a);
            KeyBytes.read(values.bytes(), values.offset(right), b);
            return ValueOrder.compare(a, b);
        });
        return numbers;
    }

    private Map<String, Long> most(Map<String, Long> byText) {
        Map<String, Long> chosen = new LinkedHashMap<>();
        byText.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .forEach(entry -> chosen.put(entry.getKey(), entry.getValue()));
        return chosen;
    }

    private String text(KeyTable values, int number) {
        KeyBytes.read(values.bytes(), values.offset(number), value);
        if (value.kind() != Value.Kind.TIME) {
            return value.toString();
        }
        long ns = value.longValue();
        return Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_SECOND), Math.floorMod(ns, NS_PER_SECOND))
                .toString();
    }
}
