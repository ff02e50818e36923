package io.ringmain.internal.delivery;

import io.ringmain.internal.ring.Ring;
import io.ringmain.spi.Batch;
import java.util.List;

/**
 * The events of a batch, as a run of sequences, or as a list once one is missing: the events themselves stay in their slots.
 *
 * <p>Thread: the sink lane's.
 *
 * @param <E> the event
 */
public final class SlotBatch<E> implements Batch<E> {

    private final Ring<E> ring;
    private final List<String> sources;
    private final long[] sequences;
    private long first;
    private boolean gaps;
    private int size;

    /** Makes a batch of at most {@code countMax} events of {@code ring}. */
    public SlotBatch(Ring<E> ring, List<String> sources, int countMax) {
        this.ring = ring;
        this.sources = sources;
        sequences = new long[countMax];
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public E event(int index) {
        return ring.event(sequence(index));
    }

    @Override
    public long position(int index) {
        return ring.columns().position(sequence(index));
    }

    @Override
    public String source(int index) {
        return sources.get(ring.columns().source(sequence(index)));
    }

    long sequence(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index: " + index + " (expected: from 0 to " + (size - 1) + ')');
        }
        return gaps ? sequences[index] : first + index;
    }

    void add(long sequence) {
        if (size == 0) {
            first = sequence;
            gaps = false;
        } else if (!gaps && sequence != first + size) {
            listAll();
        }
        if (gaps) {
            sequences[size] = sequence;
        }
        size++;
    }

    /** Adds {@code count} sequences, from {@code sequence} on. */
    void addRun(long sequence, int count) {
        if (gaps || (size > 0 && sequence != first + size)) {
            for (int i = 0; i < count; i++) {
                add(sequence + i);
            }
            return;
        }
        if (size == 0) {
            first = sequence;
        }
        size += count;
    }

    /** From now on the sequences are listed one by one: something was filtered out between them. */
    private void listAll() {
        for (int i = 0; i < size; i++) {
            sequences[i] = first + i;
        }
        gaps = true;
    }

    int free() {
        return sequences.length - size;
    }

    boolean isFull() {
        return size == sequences.length;
    }

    boolean isEmpty() {
        return size == 0;
    }

    void clear() {
        size = 0;
        gaps = false;
    }
}
