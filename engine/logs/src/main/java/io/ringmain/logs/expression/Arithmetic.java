package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;
import java.util.List;

/**
 * Arithmetic. Whole numbers stay whole as long as they are exact: what overflows, or does not divide evenly, becomes a double.
 * What would be no number is missing.
 */
final class Arithmetic {

    private static final double LONG_END = 0x1p63;

    private Arithmetic() {}

    /** Whether a double is a whole number that a long holds. */
    static boolean isWhole(double number) {
        return number >= -LONG_END && number < LONG_END && number == (long) number;
    }

    /** What is done with two numbers. Division of doubles by zero gives what is not finite. */
    enum Operator {
        PLUS("+") {
            @Override
            double ofDoubles(double a, double b) {
                return a + b;
            }

            @Override
            long ofLongs(long a, long b) {
                return a + b;
            }

            @Override
            boolean isExact(long a, long b) {
                long sum = a + b;
                return ((a ^ sum) & (b ^ sum)) >= 0;
            }
        },
        MINUS("-") {
            @Override
            double ofDoubles(double a, double b) {
                return a - b;
            }

            @Override
            long ofLongs(long a, long b) {
                return a - b;
            }

            @Override
            boolean isExact(long a, long b) {
                long difference = a - b;
                return ((a ^ b) & (a ^ difference)) >= 0;
            }
        },
        TIMES("*") {
            @Override
            double ofDoubles(double a, double b) {
                return a * b;
            }

            @Override
            long ofLongs(long a, long b) {
                return a * b;
            }

            @Override
            boolean isExact(long a, long b) {
                return Math.multiplyHigh(a, b) == (a * b) >> 63;
            }
        },
        DIVIDED_BY("/") {
            @Override
            double ofDoubles(double a, double b) {
                return a / b;
            }

            @Override
            long ofLongs(long a, long b) {
                return a / b;
            }

            @Override
            boolean isExact(long a, long b) {
                return b != 0 && a % b == 0 && (a != Long.MIN_VALUE || b != -1);
            }
        },
        MODULO("%") {
            @Override
            double ofDoubles(double a, double b) {
                return a % b;
            }

            @Override
            long ofLongs(long a, long b) {
                return a % b;
            }

            @Override
            boolean isExact(long a, long b) {
                return b != 0;
            }
        };

        private final String sign;

        Operator(String sign) {
            this.sign = sign;
        }

        /** The operator that is written so. */
        static Operator of(String sign) {
            for (Operator operator : values()) {
                if (operator.sign.equals(sign)) {
                    return operator;
                }
            }
            throw new IllegalArgumentException(sign + " (expected: a sign of arithmetic)");
        }

        abstract double ofDoubles(double a, double b);

        /** Only if that {@link #isExact}. */
        abstract long ofLongs(long a, long b);

        /** Whether the result is a whole number that a long holds. */
        abstract boolean isExact(long a, long b);
    }

    /** Sets a double, or missing for what is no number. */
    private static void setDouble(Value into, double number) {
        if (Double.isFinite(number)) {
            into.setDouble(number);
        } else {
            into.setMissing();
        }
    }

    /** Makes {@code left} the result. */
    private static void apply(Operator operator, Value left, Value right) {
        if (!left.isNumber() || !right.isNumber()) {
            left.setMissing();
        } else if (left.kind() == Value.Kind.LONG && right.kind() == Value.Kind.LONG) {
            ofLongs(operator, left, left.longValue(), right.longValue());
        } else {
            ofDoubles(operator, left, left.doubleValue(), right.doubleValue());
        }
    }

    private static void ofDoubles(Operator operator, Value into, double a, double b) {
        setDouble(into, operator.ofDoubles(a, b));
    }

    private static void ofLongs(Operator operator, Value into, long a, long b) {
        if (operator.isExact(a, b)) {
            into.setLong(operator.ofLongs(a, b));
        } else {
            ofDoubles(operator, into, (double) a, (double) b);
        }
    }

    /** A node of two operands. */
    private abstract static class OfTwo extends Node {

        final Operator operator;
        private final Node left;
        private final Node right;
        private final Value rightValue = new Value();

        OfTwo(FieldType result, Operator operator, Node left, Node right) {
            super(result);
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        final void evaluate(LogEvent event, Value into) throws RejectedException {
            left.evaluate(event, into);
            right.evaluate(event, rightValue);
            combine(into, rightValue);
        }

        /** Makes {@code left} the result. */
        abstract void combine(Value left, Value right);
    }

