package io.ringmain.logs;

/**
 * Moments as text in ISO 8601, UTC: {@code 2015-05-17T10:05:03Z}; a fraction of 3, 6 or 9 digits only if there is one, as
 * {@link java.time.Instant#toString} does. Never allocates. Thread: any.
 */
public final class MomentText {

    /** The most bytes that a moment is written with: {@value}. */
    public static final int LENGTH_MAX = 30;

    private static final long SECOND_NS = 1_000_000_000;
    private static final int DAY_SECONDS = 86_400;

    private MomentText() {}

    /**
     * Writes a moment from {@code offset}; there must be room for {@link #LENGTH_MAX} bytes.
     *
     * @param epochNs epoch nanoseconds
     * @return the offset behind it
     */
    public static int write(long epochNs, byte[] to, int offset) {
        long seconds = Math.floorDiv(epochNs, SECOND_NS);
        int fractionNs = (int) Math.floorMod(epochNs, SECOND_NS);
        int secondOfDay = Math.floorMod(seconds, DAY_SECONDS);
        int end = writeDate(Math.floorDiv(seconds, DAY_SECONDS), to, offset);
        end = write('T', secondOfDay / 3600, 2, to, end);
        end = write(':', secondOfDay / 60 % 60, 2, to, end);
        end = write(':', secondOfDay % 60, 2, to, end);
        if (fractionNs % 1_000 != 0) {
            end = write('.', fractionNs, 9, to, end);
        } else if (fractionNs % 1_000_000 != 0) {
            end = write('.', fractionNs / 1_000, 6, to, end);
        } else if (fractionNs != 0) {
            end = write('.', fractionNs / 1_000_000, 3, to, end);
        }
        to[end] = 'Z';
        return end + 1;
    }

    // Years of 365.2425 days that begin in March, so that the leap day is the last one; eras of 400 years.
    private static int writeDate(long epochDay, byte[] to, int offset) {
        long day = epochDay + 719_468;
        long era = Math.floorDiv(day, 146_097);
        int dayOfEra = (int) (day - era * 146_097);
        int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        int marchMonth = (5 * dayOfYear + 2) / 153;
        int month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
        int year = (int) (yearOfEra + era * 400) + (month <= 2 ? 1 : 0);
        // Epoch nanoseconds reach from 1677 to 2262: four digits always.
        int end = write((char) ('0' + year / 1000), year % 1000, 3, to, offset);
        end = write('-', month, 2, to, end);
        return write('-', dayOfYear - (153 * marchMonth + 2) / 5 + 1, 2, to, end);
    }

    private static int write(char before, int value, int digits, byte[] to, int offset) {
        to[offset] = (byte) before;
        int rest = value;
        for (int i = offset + digits; i > offset; i--) {
            to[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        return offset + 1 + digits;
    }
}
