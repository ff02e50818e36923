package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.KeyTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How many events there are for each value of a field, or for those that came most often: a second table of groups, whose keys are a group's number and a value. Values
 * beyond the bound of one group, or of all, are counted together.
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
    private final KeyTable pairs = new KeyTable(PAIRS_MAX);
    private long[] counts = new long[16];
    private int[] valuesOfGroup = {};
    private long[] others = {};
    // The numbers of the pairs, those of one group together, for the rows; those of a group begin at begins[group].
    private int[] byGroup = {};
    private int[] begins = {};

    CountsColumn(Keys keys, Computation computation, int jsonBytesMax) {
        super(keys, computation);
        this.jsonBytesMax = jsonBytesMax;
        most = (int) computation.argument();
    }

    @Override
    void grow(int capacity) {
        valuesOfGroup = Arrays.copyOf(valuesOfGroup, capacity);
        others = Arrays.copyOf(others, capacity);
    }

    @Override
    void add(int group, LogEvent event) {
        if (event.read(field, value)) {
            add(group, value, 1);
        }
    }

    private void add(int group, Value of, long times) {
        key.clear();
        key.add(group);
        int pair = key.add(of) ? pair(group) : KeyTable.OTHER;
        if (pair == KeyTable.OTHER) {
            others[group] += times;
        } else {
            counts[pair] += times;
        }
    }

    private int pair(int group) {
        if (valuesOfGroup[group] == VALUES_MAX) {
            return pairs.find(key);
        }
        int before = pairs.count();
        int pair = pairs.number(key);
        if (pairs.count() > before) {
            valuesOfGroup[group]++;
            if (pair == counts.length) {
                counts = Arrays.copyOf(counts, 2 * pair);
            }
        }
        return pair;
    }

    @Override
    void merge(int group, Column column, int fromGroup) {
        CountsColumn from = (CountsColumn) column;
        others[group] += from.others[fromGroup];
        from.gather();
        for (int i = from.begins[fromGroup]; i < from.begins[fromGroup + 1]; i++) {
            int pair = from.byGroup[i];
            from.read(pair, value);
            add(group, value, from.counts[pair]);
        }
    }

    /** Reads the value of a pair. */
    private void read(int pair, Value into) {
        byte[] bytes = pairs.bytes();
        KeyBytes.read(bytes, KeyBytes.read(bytes, pairs.offset(pair), into), into);
    }

    private int group(int pair) {
        KeyBytes.read(pairs.bytes(), pairs.offset(pair), value);
        return (int) value.longValue();
    }

    /** Puts the pairs of each group together, in the order in which they were first seen. */
    private void gather() {
        int count = pairs.count();
        if (byGroup.length == count && begins.length == valuesOfGroup.length + 1) {
            return;
        }
        begins = new int[valuesOfGroup.length + 1];
        for (int group = 0; group < valuesOfGroup.length; group++) {
            begins[group + 1] = begins[group] + valuesOfGroup[group];
        }
        byGroup = new int[count];
        int[] next = begins.clone();
        for (int pair = 1; pair <= count; pair++) {
            byGroup[next[group(pair)]++] = pair;
        }
    }

    @Override
    void save(DataOutput out, int count) throws IOException {
        pairs.save(out);
        for (int pair = 1; pair <= pairs.count(); pair++) {
            out.writeLong(counts[pair]);
        }
        for (int group = 0; group < count; group++) {
            out.writeInt(valuesOfGroup[group]);
            out.writeLong(others[group]);
        }
    }

    @Override
    void load(DataInput in, int count) throws IOException {
        pairs.load(in, key);
        counts = Arrays.copyOf(counts, Math.max(counts.length, pairs.count() + 1));
        for (int pair = 1; pair <= pairs.count(); pair++) {
            counts[pair] = in.readLong();
        }
        for (int group = 0; group < count; group++) {
            valuesOfGroup[group] = in.readInt();
            others[group] = in.readLong();
        }
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        gather();
        Integer[] ordered = new Integer[begins[group + 1] - begins[group]];
        Arrays.setAll(ordered, i -> byGroup[begins[group] + i]);
        Arrays.sort(ordered, order());
        Map<String, Long> byText = new LinkedHashMap<>();
        for (int pair : ordered) {
            // The number 200 and the text 200 are two values with one name.
            byText.merge(text(pair), counts[pair], Long::sum);
        }
        json.put(row, name, most == 0 ? byText : most(byText), others[group], jsonBytesMax);
    }

    private Map<String, Long> most(Map<String, Long> byText) {
        Map<String, Long> chosen = new LinkedHashMap<>();
        byText.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .limit(most)
                .forEach(entry -> chosen.put(entry.getKey(), entry.getValue()));
        return chosen;
    }

    private Comparator<Integer> order() {
        Value a = new Value();
        Value b = new Value();
        return (left, right) -> {
            read(left, a);
            read(right, b);
            return ValueOrder.compare(a, b);
        };
    }

    private String text(int pair) {
        read(pair, value);
        if (value.kind() != Value.Kind.TIME) {
            return value.toString();
        }
        long ns = value.longValue();
        return Instant.ofEpochSecond(Math.floorDiv(ns, NS_PER_SECOND), Math.floorMod(ns, NS_PER_SECOND))
                .toString();
    }
}
