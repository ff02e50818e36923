package io.ringmain.internal.journal;

import io.ringmain.internal.ring.Carried;
import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.Place;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.spi.ByteOutput;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.Portable;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/**
 * Writes slots into a block, as {@link JournalBlock} reads them.
 *
 * <p>Thread: the journal lane's.
 *
 * @param <E> the event
 */
final class BlockEncoder<E> {

    private final JournalLane.Input<E> input;
    private final Ring<E> ring;
    private final Columns columns;
    private final Portable<E> type;
    private final List<String> names;
    private final BitSet met = new BitSet();
    private final ByteOutput block = new ByteOutput(2 * JournalBlock.BYTES_MAX);
    private int source;
    private long position;
    private long ingressNs;

    /** Makes the encoder of {@code input}. */
    BlockEncoder(JournalLane.Input<E> input) {
        this.input = input;
        ring = input.ring();
        columns = ring.columns();
        type = input.type();
        names = input.names();
    }

    /** Begins a block with the slot {@code sequence}. */
    void begin(long sequence) throws IOException {
        ingressNs = columns.ingressNs(sequence);
        source = 0;
        position = -1;
        block.truncate(0);
        block.writeByte(JournalBlock.FORMAT);
        block.writeLong(sequence);
        block.writeLong(ingressNs);
    }

    /** Adds the next slot; returns {@code false}, and adds nothing, if it belongs into a block of its own. */
    boolean add(long sequence) throws IOException {
        int before = block.size();
        int kind = Slot.kind(columns.mark(sequence));
        boolean named = kind == Slot.DATA && name(columns.source(sequence));
        head(sequence, kind);
        if (kind == Slot.DATA) {
            int lengthAt = block.size();
            block.writeInt(0);
            write(sequence);
            block.overwriteInt(lengthAt, block.size() - lengthAt - Integer.BYTES);
        }
        if (block.size() > JournalBlock.BYTES_MAX && before > JournalBlock.HEAD_BYTES) {
            block.truncate(before);
            if (named) {
                met.clear(columns.source(sequence));
            }
            return false;
        }
        return true;
    }

    private void write(long sequence) throws IOException {
        Carried carried = input.carried();
        if (carried != null && Slot.isResumed(columns.mark(sequence)) && segment(sequence) > 0) {
            // The slot is empty: its event lies beside the ring until it comes to its segment.
            write(portable(segment(sequence)), carried.event(columns.position(sequence)));
        } else {
            type.write(ring.event(sequence), block);
        }
    }

    @SuppressWarnings("unchecked") // What is carried was made by this type.
    private <L> void write(Portable<L> its, Object event) throws IOException {
        its.write((L) event, block);
    }

    private int segment(long sequence) {
        return Place.segment(columns.resumesAt(sequence));
    }

    private Portable<?> portable(int segment) {
        if (input.types().get(segment) instanceof Portable<?> portable) {
            return portable;
        }
        throw new IllegalStateException("The plan was not checked.");
    }

    private void head(long sequence, int kind) throws IOException {
        // Of a control event nobody has written the source.
        int its = kind == Slot.DATA ? columns.source(sequence) : source;
        long at = columns.position(sequence);
        long stampNs = columns.ingressNs(sequence);
        boolean resumed = Slot.isResumed(columns.mark(sequence));
        block.writeByte(kind
                | (resumed ? JournalBlock.RESUMED : 0)
                | (its == source ? JournalBlock.SAME_SOURCE : 0)
                | (at == position + 1 ? JournalBlock.NEXT_POSITION : 0)
                | (stampNs == ingressNs ? JournalBlock.SAME_TIME : 0));
        if (its != source) {
            block.writeVarLong(its);
        }
        if (at != position + 1) {
            block.writeVarLong(JournalBlock.zigzag(at - position));
        }
        if (stampNs != ingressNs) {
            block.writeVarLong(JournalBlock.zigzag(stampNs - ingressNs));
        }
        if (resumed) {
            block.writeVarLong(columns.resumesAt(sequence));
            block.writeVarLong(portable(segment(sequence)).format());
        }
        source = its;
        position = at;
        ingressNs = stampNs;
    }

    /** Writes the name of a source if it is met for the first time; returns whether it is. */
    private boolean name(int number) throws IOException {
        if (met.get(number)) {
            return false;
        }
        met.set(number);
        block.writeByte(JournalBlock.NAME);
        block.writeVarLong(number);
        block.writeUTF(names.get(number));
        source = number;
        return true;
    }

    /** The bytes, of which {@link #size} count. */
    byte[] array() {
        return block.array();
    }

    int size() {
        return block.size();
    }
}
