package io.ringmain.testing;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Duty;
import io.ringmain.spi.Runner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Runs a pipeline on the caller's thread, one call of one duty per step, in an order that the seed decides: for tests, for
 * simulation, and for programs that have one thread. The time is that of a {@link ManualClock}; when nothing can move, waiting
 * methods move the clock to the next moment that a duty asked for.
 *
 * <p>Duties sleep as they do on threads: one that could do nothing is called again only after it was woken or at the time it
 * asked for. A wake-up that the engine forgets therefore shows as a run that stands still.
 *
 * <p>The same seed, pipeline and calls give the same run.
 *
 * <p>Thread: one.
 */
public final class StepRunner implements Runner {

    private final SplittableRandom random;
    private final long seed;
    private final ManualClock clock;
    private final List<Duty> duties = new ArrayList<>();
    private final BitSet awake = new BitSet();
    // Of those that are awake, who is not busy.
    private final BitSet ready = new BitSet();
    // By duty; empty until somebody spends time.
    private final List<Long> busyUntilNs = new ArrayList<>();
    private boolean stepping;
    private int stepped;
    private Runnable afterStep = () -> {};

    /** Makes a runner with the given seed and a clock of its own that begins at 0. */
    public StepRunner(long seed) {
        this(seed, new ManualClock());
    }

    /** Makes a runner with the given seed and clock. */
    public StepRunner(long seed, ManualClock clock) {
        random = new SplittableRandom(seed);
        // Of other numbers than the steps.
        this.seed = new SplittableRandom(~seed).nextLong();
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

    /** Calls one of the duties that are awake, chosen by the seed; returns how much it did. */
    public int step() {
        wakeThoseWhoseTimeHasCome();
        int candidates = ready.cardinality();
        if (candidates == 0) {
            return 0;
        }
        int index = ready.nextSetBit(0);
        for (int skip = random.nextInt(candidates); skip > 0; skip--) {
            index = ready.nextSetBit(index + 1);
        }
        return step(index);
    }

    /** Calls duties until all of them sleep; returns how much they did. */
    public long stepWhilePossible() {
        long total = step();
        wakeThoseWhoseTimeHasCome();
        while (!ready.isEmpty()) {
            total += step();
            wakeThoseWhoseTimeHasCome();
        }
        return total;
    }

    private void wakeThoseWhoseTimeHasCome() {
        for (int i = 0; i < duties.size(); i++) {
            Duty duty = duties.get(i);
            awake.set(i, !duty.done() && (awake.get(i) || duty.wakeAtNs() <= clock.nowNs()));
            ready.set(i, awake.get(i) && busyUntilNs(i) <= clock.nowNs());
        }
    }

    private int step(int index) {
        if (stepping) {
            // User code called back into the pipeline that runs it: nothing may be stepped inside a step.
            return 0;
        }
        stepping = true;
        stepped = index;
        awake.clear(index);
        Duty duty = duties.get(index);
        try {
            int worked = duty.work(clock.nowNs());
            if (worked > 0 && !duty.done()) {
                awake.set(index);
            }
            return duty.done() ? worked + 1 : worked;
        } finally {
            stepping = false;
            afterStep.run();
        }
    }

    /** When a duty next wants to be called although nothing happens; {@link Long#MAX_VALUE} for never. */
    public long wakeAtNs() {
        long earliest = Long.MAX_VALUE;
        for (int i = 0; i < duties.size(); i++) {
            Duty duty = duties.get(i);
            if (!duty.done()) {
                long wantedNs = awake.get(i) ? clock.nowNs() : duty.wakeAtNs();
                boolean busy = busyUntilNs(i) > clock.nowNs();
                earliest = Math.min(earliest, busy ? Math.max(wantedNs, busyUntilNs(i)) : duty.wakeAtNs());
            }
        }
        return earliest;
    }

    /** Moves what can move, or else the clock; returns {@code false} when neither can. */
    private boolean moveOn() {
        wakeThoseWhoseTimeHasCome();
        if (!ready.isEmpty()) {
            step();
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
    public long epochNs() {
        return clock.epochNs();
    }

    @Override
    public long seed() {
        return seed;
    }

    @Override
    public void start(List<? extends Duty> duties) {
        if (!this.duties.isEmpty()) {
            throw new IllegalStateException(
                    "This runner steps another pipeline already (expected: a runner of its own).");
        }
        duties.forEach(this::join);
    }

    @Override
    public void join(Duty duty) {
        int index = duties.size();
        duties.add(duty);
        awake.set(index);
        duty.onWake(() -> awake.set(index));
    }

    /**
     * Says that the user code that calls this takes {@code time}: its duty is not called again before the clock has moved on by that, as if a
     * thread had been busy so long. Duties beside it go on meanwhile. What the call did is seen by the others at once.
     *
     * @throws IllegalStateException if called by no duty of this runner
     */
    public void spend(Duration time) {
        if (!stepping) {
            throw new IllegalStateException(
                    "spend: " + time + " outside of a step (expected: in a stage, sink or source)");
        }
        while (busyUntilNs.size() <= stepped) {
            busyUntilNs.add(Long.MIN_VALUE);
        }
        long fromNs = Math.max(clock.nowNs(), busyUntilNs.get(stepped));
        busyUntilNs.set(stepped, fromNs + time.toNanos());
    }

    private long busyUntilNs(int index) {
        return index < busyUntilNs.size() ? busyUntilNs.get(index) : Long.MIN_VALUE;
    }

    @Override
    public void spawn(String name, Runnable task) {
        task.run();
    }

    @Override
    public void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            if (stepping || !moveOn()) {
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

    @Override
    public boolean helpUntil(long untilNs) {
        wakeThoseWhoseTimeHasCome();
        if (!stepping && (!awake.isEmpty() || wakeAtNs() <= untilNs)) {
            return moveOn();
        }
        clock.advanceTo(untilNs);
        return true;
    }
}
