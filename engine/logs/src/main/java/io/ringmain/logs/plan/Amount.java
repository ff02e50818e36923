package io.ringmain.logs.plan;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Numbers, sizes, durations, shares and factors as people write them. */
final class Amount {

    private static final Pattern NUMBER = Pattern.compile("-?\\d[\\d_]*");
    private static final Pattern SHARE = Pattern.compile("\\d{1,9}(\\.\\d{1,9})?");
    private static final Pattern WITH_UNIT = Pattern.compile("(\\d[\\d_]*) ?([A-Za-z]*)");

    private static final Map<String, Long> BYTES = new LinkedHashMap<>();
    private static final Map<String, Long> NANOSECONDS = new LinkedHashMap<>();

    static {
        BYTES.put("GiB", 1L << 30);
        BYTES.put("GB", 1_000_000_000L);
        BYTES.put("MiB", 1L << 20);
        BYTES.put("MB", 1_000_000L);
        BYTES.put("KiB", 1L << 10);
        BYTES.put("kB", 1_000L);
        BYTES.put("KB", 1_000L);
        BYTES.put("B", 1L);
        BYTES.put("", 1L);
        NANOSECONDS.put("d", 86_400_000_000_000L);
        NANOSECONDS.put("h", 3_600_000_000_000L);
        NANOSECONDS.put("m", 60_000_000_000L);
        NANOSECONDS.put("s", 1_000_000_000L);
        NANOSECONDS.put("ms", 1_000_000L);
        NANOSECONDS.put("us", 1_000L);
        NANOSECONDS.put("ns", 1L);
    }

    /** The whole of which a share is a part, counted in billionths: {@value}. */
    static final long WHOLE = 1_000_000_000;

    private Amount() {}

    /** Returns a number, a size in bytes, a duration in nanoseconds, a share or a factor in billionths; empty if {@code text} is none, or too large for a long. */
    static OptionalLong parse(OptionType type, String text) {
        String trimmed = text.strip();
        if (type == OptionType.NUMBER) {
            return NUMBER.matcher(trimmed).matches() ? times(trimmed, 1) : OptionalLong.empty();
        }
        if (type == OptionType.SHARE || type == OptionType.FACTOR) {
            return SHARE.matcher(trimmed).matches()
                    ? OptionalLong.of(new BigDecimal(trimmed).movePointRight(9).longValueExact())
                    : OptionalLong.empty();
        }
        Matcher match = WITH_UNIT.matcher(trimmed);
        Long unit = match.matches() ? units(type).get(match.group(2)) : null;
        return unit == null ? OptionalLong.empty() : times(match.group(1), unit);
    }

    private static OptionalLong times(String digits, long unit) {
        try {
            return OptionalLong.of(Math.multiplyExact(Long.parseLong(digits.replace("_", "")), unit));
        } catch (NumberFormatException | ArithmeticException tooLarge) {
            return OptionalLong.empty();
        }
    }

    /** Returns {@code amount} with the largest unit that leaves a whole number. */
    static String text(OptionType type, long amount) {
        if (type == OptionType.SHARE || type == OptionType.FACTOR) {
            return BigDecimal.valueOf(amount, 9).stripTrailingZeros().toPlainString();
        }
        if (type == OptionType.DURATION && amount == 0) {
            return "0s";
        }
        if (type != OptionType.NUMBER && amount != 0) {
            for (Map.Entry<String, Long> unit : units(type).entrySet()) {
                if (amount % unit.getValue() == 0) {
                    return amount / unit.getValue() + unit.getKey();
                }
            }
        }
        return Long.toString(amount);
    }

    private static Map<String, Long> units(OptionType type) {
        return type == OptionType.SIZE ? BYTES : NANOSECONDS;
    }
}
