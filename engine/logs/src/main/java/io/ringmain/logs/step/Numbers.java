package io.ringmain.logs.step;

import io.ringmain.logs.NumberText;
import io.ringmain.logs.Value;

/** Reads numbers out of text that looks like one. */
final class Numbers {

    private Numbers() {}

    /**
     * Makes a number of text that looks like one.
     *
     * @return whether {@code value} is a number then, and neither infinite nor none
     */
    static boolean read(Value value) {
        return switch (value.kind()) {
            case LONG -> true;
            case DOUBLE -> Double.isFinite(value.doubleValue());
            case TEXT -> NumberText.parse(value.bytes(), value.offset(), value.length(), value);
            case MISSING, BOOLEAN, TIME, LEVEL -> false;
        };
    }
}
