package io.ringmain.internal.assembly;

import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.assembly.SegmentRooms.Station;
import io.ringmain.internal.checkpoint.Checkpoints;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.delivery.SubscriberLane;
import io.ringmain.internal.delivery.Subscribers;
import io.ringmain.internal.failure.Retries;
import io.ringmain.internal.intake.Controls;
import io.ringmain.internal.intake.DirectIntake;
import io.ringmain.internal.intake.Door;
import io.ringmain.internal.intake.FeedLane;
import io.ringmain.internal.intake.Inflow;
import io.ringmain.internal.intake.IntakeLane;
import io.ringmain.internal.intake.Merge;
import io.ringmain.internal.intake.PushIntake;
import io.ringmain.internal.intake.ReplayLane;
import io.ringmain.internal.intake.SideRing;
import io.ringmain.internal.intake.WaitingIntake;
import io.ringmain.internal.journal.JournalLane;
import io.ringmain.internal.run.Lane;
import io.ringmain.internal.run.LaneGroup;
import io.ringmain.internal.run.Supervisor;
import io.ringmain.internal.run.Topology;
import io.ringmain.internal.stage.Partition;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * An assembled pipeline: what its owner commands and its reports read.
 *
 * <p>Thread: filled by assembly, then read-only; the methods of {@link Topology} say more.
 *
 * @param <E> the event of the first segment
 */
public final class Rooms<E> implements Topology {

    private static final String CHECKPOINT = "checkpoint";

    /** Something of the user's that is opened at the start and closed by its lane. */
    public record Opening(String name, Action open, Action close) {}

    /** What may fail in user code. */
    @FunctionalInterface
    public interface Action {
        /** Does it. */
        void run() throws Exception;
    }

    /** The segments, first to last. */
    public final List<SegmentRooms<?>> segments = new ArrayList<>();
    /** The push sources; where sources come and go, those that have not ended. */
    public final List<PushIntake<E>> pushes = new CopyOnWriteArrayList<>();
    /** The partitions, in the order of the way of the events. */
    public final List<Partition> partitions = new ArrayList<>();
    /** What to open at the start, sinks first, sources last; empty after it. */
    public final List<Opening> openings = new ArrayList<>();
    /** The distinct failures. */
    public final Failures failures;
    /** The order of life. */
    public final Supervisor supervisor;
    /** How often lanes try again, and when. */
    final Retries retries;
    /** Who calls the lanes. */
    public final Runner runner;

    /** The checkpoints; null if none are kept. */
    public final @Nullable Checkpoints checkpoints;

    private final Controls controls;

    @Nullable
    IntakeLane<E> intake;

    @Nullable
    ReplayLane<E> replay;

    @Nullable
    Recording recording;

    @Nullable
    DirectIntake<E> direct;

    @Nullable
    WaitingIntake<E> waiting;

    @Nullable
    FeedLane feed;

    @Nullable
    Merge<E> merge;

    @Nullable
    SideRing<E> publisher;

    @Nullable
    Subscribers<E> subscribers;

    private final List<SubscriberLane<E>> subscriberLanes = new CopyOnWriteArrayList<>();

    private final KeptLetters letters;

    Rooms(
            Supervisor supervisor,
            Failures failures,
            Retries retries,
            Controls controls,
            @Nullable Checkpoints checkpoints) {
        this.checkpoints = checkpoints;
        this.supervisor = supervisor;
        letters = new KeptLetters(supervisor);
        this.controls = controls;
        this.failures = failures;
        runner = supervisor.runner();
        this.retries = retries;
    }

    /** Opens {@code store} at the start, and closes it at the end. */
    void keep(DeadLetters store) {
        openings.add(letters.opening(store));
    }

    /** The lane of the pollable sources; null if there are none. */
    public @Nullable IntakeLane<E> intake() {
        return intake;
    }

    /** The lane that gives a journal's slots again in place of the sources; null if there is none. */
    public @Nullable ReplayLane<E> replay() {
        return replay;
    }

    /** The lane that writes down what the pipeline is given; null if there is none. */
    public @Nullable JournalLane<?> journal() {
        return segments.get(0).journal();
    }

    /** Where threads publish into the first ring, or the room before it; null if one lane merges all inputs. */
    public @Nullable Door<E> door() {
        return direct != null ? direct : waiting;
    }

    /** All inputs that one lane merges; null if there is a {@link #door}. */
    public @Nullable Merge<E> merge() {
        return merge;
    }

