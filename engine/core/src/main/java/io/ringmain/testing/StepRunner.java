package io.ringmain.testing;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Duty;
import io.ringmain.spi.Runner;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Runs a pipeline on the caller's thread, one call of one duty per step, in an order that the seed decides: for tests, for
 * simulation, and for programs that have one thread. The time is that of a {@link ManualClock}; when nothing can move, waiting
 * methods move the clock to the next moment that a duty asked for.
 *
 * <p>The same seed, pipeline and calls give the same run.
 *
 * <p>Thread: one.
 */
public final class StepRunner implements Runner {

    private final SplittableRandom random;
    private final ManualClock clock;
    private final List<Duty> duties = new ArrayList<>();
    private boolean stepping;
    private Runnable afterStep = () -> {};

    /** Makes a runner with the given seed and a clock of its own that begins at 0. */
    public StepRunner(long seed) {
        this(seed, new ManualClock());
    }

    /** Makes a runner with the given seed and clock. */
    public StepRunner(long seed, ManualClock clock) {
        random = new SplittableRandom(seed);
        this.clock = requireNonNull(clock, "clock");
    }

    /** The clock that the pipeline sees. */
    public ManualClock clock() {
        return clock;
    }

    /** Calls {@code check} after each step from now on, for invariants. */
    public void afterEachStep(Runnable check) {
        afterStep = requireNonNull(check, "check");
    }

    /** Calls one duty, chosen by the seed; returns how much it did. */
    public int step() {
        int open = countOpen();
        return open == 0 ? 0 : step(openDuty(random.nextInt(open)));
    }

    /** Calls duties until none of them can move without the clock; returns how much they did. */
    public long stepWhilePossible() {
        long total = 0;
        int worked = 1;
        while (worked > 0) {
            worked = stepAll();
            total += worked;
        }
        return total;
    }

    /** Calls each duty once, in an order chosen by the seed; returns how much they did. */
    private int stepAll() {
        List<Duty> order = new ArrayList<>(duties);
        for (int i = order.size() - 1; i > 0; i--) {
            order.set(i, order.set(random.nextInt(i + 1), order.get(i)));
        }
        int worked = 0;
        for (Duty duty : order) {
            if (!duty.done()) {
                worked += step(duty);
            }
        }
        return worked;
    }

    private int step(Duty duty) {
        if (stepping) {
            // User code called back into the pipeline that runs it: nothing may be stepped inside a step.
            return 0;
        }
        stepping = true;
        try {
            int worked = duty.work(clock.nowNs());
            return duty.done() ? worked + 1 : worked;
        } finally {
            stepping = false;
            afterStep.run();
        }
    }

    private int countOpen() {
        int open = 0;
        for (Duty duty : duties) {
            open += duty.done() ? 0 : 1;
        }
        return open;
    }

    private Duty openDuty(int index) {
        int left = index;
        for (Duty duty : duties) {
            if (!duty.done()) {
                if (left == 0) {
                    return duty;
                }
                left--;
            }
        }
        throw new IllegalStateException("There is no open duty " + index + '.');
    }

    /** When a duty next wants to be called although nothing happens; {@link Long#MAX_VALUE} for never. */
    public long wakeAtNs() {
        long earliest = Long.MAX_VALUE;
        for (Duty duty : duties) {
            if (!duty.done()) {
                earliest = Math.min(earliest, duty.wakeAtNs());
            }
        }
        return earliest;
    }

    /** Moves whatever can move, or else the clock; returns {@code false} when neither can. */
    private boolean moveOn() {
        if (stepAll() > 0) {
            return true;
        }
        long wakeAtNs = wakeAtNs();
        if (wakeAtNs == Long.MAX_VALUE) {
            return false;
        }
        clock.advanceTo(wakeAtNs);
        return true;
    }

    @Override
    public long nowNs() {
        return clock.nowNs();
    }

    @Override
    public void start(List<? extends Duty> duties) {
        this.duties.addAll(duties);
    }

    @Override
    public void spawn(String name, Runnable task) {
        task.run();
    }

    @Override
    public void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (!moveOn()) {
                throw new IllegalStateException("Nothing can move any more, and what is awaited has not happened.");
            }
        }
    }

    @Override
    public boolean help() {
        if (stepping || !moveOn()) {
            throw new IllegalStateException(
                    "The ring is full and nothing can move: a publisher on the pipeline's own thread would wait for ever.");
        }
        return true;
    }
}
