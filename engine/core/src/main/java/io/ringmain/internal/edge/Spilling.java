package io.ringmain.internal.edge;

import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Portable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;
import java.util.function.ObjLongConsumer;

/**
 * Sends to a file whom the room cannot take, and from then on everybody, until the file has been read back: nobody overtakes.
 *
 * <p>While the disk is full a lane's events are held back before the file. What it has is read back meanwhile, and when it is empty they go into the
 * room.
 *
 * <p>A record is kind, source, position, time of entry, and for an event its bytes.
 *
 * @param <E> the event
 */
final class Spilling<E> implements Admission {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    private static final int REFILL_MAX = 256;

    private final WaitingRoom<E> room;
    private final Portable<E> type;
    private final SpillFile file;
    private final Consumer<? super Exception> failed;
    private final Counter full = new Counter();
    private final Counter broken = new Counter();
    private final SpillRecord bytes = new SpillRecord();
    private final DataOutputStream out = new DataOutputStream(bytes);
    private final SpillRecord first = new SpillRecord();
    private long events;
    private long controls;
    private long readNumber;
    private final boolean holds;
    private boolean roomless;

    /**
     * Makes the admission of {@code room}.
     *
     * @param holds whether events wait where they are while the disk is full; if not they are dropped, as publishing threads are told
     */
    Spilling(WaitingRoom<E> room, Portable<E> type, SpillFile file, Consumer<? super Exception> failed, boolean holds) {
        this.room = room;
        this.type = type;
        this.failed = failed;
        this.file = file;
        this.holds = holds;
    }

    @Override
    public Verdict admit(int entry) {
        if (file.isEmpty() && !room.isFull()) {
            room.append(entry, 0);
            return Verdict.WAITS;
        }
        readNumber = room.number(entry);
        try {
            bytes.reset();
            out.writeByte(Slot.DATA);
            out.writeShort(room.source(entry));
            out.writeLong(room.position(entry));
            out.writeLong(room.ingressNs(entry));
            type.write(room.event(entry), out);
            if (file.append(bytes)) {
                events++;
                noteRoom();
                return Verdict.WAITS_ELSEWHERE;
            }
            full.add(1);
        } catch (IOException | RuntimeException failure) {
            if (holds && FailureKind.of(failure) == FailureKind.NO_ROOM) {
                noteNoRoom(failure);
                return Verdict.HELD;
            }
            failed.accept(failure);
            broken.add(1);
        }
        return Verdict.DROPPED;
    }

    private void noteNoRoom(Exception failure) {
        if (!roomless) {
            roomless = true;
            failed.accept(failure);
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "There is no room for what is to be spilled; it is held back until there is. " + file,
                    failure);
        }
    }

    private void noteRoom() {
        if (roomless) {
            roomless = false;
            LOGGER.log(System.Logger.Level.INFO, "There is room again. " + file);
        }
    }

    @Override
    public boolean waitsElsewhere() {
        return !file.isEmpty();
    }

    @Override
    public boolean controlElsewhere(int kind, long value) {
        try {
            bytes.reset();
            out.writeByte(kind);
            out.writeShort(0);
            out.writeLong(value);
            out.writeLong(0);
            boolean appended = file.append(bytes);
            controls += appended ? 1 : 0;
            return appended;
        } catch (IOException failure) {
            // It waits before the file: what is there is read back all the same, and then there is room.
            failed.accept(failure);
            return false;
        }
    }

    @Override
    public void refill() {
        for (int i = 0; i < REFILL_MAX && !file.isEmpty() && !room.isFull(); i++) {
            try {
                if (!read()) {
                    return;
                }
            } catch (IOException failure) {
                throw new UncheckedIOException(file + ": what was spilled could not be read back", failure);
            }
        }
    }

    /** Moves the oldest record into the room; returns {@code false} if it is a control event for which there is no entry. */
    private boolean read() throws IOException {
        file.first(first);
        DataInputStream in = first.input();
        int kind = in.readByte();
        int source = in.readShort();
        long position = in.readLong();
        long ingressNs = in.readLong();
        if (kind != Slot.DATA) {
            if (!room.appendControl(kind, position, readNumber)) {
                return false;
            }
            controls--;
        } else {
            int entry = room.take(source, position, readNumber);
            try {
                type.read(room.event(entry), in, type.format());
            } catch (IOException | RuntimeException failure) {
                room.giveBack(entry);
                throw failure;
            }
            room.enter(entry, ingressNs);
            room.append(entry, 0);
            events--;
        }
        file.removeFirst();
        return true;
    }

    @Override
    public boolean isControlElsewhere() {
        return controls > 0;
    }

    @Override
    public long elsewhere() {
        return events;
    }

    @Override
    public long bytesElsewhere() {
        return file.bytes();
    }

    @Override
    public void open() throws IOException {
        file.open();
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException failure) {
            failed.accept(failure);
        }
    }

    @Override
    public void eachDrop(ObjLongConsumer<String> reasons) {
        reasons.accept("spill_full", full.value());
        reasons.accept("spill_failed", broken.value());
    }
}
