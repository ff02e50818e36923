package io.ringmain.internal.run;

import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.counters.Failures.Origin;
import io.ringmain.spi.Duty;
import io.ringmain.spi.Runner;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The order of life of one pipeline: notices that input has ended, that a lane failed or that somebody wants to close; drains
 * against a deadline, aborts what blocks, and says when nothing moves any more.
 *
 * <pre>
 *   BUILT ─start─▶ STARTED ─input ended, drain wanted, lane failed─▶ DRAINING ─all lanes ended─▶ CLOSED
 *     └────────────close─────────────────────────────────────────────┼──deadline─▶ ABORTING ──────▲
 * </pre>
 *
 * <p>Thread: {@link #work} on the runner's; requests from any thread.
 */
public final class Supervisor implements Duty, Waiter {

    /** How long aborted sinks get before their threads are abandoned. */
    static final long ABORT_GRACE_NS = 1_000_000_000L;

    private static final Duration FOR_EVER = Duration.ofDays(3650);

    /** How often the end of input, or another control event, is tried on a full ring. */
    private static final long END_RETRY_NS = 1_000_000L;

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    private final Object lock = new Object();
    private final String pipeline;
    private final Runner runner;
    private final Failures failures;
    private final long drainNs;
    private final List<String> abandoned = new ArrayList<>();
    private @Nullable Topology topology;
    private @Nullable Runnable wake;
    private volatile List<LaneGroup> groups = List.of();
    private volatile Phase phase = Phase.BUILT;
    private volatile boolean failed;
    private volatile boolean drainWanted;
    private boolean laneFailed;
    private boolean endPending;
    private long endRetryAtNs;
    private long controlsAtNs = Long.MAX_VALUE;
    private volatile long graceEndNs;
    private volatile boolean started;
    private long startedNs;
    private volatile long endedNs = Long.MAX_VALUE;
    private volatile long deadlineNs = Long.MAX_VALUE;

    /**
     * Makes the supervisor of one pipeline.
     *
     * @param drainNs how long a failed pipeline may drain
     */
    public Supervisor(String pipeline, Runner runner, Failures failures, long drainNs) {
        this.pipeline = pipeline;
        this.runner = runner;
        this.failures = failures;
        this.drainNs = drainNs;
    }

    /** Takes the rooms over. Called once, by assembly. */
    public void supervise(Topology topology, List<LaneGroup> groups) {
        this.topology = topology;
        this.groups = List.copyOf(groups);
    }

    /** Who calls the lanes. */
    public Runner runner() {
        return runner;
    }

    /**
     * Takes over a group that joins later, and has it run with the others; returns {@code false} if the pipeline is closed, or its lanes have been told
     * to stop. Groups that are done are forgotten, so that many may come and go. If there is no thread for it, which the runner throws, it has not joined.
     */
    public boolean join(LaneGroup group) {
        boolean runs;
        synchronized (lock) {
            if (phase == Phase.ABORTING || phase == Phase.CLOSED) {
                return false;
            }
            List<LaneGroup> joined = new ArrayList<>(groups);
            joined.removeIf(LaneGroup::done);
            joined.add(group);
            groups = List.copyOf(joined);
            runs = phase != Phase.BUILT;
        }
        if (runs) {
            run(group);
        }
        return true;
    }

    private void run(LaneGroup group) {
        boolean runs = false;
        try {
            runner.join(group);
            runs = true;
        } finally {
            if (!runs) {
                synchronized (lock) {
                    List<LaneGroup> others = new ArrayList<>(groups);
                    others.remove(group);
                    groups = List.copyOf(others);
                }
                wakeIfAsleep();
            }
        }
    }

    /** The group of {@code lane}; null if it is in none. */
    public @Nullable LaneGroup groupOf(Lane lane) {
        for (LaneGroup group : groups) {
            if (group.lanes().contains(lane)) {
                return group;
            }
        }
        return null;
    }

    /** Starts the lanes, sinks first, as {@code groups} were given; returns {@code false} if there is nothing to start. */
    public boolean start() {
        List<Duty> duties = new ArrayList<>();
        synchronized (lock) {
            if (phase != Phase.BUILT) {
                return false;
            }
            phase = Phase.STARTED;
            startedNs = runner.nowNs();
            started = true;
            duties.addAll(groups);
            duties.add(this);
        }
        runner.start(duties);
        return true;
    }

    /** Closes a pipeline that was never started. */
    public boolean closeUnstarted() {
        synchronized (lock) {
            if (phase != Phase.BUILT) {
                return phase == Phase.CLOSED;
            }
            phase = Phase.CLOSED;
            return true;
        }
    }

    /** A duration in nanoseconds, at most ten years, so that adding it to a time cannot overflow; 0 if it is negative. */
    public static long nanos(Duration duration) {
        if (duration.isNegative()) {
            return 0;
        }
        return duration.compareTo(FOR_EVER) > 0 ? FOR_EVER.toNanos() : duration.toNanos();
    }

    /** Asks for a drain that takes at most {@code limit}; an earlier deadline that was asked for before holds. */
    public void drainWithin(Duration limit) {
        synchronized (lock) {
            deadlineNs = Math.min(deadlineNs, runner.nowNs() + nanos(limit));
            drainWanted = true;
        }
        wakeIfAsleep();
    }

    /** Ends the input as if it had ended by itself: there is no deadline. Any thread. */
    public void endInput() {
        drainWithin(FOR_EVER);
    }

    /** Waits until the pipeline is closed; returns at once on a thread of the pipeline itself, which would wait for itself. */
    public void awaitClosed() {
        Thread thread = Thread.currentThread();
        if (isAtWork(thread) || (topology != null && topology.isInputThread(thread))) {
            return;
        }
        runner.await(() -> phase == Phase.CLOSED);
    }

    /** Whether {@code thread}, the caller's, is at work in a lane. Allocates nothing. */
    public boolean isAtWork(Thread thread) {
        // Read once: those who join replace the list, by a shorter one if others are done.
        List<LaneGroup> now = groups;
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).isWorking(thread)) {
                return true;
            }
        }
        return false;
    }

    /** Notes that user code outside a lane failed, for instance a source; the pipeline drains and ends as failed. */
    public void failed(String where, Throwable failure) {
        failed(where, failure, null);
    }

    private void failed(String where, Throwable failure, @Nullable Origin origin) {
        try {
            note(where, failure, origin);
        } finally {
            wakeIfAsleep();
        }
    }

    private void note(String where, Throwable failure, @Nullable Origin origin) {
        synchronized (lock) {
            if (phase == Phase.CLOSED) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "Something failed after the pipeline was closed. pipeline=" + pipeline + " at=" + where,
                        failure);
                return;
            }
            // First what ends the pipeline, then what may throw: an exception can fail to say what it is, and memory
            // can be short.
            failed = true;
            deadlineNs = Math.min(deadlineNs, runner.nowNs() + drainNs);
            drainWanted = true;
            failures.record(where, failure, origin);
        }
        LOGGER.log(
                System.Logger.Level.ERROR,
                "The pipeline stops because of a failure. pipeline=" + pipeline + " at=" + where,
                failure);
    }

    /** Notes that {@code lane} failed, from its own thread. */
    void laneFailed(Lane lane, Throwable failure) {
        Throwable cause = failure;
        String where = lane.name();
        Origin origin = null;
        if (failure instanceof StoppedException stopped) {
            where = stopped.where();
            origin = stopped.origin();
            cause = stopped.getCause() == null ? stopped : stopped.getCause();
        }
        synchronized (lock) {
            laneFailed = true;
            required().isolate(lane);
        }
        failed(where, cause, origin);
    }

    /** Takes what the supervisor itself threw. What it tried then is not tried again; what does not end without it is ended by the deadline. */
    @Override
    public void failed(Throwable failure) {
        try {
            failed(name(), failure);
        } finally {
            wakeEverybody();
        }
    }

    @Override
    public int work(long nowNs) {
        return switch (phase) {
            case BUILT, CLOSED -> 0;
            case STARTED -> required().checkpoint(nowNs, !failed) + publishControls(nowNs) + beginDrain();
            case DRAINING -> required().checkpoint(nowNs, false) + drain(nowNs);
            case ABORTING -> required().checkpoint(nowNs, false) + finish(nowNs >= graceEndNs);
        };
    }

    private int publishControls(long nowNs) {
        int published = required().publishControls(nowNs);
        controlsAtNs =
                required().controlsWait() ? nowNs + END_RETRY_NS : required().controlsAtNs();
        return published;
    }

    private int beginDrain() {
        if (!drainWanted && !required().inputsEnded()) {
            return 0;
        }
        synchronized (lock) {
            endPending = !laneFailed;
        }
        // Before the inputs are stopped, which takes a thread that there may be no memory for: it is not tried for
        // ever.
        phase = Phase.DRAINING;
        required().stopInputs();
        wakeEverybody();
        return 1;
    }

    private int drain(long nowNs) {
        synchronized (lock) {
            boolean pending = endPending;
            // If it throws it is not tried again.
            endPending = false;
            if (pending && (laneFailed || required().endInputs(nowNs))) {
                return 1;
            }
            endPending = pending;
            endRetryAtNs = nowNs + END_RETRY_NS;
        }
        if (finish(false) > 0) {
            return 1;
        }
        if (nowNs < deadlineNs) {
            return 0;
        }
        abortAll(nowNs);
        return 1;
    }

    private void abortAll(long nowNs) {
        List<LaneGroup> all;
        synchronized (lock) {
            // In one step, so that no group joins that would be told nothing.
            graceEndNs = nowNs + ABORT_GRACE_NS;
            phase = Phase.ABORTING;
            all = groups;
        }
        for (LaneGroup group : all) {
            for (Lane lane : group.lanes()) {
                if (!lane.ended() && !lane.endsBehindOthers()) {
                    lane.halt();
                    runner.spawn(pipeline + "/abort " + lane.name(), () -> abort(lane));
                }
            }
        }
        wakeEverybody();
    }

    /** Wakes all lanes, whatever they wait for: one was halted, cut off, ended or asked for something, of which no progress tells. */
    public void wakeEverybody() {
        VarHandle.fullFence();
        for (LaneGroup group : groups) {
            group.wakeIfAsleep();
        }
        wakeIfAsleep();
    }

    private void abort(Lane lane) {
        try {
            lane.abort();
        } catch (Throwable failure) {
            failed(lane.name(), failure);
        }
    }

    private int finish(boolean abandon) {
        // In one step with the end, so that no group can join in between.
        synchronized (lock) {
            if (!abandon && !(allEnded() && required().inputThreadsEnded())) {
                return 0;
            }
            if (!abandon && required().checkpointWaits()) {
                return 1;
            }
            for (LaneGroup group : groups) {
                if (!group.done() && !group.at().endsBehindOthers()) {
                    abandoned.add(group.at().name());
                }
                group.lanes().forEach(Lane::halt);
            }
            required().inputThreadsAlive().forEach(abandoned::add);
            endedNs = runner.nowNs();
            required().closed();
            phase = Phase.CLOSED;
        }
        wakeEverybody();
        return 1;
    }

    private boolean allEnded() {
        for (LaneGroup group : groups) {
            if (!group.done()) {
                return false;
            }
        }
        return true;
    }

    private Topology required() {
        if (topology == null) {
            throw new IllegalStateException("The supervisor has no rooms yet.");
        }
        return topology;
    }

    /** Where the pipeline is in its life. */
    public Phase phase() {
        return phase;
    }

    /** Whether something failed. */
    public boolean hasFailed() {
        return failed;
    }

    /** The lanes whose threads had to be abandoned; complete once the pipeline is closed. */
    public List<String> abandoned() {
        return phase == Phase.CLOSED ? List.copyOf(abandoned) : List.of();
    }

    /** How long the pipeline has run, in nanoseconds. */
    public long runNs() {
        return runNsSince(Long.MIN_VALUE);
    }

    /** How much of that was after {@code sinceNs}. */
    public long runNsSince(long sinceNs) {
        return started ? Math.max(0, Math.min(runner.nowNs(), endedNs) - Math.max(sinceNs, startedNs)) : 0;
    }

    @Override
    public String name() {
        return "supervisor";
    }

    @Override
    public long wakeAtNs() {
        return switch (phase) {
            case BUILT, CLOSED -> Long.MAX_VALUE;
            case STARTED -> Math.min(controlsAtNs, required().checkpointAtNs());
            case DRAINING -> endPending ? Math.min(endRetryAtNs, deadlineNs) : deadlineNs;
            case ABORTING -> graceEndNs;
        };
    }

    @Override
    public boolean done() {
        return phase == Phase.CLOSED;
    }

    @Override
    public boolean keepsAlive() {
        return true;
    }

    @Override
    public void onWake(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void wakeIfAsleep() {
        Runnable waking = wake;
        if (waking != null) {
            VarHandle.fullFence();
            waking.run();
        }
    }
}
