package io.ringmain.internal.delivery;

import static java.util.Objects.requireNonNull;

import io.ringmain.internal.failure.Classification;
import io.ringmain.internal.ring.Ring;
import io.ringmain.spi.Batch;
import io.ringmain.spi.FailureKind;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

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
    // By index, why the sink could not take the event; made when that is said for the first time.
    private @Nullable Exception[] whys = {};
    private int failed;

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

    @Override
    public void failed(int index, Exception why) {
        checkIndex(index);
        requireNonNull(why, "why");
        if (whys.length == 0) {
            whys = new @Nullable Exception[sequences.length];
        }
        failed += whys[index] == null ? 1 : 0;
        whys[index] = why;
    }

    /** Whether the sink said of an event that it could not take it. */
    boolean anyFailed() {
        return failed > 0;
    }

    /** Whether the sink said that it could not take the event at {@code index}. */
    boolean hasFailed(int index) {
        return failed > 0 && whys[index] != null;
    }

    /** Why the event at {@code index}, which has failed, was not taken. */
    Exception why(int index) {
        Exception why = whys[index];
        if (why == null) {
            throw new IllegalStateException("Event " + index + " of the batch has not failed.");
        }
        return why;
    }

    /** What the failures of a batch of failed events are about together, by what {@code each} is: permanent only if none of them may pass. */
    FailureKind kindOf(Classification each) {
        FailureKind all = FailureKind.PERMANENT;
        for (int i = 0; i < size; i++) {
            all = foremost(all, each.kindOf(why(i)));
        }
        return all;
    }

    private static FailureKind foremost(FailureKind one, FailureKind other) {
        return switch (one) {
            case FATAL -> one;
            case NO_ROOM -> other == FailureKind.FATAL ? other : one;
            case TRANSIENT -> other == FailureKind.PERMANENT ? one : other;
            case PERMANENT -> other;
        };
    }

    /** Forgets what was said: another attempt begins, or the batch failed as a whole. */
    void forgetFailed() {
        if (failed > 0) {
            Arrays.fill(whys, 0, size, null);
            failed = 0;
        }
    }

    /** Makes the batch one of the events that failed, with their reasons, in their order. */
    void keepFailed() {
        if (!gaps) {
            listAll();
        }
        int kept = 0;
        for (int i = 0; i < size; i++) {
            Exception why = whys[i];
            whys[i] = null;
            if (why != null) {
                sequences[kept] = sequences[i];
                whys[kept] = why;
                kept++;
            }
        }
        size = kept;
    }

    long sequence(int index) {
        checkIndex(index);
        return gaps ? sequences[index] : first + index;
    }

    private void checkIndex(int index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index: " + index + " (expected: from 0 to " + (size - 1) + ')');
        }
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
        forgetFailed();
        size = 0;
        gaps = false;
    }
}
