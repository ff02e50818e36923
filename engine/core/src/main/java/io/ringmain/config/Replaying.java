package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How a run is repeated: how fast, which part of it, and what of its end is shown. What lies before the part is left out; a part that does not begin with the run
 * therefore gives other results where a stage remembers something.
 *
 * @param speed how many times as fast as the slots entered, above 0; {@link Double#POSITIVE_INFINITY} for as fast as there is room
 * @param from the sequence of the first slot, at least 0
 * @param until the sequence of the last slot, at least {@code from}
 * @param since only slots that entered so long after the begin of the run, or later; not negative
 * @param before only slots that entered less than so long after the begin of the run; null for all
 * @param shown what is handed out at the end; null for nothing
 */
public record Replaying(
        double speed,
        long from,
        long until,
        Duration since,
        @Nullable Duration before,
        @Nullable Shown shown) {

    /** All of it, as fast as there is room. */
    public static final Replaying ALL =
            new Replaying(Double.POSITIVE_INFINITY, 0, Long.MAX_VALUE, Duration.ZERO, null, null);

    /**
     * That what a stage remembers is handed out, as of behind the last slot.
     *
     * @param stage the name of a stage, or of an emitter, that is {@link io.ringmain.spi.Stateful}
     * @param viewer is given the name of each part, and what {@link io.ringmain.spi.Stateful#save} wrote; a partition has one for each group of keys. Called on the thread that closes the
     *     pipeline, unless something failed
     */
    public record Shown(String stage, BiConsumer<String, byte[]> viewer) {

        /** Checks that nothing is missing. */
        public Shown {
            requireNonNull(stage, "stage");
            requireNonNull(viewer, "viewer");
        }
    }

    /** Checks the part. */
    public Replaying {
        if (!(speed > 0)) {
            throw new IllegalArgumentException("replaying.speed: " + speed + " (expected: above 0)");
        }
        if (from < 0 || until < from) {
            throw new IllegalArgumentException("replaying.from, until: " + from + ", " + until
                    + " (expected: 0 or more, and until not before from)");
        }
        if (requireNonNull(since, "since").isNegative()) {
            throw new IllegalArgumentException("replaying.since: " + since + " (expected: >= 0)");
        }
    }

    /** Returns the same at another speed; 1 is as it was recorded. */
    public Replaying speed(double times) {
        return new Replaying(times, from, until, since, before, shown);
    }

    /** Returns the same from the slot with that sequence on. */
    public Replaying from(long sequence) {
        return new Replaying(speed, sequence, until, since, before, shown);
    }

    /** Returns the same up to and with the slot with that sequence. */
    public Replaying until(long sequence) {
        return new Replaying(speed, from, sequence, since, before, shown);
    }

    /** Returns the same for slots that entered so long after the begin of the run, or later. */
    public Replaying since(Duration afterBegin) {
        return new Replaying(speed, from, until, afterBegin, before, shown);
    }

    /** Returns the same for slots that entered less than so long after the begin of the run. */
    public Replaying before(Duration afterBegin) {
        return new Replaying(speed, from, until, since, requireNonNull(afterBegin, "afterBegin"), shown);
    }

    /** Returns the same with what a stage remembers handed out at the end, see {@link Shown}. */
    public Replaying showing(String stage, BiConsumer<String, byte[]> viewer) {
        return new Replaying(speed, from, until, since, before, new Shown(stage, viewer));
    }
}
