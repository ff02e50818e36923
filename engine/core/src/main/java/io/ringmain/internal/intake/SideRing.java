package io.ringmain.internal.intake;

import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.spi.Source.Status;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * A small ring into which a push source, or the embedder's threads, publish beside other sources. The intake lane copies its events into the
 * first ring when it is its turn; so that ring keeps its one writer, and no publisher can starve a source.
 *
 * <p>Its end is an event, as that of a shared first ring: once the door is closed, the lane publishes END behind what was claimed before,
 * and takes what lies in front of it.
 *
 * <p>Thread: the intake lane's, except {@link #stop} and the counts.
 *
 * @param <E> the event
 */
public final class SideRing<E> implements Inflow {

    private final String name;
    private final Ring<E> ring;
    private final LaneCursor cursor;
    private final DirectIntake<E> door;
    private final Way<E> way;
    private final EventWriter<E> into;
    private final int index;
    private final AtomicBoolean stopped = new AtomicBoolean();
    private boolean endPublished;
    private boolean endTaken;
    private long lastPosition = -1;
    private @Nullable Told told;

    /** Who is told up to where the events are durable. */
    public interface Told {
        /** All events up to {@code position} are durably where they belong. */
        void acknowledged(long position) throws Exception;
    }

    /**
     * Makes the side ring of the source with the given index.
     *
     * @param ring shared by its publishers, read and gated by nobody yet
     * @param door where they publish, by the source's own policy if it has one
     * @param way into the first ring
     */
    SideRing(String name, Ring<E> ring, DirectIntake<E> door, Way<E> way, int index) {
        this.name = name;
        this.ring = ring;
        this.door = door;
        this.way = way;
        into = way.writer();
        this.index = index;
        cursor = new LaneCursor(ring, ring.bound());
        ring.gateOn(cursor.progress());
    }

    @Override
    public Status fill(int max) {
        long first = cursor.next();
        long high = cursor.poll();
        long next = first;
        int taken = 0;
        boolean ended = false;
        into.mark();
        try {
            while (next <= high && taken < max && !ended) {
                int kind = Slot.kind(ring.columns().mark(next));
                if (kind == Slot.DATA) {
                    if (!copy(next)) {
                        break;
                    }
                    taken++;
                    lastPosition++;
                }
                ended = kind == Slot.END;
                next++;
            }
        } finally {
            if (next > first) {
                ring.release(first, next - 1);
                cursor.pass(next - 1);
                door.room().wakeAll();
            }
        }
        if (ended) {
            endTaken = true;
            return Status.END;
        }
        boolean ending = !endPublished && door.isClosed() && door.end(0);
        endPublished |= ending;
        return next > first || ending ? Status.READY : Status.IDLE;
    }

    private boolean copy(long sequence) {
        E event = into.claim(index, sequence);
        if (event == null) {
            return false;
        }
        boolean copied = false;
        try {
            ring.type().copy(ring.event(sequence), event);
            copied = true;
        } finally {
            if (copied) {
                into.mark();
            } else {
                into.rollbackLast();
            }
        }
        return true;
    }

    /** Where the threads publish. */
    public DirectIntake<E> door() {
        return door;
    }

    /** How many events wait for their turn. Any thread, exact once the lane stands still. */
    public long waiting() {
        return cursor.waiting();
    }

    /** How many events can wait. */
    public int bound() {
        return ring.bound();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public int number() {
        return index;
    }

    @Override
    public Account account() {
        DoorCounts counts = door.counts();
        return new Account(name, counts::received, counts::eachDrop, counts);
    }

    @Override
    public boolean isDelayable() {
        return false;
    }

    @Override
    public Way<E> way() {
        return way;
    }

    @Override
    public boolean wakes() {
        return true;
    }

    /** Says who is told. Before it joins. */
    public void tells(Told source) {
        told = source;
    }

    @Override
    public @Nullable Saved place() {
        return null;
    }

    @Override
    public long position() {
        return lastPosition;
    }

    @Override
    public long bytesRead() {
        return 0;
    }

    @Override
    public void acknowledged(long position) throws Exception {
        if (told != null) {
            told.acknowledged(position);
        }
    }

    @Override
    public boolean stop() {
        boolean wasOpen = stopped.compareAndSet(false, true);
        door.close();
        return wasOpen;
    }

    @Override
    public void close() {
        stop();
    }

    @Override
    public boolean holdsEvents() {
        // An event that could not be copied, and those behind it, stay here.
        return !endTaken;
    }
}
