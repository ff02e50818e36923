package io.ringmain.internal.intake;

import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.run.Lane;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Fills the first ring from the room in which published events wait: the one writer of that ring.
 *
 * <p>Thread: one, the lane's.
 */
public final class FeedLane extends Lane {

    private final WaitingIntake<?> intake;
    private final EventWriter<?> room;
    private final LongConsumer cut;
    private final Controls controls;
    private final BlockedTime blocked = new BlockedTime("ring_full");
    private long wakeAtNs = Long.MAX_VALUE;
    private boolean ended;

    /**
     * Makes the lane of {@code intake}.
     *
     * @param room what is asked how many events wait, and which was the last published
     * @param cut how to end the lanes behind it if it is halted
     * @param controls what it publishes between the events
     */
    public FeedLane(WaitingIntake<?> intake, EventWriter<?> room, LongConsumer cut, Controls controls) {
        super("intake");
        this.intake = intake;
        this.room = room;
        this.cut = cut;
        this.controls = controls;
    }

    @Override
    public int work(long nowNs) {
        int fed = intake.feed(nowNs) + intake.publish(controls, nowNs);
        wakeAtNs = intake.wakeAtNs(controls);
        if (intake.end(controls, nowNs)) {
            ended = true;
            return fed + 1;
        }
        if (fed == 0 && intake.waiting() > 0) {
            blocked.hold(nowNs);
        } else {
            blocked.release(nowNs);
        }
        return fed;
    }

    @Override
    public long wakeAtNs() {
        return wakeAtNs;
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public void release() {
        if (!ended) {
            cut.accept(room.published());
        }
        intake.release();
    }

    /** How long the full ring let events wait. */
    public List<BlockedTime> blocked() {
        return List.of(blocked);
    }
}
