package io.ringmain.internal.intake;

import io.ringmain.internal.ring.ControlWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.spi.Runner;
import java.util.concurrent.TimeUnit;

/**
 * Tells the emitters of a pipeline what time it is, by events in the first ring. The wall clock is read once; from then on the runner's own clock, which never goes back, says how
 * much time has passed.
 *
 * <p>Thread: the one that publishes control events into the first ring.
 */
public final class Ticks {

    /** No tick comes sooner behind another, whatever an emitter wants. */
    private static final long EVERY_MIN_NS = 1_000_000;

    /** So that adding it to a time cannot overflow. */
    private static final long EVERY_MAX_NS = TimeUnit.DAYS.toNanos(3650);

    private static final long NEVER = Long.MAX_VALUE;

    private final Runner runner;
    private final long everyNs;
    private boolean begun;
    private long originNs;
    private long dueNs;

    /** Makes the ticks of a pipeline in which some emitter wants one every {@code everyNs}; none if that is 0. */
    public Ticks(long everyNs, Runner runner) {
        this.runner = runner;
        this.everyNs = Math.max(EVERY_MIN_NS, Math.min(EVERY_MAX_NS, everyNs));
        dueNs = everyNs == 0 ? NEVER : Long.MIN_VALUE;
    }

    /** Publishes a tick if one is due and there is room; returns how many that were. */
    int publish(ControlWriter writer, long nowNs) {
        if (nowNs < dueNs || dueNs == NEVER) {
            return 0;
        }
        if (!begun) {
            begun = true;
            originNs = runner.epochNs() - runner.nowNs();
        }
        if (!writer.control(Slot.TICK, originNs + nowNs, nowNs)) {
            return 0;
        }
        dueNs = nowNs + everyNs;
        return 1;
    }

    /** When the next one is due. */
    long dueNs() {
        return dueNs;
    }
}
