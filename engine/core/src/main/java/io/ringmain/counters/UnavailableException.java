package io.ringmain.counters;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Counters of a single writer cannot answer: they are closed, their writer has failed, or their journal has had no room for too long. */
public final class UnavailableException extends IllegalStateException {

    @Serial
    private static final long serialVersionUID = 1;

    private final boolean mayBeDone;

    UnavailableException(String message, boolean mayBeDone, @Nullable Throwable cause) {
        super(message, cause);
        this.mayBeDone = mayBeDone;
    }

    /** Whether what was asked for may be done nevertheless, now or later; else it is not, and it can be asked for again. */
    public boolean mayBeDone() {
        return mayBeDone;
    }
}
