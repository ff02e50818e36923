package io.ringmain.internal.intake;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.checkpoint.Saved;
import io.ringmain.internal.edge.Writers;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.internal.ring.SharedWriter;
import io.ringmain.internal.run.Room;
import io.ringmain.internal.run.Signal;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.LetterSource;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * All streams that one intake lane merges. Of those that have ended only the accounts stay, so that many may come and go.
 *
 * <p>Thread: any.
 *
 * @param <E> the event
 */
public final class Merge<E> {

    /** How many events wait in a side ring at most: one turn of the lane. */
    public static final int SIDE_BOUND_MAX = 256;

    /** How many sources a pipeline may have in its life, because each event carries the number of its own. */
    public static final int SOURCES_MAX = Short.MAX_VALUE;

    /**
     * What side rings are made of.
     *
     * @param type how the events are made; must be copyable
     * @param bound of the first ring
     * @param runner owns the clock, and helps publishers that wait
     * @param onOwnThread whether the caller is on a thread of the pipeline, which must not wait for room
     */
    public record Side<E>(EventType<E> type, int bound, Runner runner, BooleanSupplier onOwnThread) {}

    /**
     * What the streams write into.
     *
     * @param writer for all that have no policy of their own
     * @param ring what it and policies of their own write into; null if there can be none
     */
    public record Into<E>(EventWriter<E> writer, @Nullable RingWriter<E> ring) {}

    private final Object lock = new Object();
    private final Into<E> into;
    private final Side<E> side;
    private final Signal arrived = new Signal();
    private final Roster roster = new Roster(arrived);
    private final List<String> names = new CopyOnWriteArrayList<>();
    // By number, as the names.
    private final List<Boolean> lasting = new CopyOnWriteArrayList<>();
    // Guarded by the lock, as all that follows: who has joined and has not ended, by name; and the accounts of all who
    // have joined.
    private final Map<String, Inflow> present = new LinkedHashMap<>();
    private final Map<String, Inflow.Account> accounts = new LinkedHashMap<>();
    private final Set<String> taken;
    private final boolean staysOpen;

    /**
     * Makes the merge into the first ring.
     *
     * @param taken the names that nobody who comes later may have
     * @param staysOpen whether the input goes on although no source is there
     */
    public Merge(Into<E> into, Side<E> side, Set<String> taken, boolean staysOpen) {
        this.into = into;
        this.side = side;
        this.staysOpen = staysOpen;
        this.taken = new HashSet<>(taken);
    }

    /**
     * Takes a name for a source to come; returns {@code false} if somebody has it, or had it.
     *
     * @throws IllegalStateException if no more sources may come
     */
    public boolean takeName(String name) {
        synchronized (lock) {
            checkNumbers(name);
            return taken.add(name);
        }
    }

    /** Gives a name back whose source did not come. */
    public void giveNameBack(String name) {
        synchronized (lock) {
            taken.remove(name);
        }
    }

    /** Whether streams may have policies of their own. */
    public boolean takesPolicies() {
        return into.ring != null;
    }

    /**
     * Makes the stream of a pollable source, with a policy of its own if it has one. It gives nothing before it has joined.
     *
     * @throws IllegalStateException if others have come since it took its name, and no more may come
     */
    public SourceIntake<E> polled(String name, Source<E> source, @Nullable WhenFull own) {
        RingWriter<E> ring = into.ring;
        EventWriter<E> writer = own == null || ring == null ? into.writer : Writers.ofSource(ring, side.type, own);
        // First: what may throw uses no number up.
        boolean delayable = source.delayable();
        synchronized (lock) {
            return new SourceIntake<>(name, source, new Way<>(writer, own), number(name, true), delayable);
        }
    }

    /**
     * Makes the stream of a push source or of publishing threads. Its events wait until it has joined. A policy of its own decides at its
     * door, where publishers are told; what has passed that only waits.
     *
     * @throws IllegalStateException as {@link #polled}
     */
    public SideRing<E> pushed(String name, @Nullable WhenFull own) {
        int bound = Math.min(side.bound, SIDE_BOUND_MAX);
        Ring<E> ring = Ring.of(side.type, bound, true, arrived);
        var door = new DirectIntake<>(
                new SharedWriter<>(ring),
                new Room(side.runner),
                side.runner::nowNs,
                own == null ? WhenFull.block() : own,
                side.onOwnThread);
        EventWriter<E> writer = own == null || into.ring == null ? into.writer : into.ring;
        synchronized (lock) {
            return new SideRing<>(name, ring, door, new Way<>(writer, own), number(name, false));
        }
    }

