package io.ringmain.perf.work;

import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Rounds.Ran;
import java.util.function.Supplier;

/** One turn of a side in a comparison. */
public final class Turn {

    private static final int WARM_UP_PART = 8;

    private Turn() {}

    /**
     * Opens a side, moves some events and then {@code events} through it, and closes it. Only one side lives at a time: threads that yield
     * when idle would take the cores from the other.
     */
    public static Ran take(Supplier<Side> opened, long events) {
        try (Side side = opened.get()) {
            side.move(events / WARM_UP_PART / Side.BATCH * Side.BATCH);
            long cpuBeforeNs = Machine.processCpuNs();
            double tookNs = side.move(events);
            return new Ran(tookNs, Machine.processCpuNs() - cpuBeforeNs, side.hash());
        }
    }
}
