package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.window.Aggregation;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The least or the greatest number or time. */
final class ExtremeColumn extends Column {

    private static final byte NOTHING = 0;
    private static final byte LONG = 1;
    private static final byte DOUBLE = 2;
    private static final byte TIME = 3;

    private final int sign;
    private final Value value = new Value();
    private final Value best = new Value();
    private byte[] kinds = {};
    private long[] bits = {};

    /** Makes a column of the least values for -1, of the greatest for 1. */
    ExtremeColumn(Keys keys, Computation computation, int sign) {
        super(keys, computation);
        this.sign = sign;
    }

    @Override
    public void grow(int capacity) {
        kinds = Arrays.copyOf(kinds, capacity);
        bits = Arrays.copyOf(bits, capacity);
    }

    @Override
    public void add(int group, LogEvent event) {
        if (!event.read(field, value)) {
            return;
        }
        if (value.kind() != Value.Kind.TIME && !Numbers.read(value)) {
            ignore(1);
            return;
        }
        offer(group, value);
    }

    private void offer(int group, Value candidate) {
        if (kinds[group] != NOTHING) {
            read(group, best);
            if (sign * ValueOrder.compare(candidate, best) <= 0) {
                return;
            }
        }
        switch (candidate.kind()) {
            case LONG -> set(group, LONG, candidate.longValue());
            case DOUBLE -> set(group, DOUBLE, Double.doubleToRawLongBits(candidate.doubleValue()));
            default -> set(group, TIME, candidate.longValue());
        }
    }

    private void set(int group, byte kind, long value) {
        kinds[group] = kind;
        bits[group] = value;
    }

    private void read(int group, Value into) {
        switch (kinds[group]) {
            case LONG -> into.setLong(bits[group]);
            case DOUBLE -> into.setDouble(Double.longBitsToDouble(bits[group]));
            case TIME -> into.setTime(bits[group]);
            default -> into.setMissing();
        }
    }

    @Override
    public void merge(int group, Aggregation<LogEvent> column, int fromGroup) {
        ((ExtremeColumn) column).read(fromGroup, value);
        if (!value.isMissing()) {
            offer(group, value);
        }
    }

    @Override
    public void clear(int group) {
        kinds[group] = NOTHING;
    }

    @Override
    public void save(DataOutput out, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            out.writeByte(kinds[group]);
            out.writeLong(bits[group]);
        }
    }

    @Override
    public void load(DataInput in, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            set(group, in.readByte(), in.readLong());
        }
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        read(group, value);
        Assignment.put(row, name, value);
    }
}
