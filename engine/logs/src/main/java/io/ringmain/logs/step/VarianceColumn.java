package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.Aggregation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * The variance of a sample, or its root: squares of distances from the mean, divided by one less than how many there are, as SQL's {@code var_samp}; missing for fewer than two, and where no double holds it. The mean and
 * the squares are carried on with each number (B. P. Welford, Technometrics 4, 1962), and those of two parts put together (T. F. Chan et al., Updating Formulae and a Pairwise Algorithm,
 * 1979), so that numbers far from zero lose nothing.
 */
final class VarianceColumn extends Column {

    private final boolean isRoot;
    private final Value value = new Value();
    private long[] counts = {};
    private double[] means = {};
    private double[] squares = {};

    VarianceColumn(Keys keys, Computation computation, boolean isRoot) {
        super(keys, computation);
        this.isRoot = isRoot;
    }

    @Override
    public void grow(int capacity) {
        counts = Arrays.copyOf(counts, capacity);
        means = Arrays.copyOf(means, capacity);
        squares = Arrays.copyOf(squares, capacity);
    }

    @Override
    public void add(int group, LogEvent event) {
        if (!event.read(field, value)) {
            return;
        }
        if (!Numbers.read(value)) {
            ignored++;
            return;
        }
        double number = value.doubleValue();
        counts[group]++;
        double before = number - means[group];
        means[group] += before / counts[group];
        squares[group] += before * (number - means[group]);
    }

    @Override
    public void merge(int group, Aggregation<LogEvent> column, int fromGroup) {
        VarianceColumn from = (VarianceColumn) column;
        long other = from.counts[fromGroup];
        if (other == 0) {
            return;
        }
        double own = counts[group];
        double all = own + other;
        double apart = from.means[fromGroup] - means[group];
        counts[group] += other;
        means[group] += apart * (other / all);
        squares[group] += from.squares[fromGroup] + apart * apart * (own * (other / all));
    }

    @Override
    public void clear(int group) {
        counts[group] = 0;
        means[group] = 0;
        squares[group] = 0;
    }

    @Override
    public void save(DataOutput out, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            out.writeLong(counts[group]);
            out.writeDouble(means[group]);
            out.writeDouble(squares[group]);
        }
    }

    @Override
    public void load(DataInput in, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            counts[group] = in.readLong();
            means[group] = in.readDouble();
            squares[group] = in.readDouble();
        }
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        if (counts[group] < 2) {
            return;
        }
        double variance = squares[group] / (counts[group] - 1);
        if (Double.isFinite(variance)) {
            row.fields().putDouble(name, isRoot ? Math.sqrt(variance) : variance);
        }
    }
}
