package io.ringmain.logs.step;

import io.ringmain.logs.Value;
import java.util.Arrays;

/**
 * An order of all values: no and yes, numbers by their value, times, levels, text by its bytes, and last what is missing. Never
 * allocates.
 */
final class ValueOrder {

    private ValueOrder() {}

    static int compare(Value a, Value b) {
        int place = place(a.kind());
        int order = Integer.compare(place, place(b.kind()));
        if (order != 0) {
            return order;
        }
        return switch (a.kind()) {
            case MISSING -> 0;
            case BOOLEAN -> Boolean.compare(a.booleanValue(), b.booleanValue());
            case LONG, DOUBLE -> numbers(a, b);
            case TIME -> Long.compare(a.longValue(), b.longValue());
            case LEVEL -> Integer.compare(a.level().rank(), b.level().rank());
            case TEXT ->
                Arrays.compareUnsigned(
                        a.bytes(), a.offset(), a.offset() + a.length(), b.bytes(), b.offset(), b.offset() + b.length());
        };
    }

    private static int place(Value.Kind kind) {
        return switch (kind) {
            case BOOLEAN -> 0;
            case LONG, DOUBLE -> 1;
            case TIME -> 2;
            case LEVEL -> 3;
            case TEXT -> 4;
            case MISSING -> 5;
        };
    }

    private static int numbers(Value a, Value b) {
        boolean aWhole = a.kind() == Value.Kind.LONG;
        boolean bWhole = b.kind() == Value.Kind.LONG;
        if (aWhole && bWhole) {
            return Long.compare(a.longValue(), b.longValue());
        }
        if (aWhole) {
            return wholeWith(a.longValue(), b.doubleValue());
        }
        if (bWhole) {
            return -wholeWith(b.longValue(), a.doubleValue());
        }
        return Double.compare(a.doubleValue(), b.doubleValue());
    }

    /** Compares exactly: a long above 2^53 has no double of its own. What is no number comes behind all numbers. */
    private static int wholeWith(long whole, double number) {
        if (!(number < 0x1p63)) {
            return -1;
        }
        if (number < -0x1p63) {
            return 1;
        }
        long floor = (long) Math.floor(number);
        int order = Long.compare(whole, floor);
        return order == 0 && floor != number ? -1 : order;
    }
}
