package io.ringmain.internal.run;

import java.io.Serial;

/** A lane stops because a policy says so; the cause is what the user's code threw. */
public final class StoppedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final String where;

    /** Makes the stop of a lane at the stage or sink {@code where}. */
    public StoppedException(String where, Exception cause) {
        super(where + ": stopped by policy", cause);
        this.where = where;
    }

    /** The stage or sink that failed. */
    public String where() {
        return where;
    }
}
