package io.ringmain.logs.expression;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Spans;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;
import java.util.List;

/** Comparisons: of any two values, and of what most conditions are about, a field and a constant. */
final class Comparison {

    private Comparison() {}

    /** What is asked; {@code !=} is the contrary of {@code ==}. */
    enum Sign {
        EQUAL,
        LESS,
        LESS_OR_EQUAL,
        GREATER,
        GREATER_OR_EQUAL;

        static Sign of(String written) {
            return switch (written) {
                case "<" -> LESS;
                case "<=" -> LESS_OR_EQUAL;
                case ">" -> GREATER;
                case ">=" -> GREATER_OR_EQUAL;
                default -> EQUAL;
            };
        }

        /** The sign that says the same with the sides exchanged. */
        Sign mirrored() {
            return switch (this) {
                case EQUAL -> EQUAL;
                case LESS -> GREATER;
                case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
                case GREATER -> LESS;
                case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
            };
        }

        boolean holds(int order) {
            return switch (this) {
                case EQUAL -> order == 0;
                case LESS -> order == -1;
                case LESS_OR_EQUAL -> order == -1 || order == 0;
                case GREATER -> order == 1;
                case GREATER_OR_EQUAL -> order == 0 || order == 1;
            };
        }
    }

    /** Any two. */
    static final class General extends Node.Condition {

        private final Sign sign;
        private final Node left;
        private final Node right;
        private final Value leftValue = new Value();
        private final Value rightValue = new Value();
        private final Order order = new Order();

        General(Sign sign, Node left, Node right) {
            this.sign = sign;
            this.left = left;
            this.right = right;
        }

        @Override
        boolean test(LogEvent event) throws RejectedException {
            left.evaluate(event, leftValue);
            right.evaluate(event, rightValue);
            return sign.holds(order.of(leftValue, rightValue));
        }
    }

    /** A number of the event with a whole number. */
    static final class FieldWithLong extends Node.Condition {

        private final Sign sign;
        private final Field field;
        private final long constant;
        private final Node general;

        FieldWithLong(Sign sign, Field field, Constant constant) {
            this.sign = sign;
            this.field = field;
            this.constant = constant.value().longValue();
            general = new General(sign, field, constant);
        }

        @Override
        boolean test(LogEvent event) throws RejectedException {
            Fields fields = event.fields();
            int index = fields.indexOf(field.key());
            if (index < 0) {
                return false;
            }
            return fields.kind(index) == Fields.Kind.LONG
                    ? sign.holds(Long.compare(fields.longValue(index), constant))
                    : general.test(event);
        }
    }

    /** The event's level with a level. */
    static final class EventLevel extends Node.Condition {

        private final Sign sign;
        private final int rank;

        EventLevel(Sign sign, Level constant) {
            this.sign = sign;
            rank = constant.rank();
        }

        @Override
        boolean test(LogEvent event) {
            Level level = event.level();
            return level != null && sign.holds(Integer.compare(level.rank(), rank));
        }
    }

    /** Whether a text is one of some texts. */
    static final class TextIn extends Node.Condition {

        private final Node operand;
        private final byte[][] choices;
        private final Value value = new Value();

        TextIn(Node operand, List<Text> choices) {
            this.operand = operand;
            this.choices = choices.stream().map(Text::bytes).toArray(byte[][]::new);
        }

        @Override
        boolean test(LogEvent event) throws RejectedException {
            operand.evaluate(event, value);
            if (value.kind() != Value.Kind.TEXT) {
                return false;
            }
            for (byte[] choice : choices) {
                if (Spans.equal(value.bytes(), value.offset(), value.length(), choice)) {
                    return true;
                }
            }
            return false;
        }
    }

    /** Whether a number is one of some whole numbers. */
    static final class LongIn extends Node.Condition {

        private final Node operand;
        private final long[] choices;
        private final Value value = new Value();

        LongIn(Node operand, long[] choices) {
            this.operand = operand;
            this.choices = choices;
        }

        @Override
        boolean test(LogEvent event) throws RejectedException {
            operand.evaluate(event, value);
            if (!value.isNumber()) {
                return false;
            }
            if (value.kind() == Value.Kind.DOUBLE && !Arithmetic.isWhole(value.doubleValue())) {
                return false;
            }
            long number = value.kind() == Value.Kind.LONG ? value.longValue() : (long) value.doubleValue();
            for (long choice : choices) {
                if (number == choice) {
                    return true;
                }
            }
            return false;
        }
    }
}