    /**
     * Makes the stream of letters that come back.
     *
     * @param letters where they come from; null if none do, and the store only remembers where it stands
     * @param places where they can go
     * @param saved where the store's place goes; null if it remembers nothing
     * @param isLasting whether a later run finds the letters by the same numbers
     */
    public LetterIntake<E> letters(
            @Nullable LetterSource letters, Places places, @Nullable Saved saved, boolean isLasting) {
        RingWriter<E> ring = into.ring;
        var way = ring == null ? new Way<>(into.writer, null) : new Way<E>(ring, WhenFull.block());
        synchronized (lock) {
            return new LetterIntake<>(letters, places, way, number(DeadLetters.SOURCE, isLasting), saved);
        }
    }

    private int number(String name, boolean isLasting) {
        checkNumbers(name);
        lasting.add(isLasting);
        names.add(name);
        return names.size() - 1;
    }

    private void checkNumbers(String name) {
        if (names.size() == SOURCES_MAX) {
            throw new IllegalStateException("source " + name + ": the pipeline has had " + SOURCES_MAX
                    + " sources (expected: no more in one life)");
        }
    }

    /** Hands a stream to the lane; returns {@code false}, and leaves it to the caller, if the input has ended. */
    public boolean join(Inflow inflow) {
        Inflow.Account account = inflow.account();
        // First: what it gives from now on must be seen by whoever asks what was received.
        synchronized (lock) {
            present.put(inflow.name(), inflow);
            accounts.put(inflow.name(), account);
        }
        if (roster.join(inflow)) {
            return true;
        }
        synchronized (lock) {
            present.remove(inflow.name());
            accounts.remove(inflow.name());
        }
        inflow.stop();
        return false;
    }

    /** Keeps only the account of a stream that has been closed. */
    void forget(Inflow inflow) {
        if (!inflow.holdsEvents()) {
            Inflow.Account account = inflow.account().ofOneGone();
            synchronized (lock) {
                present.remove(inflow.name());
                accounts.put(inflow.name(), account);
            }
        }
    }

    /** Lets nobody join any more. */
    public void closeRoster() {
        roster.close();
    }

    /** The stream of that name that has joined and has not ended; null if there is none. */
    public @Nullable Inflow find(String name) {
        synchronized (lock) {
            return present.get(name);
        }
    }

    /** Lets {@code inflow} end behind what it has handed over; returns {@code false} if it had ended, or was told so before. */
    public boolean leave(Inflow inflow) {
        boolean wasOpen = inflow.stop();
        arrived.raise();
        return wasOpen;
    }

    /** Refuses publications from now on and wakes those who wait. */
    public void closeDoors() {
        sideRings().forEach(SideRing::stop);
        arrived.raise();
    }

    /** Whether there can be side rings. */
    public boolean isCopyable() {
        return side.type.copyable();
    }

    Roster roster() {
        return roster;
    }

    /** Wakes the lane: somebody has come, gone or published. */
    public Signal arrived() {
        return arrived;
    }

    /** The names of all sources, by their number; grows. */
    public List<String> names() {
        return names;
    }

    /** Whether the positions of the source with that number are its own, and the same in a later run. */
    public boolean isLasting(int source) {
        return lasting.get(source);
    }

    /** The accounts of all streams, in the order in which they joined. */
    public List<Inflow.Account> accounts() {
        synchronized (lock) {
            return List.copyOf(accounts.values());
        }
    }

    private List<SideRing<?>> sideRings() {
        List<SideRing<?>> rings = new ArrayList<>();
        synchronized (lock) {
            for (Inflow inflow : present.values()) {
                if (inflow instanceof SideRing<?> ring) {
                    rings.add(ring);
                }
            }
        }
        return rings;
    }

    /** Whether the input goes on although no source is there. */
    boolean staysOpen() {
        return staysOpen;
    }

    /** How many events came from all of them, those that wait for their turn included. */
    public long received() {
        return accounts().stream()
                .mapToLong(account -> account.received().getAsLong())
                .sum();
    }

    /** How many events came from the stream called {@code name}; 0 if there is none. */
    public long receivedFrom(String name) {
        synchronized (lock) {
            Inflow.Account account = accounts.get(name);
            return account == null ? 0 : account.received().getAsLong();
        }
    }

    /** Tells how many events the own policies of streams dropped, by reason; each may tell of the same reason. */
    public void eachDrop(ObjLongConsumer<String> reasons) {
        accounts().forEach(account -> account.drops().accept(reasons));
    }

    /** How many events were refused because a side ring was full. */
    public long refused() {
        long refused = 0;
        for (Inflow.Account account : accounts()) {
            DoorCounts door = account.door();
            refused += door == null ? 0 : door.refused();
        }
        return refused;
    }

    /** How many published events wait for their turn. Exact once the lane stands still. */
    public long waiting() {
        return sideRings().stream().mapToLong(SideRing::waiting).sum();
    }

    /** How many events can wait in side rings. */
    public int bound() {
        return sideRings().stream().mapToInt(SideRing::bound).sum();
    }
}
