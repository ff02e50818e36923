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

    /** What is done with two numbers. */
    enum Operator {
        PLUS,
        MINUS,
        TIMES,
        DIVIDED_BY,
        MODULO;

        static Operator of(String written) {
            return switch (written) {
                case "+" -> PLUS;
                case "-" -> MINUS;
                case "*" -> TIMES;
                case "/" -> DIVIDED_BY;
                default -> MODULO;
            };
        }
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
        // Division by zero gives what is not finite.
        setDouble(
                into,
                switch (operator) {
                    case PLUS -> a + b;
                    case MINUS -> a - b;
                    case TIMES -> a * b;
                    case DIVIDED_BY -> a / b;
                    case MODULO -> a % b;
                });
    }

    private static void ofLongs(Operator operator, Value into, long a, long b) {
        boolean isExact =
                switch (operator) {
                    case PLUS -> isSumExact(a, b);
                    case MINUS -> isDifferenceExact(a, b);
                    case TIMES -> isProductExact(a, b);
                    case DIVIDED_BY -> b != 0 && a % b == 0 && (a != Long.MIN_VALUE || b != -1);
                    case MODULO -> b != 0;
                };
        if (!isExact) {
            ofDoubles(operator, into, (double) a, (double) b);
            return;
        }
        into.setLong(
                switch (operator) {
                    case PLUS -> a + b;
                    case MINUS -> a - b;
                    case TIMES -> a * b;
                    case DIVIDED_BY -> a / b;
                    case MODULO -> a % b;
                });
    }

    private static boolean isSumExact(long a, long b) {
        long sum = a + b;
        return ((a ^ sum) & (b ^ sum)) >= 0;
    }

    private static boolean isDifferenceExact(long a, long b) {
        long difference = a - b;
        return ((a ^ b) & (a ^ difference)) >= 0;
    }

    private static boolean isProductExact(long a, long b) {
        return Math.multiplyHigh(a, b) == (a * b) >> 63;
    }

    /** Two numbers, or two durations whose quotient is one. */
    static final class OfNumbers extends Node {

        private final Operator operator;
        private final Node left;
        private final Node right;
        private final Value rightValue = new Value();

        OfNumbers(Operator operator, Node left, Node right) {
            super(FieldType.NUMBER);
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            left.evaluate(event, into);
            right.evaluate(event, rightValue);
            apply(operator, into, rightValue);
        }
    }

    /** Nanoseconds plus, minus or modulo nanoseconds: times and durations. What overflows is missing. */
    static final class OfTimes extends Node {

        private final Operator operator;
        private final Node left;
        private final Node right;
        private final Value rightValue = new Value();

        OfTimes(FieldType result, Operator operator, Node left, Node right) {
            super(result);
            this.operator = operator;
            this.left = left;
            this.right = right;
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            left.evaluate(event, into);
            right.evaluate(event, rightValue);
            if (into.isMissing() || rightValue.isMissing()) {
                into.setMissing();
                return;
            }
            ofLongs(operator, into, into.longValue(), rightValue.longValue());
            if (into.kind() == Value.Kind.DOUBLE) {
                into.setMissing();
            } else if (type() == FieldType.TIME && into.kind() == Value.Kind.LONG) {
                setTime(into, into.longValue());
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
    static final class Scaled extends Node {

        private final Operator operator;
        private final Node duration;
        private final Node number;
        private final Value numberValue = new Value();

        Scaled(Operator operator, Node duration, Node number) {
            super(FieldType.DURATION);
            this.operator = operator;
            this.duration = duration;
            this.number = number;
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            duration.evaluate(event, into);
            number.evaluate(event, numberValue);
            apply(operator, into, numberValue);
            if (into.kind() == Value.Kind.DOUBLE) {
                double rounded = Math.rint(into.doubleValue());
                if (isWhole(rounded)) {
                    into.setLong((long) rounded);
                } else {
                    into.setMissing();
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
