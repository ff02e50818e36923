package io.ringmain.logs.expression;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.MomentText;
import io.ringmain.logs.NumberText;
import io.ringmain.logs.Value;
import java.util.Arrays;

/** Text that a node makes, over and over. Grows to at most what an event can hold; what would be longer is missing. */
final class TextBuffer {

    private static final int LENGTH_MIN = 64;

    private byte[] bytes = new byte[LENGTH_MIN];
    private int length;
    private boolean isOver;

    void clear() {
        length = 0;
        isOver = false;
    }

    /** Makes {@code into} the text, or missing if it was too long. */
    void read(Value into) {
        if (isOver) {
            into.setMissing();
        } else {
            into.setText(bytes, 0, length);
        }
    }

    private boolean reserve(int more) {
        if (isOver || more > LogEvent.SPARE_BYTES_MAX - length) {
            isOver = true;
            return false;
        }
        if (more > bytes.length - length) {
            bytes = Arrays.copyOf(bytes, capacity(length + more));
        }
        return true;
    }

    private int capacity(int needed) {
        return Math.min(LogEvent.SPARE_BYTES_MAX, Math.max(2 * bytes.length, needed));
    }

    void put(byte b) {
        if (reserve(1)) {
            bytes[length++] = b;
        }
    }

    /** Appends what is not missing, numbers in decimal, times in ISO 8601, durations, which are numbers, in nanoseconds. */
    void put(Value value) {
        switch (value.kind()) {
            case MISSING -> isOver = true;
            case TEXT, LEVEL -> put(value.bytes(), value.offset(), value.length());
            case LONG -> putLong(value.longValue());
            case DOUBLE -> putDouble(value.doubleValue());
            case BOOLEAN -> putAscii(value.booleanValue() ? "true" : "false");
            case TIME -> putTime(value.longValue());
        }
    }

    private void put(byte[] from, int offset, int count) {
        if (reserve(count)) {
            System.arraycopy(from, offset, bytes, length, count);
            length += count;
        }
    }

    private void putAscii(String text) {
        if (reserve(text.length())) {
            for (int i = 0; i < text.length(); i++) {
                bytes[length++] = (byte) text.charAt(i);
            }
        }
    }

    private void putLong(long value) {
        if (reserve(NumberText.LENGTH_MAX)) {
            length = NumberText.write(value, bytes, length);
        }
    }

    private void putDouble(double value) {
        if (reserve(NumberText.LENGTH_MAX)) {
            length = NumberText.write(value, bytes, length);
        }
    }

    private void putTime(long epochNs) {
        if (reserve(MomentText.LENGTH_MAX)) {
            length = MomentText.write(epochNs, bytes, length);
        }
    }
}
