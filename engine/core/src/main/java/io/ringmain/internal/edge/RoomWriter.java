package io.ringmain.internal.edge;

import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.spi.EventType;
import java.io.IOException;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets events wait in a room before the ring, so that a policy can still choose among them.
 *
 * <p>Claims are entries of the room that nobody sees until they are committed; then the {@link Admission} decides about each, in order.
 * What waits longest is copied into the ring when it has space. The writer holds a lane back only where the admission does: what it cannot
 * decide about stays claimed, and nothing can be claimed behind it.
 *
 * <p>Thread: one at a time, and always the same for {@link #begin}, which writes the ring; the counts from any.
 *
 * @param <E> the event
 */
public final class RoomWriter<E> implements EventWriter<E> {

    private static final int FEED_MAX = 256;

    /** How often an admission that holds events is asked again. */
    private static final long ASK_AGAIN_NS = 50_000_000;

    private final RingWriter<E> ring;
    private final int ringBound;
    private final EventType<E> type;
    private final WaitingRoom<E> room;
    private final Admission admission;
    private final Counter received = new Counter();
    private final int[] staged;
    private int stagedCount;
    private int marked;
    // The first of the staged: committed, but held. Then there are no others.
    private int held;
    private long askAtNs = Long.MAX_VALUE;
    private long claims;

    RoomWriter(RingWriter<E> ring, EventType<E> type, WaitingRoom<E> room, Admission admission, int claimsMax) {
        this.ring = ring;
        ringBound = ring.bound();
        this.type = type;
        this.room = room;
        this.admission = admission;
        staged = new int[claimsMax];
    }

    @Override
    public int begin(long nowNs) {
        if (held > 0 && nowNs >= askAtNs) {
            admitStaged(nowNs);
        }
        return feed(nowNs);
    }

    private int feed(long nowNs) {
        int fed = 0;
        while (fed < FEED_MAX) {
            if (room.head() == WaitingRoom.NONE) {
                admission.refill();
            }
            int head = room.head();
            if (head == WaitingRoom.NONE || !feed(head, nowNs)) {
                break;
            }
            room.remove(head);
            fed++;
        }
        ring.commitStamped(nowNs);
        admission.refill();
        return fed;
    }

    private boolean feed(int entry, long nowNs) {
        if (room.kind(entry) != Slot.DATA) {
            ring.commitStamped(nowNs);
            return ring.control(room.kind(entry), room.position(entry), nowNs);
        }
        E event = ring.claim(room.source(entry), room.position(entry));
        if (event == null) {
            return false;
        }
        boolean copied = false;
        try {
            type.copy(room.event(entry), event);
            copied = true;
        } finally {
            if (!copied) {
                // The lane ends here: what it has taken out of the room must not end with it.
                ring.rollbackLast();
                ring.commitStamped(nowNs);
            }
        }
        ring.stamp(room.ingressNs(entry));
        return true;
    }

    @Override
    public int room(int wanted) {
        return holds() ? 0 : Math.min(wanted, staged.length - stagedCount);
    }

    @Override
    public boolean holds() {
        return held > 0;
    }

    @Override
    public long wakeAtNs() {
        return askAtNs;
    }

    @Override
    public int free() {
        return holds() || admission.waitsElsewhere() ? 0 : Math.max(0, room.bound() - room.size() - stagedCount);
    }

    @Override
    public int freeMax() {
        return room.bound();
    }

    @Override
    public @Nullable E claim(int source, long position) {
        if (holds() || stagedCount == staged.length) {
            return null;
        }
        int entry = room.take(source, position, claims);
        claims++;
        staged[stagedCount] = entry;
        stagedCount++;
        return room.event(entry);
    }

    @Override
    public void mark() {
        marked = stagedCount;
    }

    @Override
    public void rollback() {
        while (stagedCount > marked) {
            stagedCount--;
            room.giveBack(staged[stagedCount]);
        }
    }

    @Override
    public void rollbackLast() {
        if (stagedCount > marked) {
            stagedCount--;
            room.giveBack(staged[stagedCount]);
        }
    }

    @Override
    public int claimed() {
        return stagedCount - held;
    }

    @Override
    public long lastClaimed() {
        return claims - 1;
    }

    @Override
    public long released() {
        int oldest = room.head();
        if (oldest == WaitingRoom.NONE) {
            return stagedCount == 0 ? claims - 1 : room.number(staged[0]) - 1;
        }
        return room.number(oldest) - 1;
    }

    @Override
    public int commit(long nowNs) {
        int count = claimed();
        if (count > 0) {
            admit(nowNs);
            feed(nowNs);
        }
        return count;
    }

    /** Lets the policy decide about what was claimed, without writing to the ring; returns how many events were not dropped. */
    public int admit(long nowNs) {
        received.add(stagedCount);
        for (int i = 0; i < stagedCount; i++) {
            room.enter(staged[i], nowNs);
        }
        return admitStaged(nowNs);
    }

    private int admitStaged(long nowNs) {
        int taken = 0;
        int decided = 0;
        while (decided < stagedCount) {
            int entry = staged[decided];
            Admission.Verdict verdict = admission.admit(entry);
            if (verdict == Admission.Verdict.HELD) {
                break;
            }
            if (verdict != Admission.Verdict.WAITS) {
                room.giveBack(entry);
            }
            if (verdict != Admission.Verdict.DROPPED) {
                taken++;
            }
            decided++;
        }
        stagedCount -= decided;
        System.arraycopy(staged, decided, staged, 0, stagedCount);
        held = stagedCount;
        marked = stagedCount;
        askAtNs = holds() ? nowNs + ASK_AGAIN_NS : Long.MAX_VALUE;
        return taken + held;
    }

    @Override
    public boolean control(int kind, long value, long nowNs) {
        if (claimed() > 0) {
            throw new IllegalStateException("A control event was to overtake " + claimed() + " claimed events.");
        }
        if (holds()) {
            return false;
        }
        if (kind == Slot.END) {
            return room.head() == WaitingRoom.NONE && !admission.waitsElsewhere() && ring.control(kind, value, nowNs);
        }
        if (admission.waitsElsewhere()) {
            return admission.controlElsewhere(kind, value);
        }
        if (room.head() == WaitingRoom.NONE && ring.control(kind, value, nowNs)) {
            return true;
        }
        return room.appendControl(kind, value, claims - 1);
    }

    @Override
    public boolean controlWaits() {
        return room.hasControl() || admission.isControlElsewhere();
    }

    @Override
    public long published() {
        return ring.published();
    }

    @Override
    public void open() throws IOException {
        admission.open();
    }

    @Override
    public void close() {
        admission.close();
    }

    @Override
    public long received() {
        return received.value();
    }

    @Override
    public void eachDrop(ObjLongConsumer<String> reasons) {
        admission.eachDrop(reasons);
    }

    @Override
    public long waiting() {
        return room.size() + held + admission.elsewhere();
    }

    @Override
    public long spilledBytes() {
        return admission.bytesElsewhere();
    }

    @Override
    public int bound() {
        return room.bound() + ringBound;
    }
}
