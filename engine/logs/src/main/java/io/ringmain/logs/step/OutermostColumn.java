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
 * The first or the last value, of any kind, in the order in which events come; what is merged comes behind. Values that are too long for a key are left out.
 *
 * <p>Allocates when a group has its first value, or one that is longer than those before.
 */
final class OutermostColumn extends Column {

    private static final byte[] NOTHING = {};

    private final boolean isLast;
    private final Value value = new Value();
    private final KeyBytes key = new KeyBytes();
    // By group: the value as KeyBytes writes it, in so many bytes.
    private byte[][] values = {};
    private int[] lengths = {};

    OutermostColumn(Keys keys, Computation computation, boolean isLast) {
        super(keys, computation);
        this.isLast = isLast;
    }

    @Override
    public void grow(int capacity) {
        int before = values.length;
        values = Arrays.copyOf(values, capacity);
        Arrays.fill(values, before, capacity, NOTHING);
        lengths = Arrays.copyOf(lengths, capacity);
    }

    @Override
    public void add(int group, LogEvent event) {
        if ((lengths[group] > 0 && !isLast) || !event.read(field, value)) {
            return;
        }
        key.clear();
        if (key.add(value)) {
            set(group, key.bytes(), key.length());
        } else {
            ignore(1);
        }
    }

    private void set(int group, byte[] from, int length) {
        if (values[group].length < length) {
            values[group] = new byte[Math.max(length, 2 * values[group].length)];
        }
        System.arraycopy(from, 0, values[group], 0, length);
        lengths[group] = length;
    }

    @Override
    public void merge(int group, Aggregation<LogEvent> column, int fromGroup) {
        OutermostColumn from = (OutermostColumn) column;
        int length = from.lengths[fromGroup];
        if (length > 0 && (isLast || lengths[group] == 0)) {
            set(group, from.values[fromGroup], length);
        }
    }

    @Override
    public void clear(int group) {
        lengths[group] = 0;
    }

    @Override
    public void save(DataOutput out, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            out.writeInt(lengths[group]);
            out.write(values[group], 0, lengths[group]);
        }
    }

    @Override
    public void load(DataInput in, int count) throws IOException {
        for (int group = 0; group < count; group++) {
            lengths[group] = in.readInt();
            values[group] = new byte[lengths[group]];
            in.readFully(values[group]);
        }
    }

    @Override
    void write(int group, LogEvent row, CountsJson json) {
        if (lengths[group] > 0) {
            KeyBytes.read(values[group], 0, value);
            Assignment.put(row, name, value);
        }
    }
}
