package io.ringmain.logs;

/** Durations as people and programs write them: {@code 5s}, {@code 1.5ms}, {@code 1h30m}. Thread: any. Never allocates. */
public final class DurationText {

    /** What is returned for a text that is no duration: {@value}. */
    public static final long NONE = Long.MIN_VALUE;

    private DurationText() {}

    /** Returns nanoseconds, or {@link #NONE} if the text is no duration or longer than 292 years. */
    public static long parse(byte[] bytes, int offset, int length) {
        int end = offset + length;
        int index = offset;
        boolean negative = length > 0 && bytes[offset] == '-';
        index += negative ? 1 : 0;
        if (index == end) {
            return NONE;
        }
        long sum = 0;
        while (index < end) {
            int whole = digits(bytes, index, end);
            int fraction = whole < end && bytes[whole] == '.' ? digits(bytes, whole + 1, end) : whole;
            int unitEnd = letters(bytes, fraction, end);
            long unitNs = unitNs(bytes, fraction, unitEnd - fraction);
            if (whole == index || (fraction != whole && fraction == whole + 1) || unitNs == 0) {
                return NONE;
            }
            long part = scaled(bytes, index, whole, fraction, unitNs);
            if (part < 0 || sum + part < 0) {
                return NONE;
            }
            sum += part;
            index = unitEnd;
        }
        return negative ? -sum : sum;
    }

    private static int digits(byte[] bytes, int from, int end) {
        int index = from;
        while (index < end && bytes[index] >= '0' && bytes[index] <= '9') {
            index++;
        }
        return index;
    }

    private static int letters(byte[] bytes, int from, int end) {
        int index = from;
        while (index < end && (bytes[index] >= 'a' || bytes[index] < 0)) {
            index++;
        }
        return index;
    }

    /** Returns -1 for more than a long holds. */
    private static long scaled(byte[] bytes, int from, int whole, int fraction, long unitNs) {
        long count = 0;
        for (int i = from; i < whole; i++) {
            count = count * 10 + (bytes[i] - '0');
            if (count > Long.MAX_VALUE / unitNs || count > Long.MAX_VALUE / 20) {
                return -1;
            }
        }
        long sum = count * unitNs;
        long digitNs = unitNs;
        for (int i = whole + 1; i < fraction; i++) {
            digitNs /= 10;
            sum += digitNs * (bytes[i] - '0');
        }
        return sum;
    }

    private static long unitNs(byte[] bytes, int offset, int length) {
        if (length == 1) {
            return switch (bytes[offset]) {
                case 's' -> 1_000_000_000L;
                case 'm' -> 60_000_000_000L;
                case 'h' -> 3_600_000_000_000L;
                case 'd' -> 86_400_000_000_000L;
                default -> 0;
            };
        }
        if (length == 2 && bytes[offset + 1] == 's') {
            return switch (bytes[offset]) {
                case 'n' -> 1;
                case 'u' -> 1_000;
                case 'm' -> 1_000_000;
                default -> 0;
            };
        }
        return length == 3 && isMicro(bytes, offset) && bytes[offset + 2] == 's' ? 1_000 : 0;
    }

    /** The micro sign, or the Greek letter. */
    private static boolean isMicro(byte[] bytes, int offset) {
        int pair = (bytes[offset] & 0xff) << 8 | (bytes[offset + 1] & 0xff);
        return pair == 0xc2b5 || pair == 0xcebc;
    }
}
