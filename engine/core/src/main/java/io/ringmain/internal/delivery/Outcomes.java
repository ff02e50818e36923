package io.ringmain.internal.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What became of each slot in one sink: a byte per slot, beside the ring's own columns because only stage lanes write those.
 *
 * <p>Thread: the sink's lane writes, the settling lane reads; the lanes' sequences order it.
 */
public final class Outcomes {

    /** The sink was not given the event. */
    public static final byte NONE = 0;
    /** The sink was asked, and did not want the event. */
    public static final byte NOT_WANTED = 1;
    /** A copy of the event went into the ring that the sink has of its own. */
    public static final byte HANDED_ON = 2;
    /** The sink took the event. */
    public static final byte DELIVERED = 3;
    /** The event was dropped because the sink failed. */
    public static final byte DROPPED = 4;
    /** The event became a dead letter because the sink failed. */
    public static final byte DEAD = 5;

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long EIGHT_DELIVERED = 0x0101_0101_0101_0101L * DELIVERED;

    private final byte[] bytes;
    private final int indexMask;

    /** Makes the outcomes of a sink over a ring of {@code size} slots, a power of two. */
    public Outcomes(int size) {
        bytes = new byte[size];
        indexMask = size - 1;
    }

    byte get(long sequence) {
        return bytes[(int) sequence & indexMask];
    }

    /** Whether the sink took {@code sequence} and the next seven, which do not wrap. */
    boolean eightDelivered(long sequence) {
        return (long) EIGHT.get(bytes, (int) sequence & indexMask) == EIGHT_DELIVERED;
    }

    void set(long sequence, byte outcome) {
        bytes[(int) sequence & indexMask] = outcome;
    }

    /** Notes {@code outcome} for the first {@code count} events of {@code batch}. */
    void each(SlotBatch<?> batch, int count, byte outcome) {
        for (int i = 0; i < count; i++) {
            set(batch.sequence(i), outcome);
        }
    }

    /** Notes {@code outcome} for the events of {@code batch} that have not failed; returns how many. */
    int eachTaken(SlotBatch<?> batch, byte outcome) {
        int taken = 0;
        for (int i = 0; i < batch.size(); i++) {
            if (!batch.hasFailed(i)) {
                set(batch.sequence(i), outcome);
                taken++;
            }
        }
        return taken;
    }

    void none(long low, long high) {
        all(low, high, NONE);
    }

    void all(long low, long high, byte outcome) {
        int from = (int) low & indexMask;
        int to = (int) high & indexMask;
        if (high < low) {
            return;
        }
        if (from <= to && high - low < bytes.length) {
            Arrays.fill(bytes, from, to + 1, outcome);
        } else {
            Arrays.fill(bytes, from, bytes.length, outcome);
            Arrays.fill(bytes, 0, to + 1, outcome);
        }
    }
}
