package io.ringmain.testing;

import io.ringmain.spi.Clock;

/**
 * A clock that moves only when told.
 *
 * <p>Thread: any may read; one moves it.
 */
public final class ManualClock implements Clock {

    private volatile long nowNs;
    private volatile long originNs;

    /** Makes a clock that shows 0. */
    public ManualClock() {
        this(0);
    }

    /** Makes a clock that shows {@code nowNs}. */
    public ManualClock(long nowNs) {
        this.nowNs = nowNs;
    }

    /** The time shown, in nanoseconds. */
    @Override
    public long nowNs() {
        return nowNs;
    }

    /** What a wall clock would show, in nanoseconds since the epoch: as much as {@link #nowNs} if nobody has set it. It moves with this clock. */
    public long epochNs() {
        return originNs + nowNs;
    }

    /** Sets the wall clock; {@link #nowNs} stays. */
    public void setEpochNs(long epochNs) {
        originNs = epochNs - nowNs;
    }

    /** Moves on by {@code ns}, at least 0. */
    public void advance(long ns) {
        if (ns < 0) {
            throw new IllegalArgumentException("ns: " + ns + " (expected: >= 0)");
        }
        advanceTo(nowNs + ns);
    }

    /** Moves on by {@code ns} at once: nobody waits. */
    @Override
    public void sleepNs(long ns) {
        advance(ns);
    }

    /** Moves on to {@code ns}; does nothing if that is past. */
    public void advanceTo(long ns) {
        nowNs = Math.max(nowNs, ns);
    }

    @Override
    public String toString() {
        return "ManualClock{nowNs=" + nowNs + '}';
    }
}
