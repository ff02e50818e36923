package io.ringmain.internal.delivery;

import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.LaneProgress;
import io.ringmain.internal.ring.Place;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import java.lang.invoke.VarHandle;
import java.util.ArrayList;
import java.util.List;

/**
 * The sinks that join and leave while the ring runs, as the settling lane sees them.
 *
 * <p>They stand between the last lanes and the settling lane, and this lane alone lets them in and out, so nothing that gates the ring ever changes beside
 * it. It offers what it has found to be passed by all lanes before it, and settles only what all lossless subscribers have passed. A subscriber is let in behind what was offered last.
 *
 * <p>Once subscribers are told to stop where they are, nobody waits for them any more: a sink that hangs must not keep from being settled what the others
 * have done. Such a sink may still read events that are settled, so their memory is not let go of; nobody writes into their slots, because who publishes was
 * told to stop before.
 *
 * <p>What is published after a subscriber asked to join comes to it: the lane looks for those who ask after it has looked how far it may go, so
 * whoever's event it has found there, whose wish to join came before that event it sees too.
 *
 * <p>Thread: {@link #ask} from any; {@link #offer} and {@link #close} on the settling lane's.
 *
 * @param <E> the event
 */
public final class Subscribers<E> {

    private final Object lock = new Object();
    private final Ring<E> ring;
    private final List<String> sources;
    private final SettleLane settling;
    private final int place;
    private final LaneProgress offered = new LaneProgress();
    // Guarded by the lock; the flag tells the settling lane to look.
    private final List<SubscriberLane<E>> asking = new ArrayList<>();
    private volatile boolean asked;
    private boolean closed;
    // The settling lane's own from here on.
    private final List<SubscriberLane<E>> present = new ArrayList<>();
    private long offeredTo = -1;
    private boolean letGo;

    /** Makes the place of subscribers to {@code ring}, whose events come from {@code sources}, before {@code settling}; {@code place} is theirs for events that come back. */
    public Subscribers(Ring<E> ring, List<String> sources, SettleLane settling, int place) {
        this.place = place;
        this.ring = ring;
        this.sources = sources;
        this.settling = settling;
        settling.offersTo(this);
    }

    /** The lane that lets them in. */
    public SettleLane settling() {
        return settling;
    }

    /** The ring whose events they see. */
    public Ring<E> ring() {
        return ring;
    }

    /** The names of the events' sources. */
    List<String> sources() {
        return sources;
    }

    /**
     * Whether subscribers see what is at {@code sequence}. Of the events that came back they have seen one that is for a sink only, and one that is on its way to a later
     * segment is empty.
     */
    boolean see(Columns columns, long sequence) {
        byte mark = columns.mark(sequence);
        return Slot.isLive(mark) && (!Slot.isResumed(mark) || Place.isGiven(columns.resumesAt(sequence), place));
    }

    /** How far events are offered. */
    LaneProgress offered() {
        return offered;
    }

    /** Lets {@code lane} in as soon as the settling lane comes by; returns {@code false} if nothing comes any more. Any thread. */
    public boolean ask(SubscriberLane<E> lane) {
        synchronized (lock) {
            if (closed) {
                lane.end();
                return false;
            }
            asking.add(lane);
            asked = true;
            return true;
        }
    }

    /** Offers everything up to {@code high}, which all lanes before have passed; returns how far the subscribers let it be settled. */
    long offer(long high, long nowNs) {
        // After the caller has looked how far it may go; see above.
        if (asked) {
            letIn();
        }
        if (high > offeredTo) {
            if (!present.isEmpty()) {
                offerNew(offeredTo + 1, high, nowNs);
            }
            offeredTo = high;
        }
        long settleable = high;
        for (int i = present.size() - 1; i >= 0; i--) {
            SubscriberLane<E> lane = present.get(i);
            if (lane.isDeparting()) {
                present.remove(i);
                lane.out();
                VarHandle.fullFence();
                lane.wake();
            } else if (lane.isLossless()) {
                letGo = letGo || lane.halted();
                settleable = Math.min(settleable, lane.passed());
            }
        }
        return letGo ? high : settleable;
    }

    /** Waits for no subscriber any more. */
    void letGo() {
        letGo = true;
    }

    /** Whether a subscriber may still read what is settled. */
    boolean haveBeenLetGo() {
        return letGo;
    }

    private void letIn() {
        synchronized (lock) {
            asked = false;
            for (SubscriberLane<E> lane : asking) {
                lane.begin(offeredTo);
                present.add(lane);
            }
            asking.clear();
        }
        offered.release(offeredTo);
    }

    private void offerNew(long low, long high, long nowNs) {
        for (int i = 0; i < present.size(); i++) {
            SubscriberLane<E> lane = present.get(i);
            LossyRoom<E> room = lane.room();
            if (room != null && lane.wantsMore()) {
                copy(lane, room, low, high, nowNs);
            }
        }
        offered.release(high);
        wake();
    }

    private void copy(SubscriberLane<E> lane, LossyRoom<E> room, long low, long high, long nowNs) {
        Columns columns = ring.columns();
        int live = 0;
        int taken = 0;
        try {
            for (long sequence = low; sequence <= high; sequence++) {
                if (see(columns, sequence)) {
                    live++;
                    taken += room.take(ring, sequence) ? 1 : 0;
                }
            }
        } catch (Exception failure) {
            room.rollback();
            lane.fail(failure);
        }
        room.commit(live, live - taken, nowNs);
    }

    private void wake() {
        VarHandle.fullFence();
        for (int i = 0; i < present.size(); i++) {
            present.get(i).wake();
        }
    }

    /** Ends the subscribers once they have seen everything that was offered, and lets no more in. */
    void close() {
        synchronized (lock) {
            closed = true;
            present.addAll(asking);
            asking.clear();
        }
        for (SubscriberLane<E> lane : present) {
            lane.end();
        }
        wake();
    }

    /** Closes the sinks of those who asked to join a pipeline that was never started. */
    public void closeUnstarted() {
        List<SubscriberLane<E>> left;
        synchronized (lock) {
            closed = true;
            left = List.copyOf(asking);
            asking.clear();
        }
        left.forEach(SubscriberLane::release);
    }
}
