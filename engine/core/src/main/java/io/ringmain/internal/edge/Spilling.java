package io.ringmain.internal.edge;

import io.ringmain.config.WhenFull.Spill;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.Slot;
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
 * <p>A record is kind, source, position, time of entry, and for an event its bytes.
 *
 * @param <E> the event
 */
final class Spilling<E> implements Admission {

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

    Spilling(WaitingRoom<E> room, Portable<E> type, Spill policy, Consumer<? super Exception> failed) {
        this.room = room;
        this.type = type;
        this.failed = failed;
        file = new SpillFile(policy.path(), policy.bytesMax());
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
                return Verdict.WAITS_ELSEWHERE;
            }
            full.add(1);
        } catch (IOException | RuntimeException failure) {
            failed.accept(failure);
            broken.add(1);
        }
        return Verdict.DROPPED;
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
