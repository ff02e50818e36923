package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.Aggregation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;

/**
 * Sums and averages. Whole numbers are added in 128 bits, so their sum is exact whatever their order; only a sum that is no long is
 * given as a double. Other numbers are added beside them with Neumaier's compensation (Z. angew. Math. Mech. 54, 1974): what an
 * addition rounds away is kept in {@code lost}.
 */
final class SumColumn extends Column {

    private static final double[] NONE = {};

    private final boolean average;
    private final Value value = new Value();
    private long[] counts = {};
    private long[] low = {};
    private long[] high = {};
    // Only once there is a number with a fraction, or one that no long holds.
    private double[] sums = NONE;
    private double[] lost = NONE;

    SumColumn(Keys keys, Computation computation, boolean average) {
        super(keys, computation);
        this.average = average;
    }

    @Override
    public void grow(int capacity) {
        counts = Arrays.copyOf(counts, capacity);
        low = Arrays.copyOf(low, capacity);
        high = Arrays.copyOf(high, capacity);
        if (sums != NONE) {
            growFractions();
        }
    }

    private void growFractions() {
        sums = Arrays.copyOf(sums, counts.length);
        lost = Arrays.copyOf(lost, counts.length);
    }

    @Override
    public void add(int group, LogEvent event) {
        if (!event.read(field, value)) {
            return;
        }
        if (!Numbers.read(value)) {
            ignore(1);
            return;
        }
        counts[group]++;
        if (value.kind() == Value.Kind.LONG) {
            addWhole(group, value.longValue(), value.longValue() >> 63);
        } else {
            addNumber(group, value.doubleValue());
        }
    }

    private void addNumber(int group, double number) {
        long whole = (long) number;
        // The largest long has no double of its own: what rounds to it is larger.
        if (whole == number && whole != Long.MAX_VALUE) {
            addWhole(group, whole, whole >> 63);
        } else {
            addFraction(group, number);
        }
    }

    private void addWhole(int group, long numberLow, long numberHigh) {
        long before = low[group];
        long after = before + numberLow;
        low[group] = after;
        long carry = Long.compareUnsigned(after, before) < 0 ? 1 : 0;
        if (numberHigh + carry != 0) {
            high[group] += numberHigh + carry;
        }
    }

    private void addFraction(int group, double number) {
        if (sums == NONE) {
            growFractions();
        }
        double before = sums[group];
        double after = before + number;
        // An infinite sum stays infinite; its compensation would be none.
        if (Double.isFinite(after)) {
            lost[group] += Math.abs(before) >= Math.abs(number) ? (before - after) + number : (number - after) + before;
        }
        sums[group] = after;
    }

    @Override
    public void merge(int group, Aggregation<LogEvent> column, int fromGroup) {
        SumColumn from = (SumColumn) column;
        counts[group] += from.counts[fromGroup];
        addWhole(group, from.low[fromGroup], from.high[fromGroup]);
        if (from.sums != NONE) {
            addFraction(group, from.sums[fromGroup]);
            lost[group] += from.lost[fromGroup];
        }
    }

    @Override
    public void clear(int group) {
        counts[group] = 0;
        low[group] = 0;
        high[group] = 0;
        if (sums != NONE) {
            sums[group] = 0;
            lost[group] = 0;
        }
    }

    @Override
    public void save(DataOutput out, int count) throws IOException {
        out.writeBoolean(sums != NONE);
        for (int group = 0; group < count; group++) {
            out.writeLong(counts[group]);
            out.writeLong(low[group]);
            out.writeLong(high[group]);
            if (sums != NONE) {
                out.writeDouble(sums[group]);
                out.writeDouble(lost[group]);
            }
        }
    }

    @Override
    public void load(DataInput in, int count) throws IOException {
        if (in.readBoolean()) {
            growFractions();
        }
        for (int group = 0; group < count; group++) {
            counts[group] = in.readLong();
            low[group] = in.readLong();
            high[group] = in.readLong();
            if (sums != NONE) {
                sums[group] = in.readDouble();
                lost[group] = in.readDouble();
            }
        }
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        if (counts[group] == 0) {
            return;
        }
        boolean isLong = high[group] == low[group] >> 63;
        boolean hasFraction = sums != NONE && (sums[group] != 0 || lost[group] != 0);
        if (isLong && !hasFraction && !average) {
            row.fields().putLong(name, low[group]);
            return;
        }
        double sum = isLong && !hasFraction ? low[group] : rounded(group);
        row.fields().putDouble(name, average ? sum / counts[group] : sum);
    }

    /** The sum, rounded once. */
    private double rounded(int group) {
        BigInteger whole =
                BigInteger.valueOf(high[group]).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low[group])));
        double sum = sums == NONE ? 0 : sums[group];
        if (!Double.isFinite(sum)) {
            return sum;
        }
        return new BigDecimal(whole)
                .add(new BigDecimal(sum))
                .add(new BigDecimal(sums == NONE ? 0 : lost[group]))
                .doubleValue();
    }
}
