package io.ringmain.logs.parse;

import io.ringmain.logs.LogEvent;

/**
 * Times as programs write them: RFC 3339, or the number of seconds, milliseconds, microseconds or nanoseconds since 1970.
 *
 * <pre>
 *   2000-10-10T13:55:36-07:00    2000-10-10 20:55:36.123456789Z    2000-10-10T13:55:36.5-0700
 *   971211336    971211336.25    971211336000    971211336000000    971211336000000000
 * </pre>
 *
 * A blank may stand for the {@code T}, and the zone's colon may be missing, as many programs have it. A time without a zone is no
 * time: nobody can know when it was. A number's unit is told by its size; from 10^8 (1973) to 10^11 it counts seconds, then each factor of
 * a thousand is the next smaller unit. A smaller number is more likely a duration or a counter, and no time. Second 60, a leap second, is the second that follows. Digits below a nanosecond are cut.
 *
 * <p>Thread: any. Never allocates, never throws on data.
 */
final class TimeText {

    private static final long NS_PER_S = 1_000_000_000;
    // Epoch nanoseconds fit a long up to the year 2262 and back to 1677.
    private static final long SECOND_MAX = Long.MAX_VALUE / NS_PER_S - 1;
    private static final long NUMBER_MIN = 100_000_000;
    private static final int NO_DAY = Integer.MIN_VALUE;
    private static final int RFC_3339_BYTES_MIN = 20;

    private TimeText() {}

    /** Returns the epoch nanoseconds that a text means, or {@link LogEvent#NO_TIME} if it is no time that fits. */
    static long parse(byte[] bytes, int offset, int length) {
        if (length >= RFC_3339_BYTES_MIN && bytes[offset + 4] == '-') {
            return rfc3339(bytes, offset, offset + length);
        }
        return sinceEpoch(bytes, offset, offset + length);
    }

    /** Returns the number that {@code count} digits are, or a negative one if they are not all digits. */
    static int digits(byte[] bytes, int from, int count) {
        int value = 0;
        for (int i = from; i < from + count; i++) {
            int digit = bytes[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            value = 10 * value + digit;
        }
        return value;
    }

    /** Returns the second since the epoch, or {@link LogEvent#NO_TIME} if there is no such day. */
    static long midnight(int year, int month, int dayOfMonth) {
        int day = day(year, month, dayOfMonth);
        return day == NO_DAY ? LogEvent.NO_TIME : day * 86_400L;
    }

    /** Returns the nanosecond since the epoch, or {@link LogEvent#NO_TIME} if it is too far away for a long. */
    static long nanosecond(long second, long ns) {
        return second > SECOND_MAX || second < -SECOND_MAX ? LogEvent.NO_TIME : second * NS_PER_S + ns;
    }

    private static long rfc3339(byte[] bytes, int from, int end) {
        long midnight = midnight(digits(bytes, from, 4), digits(bytes, from + 5, 2), digits(bytes, from + 8, 2));
        int hour = digits(bytes, from + 11, 2);
        int minute = digits(bytes, from + 14, 2);
        int second = digits(bytes, from + 17, 2);
        byte between = bytes[from + 10];
        if (midnight == LogEvent.NO_TIME
                || (hour | minute | second) < 0
                || hour > 23
                || minute > 59
                || second > 60
                || (between != 'T' && between != 't' && between != ' ')
                || bytes[from + 7] != '-'
                || bytes[from + 13] != ':'
                || bytes[from + 16] != ':') {
            return LogEvent.NO_TIME;
        }
        int i = from + 19;
        long ns = 0;
        if (bytes[i] == '.') {
            int fraction = ++i;
            long unitNs = NS_PER_S;
            for (; i < end && isDigit(bytes[i]); i++) {
                unitNs /= 10;
                ns += unitNs * (bytes[i] - '0');
            }
            if (i == fraction) {
                return LogEvent.NO_TIME;
            }
        }
        int zoneS = zoneSeconds(bytes, i, end);
        return zoneS == Integer.MIN_VALUE
                ? LogEvent.NO_TIME
                : nanosecond(midnight + 3600L * hour + 60L * minute + second - zoneS, ns);
    }

    /** Returns the seconds that a zone is ahead of UTC: {@code Z}, {@code +hh:mm}, {@code +hhmm}; else the least int. */
    private static int zoneSeconds(byte[] bytes, int from, int end) {
        int length = end - from;
        if (length == 1 && (bytes[from] == 'Z' || bytes[from] == 'z')) {
            return 0;
        }
        boolean hasColon = length == 6 && bytes[from + 3] == ':';
        return hasColon || length == 5
                ? zoneSeconds(bytes[from], digits(bytes, from + 1, 2), digits(bytes, end - 2, 2))
                : Integer.MIN_VALUE;
    }

    /** Returns the seconds that a zone is ahead of UTC, or the least int if it is none. */
    static int zoneSeconds(byte sign, int hours, int minutes) {
        if ((hours | minutes) < 0 || hours > 23 || minutes > 59 || (sign != '+' && sign != '-')) {
            return Integer.MIN_VALUE;
        }
        int seconds = 3600 * hours + 60 * minutes;
        return sign == '-' ? -seconds : seconds;
    }

    private static long sinceEpoch(byte[] bytes, int from, int end) {
        boolean isBefore = from < end && bytes[from] == '-';
        int first = isBefore ? from + 1 : from;
        long value = 0;
        int i = first;
        for (; i < end && isDigit(bytes[i]); i++) {
            value = 10 * value + (bytes[i] - '0');
        }
        // Nineteen digits may pass the largest long once, and only become negative by it.
        if (i == first || i > first + 19 || value < NUMBER_MIN) {
            return LogEvent.NO_TIME;
        }
        long unitNs = unitNs(value);
        long fractionNs = 0;
        if (i < end && bytes[i] == '.' && i + 1 < end) {
            long digitNs = unitNs;
            for (i++; i < end && isDigit(bytes[i]); i++) {
                digitNs /= 10;
                fractionNs += digitNs * (bytes[i] - '0');
            }
        }
        if (i != end || value > (Long.MAX_VALUE - unitNs) / unitNs) {
            return LogEvent.NO_TIME;
        }
        long ns = value * unitNs + fractionNs;
        return isBefore ? -ns : ns;
    }

    private static long unitNs(long value) {
        if (value < 100_000_000_000L) {
            return NS_PER_S;
        }
        return value < 100_000_000_000_000L ? 1_000_000 : value < 100_000_000_000_000_000L ? 1000 : 1;
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }

    /** The day since the epoch: whole cycles of 400 years, then years that begin in March, so that the leap day comes last. */
    private static int day(int year, int month, int dayOfMonth) {
        if (year < 0 || month < 1 || month > 12 || dayOfMonth < 1 || dayOfMonth > daysOf(year, month)) {
            return NO_DAY;
        }
        int march = month > 2 ? year : year - 1;
        int cycle = Math.floorDiv(march, 400);
        int yearOfCycle = march - 400 * cycle;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + dayOfMonth - 1;
        int dayOfCycle = 365 * yearOfCycle + yearOfCycle / 4 - yearOfCycle / 100 + dayOfYear;
        return 146_097 * cycle + dayOfCycle - 719_468;
    }

    private static int daysOf(int year, int month) {
        if (month == 2) {
            boolean isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
            return isLeap ? 29 : 28;
        }
        return month == 4 || month == 6 || month == 9 || month == 11 ? 30 : 31;
    }
}
