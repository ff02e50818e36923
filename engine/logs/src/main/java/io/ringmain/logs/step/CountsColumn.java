package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.Aggregation;
import io.ringmain.window.KeyTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How many events there are for each value of a field, or for those that came most often. Values beyond the bound of one group, or of all, are counted together.
 *
 * <p>Allocates when a group, or a value of it, is seen first.
 */
final class CountsColumn extends Column {

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
    // By group: its values, once it has some.
    private @Nullable ValueCounts[] groups = {};
    private long[] others = {};
    private int pairs;

    /** How many events of one group have each value. */
    private static final class ValueCounts {

        private final KeyTable values = new KeyTable(VALUES_MAX);
        private long[] counts = new long[4];

        void add(int number, long times) {
            if (number >= counts.length) {
                counts = Arrays.copyOf(counts, 2 * number);
            }
            counts[number] += times;
        }

        void read(int number, Value into) {
            KeyBytes.read(values.bytes(), values.offset(number), into);
        }
    }

    CountsColumn(Keys keys, Computation computation, int jsonBytesMax) {
        super(keys, computation);
        this.jsonBytesMax = jsonBytesMax;
        most = (int) computation.argument();
    }

    @Override
    public void grow(int capacity) {
        groups = Arrays.copyOf(groups, capacity);
        others = Arrays.copyOf(others, capacity);
    }

    @Override
    public void add(int group, LogEvent event) {
        if (event.read(field, value)) {
            add(group, value, 1);
        }
    }

    private void add(int group, Value of, long times) {
        key.clear();
        ValueCounts its = groups[group];
        if (its == null) {
            its = new ValueCounts();
            groups[group] = its;
        }
        int number = key.add(of) ? number(its.values) : KeyTable.OTHER;
        if (number == KeyTable.OTHER) {
            others[group] += times;
        } else {
            its.add(number, times);
        }
    }

    private int number(KeyTable values) {
        if (pairs == PAIRS_MAX) {
            return values.find(key);
        }
        int before = values.count();
        int number = values.number(key);
        pairs += values.count() - before;
        return number;
    }

    @Override
    public void merge(int group, Aggregation<LogEvent> column, int fromGroup) {
        CountsColumn from = (CountsColumn) column;
        others[group] += from.others[fromGroup];
        ValueCounts its = from.groups[fromGroup];
        for (int number = 1; its != null && number <= its.values.count(); number++) {
            its.read(number, value);
            add(group, value, its.counts[number]);
        }
    }

    @Override
    public void clear(int group) {
        ValueCounts its = groups[group];
        pairs -= its == null ? 0 : its.values.count();
        groups[group] = null;
        others[group] = 0;
    }

    @Override
    public void save(DataOutput out, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            out.writeLong(others[group]);
            ValueCounts its = groups[group];
            out.writeBoolean(its != null);
            if (its != null) {
                its.values.save(out);
                for (int number = 1; number <= its.values.count(); number++) {
                    out.writeLong(its.counts[number]);
                }
            }
        }
    }

    @Override
    public void load(DataInput in, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            others[group] = in.readLong();
            if (in.readBoolean()) {
                ValueCounts its = new ValueCounts();
                its.values.load(in, key);
                for (int number = 1; number <= its.values.count(); number++) {
                    its.add(number, in.readLong());
                }
                groups[group] = its;
                pairs += its.values.count();
            }
        }
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        Map<String, Long> byText = new LinkedHashMap<>();
        ValueCounts its = groups[group];
        if (its != null) {
            for (int number : ordered(its)) {
                // The number 200 and the text 200 are two values with one name.
                byText.merge(text(its, number), its.counts[number], Long::sum);
            }
        }
        json.put(row, name, most == 0 ? byText : most(byText), others[group], jsonBytesMax);
    }

    private static Integer[] ordered(ValueCounts its) {
        Integer[] numbers = new Integer[its.values.count()];
        Arrays.setAll(numbers, i -> i + 1);
        Value a = new Value();
        Value b = new Value();
        Arrays.sort(numbers, (left, right) -> {
            its.read(left, a);
            its.read(right, b);
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

    private String text(ValueCounts its, int number) {
        its.read(number, value);
        if (value.kind() != Value.Kind.TIME) {
            return value.toString();
        }
        long ns = value.longValue();
        return Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_SECOND), Math.floorMod(ns, NS_PER_SECOND))
                .toString();
    }
}
