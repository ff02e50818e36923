package io.ringmain.logs.step;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.spi.Transform;
import java.util.function.LongSupplier;

/**
 * The enricher that notes in {@link Keys#INGEST_TIME} when an event was taken in.
 *
 * <p>Thread: as its clock. Allocates nothing of its own. Fails with {@link ParseResult#FIELDS_FULL}.
 */
public final class SetIngestTime implements Transform<LogEvent> {

    private final LongSupplier clock;

    /** Makes an enricher that asks {@code clock} for the epoch nanoseconds of each event. */
    public SetIngestTime(LongSupplier clock) {
        this.clock = requireNonNull(clock, "clock");
    }

    @Override
    public void apply(LogEvent event) throws RejectedException {
        if (!event.fields().putTime(Keys.INGEST_TIME, clock.getAsLong())) {
            throw RejectedException.of(ParseResult.FIELDS_FULL);
        }
    }
}
