package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Level;
import io.ringmain.logs.NumberText;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What expressions mean, once more and differently: over strings, boxed numbers and null for what is missing, with numbers of any
 * size. Durations are longs, moments are {@link Moment}s.
 */
final class Naive {

    private static final Pattern NUMBER = Pattern.compile("[+-]?[0-9]+(\\.[0-9]+)?([eE][+-]?[0-9]+)?");
    private static final Pattern DURATION = Pattern.compile("([0-9]+)(ns|us|ms|s|m|h|d)");

    private Naive() {}

    record Moment(long ns) {}

    static @Nullable Object convert(@Nullable Object value, FieldType type) {
        return switch (type) {
            case TEXT -> text(value);
            case NUMBER -> value instanceof String text ? number(text) : value instanceof Number ? value : null;
            case BOOLEAN -> truth(value);
            case TIME -> value instanceof Moment ? value : null;
            case DURATION -> value instanceof String text ? duration(text) : value instanceof Long ? value : null;
            case LEVEL, ANY -> value;
        };
    }

    private static @Nullable Object truth(@Nullable Object value) {
        if (value instanceof Boolean) {
            return value;
        }
        return "true".equals(value) || "false".equals(value) ? (Object) "true".equals(value) : null;
    }

    static @Nullable Object text(@Nullable Object value) {
        if (value instanceof Double number) {
            byte[] bytes = new byte[NumberText.LENGTH_MAX];
            return new String(bytes, 0, NumberText.write(number, bytes, 0), StandardCharsets.US_ASCII);
        }
        if (value instanceof Moment moment) {
            return Instant.ofEpochSecond(0, moment.ns).toString();
        }
        return value == null ? null : value.toString();
    }

    static @Nullable Object number(String text) {
        if (!NUMBER.matcher(text).matches()) {
            return null;
        }
        if (text.matches("[+-]?[0-9]+") && isLong(new BigInteger(text))) {
            return Long.valueOf(text);
        }
        return finite(Double.parseDouble(text));
    }

    static @Nullable Object duration(String text) {
        Matcher matcher = DURATION.matcher(text);
        if (!matcher.matches()) {
            return null;
        }
        long unitNs =
                switch (matcher.group(2)) {
                    case "ns" -> 1L;
                    case "us" -> 1_000L;
                    case "ms" -> 1_000_000L;
                    case "s" -> 1_000_000_000L;
                    case "m" -> 60_000_000_000L;
                    case "h" -> 3_600_000_000_000L;
                    default -> 86_400_000_000_000L;
                };
        return Long.parseLong(matcher.group(1)) * unitNs;
    }

    private static boolean isLong(BigInteger number) {
        return number.bitLength() < 64;
    }

    private static @Nullable Object finite(double number) {
        return Double.isFinite(number) ? (Object) number : null;
    }

    /** Numbers with numbers. */
    static @Nullable Object calculate(String sign, @Nullable Object left, @Nullable Object right) {
        if (left == null || right == null) {
            return null;
        }
        if (left instanceof Long a && right instanceof Long b) {
            BigInteger exact = exact(sign, BigInteger.valueOf(a), BigInteger.valueOf(b));
            if (exact != null && isLong(exact)) {
                return exact.longValue();
            }
        }
        double a = ((Number) left).doubleValue();
        double b = ((Number) right).doubleValue();
        return finite(
                switch (sign) {
                    case "+" -> a + b;
                    case "-" -> a - b;
                    case "*" -> a * b;
                    case "/" -> a / b;
                    default -> a % b;
                });
    }

    private static @Nullable BigInteger exact(String sign, BigInteger a, BigInteger b) {
        boolean isZero = b.signum() == 0;
        return switch (sign) {
            case "+" -> a.add(b);
            case "-" -> a.subtract(b);
            case "*" -> a.multiply(b);
            case "/" -> isZero || a.remainder(b).signum() != 0 ? null : a.divide(b);
            default -> isZero ? null : a.remainder(b);
        };
    }

    /** Nanoseconds with nanoseconds; null where there is no exact result. */
    static @Nullable Object calculateNs(String sign, @Nullable Object left, @Nullable Object right) {
        Object result = calculate(sign, ns(left), ns(right));
        return result instanceof Long ? result : null;
    }

