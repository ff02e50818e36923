package io.ringmain;

import java.util.Map;

/**
 * Where the events of a segment are: each one received is in exactly one of the other counts.
 *
 * @param received events taken in, those dropped at a full ring included
 * @param delivered events that a sink took and none gave up; with a tap, also those that a later stage filtered out
 * @param absorbed events that went into results of the next segment, or had no sink to go to
 * @param filtered events that a stage filtered out, or that went into no result and no sink wanted
 * @param dropped events given up, by reason: what {@link Report.EdgeReport#dropped} says of its entrance,
 *     {@code skipped} after a failure
 * @param deadLettered events kept as dead letters
 * @param parked events set aside for another attempt out of order
 * @param inFlight events still in the ring or waiting before it; counted slot by slot once the pipeline is closed
 * @param replayed dead letters that were tried again
 */
public record Accounts(
        long received,
        long delivered,
        long absorbed,
        long filtered,
        Map<String, Long> dropped,
        long deadLettered,
        long parked,
        long inFlight,
        long replayed) {

    /** Makes an immutable copy of the reasons. */
    public Accounts {
        dropped = Map.copyOf(dropped);
    }

    /** How many events were dropped, for whatever reason. */
    public long droppedInAll() {
        return dropped.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Whether each event received is accounted for. */
    public boolean balanced() {
        return received == delivered + absorbed + filtered + droppedInAll() + deadLettered + parked + inFlight;
    }
}
