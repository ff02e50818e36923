package io.ringmain.logs.step;

import io.ringmain.spi.Reasoned;
import java.io.Serial;

/** An event that belongs to no window, since nothing says when it happened. One object, without a stack trace: such events are data. */
public final class NoTimeException extends Exception implements Reasoned {

    @Serial
    private static final long serialVersionUID = 1;

    @SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack trace that could be wrong.
    static final NoTimeException INSTANCE = new NoTimeException();

    private NoTimeException() {
        super("the event has no timestamp (expected: one, by a parser that sets it)", null, false, false);
    }

    @Override
    public String reason() {
        return "no_timestamp";
    }
}
