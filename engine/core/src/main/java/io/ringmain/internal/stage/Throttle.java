package io.ringmain.internal.stage;

/**
 * Lets so many events pass per second. Time that was not used is saved up for a burst: the generic cell rate algorithm (ITU-T
 * I.371), which keeps one number, the time at which the next event is due if all came evenly.
 *
 * @param <E> the event
 */
public final class Throttle<E> implements PatientStage<E> {

    private static final double SECOND_NS = 1e9;

    private final double intervalNs;
    private final double burstNs;
    // Kept as a fraction beside the whole, so that rates that do not divide a second are exact in the long run.
    private long dueNs = Long.MIN_VALUE;
    private double dueFraction;

    /**
     * Makes a throttle.
     *
     * @param perSecond how many events pass in a second, in the long run
     * @param burst how many may pass at once after a pause, at least 1
     */
    public Throttle(double perSecond, int burst) {
        if (!(perSecond > 0) || perSecond > 1e9) {
            throw new IllegalArgumentException(
                    "throttle.perSecond: " + perSecond + " (expected: above 0, at most a billion)");
        }
        if (burst < 1) {
            throw new IllegalArgumentException("throttle.burst: " + burst + " (expected: >= 1)");
        }
        intervalNs = SECOND_NS / perSecond;
        burstNs = intervalNs * (burst - 1);
    }

    @Override
    public Answer process(E event, long nowNs) {
        if (dueNs == Long.MIN_VALUE || dueNs < nowNs) {
            dueNs = nowNs;
            dueFraction = 0;
        }
        if (dueNs - nowNs > burstNs) {
            return Answer.WAIT;
        }
        double next = dueFraction + intervalNs;
        long whole = (long) next;
        dueNs += whole;
        dueFraction = next - whole;
        return Answer.PASS;
    }

    @Override
    public long wakeAtNs() {
        return dueNs - (long) burstNs;
    }

    @Override
    public String why() {
        return "throttle";
    }
}
