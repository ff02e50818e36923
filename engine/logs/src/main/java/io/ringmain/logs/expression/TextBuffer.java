package io.ringmain.logs.expression;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.NumberText;
import io.ringmain.logs.Value;
import java.util.Arrays;

/** Text that a node makes, over and over. Grows to at most what an event can hold; what would be longer is missing. */
final class TextBuffer {

    private static final int LENGTH_MIN = 64;
    private static final long SECOND_NS = 1_000_000_000;
    private static final int DAY_SECONDS = 86_400;
    private static final int TIME_LENGTH_MAX = 30;

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

    /** As {@link java.time.Instant#toString}: a fraction of 3, 6 or 9 digits, only if there is one. */
    private void putTime(long epochNs) {
        if (!reserve(TIME_LENGTH_MAX)) {
            return;
        }
        long seconds = Math.floorDiv(epochNs, SECOND_NS);
        int fraction = (int) Math.floorMod(epochNs, SECOND_NS);
        putDate(Math.floorDiv(seconds, DAY_SECONDS));
        int second = Math.floorMod(seconds, DAY_SECONDS);
        putDigits('T', second / 3600, 2);
        putDigits(':', second / 60 % 60, 2);
        putDigits(':', second % 60, 2);
        if (fraction % 1_000 != 0) {
            putDigits('.', fraction, 9);
        } else if (fraction % 1_000_000 != 0) {
            putDigits('.', fraction / 1_000, 6);
        } else if (fraction != 0) {
            putDigits('.', fraction / 1_000_000, 3);
        }
        bytes[length++] = 'Z';
    }

    /** Counts years from March on, so that the leap day is a year's last; 400 years always have the same number of days. */
    private void putDate(long epochDay) {
        long day = epochDay + 719_468;
        long era = Math.floorDiv(day, 146_097);
        int dayOfEra = (int) Math.floorMod(day, 146_097L);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int monthFromMarch = (5 * dayOfYear + 2) / 153;
        int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
        int year = (int) (era * 400) + yearOfEra + (month <= 2 ? 1 : 0);
        // Epoch nanoseconds reach from 1677 to 2262.
        putDigits((char) ('0' + year / 1000), year % 1000, 3);
        putDigits('-', month, 2);
        putDigits('-', dayOfYear - (153 * monthFromMarch + 2) / 5 + 1, 2);
    }

    private void putDigits(char before, int value, int digits) {
        bytes[length++] = (byte) before;
        int rest = value;
        for (int i = length + digits - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += digits;
    }
}
