package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.window.KeyTable;
import io.ringmain.window.Keying;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells events apart by the values of some of their fields. Thread: one. */
final class FieldKeying implements Keying<LogEvent> {

    private static final Text OTHER = Text.of(AggregateSpec.OTHER);

    private final int[] fields;
    private final int otherField;
    private final int otherMark;
    private final KeyBytes key = new KeyBytes();
    private final Value value = new Value();
    private final Value left = new Value();
    private final Value right = new Value();

    FieldKeying(Keys keys, List<String> names) {
        fields = names.stream().mapToInt(keys::id).toArray();
        otherField =
                Arrays.stream(fields).filter(field -> field >= 0).findFirst().orElse(Keys.NONE);
        otherMark = keys.id(AggregateSpec.OTHER);
    }

    @Override
    public @Nullable KeyBytes of(LogEvent event) {
        key.clear();
        for (int field : fields) {
            if (!(field == Keys.LEVEL ? key.add(event.level()) : add(event, field))) {
                return null;
            }
        }
        return key;
    }

    private boolean add(LogEvent event, int field) {
        event.read(field, value);
        return key.add(value);
    }

    /** By kinds and values, field by field; as {@link ValueOrder}. */
    @Override
    public int compare(KeyTable keys, int leftNumber, int rightNumber) {
        byte[] bytes = keys.bytes();
        int leftAt = keys.offset(leftNumber);
        int rightAt = keys.offset(rightNumber);
        int order = 0;
        for (int i = 0; i < fields.length && order == 0; i++) {
            leftAt = KeyBytes.read(bytes, leftAt, left);
            rightAt = KeyBytes.read(bytes, rightAt, right);
            order = ValueOrder.compare(left, right);
        }
        return order;
    }

    /** Puts the values of the key that begins at {@code from} into {@code row}; those of all keys that found no room if {@code bytes} is null. */
    void write(byte @Nullable [] bytes, int from, LogEvent row) {
        if (bytes == null) {
            if (otherField != Keys.NONE) {
                row.fields().putText(otherField, OTHER);
            }
            row.fields().putBoolean(otherMark, true);
            return;
        }
        int offset = from;
        for (int field : fields) {
            offset = KeyBytes.read(bytes, offset, value);
            if (field == Keys.LINE) {
                row.setLine(value.bytes(), value.offset(), value.length());
            } else if (!value.isMissing()) {
                Assignment.put(row, field, value);
            }
        }
    }
}
