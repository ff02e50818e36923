package io.ringmain.internal.stage;

import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.failure.Attempts;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Portable;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The events that one stage has set aside, by the time of their next attempt. All places are made before the start; nothing is allocated for an event.
 *
 * <p>Thread: its lane's; the counts any. {@link #load} before the start.
 *
 * @param <E> the event
 */
public final class ParkingArena<E> implements Stateful {

    private static final int FORMAT = 1;

    private final EventType<E> type;
    private final List<String> sources;
    private final ArrayDeque<Parked<E>> free = new ArrayDeque<>();
    private final Comparator<Parked<E>> inTurn =
            Comparator.<Parked<E>>comparingLong(place -> place.dueNs).thenComparingLong(place -> place.turn);
    private final PriorityQueue<Parked<E>> waiting;
    private long turns;

    /** Set aside in this run. */
    final Counter in = new Counter();
    /** Went on in the end. */
    final Counter out = new Counter();
    /** Filtered at a later attempt. */
    final Counter filtered = new Counter();
    /** Given up. */
    final Counter dropped = new Counter();
    /** Kept as letters. */
    final Counter dead = new Counter();

    private final Counter loaded = new Counter();

    /**
     * Makes an arena with {@code bound} places.
     *
     * @param sources the names of the sources, by number; may grow
     * @param attempts makes the attempts of each place
     */
    public ParkingArena(EventType<E> type, List<String> sources, int bound, Supplier<Attempts> attempts) {
        this.type = type;
        this.sources = sources;
        waiting = new PriorityQueue<>(bound, inTurn);
        for (int i = 0; i < bound; i++) {
            free.add(new Parked<>(type.create(), attempts.get()));
        }
    }

    /** A free place; null if there is none. It stays free until it is {@link #wait put among those that wait}. */
    @Nullable
    Parked<E> place() {
        return free.peek();
    }

    /** Sets the event of the {@link #place} aside. */
    void wait(Parked<E> place) {
        free.remove();
        enter(place, place.attempts.resumeAtNs());
        in.add(1);
    }

    private void enter(Parked<E> place, long dueNs) {
        place.dueNs = dueNs;
        place.turn = turns++;
        waiting.add(place);
    }

    /** The event that is to be tried next; null if none is due. */
    @Nullable
    Parked<E> due(long nowNs) {
        Parked<E> first = waiting.peek();
        return first == null || first.dueNs > nowNs ? null : first;
    }

    /** The {@link #due} event has failed again. */
    void again() {
        Parked<E> place = waiting.remove();
        enter(place, place.attempts.resumeAtNs());
    }

    /** The {@link #due} event has left, as {@code fate} counts. */
    void leave(Counter fate) {
        Parked<E> place = waiting.remove();
        fate.add(1);
        place.clear();
        type.clear(place.event);
        free.add(place);
    }

    /** When the next event is due; {@link Long#MAX_VALUE} for never. */
    long wakeAtNs() {
        Parked<E> first = waiting.peek();
        return first == null ? Long.MAX_VALUE : first.dueNs;
    }

    boolean isEmpty() {
        return waiting.isEmpty();
    }

    /** How many events are set aside. Any thread. */
    public long parked() {
        // What has left first: so a picture of a running pipeline never shows fewer than none.
        long left = out.value() + filtered.value() + dropped.value() + dead.value();
        return Math.max(0, in.value() + loaded.value() - left);
    }

    /** How many an earlier run had set aside. Any thread. */
    public long loaded() {
        return loaded.value();
    }

    /** How many the segment has settled as absorbed that have not gone on: the slot is settled when the event is set aside. Any thread. */
    public long absorbedTooEarly() {
        return in.value() - out.value();
    }

    /** How many were filtered at a later attempt. Any thread. */
    public long filtered() {
        return filtered.value();
    }

    /** How many were given up. Any thread. */
    public long dropped() {
        return dropped.value();
    }

    /** How many became dead letters. Any thread. */
    public long dead() {
        return dead.value();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        Portable<E> portable = portable();
        out.writeInt(FORMAT);
        out.writeInt(portable.format());
        out.writeInt(waiting.size());
        List<Parked<E>> inOrder = new ArrayList<>(waiting);
        inOrder.sort(inTurn);
        for (Parked<E> place : inOrder) {
            out.writeUTF(sources.get(place.source));
            out.writeLong(place.position);
            portable.write(place.event, out);
        }
    }

    /** Takes over what was set aside. Each is tried at once, with all its attempts before it. */
    @Override
    public void load(DataInput in) throws IOException {
        Portable<E> portable = portable();
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("parked events of format " + format + " (expected: " + FORMAT + ')');
        }
        int eventFormat = in.readInt();
        int count = in.readInt();
        for (int i = 0; i < count; i++) {
            Parked<E> place = free.poll();
            if (place == null) {
                throw new IOException(
                        count + " parked events (expected: <= " + i + "); give parking at least the bound it had");
            }
            String source = in.readUTF();
            place.source = sources.indexOf(source);
            if (place.source < 0) {
                throw new IOException("a parked event of source " + source + " (expected: one of " + sources
                        + "); add it before the start");
            }
            place.position = in.readLong();
            portable.read(place.event, in, eventFormat);
            enter(place, Long.MIN_VALUE);
        }
        loaded.add(count);
    }

    private Portable<E> portable() {
        if (type instanceof Portable<E> portable) {
            return portable;
        }
        throw new IllegalStateException("The plan was not checked.");
    }
}
