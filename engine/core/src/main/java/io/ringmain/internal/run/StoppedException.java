package io.ringmain.internal.run;

import io.ringmain.internal.counters.Failures.Origin;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A lane stops because a policy says so; the cause is what the user's code threw. */
public final class StoppedException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final String where;
    private final transient @Nullable Origin origin;

    /** Makes the stop of a lane at the stage or sink {@code where}. */
    public StoppedException(String where, Exception cause) {
        this(where, cause, null);
    }

    /** Makes the stop of a lane at the stage {@code where}, at the event from {@code origin}. */
    public StoppedException(String where, Exception cause, @Nullable Origin origin) {
        super(where + ": stopped by policy", cause);
        this.where = where;
        this.origin = origin;
    }

    /** The event at which it failed; null if it was about no one event. */
    @Nullable
    Origin origin() {
        return origin;
    }

    /** The stage or sink that failed. */
    public String where() {
        return where;
    }
}
