package io.ringmain.internal.ring;

import io.ringmain.internal.counters.Counter;
import java.util.Arrays;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a ring: claims slots without publishing, then publishes all of them at once.
 *
 * <p>The Disruptor's single producer cannot give a claim back. So nothing is claimed from it until {@link #commit}: with one
 * writer the next sequences are known, and the room was checked. That is what makes {@link #rollback} free.
 *
 * <p>Thread: the writing lane's, except the counts.
 *
 * @param <E> the event
 */
public final class RingWriter<E> implements EventWriter<E> {

    private final Ring<E> ring;
    private final Columns columns;
    private final @Nullable E discard;
    private @Nullable Thread owner;
    private long next;
    private long free;
    private int claimed;
    private int marked;
    private int discarded;
    private int discardedMarked;
    private boolean lastDiscarded;
    private long sampledNs = Long.MIN_VALUE / 2;
    // Which of the claims go on somewhere, and where; few.
    private long[] resumed = {};
    private int[] targets = {};
    private int resumedCount;
    private final Counter received = new Counter();
    private final Counter dropped = new Counter();

    /**
     * Makes the writer of {@code ring}.
     *
     * @param dropNewest whether a full ring makes {@link #claim} give a slot that leads nowhere, instead of null
     */
    public RingWriter(Ring<E> ring, boolean dropNewest) {
        this.ring = ring;
        columns = ring.columns();
        discard = dropNewest ? ring.type().create() : null;
    }

    @Override
    public int room(int wanted) {
        if (free < claimed + (long) wanted) {
            free = ring.buffer().remainingCapacity();
        }
        int room = (int) Math.min(free - claimed, wanted);
        return room == 0 && discard != null ? wanted : room;
    }

    /** Returns a clear event to fill, or null when the ring is full; with drop-newest then an event that leads nowhere. */
    @Override
    public @Nullable E claim(int source, long position) {
        if (claimed == free) {
            free = ring.buffer().remainingCapacity();
            if (claimed == free) {
                return discard();
            }
        }
        long sequence = next + claimed;
        claimed++;
        lastDiscarded = false;
        columns.origin(sequence, source, position);
        E event = ring.event(sequence);
        ring.type().clear(event);
        return event;
    }

    private @Nullable E discard() {
        if (discard != null) {
            discarded++;
            lastDiscarded = true;
            ring.type().clear(discard);
        }
        return discard;
    }

    @Override
    public void mark() {
        marked = claimed;
        discardedMarked = discarded;
    }

    @Override
    public void rollback() {
        claimed = marked;
        discarded = discardedMarked;
        forgetResumed();
    }

    /** Says that the event claimed last came back, and goes on at {@code target}. */
    public void resumeLast(int target) {
        if (resumedCount == resumed.length) {
            int more = Math.max(16, 2 * resumedCount);
            resumed = Arrays.copyOf(resumed, more);
            targets = Arrays.copyOf(targets, more);
        }
        resumed[resumedCount] = next + claimed - 1;
        targets[resumedCount] = target;
        resumedCount++;
    }

    /** Forgets those that were taken back. */
    private void forgetResumed() {
        while (resumedCount > 0 && resumed[resumedCount - 1] >= next + claimed) {
            resumedCount--;
        }
    }

    private void markResumed() {
        for (int i = 0; i < resumedCount; i++) {
            columns.resume(resumed[i], targets[i]);
        }
        resumedCount = 0;
    }

    @Override
    public @Nullable RingWriter<E> straight() {
        return discard == null ? this : null;
    }

    @Override
    public void rollbackLast() {
        if (claimed + discarded > marked + discardedMarked) {
            if (lastDiscarded) {
                discarded--;
            } else {
                claimed--;
                forgetResumed();
            }
        }
    }

    @Override
    public int claimed() {
        return claimed + discarded;
    }

    /** The sequence of the last event claimed, committed or not; -1 before the first. */
    @Override
    public long lastClaimed() {
        return next + claimed - 1;
    }

    /** The last sequence whose slot was given back. */
    @Override
    public long released() {
        return ring.released();
    }

    /** Publishes what was claimed; returns how many events were received by that. */
    @Override
    public int commit(long nowNs) {
        return commit(nowNs, false);
    }

    /** As {@link #commit}, for events that each have been given their own time of entry by {@link #stamp}. */
    public int commitStamped(long nowNs) {
        return commit(nowNs, true);
    }

    /** Says that the event claimed last entered at {@code ingressNs}. */
    public void stamp(long ingressNs) {
        columns.stamp(next + claimed - 1, ingressNs);
    }

    private int commit(long nowNs, boolean stamped) {
        int count = claimed + discarded;
        if (count == 0) {
            return 0;
        }
        received.add(count);
        dropped.add(discarded);
        if (claimed > 0) {
            long high = next + claimed - 1;
            if (stamped) {
                columns.admitStamped(next, high);
            } else {
                columns.admit(next, high, nowNs);
            }
            if (nowNs - sampledNs >= Ring.SAMPLE_INTERVAL_NS) {
                sampledNs = nowNs;
                columns.sample(next, nowNs);
            }
            if (resumedCount > 0) {
                markResumed();
            }
            publish(claimed);
        }
        claimed = 0;
        discarded = 0;
        mark();
        return count;
    }

    /** Publishes a control event; returns {@code false}, and does nothing, when the ring is full. Commits nothing itself. */
    @Override
    public boolean control(int kind, long value, long nowNs) {
        if (claimed > 0) {
            throw new IllegalStateException("A control event was to overtake " + claimed + " claimed events.");
        }
        if (free == 0) {
            free = ring.buffer().remainingCapacity();
            if (free == 0) {
                return false;
            }
        }
        columns.control(next, kind, value, nowNs);
        publish(1);
        return true;
    }

    private void publish(int count) {
        assert isOwner() : "A second thread publishes into a ring that has one writer.";
        long high = ring.buffer().next(count);
        ring.buffer().publish(next, high);
        next = high + 1;
        free -= count;
    }

    private boolean isOwner() {
        Thread thread = Thread.currentThread();
        if (owner == null) {
            owner = thread;
        }
        return owner == thread;
    }

    @Override
    public long published() {
        return next - 1;
    }

    @Override
    public long received() {
        return received.value();
    }

    @Override
    public int free() {
        free = ring.buffer().remainingCapacity();
        return (int) (free - claimed);
    }

    @Override
    public int freeMax() {
        return ring.bound();
    }

    @Override
    public int bound() {
        return ring.bound();
    }

    @Override
    public void eachDrop(ObjLongConsumer<String> reasons) {
        reasons.accept("dropped_newest", dropped());
    }

    /** How many events were dropped because the ring was full. Any thread. */
    public long dropped() {
        return dropped.value();
    }
}