    /** Where the embedder's threads publish; null if they cannot. */
    public @Nullable Publisher<E> publisher() {
        return publisher == null ? door() : publisher.door();
    }

    /** The lane that feeds the first ring from where published events wait; null if there is none. */
    public @Nullable FeedLane feed() {
        return feed;
    }

    /** Refuses publications, for a pipeline that will never start. */
    public void closeUnstarted() {
        subscribers().closeUnstarted();
        closed();
        closeDoor();
        if (waiting != null) {
            waiting.release();
        }
    }

    private void closeDoor() {
        if (merge != null) {
            merge.closeRoster();
            merge.closeDoors();
        }
        Door<E> open = door();
        if (open != null) {
            open.close();
        }
    }

    /** Makes the thread's work of a push source that publishes into {@code side}. */
    public PushIntake<E> push(String name, PushSource<E> source, SideRing<E> side) {
        Runnable ended = () -> {
            side.stop();
            pushes.removeIf(PushIntake::returned);
            wakeIntake();
            supervisor.wakeIfAsleep();
        };
        side.tells(source::acknowledged);
        return new PushIntake<>(name, source, side.door(), new PushIntake.Exits(supervisor::failed, ended));
    }

    /** Runs the source on a thread of its own. If there is none, which the runner throws, it has ended without having begun. */
    public void spawn(PushIntake<E> push, String pipeline) {
        boolean runs = false;
        try {
            runner.spawn(pipeline + '/' + push.name(), push);
            runs = true;
        } finally {
            if (!runs) {
                // Else its ring would stay open, and the drain would wait for its thread.
                push.forbid();
                push.run();
            }
        }
    }

    private void wakeIntake() {
        if (merge != null) {
            merge.arrived().raise();
        }
    }

    /** Makes the source end behind what it has handed over; returns {@code false} if no source of that name can give more. */
    public boolean remove(String name) {
        PushIntake<E> push = findPush(name);
        Merge<E> streams = merge;
        if (streams == null) {
            if (push == null || push.ended()) {
                return false;
            }
            // It is all the input that there is: the drain aborts it.
            supervisor.endInput();
            return true;
        }
        Inflow inflow = streams.find(name);
        // Letters come back as long as the pipeline lives: their store is no source that was added.
        if (inflow == null || name.equals(DeadLetters.SOURCE) || !streams.leave(inflow)) {
            return false;
        }
        if (push != null) {
            // Before the start there is nothing to abort, but it must not be run then either.
            push.forbid();
            abort(push);
        }
        return true;
    }

    /** Whether the caller is on a thread of a lane: if that waited for room, nobody might make any. */
    public boolean isOnOwnThread() {
        return supervisor.isAtWork(Thread.currentThread());
    }

    private @Nullable PushIntake<E> findPush(String name) {
        for (PushIntake<E> push : pushes) {
            if (push.name().equals(name)) {
                return push;
            }
        }
        return null;
    }

    private void abort(PushIntake<E> push) {
        if (!push.ended()) {
            runner.spawn("abort " + push.name(), push::abort);
        }
    }

    /** Where sinks join while the pipeline runs. */
    private Subscribers<E> subscribers() {
        Subscribers<E> place = subscribers;
        if (place == null) {
            throw new IllegalStateException("The pipeline is not assembled yet.");
        }
        return place;
    }

    /**
     * Opens {@code sink} and lets it join; if nothing comes any more it is closed again at once.
     *
     * @throws Exception what opening it threw, or the runner, which has no thread for it; it has not joined then, and is closed
     */
    public SubscriberLane<E> subscribe(String name, Sink<E> sink, Subscribing subscribing, WhenFailed whenFailed)
            throws Exception {
        Subscribers<E> place = subscribers();
        var exits = new SubscriberLane.Exits(retries.attempts(name, whenFailed), failures, supervisor::failed);
        var lane = new SubscriberLane<>(name, sink, subscribing, place, exits);
        sink.open();
        var group = new LaneGroup(List.of(lane), supervisor);
        lane.wakes(group);
        LaneGroup settling = supervisor.groupOf(place.settling());
        if (settling != null) {
            lane.progressed().add(settling);
        }
        subscriberLanes.removeIf(gone -> !gone.isOpen());
        subscriberLanes.add(lane);
        boolean joined = false;
        try {
            // First somebody to run it: the ring waits for whoever has asked.
            joined = supervisor.join(group) && place.ask(lane);
        } finally {
            if (!joined) {
                lane.leave();
                lane.release();
            }
        }
        // The settling lane may sleep, and the subscriber may want to leave before an event wakes it.
        lane.progressed().raise();
        return lane;
    }

