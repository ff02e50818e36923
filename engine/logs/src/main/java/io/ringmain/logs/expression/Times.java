package io.ringmain.logs.expression;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;

/** What is done with moments. All in UTC. */
final class Times {

    private static final long HOUR_NS = 3_600_000_000_000L;

    private Times() {}

    /** A time, down to a multiple of a duration since 1970. */
    static final class Truncated extends Node {

        private final Node time;
        private final Node step;
        private final Value stepValue = new Value();

        Truncated(Node time, Node step) {
            super(FieldType.TIME);
            this.time = time;
            this.step = step;
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            time.evaluate(event, into);
            step.evaluate(event, stepValue);
            if (into.kind() != Value.Kind.TIME || stepValue.isMissing() || stepValue.longValue() <= 0) {
                into.setMissing();
                return;
            }
            long rest = Math.floorMod(into.longValue(), stepValue.longValue());
            // Just above the first moment there may be no multiple.
            if (into.longValue() < Long.MIN_VALUE + rest) {
                into.setMissing();
            } else {
                Arithmetic.setTime(into, into.longValue() - rest);
            }
        }
    }

    /** The hour of the day, from 0 to 23. */
    static final class Hour extends Node {

        private final Node time;

        Hour(Node time) {
            super(FieldType.NUMBER);
            this.time = time;
        }

        @Override
        void evaluate(LogEvent event, Value into) throws RejectedException {
            time.evaluate(event, into);
            if (into.kind() == Value.Kind.TIME) {
                into.setLong(Math.floorMod(Math.floorDiv(into.longValue(), HOUR_NS), 24));
            } else {
                into.setMissing();
            }
        }
    }
}
