package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;
import java.util.List;

/** And, or, not; and what chooses between values. */
final class Logic {

    private Logic() {}

    /** Whether all are true, or one is; asks no further than it must. */
    static final class Chain extends Node.Condition {

        private final boolean isAnd;
        private final Node[] operands;

        Chain(boolean isAnd, List<Node> operands) {
            this.isAnd = isAnd;
            this.operands = operands.toArray(new Node[0]);
        }

        @Override
        boolean test(LogEvent event) throws RejectedException {
            for (Node operand : operands) {
                if (operand.test(event) != isAnd) {
                    return !isAnd;
                }
            }
            return isAnd;
        }
    }

    static final class Not extends Node.Condition {

        private final Node operand;

        Not(Node operand) {
            this.operand = operand;
        }

        @Override
        boolean test(LogEvent event) throws RejectedException {
            return !operand.test(event);
        }
    }

    static final class Exists extends Node.Condition {

        private final Node operand;
        private final Value value = new Value();

        Exists(Node operand) {
            this.operand = operand;
        }

        @Override
        boolean test(LogEvent event) throws RejectedException {
            operand.evaluate(event, value);
            return !value.isMissing();
        }
    }

    static final class If extends Node {

        private final Node condition;
        private final Node yes;
        private final Node no;

        If(FieldType type, List<Node> parts) {
            super(type);
            condition = parts.get(0);
            yes = parts.get(1);
            no = parts.get(2);
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            if (condition.test(event)) {
                yes.evaluate(event, into);
            } else {
                no.evaluate(event, into);
            }
        }
    }

    /** The first that is not missing. */
    static final class Coalesce extends Node {

        private final Node[] operands;

        Coalesce(FieldType type, List<Node> operands) {
            super(type);
            this.operands = operands.toArray(new Node[0]);
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            into.setMissing();
            for (int i = 0; i < operands.length && into.isMissing(); i++) {
                operands[i].evaluate(event, into);
            }
        }
    }
}
