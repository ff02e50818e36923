package io.ringmain.internal.journal;

import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.spi.ByteOutput;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.Portable;
import java.io.IOException;
import java.util.BitSet;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Writes slots into a block, as {@link JournalBlock} reads them.
 *
 * <p>Thread: the journal lane's.
 *
 * @param <E> the event
 */
final class BlockEncoder<E> {

    private final Ring<E> ring;
    private final Columns columns;
    private final Portable<E> type;
    private final List<String> names;
    private final BitSet met = new BitSet();
    private final ByteOutput block = new ByteOutput(2 * JournalBlock.BYTES_MAX);
    private final CRC32C check = new CRC32C();
    private int source;
    private long position;
    private long ingressNs;

    /** Makes the encoder of slots of {@code ring}, whose sources have {@code names}, by number; may grow. */
    BlockEncoder(Ring<E> ring, Portable<E> type, List<String> names) {
        this.ring = ring;
        columns = ring.columns();
        this.type = type;
        this.names = names;
    }

    /** Begins a block with the slot {@code sequence}. */
    void begin(long sequence) throws IOException {
        ingressNs = columns.ingressNs(sequence);
        source = 0;
        position = -1;
        block.truncate(0);
        block.writeInt(0);
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
            type.write(ring.event(sequence), block);
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

    private void head(long sequence, int kind) throws IOException {
        // Of a control event nobody has written the source.
        int its = kind == Slot.DATA ? columns.source(sequence) : source;
        long at = columns.position(sequence);
        long stampNs = columns.ingressNs(sequence);
        block.writeByte(kind
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

    /** Ends the block. */
    void end() {
        check.reset();
        check.update(block.array(), JournalBlock.FORMAT_INDEX, block.size() - JournalBlock.FORMAT_INDEX);
        block.overwriteInt(0, (int) check.getValue());
    }

    /** The bytes, of which {@link #size} count. */
    byte[] array() {
        return block.array();
    }

    int size() {
        return block.size();
    }
}
