package io.ringmain.cli;

import io.ringmain.Accounts;
import io.ringmain.Report;

/**
 * What the live line shows of a run, at one moment.
 *
 * @param events events received
 * @param eventsTotal how many there will be; {@link #UNKNOWN} if nobody knows
 * @param bytes bytes read; {@link #UNKNOWN} if the run has none to count
 * @param bytesTotal how many there will be; {@link #UNKNOWN} if nobody knows
 * @param ringShare how full the fullest ring is, from 0 to 1
 * @param errorRate the share of the events that a failure ended, from 0 to 1
 * @param inFlight events received of which nothing has become yet
 * @param balanced whether each event received is accounted for
 * @param unit what an event is, in the plural
 */
record Reading(
        long events,
        long eventsTotal,
        long bytes,
        long bytesTotal,
        double ringShare,
        double errorRate,
        long inFlight,
        boolean balanced,
        String unit) {

    static final long UNKNOWN = -1;

    /** What {@code report} says; it knows of no bytes and of no end. */
    static Reading of(Report report) {
        Accounts accounts = report.accounts();
        return new Reading(
                accounts.received(),
                UNKNOWN,
                UNKNOWN,
                UNKNOWN,
                report.ringShare(),
                report.errorRate(),
                accounts.inFlight(),
                accounts.balanced() && accounts.inFlight() >= 0,
                "events");
    }

    /** The same, of a run that ends after {@code total} events. */
    Reading withEventsTotal(long total) {
        return new Reading(events, total, bytes, bytesTotal, ringShare, errorRate, inFlight, balanced, unit);
    }

    /** The same, of a run that has read {@code read} bytes, of {@code total} if that is not {@link #UNKNOWN}. */
    Reading withBytes(long read, long total) {
        return new Reading(events, eventsTotal, read, total, ringShare, errorRate, inFlight, balanced, unit);
    }

    /** The same, of a run whose events are called {@code plural}. */
    Reading withUnit(String plural) {
        return new Reading(events, eventsTotal, bytes, bytesTotal, ringShare, errorRate, inFlight, balanced, plural);
    }

    /** What there was to do that is done, in the unit of {@link #total}. */
    long done() {
        return bytesTotal > 0 ? bytes : events;
    }

    /** All there is to do, in bytes if that is known, else in events; {@link #UNKNOWN} if nobody knows. */
    long total() {
        return bytesTotal > 0 ? bytesTotal : eventsTotal > 0 ? eventsTotal : UNKNOWN;
    }
}
