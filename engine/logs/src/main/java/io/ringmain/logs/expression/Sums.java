package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which types the arithmetic operators take, and what they give.
 *
 * <pre>
 *   number   + - * / % number     a number        time     -   time        a duration
 *   text     +         text       text            time     + - duration    a time
 *   duration + - %     duration   a duration      duration + - time        a time (only +)
 *   duration * /       number     a duration      duration /   duration    a number
 * </pre>
 *
 * An ANY is what the other side makes of it: beside text, text; beside a time or in a sum with a duration, a duration (before a
 * minus and a time, a time); else a number.
 */
final class Sums {

    private Sums() {}

    /** Returns null if the operator does not take these types. */
    static @Nullable Node node(Arithmetic.Operator operator, Node left, Node right) {
        FieldType a = known(operator, left.type(), right.type(), true);
        FieldType b = known(operator, right.type(), left.type(), false);
        FieldType result = result(operator, a, b);
        if (result == null) {
            return null;
        }
        Node x = Converted.to(a, left);
        Node y = Converted.to(b, right);
        if (result == FieldType.TEXT) {
            return new Texts.Joined(List.of(x, y));
        }
        if (result == FieldType.NUMBER) {
            return new Arithmetic.OfNumbers(operator, x, y);
        }
        if (a == FieldType.NUMBER) {
            return new Arithmetic.Scaled(operator, y, x);
        }
        return b == FieldType.NUMBER
                ? new Arithmetic.Scaled(operator, x, y)
                : new Arithmetic.OfTimes(result, operator, x, y);
    }

    private static FieldType known(Arithmetic.Operator operator, FieldType type, FieldType other, boolean isLeft) {
        if (type != FieldType.ANY) {
            return type;
        }
        boolean isProduct =
                operator == Arithmetic.Operator.TIMES || (operator == Arithmetic.Operator.DIVIDED_BY && !isLeft);
        return switch (other) {
            case TEXT -> FieldType.TEXT;
            case TIME -> isLeft && operator == Arithmetic.Operator.MINUS ? FieldType.TIME : FieldType.DURATION;
            case DURATION -> isProduct ? FieldType.NUMBER : FieldType.DURATION;
            case NUMBER, BOOLEAN, LEVEL, ANY -> FieldType.NUMBER;
        };
    }

    private static @Nullable FieldType result(Arithmetic.Operator operator, FieldType a, FieldType b) {
        boolean isSum = operator == Arithmetic.Operator.PLUS || operator == Arithmetic.Operator.MINUS;
        boolean isPlus = operator == Arithmetic.Operator.PLUS;
        if (a == b) {
            return switch (a) {
                case NUMBER -> FieldType.NUMBER;
                case TEXT -> isPlus ? FieldType.TEXT : null;
                case TIME -> operator == Arithmetic.Operator.MINUS ? FieldType.DURATION : null;
                case DURATION ->
                    operator == Arithmetic.Operator.DIVIDED_BY
                            ? FieldType.NUMBER
                            : operator == Arithmetic.Operator.TIMES ? null : FieldType.DURATION;
                case BOOLEAN, LEVEL, ANY -> null;
            };
        }
        if (a == FieldType.TIME && b == FieldType.DURATION) {
            return isSum ? FieldType.TIME : null;
        }
        if (a == FieldType.DURATION && b == FieldType.TIME) {
            return isPlus ? FieldType.TIME : null;
        }
        boolean isTimes = operator == Arithmetic.Operator.TIMES;
        if (a == FieldType.DURATION && b == FieldType.NUMBER) {
            return isTimes || operator == Arithmetic.Operator.DIVIDED_BY ? FieldType.DURATION : null;
        }
        return a == FieldType.NUMBER && b == FieldType.DURATION && isTimes ? FieldType.DURATION : null;
    }

    static String hint(Arithmetic.Operator operator, FieldType a, FieldType b) {
        if (a == FieldType.BOOLEAN || b == FieldType.BOOLEAN) {
            return "write if(condition, 1, 0) to count";
        }
        if (a == FieldType.LEVEL || b == FieldType.LEVEL) {
            return "levels can only be compared";
        }
        boolean isTime = a == FieldType.TIME || b == FieldType.TIME;
        if (isTime && operator == Arithmetic.Operator.MODULO) {
            return "write truncate(timestamp, 1m)";
        }
        if (isTime) {
            return "a time takes + and - with a duration, - with a time: timestamp - 5m";
        }
        if (a == FieldType.DURATION || b == FieldType.DURATION) {
            return "a duration takes + - / % with a duration, * / with a number: 2 * 5s";
        }
        return "";
    }
}
