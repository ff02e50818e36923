package io.ringmain.internal.window;

import io.ringmain.spi.DeadLetters;
import io.ringmain.window.EventTime;
import io.ringmain.window.Watermarks;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * How far the events' time has come over all sources, and which of these are silent by the machine's clock, as ticks tell it. Thread: one.
 *
 * @param <E> the event
 */
final class SourceTimes<E> {

    private static final int IDLE_PARTS = 4;
    private static final int WINDOW_PARTS = 20;
    private static final long PROCESSING_TICK_MIN_NS = 1_000_000;
    private static final long NEVER = Long.MIN_VALUE;
    private static final int NOBODY = -1;
    private static final long AHEAD_TICK_NS = 100_000_000;

    private final Watermarks watermarks = Watermarks.of();
    private final EventTime<E> time;
    private final boolean isProcessing;
    private final long windowNs;
    private final long idleNs;
    private final long aheadNs;
    // What there is is known by its number; the list grows.
    private final List<String> sources;
    // By number: which of those it is that time is waited for.
    private int[] places = {};
    // By place: the tick before its last event.
    private long[] heardAt = {};
    private long tickedAt = NEVER;

    /** {@code windowNs} is how long what is measured takes. */
    SourceTimes(EventTime<E> time, long windowNs, List<String> sources) {
        this.time = time;
        isProcessing = time.timeNs() == null;
        this.windowNs = windowNs;
        this.sources = sources;
        idleNs = nanos(time.idleAfter());
        aheadNs = nanos(time.aheadMax());
        for (int source = 0; source < sources.size(); source++) {
            place(source);
        }
    }

    /** Which of those it is that time is waited for; one that comes later is from now on. Letters that come back are of no source. */
    private int place(int source) {
        if (source >= places.length) {
            int known = places.length;
            places = Arrays.copyOf(places, source + 1);
            Arrays.fill(places, known, source + 1, NOBODY);
        }
        if (places[source] == NOBODY && !sources.get(source).equals(DeadLetters.SOURCE)) {
            places[source] = watermarks.join(
                    Durations.nanos(time.disorders().getOrDefault(sources.get(source), time.disorder())));
            heardAt = Arrays.copyOf(heardAt, places[source] + 1);
            heardAt[places[source]] = NEVER;
        }
        return places[source];
    }

    private static long nanos(@Nullable Duration duration) {
        return duration == null ? 0 : Durations.nanos(duration);
    }

    /** How often it wants to know what time it is; 0 for never. */
    long tickNs() {
        if (isProcessing) {
            return windowNs == 0 ? 0 : Math.max(PROCESSING_TICK_MIN_NS, windowNs / WINDOW_PARTS);
        }
        long idleTick = idleNs == 0 ? 0 : Math.max(1, idleNs / IDLE_PARTS);
        long aheadTick = aheadNs == 0 ? 0 : AHEAD_TICK_NS;
        return idleTick == 0 || aheadTick == 0 ? idleTick + aheadTick : Math.min(idleTick, aheadTick);
    }

    /** How far time has come. */
    long current() {
        return isProcessing ? reached() : watermarks.current();
    }

    /** When {@code event} happened; {@link EventTime#NONE} only where windows ask for no time. */
    long of(E event) throws NoTimeException {
        ToLongFunction<? super E> ofEvent = time.timeNs();
        long timeNs = ofEvent == null ? tickedAt : ofEvent.applyAsLong(event);
        if (timeNs == EventTime.NONE && windowNs > 0) {
            throw NoTimeException.NONE;
        }
        if (isAhead(timeNs)) {
            throw NoTimeException.AHEAD;
        }
        return timeNs;
    }

    /** Whether an event's time is further ahead of the machine's clock than it may be. */
    private boolean isAhead(long timeNs) {
        return aheadNs > 0 && tickedAt != NEVER && timeNs > Durations.sum(tickedAt, aheadNs);
    }

    /** An event of {@code source} has come; returns how far time has come with it. Letters that come back move nothing. */
    long observe(int source, long timeNs) {
        if (isProcessing) {
            return reached();
        }
        int place = place(source);
        if (place == NOBODY || timeNs == EventTime.NONE) {
            return watermarks.current();
        }
        heardAt[place] = tickedAt;
        return watermarks.observe(place, timeNs);
    }

    /** The machine's clock has come to {@code timeNs}. */
    long tick(long timeNs) {
        tickedAt = timeNs;
        if (isProcessing) {
            return reached();
        }
        for (int place = 0; place < heardAt.length && idleNs > 0; place++) {
            if (heardAt[place] == NEVER) {
                // It is given the whole time from the first tick on.
                heardAt[place] = timeNs;
            } else if (timeNs - heardAt[place] >= idleNs) {
                watermarks.idle(place);
            }
        }
        return watermarks.current();
    }

    /** What comes behind a tick is not before it. */
    private long reached() {
        return tickedAt == NEVER ? Watermarks.NONE : tickedAt - 1;
    }

    /** {@code source} gives no more. */
    long ended(int source) {
        if (isProcessing) {
            return reached();
        }
        // One that never gave anything was never waited for, if it came later.
        boolean isKnown = source < places.length && places[source] != NOBODY;
        return isKnown ? watermarks.end(places[source]) : watermarks.current();
    }

    void save(DataOutput out) throws IOException {
        watermarks.save(out);
    }

    /** Takes over what {@link #save} wrote; how long each has been silent begins anew. */
    void load(DataInput in) throws IOException {
        watermarks.load(in);
    }
}