    private static @Nullable Object ns(@Nullable Object value) {
        return value instanceof Moment moment ? (Object) moment.ns : value;
    }

    static @Nullable Object moment(@Nullable Object ns) {
        return ns instanceof Long number && number != Long.MIN_VALUE ? new Moment(number) : null;
    }

    /** A duration and a number, to the nearest nanosecond. */
    static @Nullable Object scale(String sign, @Nullable Object duration, @Nullable Object number) {
        Object result = calculate(sign, duration, number);
        if (!(result instanceof Double exact)) {
            return result;
        }
        BigInteger rounded = new BigDecimal(Math.rint(exact)).toBigInteger();
        return isLong(rounded) ? rounded.longValue() : null;
    }

    static @Nullable Object negate(@Nullable Object value) {
        return value instanceof Double number ? (Object) (-number) : calculate("-", value == null ? null : 0L, value);
    }

    static @Nullable Object whole(String function, @Nullable Object value) {
        if (!(value instanceof Double number)) {
            return value;
        }
        BigDecimal exact = new BigDecimal(number);
        BigInteger whole =
                switch (function) {
                    case "floor" ->
                        exact.setScale(0, java.math.RoundingMode.FLOOR).toBigInteger();
                    case "ceil" ->
                        exact.setScale(0, java.math.RoundingMode.CEILING).toBigInteger();
                    default -> exact.setScale(0, java.math.RoundingMode.HALF_UP).toBigInteger();
                };
        return isLong(whole) ? (Object) whole.longValue() : number;
    }

    /** How two values compare, or null if they do not. */
    static @Nullable Integer order(@Nullable Object a, @Nullable Object b) {
        if (a == null || b == null) {
            return null;
        }
        if (a instanceof Level || b instanceof Level) {
            Level left = level(a);
            Level right = level(b);
            return left == null || right == null ? null : Integer.signum(left.compareTo(right));
        }
        if (a instanceof Number || b instanceof Number) {
            Object left = convert(a, FieldType.NUMBER);
            Object right = convert(b, FieldType.NUMBER);
            return left == null || right == null ? null : exact(left).compareTo(exact(right));
        }
        if (a instanceof Boolean || b instanceof Boolean) {
            Object left = convert(a, FieldType.BOOLEAN);
            Object right = convert(b, FieldType.BOOLEAN);
            return left == null || right == null ? null : ((Boolean) left).compareTo((Boolean) right);
        }
        if (a instanceof Moment left && b instanceof Moment right) {
            return Long.compare(left.ns, right.ns);
        }
        if (a instanceof String left && b instanceof String right) {
            // By code points, as UTF-8 is.
            return Integer.signum(java.util.Arrays.compare(
                    left.codePoints().toArray(), right.codePoints().toArray()));
        }
        return null;
    }

    private static @Nullable Level level(Object value) {
        return value instanceof Level level ? level : value instanceof String word ? Level.of(word) : null;
    }

    private static BigDecimal exact(Object number) {
        return number instanceof Long whole ? BigDecimal.valueOf(whole) : new BigDecimal((Double) number);
    }

    static boolean compares(String sign, @Nullable Object a, @Nullable Object b) {
        Integer order = order(a, b);
        if (sign.equals("!=")) {
            return order == null || order != 0;
        }
        return order != null
                && switch (sign) {
                    case "==" -> order == 0;
                    case "<" -> order < 0;
                    case "<=" -> order <= 0;
                    case ">" -> order > 0;
                    default -> order >= 0;
                };
    }

    static @Nullable Object substring(@Nullable Object text, @Nullable Object start, @Nullable Object count) {
        if (text == null || start == null || count == null) {
            return null;
        }
        int[] points = ((String) text).codePoints().toArray();
        int from = (int) Math.min(points.length, Math.max(0, ((Number) start).longValue()));
        int length = (int) Math.min(points.length - from, Math.max(0, ((Number) count).longValue()));
        return new String(points, from, length);
    }

    static @Nullable Object cased(boolean isUpper, @Nullable Object text) {
        if (text == null) {
            return null;
        }
        Matcher letters = Pattern.compile("[A-Za-z]").matcher((String) text);
        return letters.replaceAll(found ->
                isUpper ? found.group().toUpperCase(Locale.ROOT) : found.group().toLowerCase(Locale.ROOT));
    }
}
