package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;

/**
 * A part of an expression, ready to be evaluated. Belongs to one lane: most nodes have values of their own that they fill again for
 * each event. What a node puts into a value is valid until the node is evaluated again or its event changes.
 */
abstract class Node {

    private final FieldType type;
    private final Value tested = new Value();

    Node(FieldType type) {
        this.type = type;
    }

    /** What it evaluates to, if it is not missing. Durations are whole numbers, of nanoseconds. */
    final FieldType type() {
        return type;
    }

    abstract void evaluate(LogEvent event, Value into) throws RejectedException;

    /** Whether it evaluates to yes. What is missing does not. */
    boolean test(LogEvent event) throws RejectedException {
        evaluate(event, tested);
        return tested.kind() == Value.Kind.BOOLEAN && tested.booleanValue();
    }

    /** What is always yes or no. */
    abstract static class Condition extends Node {

        Condition() {
            super(FieldType.BOOLEAN);
        }

        @Override
        abstract boolean test(LogEvent event) throws RejectedException;

        @Override
        final void evaluate(LogEvent event, Value into) throws RejectedException {
            into.setBoolean(test(event));
        }
    }
}
