package io.ringmain.logs.parse;

import io.ringmain.logs.LogEvent;

/**
 * Times of access logs, {@code 10/Oct/2000:13:55:36 -0700}. Lines come by the thousand from the same hour, so what a time is made of
 * is compared with the last one, and only minute and second are looked at if the rest is the same.
 *
 * <pre>
 *   10/Oct/2|000:13:5|5:36 -07|00
 *   └ day ──┘└ hour ─┘  └ zone ─┘     three longs and the minute's last digit
 * </pre>
 *
 * <p>Thread: one parser's. Never allocates.
 */
final class AccessTime {

    /** How many bytes a time has. */
    static final int LENGTH = 26;

    private static final long NS_PER_S = 1_000_000_000;
    // Without the minute's first digit; without the second.
    private static final long HOUR_BITS = 0x00ff_ffff_ffff_ffffL;
    private static final int ZONE_SHIFT = 16;

    private long lastDay;
    private long lastHour;
    private long lastZone;
    private long lastHourNs = LogEvent.NO_TIME;

    /** Returns the epoch nanoseconds of the time of {@link #LENGTH} bytes at {@code at}, or {@link LogEvent#NO_TIME}. */
    long parse(byte[] bytes, int at) {
        long hour = Words.at(bytes, at + 8);
        long seconds = Words.at(bytes, at + 18);
        if (Words.at(bytes, at) == lastDay
                && (hour & HOUR_BITS) == lastHour
                && seconds >>> ZONE_SHIFT == lastZone
                && bytes[at + 17] == ':'
                && lastHourNs != LogEvent.NO_TIME) {
            int minute = pair((int) (hour >>> 56), bytes[at + 16]);
            int second = pair((int) seconds & 0xff, (int) seconds >> 8 & 0xff);
            if ((minute | second) >= 0 && minute < 60 && second < 60) {
                return lastHourNs + (60L * minute + second) * NS_PER_S;
            }
        }
        return parseWhole(bytes, at);
    }

    private long parseWhole(byte[] bytes, int at) {
        long midnight = TimeText.midnight(
                TimeText.digits(bytes, at + 7, 4), month(bytes, at + 3), TimeText.digits(bytes, at, 2));
        int hour = TimeText.digits(bytes, at + 12, 2);
        int minute = TimeText.digits(bytes, at + 15, 2);
        int second = TimeText.digits(bytes, at + 18, 2);
        int zoneS = TimeText.zoneSeconds(
                bytes[at + 21], TimeText.digits(bytes, at + 22, 2), TimeText.digits(bytes, at + 24, 2));
        if (midnight == LogEvent.NO_TIME
                || (hour | minute | second) < 0
                || hour > 23
                || minute > 59
                || second > 60
                || zoneS == Integer.MIN_VALUE
                || !isPunctuated(bytes, at)) {
            return LogEvent.NO_TIME;
        }
        long hourS = midnight + 3600L * hour - zoneS;
        lastDay = Words.at(bytes, at);
        lastHour = Words.at(bytes, at + 8) & HOUR_BITS;
        lastZone = Words.at(bytes, at + 18) >>> ZONE_SHIFT;
        // Only an hour that fits as a whole may be added to without a look.
        boolean fits = TimeText.nanosecond(hourS + 3600, 0) != LogEvent.NO_TIME;
        lastHourNs = fits ? TimeText.nanosecond(hourS, 0) : LogEvent.NO_TIME;
        return TimeText.nanosecond(hourS + 60L * minute + second, 0);
    }

    private static boolean isPunctuated(byte[] bytes, int at) {
        return bytes[at + 2] == '/'
                && bytes[at + 6] == '/'
                && bytes[at + 11] == ':'
                && bytes[at + 14] == ':'
                && bytes[at + 17] == ':'
                && bytes[at + 20] == ' ';
    }

    /** The number of two digits, or a negative one or one of 100 and more. */
    private static int pair(int tens, int ones) {
        int one = ones - '0';
        return one < 0 || one > 9 ? -1 : 10 * (tens - '0') + one;
    }

    private static int month(byte[] bytes, int at) {
        return switch (bytes[at] << 16 | bytes[at + 1] << 8 | bytes[at + 2]) {
            case 'J' << 16 | 'a' << 8 | 'n' -> 1;
            case 'F' << 16 | 'e' << 8 | 'b' -> 2;
            case 'M' << 16 | 'a' << 8 | 'r' -> 3;
            case 'A' << 16 | 'p' << 8 | 'r' -> 4;
            case 'M' << 16 | 'a' << 8 | 'y' -> 5;
            case 'J' << 16 | 'u' << 8 | 'n' -> 6;
            case 'J' << 16 | 'u' << 8 | 'l' -> 7;
            case 'A' << 16 | 'u' << 8 | 'g' -> 8;
            case 'S' << 16 | 'e' << 8 | 'p' -> 9;
            case 'O' << 16 | 'c' << 8 | 't' -> 10;
            case 'N' << 16 | 'o' << 8 | 'v' -> 11;
            case 'D' << 16 | 'e' << 8 | 'c' -> 12;
            default -> 0;
        };
    }
}
