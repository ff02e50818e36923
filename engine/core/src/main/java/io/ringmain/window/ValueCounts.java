package io.ringmain.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * How often each value came, in many groups. Bounded: values beyond the bound of one group, or of all, and those that are too long for a key are counted together.
 *
 * <p>Thread: one. Allocates when a group, or a value of it, is seen first.
 */
public final class ValueCounts implements GroupState<ValueCounts> {

    private final int valuesMax;
    private final int pairsMax;
    private final KeyBuffer scratch = new KeyBuffer();
    // By group, once it has some.
    private @Nullable Values[] groups = {};
    private long[] others = {};
    private int pairs;

    private static final class Values {

        private final KeyTable table;
        private long[] counts = new long[4];

        Values(int valuesMax) {
            table = new KeyTable(valuesMax);
        }

        void add(int number, long times) {
            if (number >= counts.length) {
                counts = Arrays.copyOf(counts, 2 * number);
            }
            counts[number] += times;
        }
    }

    /** Makes counts of no groups, which tell {@code valuesMax} values of a group apart, and {@code pairsMax} in all. */
    public ValueCounts(int valuesMax, int pairsMax) {
        this.valuesMax = valuesMax;
        this.pairsMax = pairsMax;
    }

    /** Makes room for groups with numbers below {@code capacity}. */
    @Override
    public void grow(int capacity) {
        groups = Arrays.copyOf(groups, capacity);
        others = Arrays.copyOf(others, capacity);
    }

    /** Takes a value into a group so many times; null if it is too long. */
    public void add(int group, @Nullable KeyBuffer value, long times) {
        Values its = groups[group];
        if (its == null) {
            its = new Values(valuesMax);
            groups[group] = its;
        }
        int number = value == null ? KeyTable.OTHER : number(its.table, value);
        if (number == KeyTable.OTHER) {
            others[group] += times;
        } else {
            its.add(number, times);
        }
    }

    private int number(KeyTable table, KeyBuffer value) {
        if (pairs == pairsMax) {
            return table.find(value);
        }
        int before = table.count();
        int number = table.number(value);
        pairs += table.count() - before;
        return number;
    }

    /** Takes in the values of a group of {@code from}. */
    @Override
    public void merge(int group, ValueCounts from, int fromGroup) {
        others[group] += from.others[fromGroup];
        Values its = from.groups[fromGroup];
        for (int number = 1; its != null && number <= its.table.count(); number++) {
            its.table.read(number, scratch);
            add(group, scratch, its.counts[number]);
        }
    }

    /** Forgets the values of a group. */
    @Override
    public void clear(int group) {
        Values its = groups[group];
        pairs -= its == null ? 0 : its.table.count();
        groups[group] = null;
        others[group] = 0;
    }

    /** The values of a group, by number; null if it has none. */
    public @Nullable KeyTable values(int group) {
        Values its = groups[group];
        return its == null ? null : its.table;
    }

    /** How often the value {@code number} of a group came. */
    public long count(int group, int number) {
        Values its = groups[group];
        return its == null ? 0 : its.counts[number];
    }

    /** How often values of a group came that found no room. */
    public long others(int group) {
        return others[group];
    }

    /** Writes the groups with numbers below {@code count}. */
    @Override
    public void save(DataOutput out, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            out.writeLong(others[group]);
            Values its = groups[group];
            out.writeBoolean(its != null);
            if (its != null) {
                its.table.save(out);
                for (int number = 1; number <= its.table.count(); number++) {
                    out.writeLong(its.counts[number]);
                }
            }
        }
    }

    /** Takes over what {@link #save} wrote of {@code count} groups, of which nothing is known yet. */
    @Override
    public void load(DataInput in, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            others[group] = in.readLong();
            if (in.readBoolean()) {
                Values its = new Values(valuesMax);
                its.table.load(in, scratch);
                for (int number = 1; number <= its.table.count(); number++) {
                    its.add(number, in.readLong());
                }
                groups[group] = its;
                pairs += its.table.count();
            }
        }
    }
}
