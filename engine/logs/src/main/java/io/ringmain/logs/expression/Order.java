package io.ringmain.logs.expression;

import io.ringmain.logs.Level;
import io.ringmain.logs.NumberText;
import io.ringmain.logs.Value;
import java.util.Arrays;

/** How two values compare. One per comparison, because a text that looks like a number has to be read somewhere. */
final class Order {

    /** The values cannot be compared: one is missing, or they are of different kinds. */
    static final int NONE = 2;

    private static final double LONG_END = 0x1p63;

    private final Value number = new Value();

    /** Returns -1, 0 or 1, or {@link #NONE}. */
    int of(Value a, Value b) {
        return switch (a.kind()) {
            case MISSING -> NONE;
            case LONG, DOUBLE -> numberWith(a, b);
            case TEXT -> textWith(a, b);
            case BOOLEAN -> truth(a, b);
            case TIME -> b.kind() == Value.Kind.TIME ? Long.compare(a.longValue(), b.longValue()) : NONE;
            case LEVEL -> levelWith(a.level(), b);
        };
    }

    private int numberWith(Value a, Value b) {
        if (b.isNumber()) {
            return ofNumbers(a, b);
        }
        boolean isNumber = b.kind() == Value.Kind.TEXT && NumberText.parse(b.bytes(), b.offset(), b.length(), number);
        return isNumber ? ofNumbers(a, number) : NONE;
    }

    private int textWith(Value a, Value b) {
        return switch (b.kind()) {
            case MISSING, TIME -> NONE;
            case TEXT -> ofTexts(a, b);
            case LONG, DOUBLE -> reversed(numberWith(b, a));
            case BOOLEAN -> truth(a, b);
            case LEVEL -> reversed(levelWith(b.level(), a));
        };
    }

    private static int ofTexts(Value a, Value b) {
        int order = Arrays.compareUnsigned(
                a.bytes(), a.offset(), a.offset() + a.length(), b.bytes(), b.offset(), b.offset() + b.length());
        return Integer.signum(order);
    }

    private static int truth(Value a, Value b) {
        int left = Converted.truth(a);
        int right = Converted.truth(b);
        return left < 0 || right < 0 ? NONE : Integer.compare(left, right);
    }

    private static int levelWith(Level level, Value b) {
        Level other = b.kind() == Value.Kind.LEVEL
                ? b.level()
                : b.kind() == Value.Kind.TEXT ? Level.of(b.bytes(), b.offset(), b.length()) : null;
        return other == null ? NONE : Integer.compare(level.rank(), other.rank());
    }

    private static int reversed(int order) {
        return order == NONE ? NONE : -order;
    }

    private static int ofNumbers(Value a, Value b) {
        if (a.kind() == Value.Kind.LONG) {
            return b.kind() == Value.Kind.LONG
                    ? Long.compare(a.longValue(), b.longValue())
                    : ofMixed(a.longValue(), b.doubleValue());
        }
        if (b.kind() == Value.Kind.LONG) {
            return reversed(ofMixed(b.longValue(), a.doubleValue()));
        }
        double left = a.doubleValue();
        double right = b.doubleValue();
        return left < right ? -1 : left > right ? 1 : left == right ? 0 : NONE;
    }

    /** Exact: a long as a double would be rounded. */
    private static int ofMixed(long a, double b) {
        if (!(b < LONG_END)) {
            return Double.isNaN(b) ? NONE : -1;
        }
        if (b < -LONG_END) {
            return 1;
        }
        long whole = (long) b;
        if (a != whole) {
            return Long.compare(a, whole);
        }
        double rest = b - whole;
        return rest > 0 ? -1 : rest < 0 ? 1 : 0;
    }
}
