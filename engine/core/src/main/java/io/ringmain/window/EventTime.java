package io.ringmain.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * When events happened, and how far their time has come.
 *
 * <p>A source that comes later is waited for from its first event on. Letters that come back are in windows as other events, and move no time.
 *
 * @param timeNs finds an event's time in epoch nanoseconds; {@link #NONE} if it has none, which is a failure of the event, except for windows of so many events. Called on one lane only. Null for
 *     {@linkplain #processing processing time}
 * @param disorder by how much an event may be older than one that its source gave before, and still be in time; at least 0
 * @param disorders the same for sources that have another one, by name
 * @param idleAfter a source that has given nothing for so long is not waited for until it gives something again; null if all are waited for
 * @param aheadMax by how much an event may be ahead of the machine's clock; one that is further ahead is a failure and moves nothing. Null if any may
 */
public record EventTime<E>(
        @Nullable ToLongFunction<? super E> timeNs,
        Duration disorder,
        Map<String, Duration> disorders,
        @Nullable Duration idleAfter,
        @Nullable Duration aheadMax) {

    /** The time of an event that has none: {@value}. */
    public static final long NONE = Long.MIN_VALUE;

    /** Checks the bounds. */
    public EventTime {
        disorders = Map.copyOf(disorders);
        requireNotNegative("disorder", disorder);
        disorders.forEach((source, its) -> requireNotNegative("disorder of " + source, its));
        if (idleAfter != null) {
            requirePositive("idleAfter", idleAfter);
        }
        if (aheadMax != null) {
            requirePositive("aheadMax", aheadMax);
        }
    }

    /** Returns the time that {@code timeNs} finds, of events that come in its order, from sources that are all waited for. */
    public static <E> EventTime<E> of(ToLongFunction<? super E> timeNs) {
        return new EventTime<>(requireNonNull(timeNs, "timeNs"), Duration.ZERO, Map.of(), null, null);
    }

    /** Returns processing time: an event happens when it comes, by the machine's clock as the ticks of the pipeline tell it, which are as exact as a twentieth of a window. None is late. */
    public static <E> EventTime<E> processing() {
        return new EventTime<>(null, Duration.ZERO, Map.of(), null, null);
    }

    /** The same with another disorder. */
    public EventTime<E> disorder(Duration disorder) {
        return new EventTime<>(timeNs, disorder, disorders, idleAfter, aheadMax);
    }

    /** The same with another disorder of one source. */
    public EventTime<E> disorder(String source, Duration disorder) {
        Map<String, Duration> all = new LinkedHashMap<>(disorders);
        all.put(requireNonNull(source, "source"), disorder);
        return new EventTime<>(timeNs, this.disorder, all, idleAfter, aheadMax);
    }

    /** The same with sources that are not waited for once they are silent for {@code idleAfter}. */
    public EventTime<E> idleAfter(Duration idleAfter) {
        return new EventTime<>(timeNs, disorder, disorders, requireNonNull(idleAfter, "idleAfter"), aheadMax);
    }

    /** The same with a bound for events from the future. */
    public EventTime<E> aheadMax(Duration aheadMax) {
        return new EventTime<>(timeNs, disorder, disorders, idleAfter, requireNonNull(aheadMax, "aheadMax"));
    }

    private static void requireNotNegative(String name, Duration duration) {
        if (requireNonNull(duration, name).isNegative()) {
            throw new IllegalArgumentException("time." + name + ": " + duration + " (expected: >= 0)");
        }
    }

    private static void requirePositive(String name, Duration duration) {
        if (duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException("time." + name + ": " + duration + " (expected: > 0)");
        }
    }
}
