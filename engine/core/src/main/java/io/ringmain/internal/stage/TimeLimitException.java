package io.ringmain.internal.stage;

import io.ringmain.spi.Reasoned;
import java.time.Duration;

/** An attempt took longer than its pool allows. */
final class TimeLimitException extends Exception implements Reasoned {

    private static final long serialVersionUID = 1;

    TimeLimitException(long limitNs) {
        super("not done within the time limit of the pool, " + Duration.ofNanos(limitNs));
    }

    @Override
    public String reason() {
        return "time_limit";
    }
}
