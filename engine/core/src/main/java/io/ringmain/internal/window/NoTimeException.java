package io.ringmain.internal.window;

import io.ringmain.spi.Reasoned;
import java.io.Serial;

/** An event has no time that could be used. It has no stack trace: it says something about the event and nothing about the code. */
final class NoTimeException extends Exception implements Reasoned {

    @Serial
    private static final long serialVersionUID = 1;

    @SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack trace that could be wrong.
    static final NoTimeException NONE =
            new NoTimeException("no_timestamp", "the event has no timestamp (expected: one, by a parser that sets it)");

    @SuppressWarnings("StaticAssignmentOfThrowable") // As above.
    static final NoTimeException AHEAD = new NoTimeException(
            "timestamp_ahead",
            "the event's timestamp is too far ahead of the machine's clock (expected: within the bound that was set)");

    private final String reason;

    private NoTimeException(String reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    @Override
    public String reason() {
        return reason;
    }
}