    /** Two numbers, or two durations whose quotient is one. */
    static final class OfNumbers extends OfTwo {

        OfNumbers(Operator operator, Node left, Node right) {
            super(FieldType.NUMBER, operator, left, right);
        }

        @Override
        void combine(Value left, Value right) {
            apply(operator, left, right);
        }
    }

    /** Nanoseconds plus, minus or modulo nanoseconds: times and durations. What overflows is missing. */
    static final class OfTimes extends OfTwo {

        OfTimes(FieldType result, Operator operator, Node left, Node right) {
            super(result, operator, left, right);
        }

        @Override
        void combine(Value left, Value right) {
            if (left.isMissing() || right.isMissing()) {
                left.setMissing();
                return;
            }
            ofLongs(operator, left, left.longValue(), right.longValue());
            if (left.kind() == Value.Kind.DOUBLE) {
                left.setMissing();
            } else if (type() == FieldType.TIME && left.kind() == Value.Kind.LONG) {
                setTime(left, left.longValue());
            }
        }
    }

    /** Sets a time, or missing for the number that stands for no time. */
    static void setTime(Value into, long epochNs) {
        if (epochNs == LogEvent.NO_TIME) {
            into.setMissing();
        } else {
            into.setTime(epochNs);
        }
    }

    /** A duration times a number, or divided by one, to the nearest nanosecond. */
    static final class Scaled extends OfTwo {

        Scaled(Operator operator, Node duration, Node number) {
            super(FieldType.DURATION, operator, duration, number);
        }

        @Override
        void combine(Value duration, Value number) {
            apply(operator, duration, number);
            if (duration.kind() == Value.Kind.DOUBLE) {
                double rounded = Math.rint(duration.doubleValue());
                if (isWhole(rounded)) {
                    duration.setLong((long) rounded);
                } else {
                    duration.setMissing();
                }
            }
        }
    }

    /** What one number becomes. */
    enum Function {
        NEGATE,
        ABS,
        FLOOR,
        CEIL,
        ROUND
    }

    static final class OfOne extends Node {

        private final Function function;
        private final Node operand;

        OfOne(FieldType result, Function function, Node operand) {
            super(result);
            this.function = function;
            this.operand = operand;
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            operand.evaluate(event, into);
            if (into.kind() == Value.Kind.LONG) {
                ofLong(into, into.longValue());
            } else if (into.kind() == Value.Kind.DOUBLE) {
                ofDouble(into, into.doubleValue());
            } else {
                into.setMissing();
            }
        }

        private void ofLong(Value into, long number) {
            boolean negates = function == Function.NEGATE || (function == Function.ABS && number < 0);
            if (!negates) {
                return;
            }
            if (number != Long.MIN_VALUE) {
                into.setLong(-number);
            } else if (type() == FieldType.DURATION) {
                into.setMissing();
            } else {
                into.setDouble(LONG_END);
            }
        }

        private void ofDouble(Value into, double number) {
            double result =
                    switch (function) {
                        case NEGATE -> -number;
                        case ABS -> Math.abs(number);
                        case FLOOR -> Math.floor(number);
                        case CEIL -> Math.ceil(number);
                        case ROUND -> rounded(number);
                    };
            if (function != Function.NEGATE && function != Function.ABS && isWhole(result)) {
                into.setLong((long) result);
            } else {
                setDouble(into, result);
            }
        }

        /** Halves go away from zero. */
        private static double rounded(double number) {
            double whole = Math.floor(Math.abs(number));
            double up = Math.abs(number) - whole >= 0.5 ? whole + 1 : whole;
            return Math.copySign(up, number);
        }
    }

    /** The least or the greatest of some numbers; missing if one is. */
    static final class Extreme extends Node {

        private final boolean isLeast;
        private final Node[] operands;
        private final Value next = new Value();
        private final Order order = new Order();

        Extreme(boolean isLeast, List<Node> operands) {
            super(FieldType.NUMBER);
            this.isLeast = isLeast;
            this.operands = operands.toArray(new Node[0]);
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            operands[0].evaluate(event, into);
            for (int i = 1; i < operands.length && !into.isMissing(); i++) {
                operands[i].evaluate(event, next);
                int compared = order.of(next, into);
                if (compared == Order.NONE) {
                    into.setMissing();
                } else if (compared == (isLeast ? -1 : 1)) {
                    operandInto(into);
                }
            }
        }

        private void operandInto(Value into) {
            if (next.kind() == Value.Kind.LONG) {
                into.setLong(next.longValue());
            } else {
                into.setDouble(next.doubleValue());
            }
        }
    }
}