    /** Those who joined and have not left by themselves, about. */
    public List<SubscriberLane<E>> subscriberLanes() {
        return subscriberLanes.stream().filter(lane -> !lane.hasLeft()).toList();
    }

    @Override
    public void stopInputs() {
        if (intake != null) {
            intake.stop();
        }
        if (replay != null) {
            replay.stop();
        }
        closeDoor();
        pushes.forEach(this::abort);
    }

    @Override
    public boolean inputsEnded() {
        if (replay != null) {
            return replay.ended();
        }
        return intake != null
                ? intake.ended()
                : !pushes.isEmpty() && pushes.stream().allMatch(PushIntake::returned);
    }

    /** Makes {@code partition} have {@code lanes} lanes from some event on; returns before it has. Any thread. */
    public void repartition(Partition partition, int lanes) {
        controls.wish(partitions.indexOf(partition), lanes);
        supervisor.wakeEverybody();
    }

    @Override
    public int publishControls(long nowNs) {
        return direct == null ? 0 : direct.publish(controls, nowNs);
    }

    @Override
    public boolean controlsWait() {
        return direct != null && controls.areWaiting();
    }

    @Override
    public long controlsAtNs() {
        return direct == null ? Long.MAX_VALUE : controls.wakeAtNs();
    }

    @Override
    public boolean endInputs(long nowNs) {
        return direct == null || direct.end(controls, nowNs);
    }

    @Override
    public int checkpoint(long nowNs, boolean running) {
        if (checkpoints == null) {
            return 0;
        }
        try {
            if (!checkpoints.work(nowNs, running)) {
                return 0;
            }
        } catch (IOException failure) {
            if (checkpoints.isOver()) {
                supervisor.failed(CHECKPOINT, failure);
            } else {
                // What is delivered is delivered, and the next checkpoint covers more.
                failures.record(CHECKPOINT, failure);
            }
        }
        supervisor.wakeEverybody();
        return 1;
    }

    @Override
    public void closed() {
        letters.close();
        if (recording != null) {
            recording.ended();
        }
        if (checkpoints == null) {
            return;
        }
        try {
            checkpoints.close();
        } catch (IOException failure) {
            failures.record(CHECKPOINT, failure);
        }
    }

    @Override
    public boolean checkpointWaits() {
        return checkpoints != null && checkpoints.isComplete();
    }

    @Override
    public long checkpointAtNs() {
        return checkpoints == null ? Long.MAX_VALUE : checkpoints.wakeAtNs();
    }

    @Override
    public boolean inputThreadsEnded() {
        return pushes.stream().allMatch(PushIntake::ended);
    }

    @Override
    public boolean isInputThread(Thread thread) {
        return pushes.stream().anyMatch(push -> push.isRunBy(thread));
    }

    @Override
    public Iterable<String> inputThreadsAlive() {
        return pushes.stream()
                .filter(push -> !push.ended())
                .map(PushIntake::name)
                .toList();
    }

    @Override
    public void isolate(Lane failed) {
        haltIntakes();
        SegmentRooms<?> place = segmentOf(failed);
        for (SegmentRooms<?> segment : segments) {
            if (place == null || segment.leadsTo(place)) {
                segment.stations.forEach(station -> halt(station.lane()));
            }
        }
        if (place != null) {
            isolate(place, failed);
        }
    }

    private @Nullable SegmentRooms<?> segmentOf(Lane lane) {
        for (SegmentRooms<?> segment : segments) {
            if (segment.stationOf(lane) != null) {
                return segment;
            }
        }
        return null;
    }

    private static void halt(Lane lane) {
        if (!lane.endsBehindOthers()) {
            lane.halt();
        }
    }

    private void haltIntakes() {
        if (intake != null) {
            intake.halt();
        }
        if (feed != null) {
            feed.halt();
        }
        if (replay != null) {
            replay.halt();
        }
        closeDoor();
    }

    private static void isolate(SegmentRooms<?> segment, Lane lane) {
        Station failed = segment.stationOf(lane);
        if (failed == null) {
            return;
        }
        long last = failed.cursor().last();
        for (Station station : segment.stations) {
            if (station.rank() < failed.rank()) {
                halt(station.lane());
            } else if (station.lane() != failed.lane()) {
                station.cursor().cutAt(last);
            }
        }
    }
}
