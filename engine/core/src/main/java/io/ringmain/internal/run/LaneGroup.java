package io.ringmain.internal.run;

import io.ringmain.spi.Duty;
import java.util.List;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Lanes that share a thread, called in the order of the way of the events.
 *
 * <p>This is the edge of a thread: whatever a lane throws ends that lane and goes to the {@link Supervisor}; the others of the
 * group go on, because those behind a failed lane must drain.
 */
public final class LaneGroup implements Duty, Waiter {

    private final String name;
    private final Lane[] lanes;
    private final Supervisor supervisor;
    private @Nullable Runnable wake;
    private @Nullable Thread worker;
    private Lane at;

    /** Makes a group of {@code lanes}, at least one. */
    public LaneGroup(List<? extends Lane> lanes, Supervisor supervisor) {
        this.lanes = lanes.toArray(new Lane[0]);
        this.supervisor = supervisor;
        at = this.lanes[0];
        StringJoiner names = new StringJoiner("+");
        lanes.forEach(lane -> names.add(lane.name()));
        name = names.toString();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int work(long nowNs) {
        worker = Thread.currentThread();
        int worked = 0;
        for (Lane lane : lanes) {
            if (!lane.ended() && (worked == 0 || lane.halted() || !lane.onlyHelps())) {
                at = lane;
                worked += work(lane, nowNs);
            }
        }
        worker = null;
        return worked;
    }

    private int work(Lane lane, long nowNs) {
        try {
            if (lane.halted()) {
                close(lane);
                return 1;
            }
            int worked = lane.work(nowNs);
            if (worked > 0) {
                lane.progressed().raise();
            }
            if (lane.done()) {
                close(lane);
                return worked + 1;
            }
            return worked;
        } catch (Throwable failure) {
            supervisor.laneFailed(lane, failure);
            close(lane);
            return 1;
        }
    }

    private void close(Lane lane) {
        try {
            lane.release();
        } catch (Throwable failure) {
            supervisor.failed(lane.name(), failure);
        } finally {
            lane.end();
            lane.progressed().raise();
            supervisor.wakeEverybody();
        }
    }

    /** Ends the lane at work, as if it had thrown that itself: its own failure could not be dealt with, or was none of its work. */
    @Override
    public void failed(Throwable failure) {
        worker = null;
        if (at.ended()) {
            supervisor.failed(at.name(), failure);
            return;
        }
        try {
            supervisor.laneFailed(at, failure);
        } finally {
            close(at);
        }
    }

    /** Whether the calling thread is at work in this group. */
    boolean isWorking(Thread thread) {
        // Plain on purpose: a thread that asks about itself sees its own writes, and no other thread's answer is true.
        return worker == thread;
    }

    @Override
    public long wakeAtNs() {
        long earliest = Long.MAX_VALUE;
        for (Lane lane : lanes) {
            if (!lane.ended()) {
                earliest = Math.min(earliest, lane.wakeAtNs());
            }
        }
        return earliest;
    }

    @Override
    public boolean done() {
        for (Lane lane : lanes) {
            if (!lane.ended()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean keepsAlive() {
        return false;
    }

    @Override
    public void onWake(Runnable wake) {
        this.wake = wake;
    }

    @Override
    public void wakeIfAsleep() {
        Runnable waking = wake;
        if (waking != null) {
            waking.run();
        }
    }

    /** The lane at work, or the last that was. Asked about a thread that hangs, so nothing need order it. */
    Lane at() {
        return at;
    }

    /** The lanes. */
    List<Lane> lanes() {
        return List.of(lanes);
    }
}
