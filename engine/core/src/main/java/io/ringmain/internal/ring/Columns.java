package io.ringmain.internal.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * What a slot carries beside the event, in primitive arrays indexed by sequence.
 *
 * <p>Ownership follows the sequences: a slot's entries belong to the writer until it publishes, then to one lane after the
 * other. All access is plain; the lanes' sequences order it.
 */
public final class Columns {

    private static final VarHandle EIGHT_MARKS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final boolean direct;
    private final int indexMask;
    private final byte[] marks;
    private final long[] ingressNs;
    private final long[] handedNs;
    private final long[] positions;
    private final short[] sources;
    private Groups[] groups = {};
    // Where events go on that came back; only where some can.
    private int[] resumes = {};

    /**
     * Makes the columns of {@code size} slots.
     *
     * @param direct whether there is one source, whose positions are the sequences: then they need not be written
     */
    Columns(int size, boolean direct) {
        this.direct = direct;
        indexMask = size - 1;
        marks = new byte[size];
        ingressNs = new long[size];
        handedNs = new long[size];
        positions = new long[size];
        sources = new short[size];
    }

    /** Adds a column of key groups. Assembly only, before the first event. */
    public Groups addGroups() {
        groups = Arrays.copyOf(groups, groups.length + 1);
        groups[groups.length - 1] = new Groups(marks.length);
        return groups[groups.length - 1];
    }

    /** Adds the column of events that come back. Assembly only, before the first event. */
    public void addResumes() {
        resumes = new int[marks.length];
    }

    /** Where the event, which came back, goes on; see {@link Place}. */
    public int resumesAt(long sequence) {
        return resumes[(int) sequence & indexMask];
    }

    /** Makes an admitted slot one of an event that goes on at {@code target}. Writer only. */
    void resume(long sequence, int target) {
        int index = (int) sequence & indexMask;
        marks[index] = (byte) Slot.RESUMED;
        resumes[index] = target;
    }

    /** The mark of the slot; see {@link Slot}. */
    public byte mark(long sequence) {
        return marks[(int) sequence & indexMask];
    }

    /** Whether the marks from {@code sequence} on can be read eight at a time without wrapping before {@code last}. */
    public boolean hasEight(long sequence, long last) {
        return last - sequence >= 7 && ((int) sequence & indexMask) + 8 <= marks.length;
    }

    /** The marks of {@code sequence} and the next seven slots. */
    public long eightMarks(long sequence) {
        return (long) EIGHT_MARKS.get(marks, (int) sequence & indexMask);
    }

    /** Ends the way of the event by {@code verdict}. Stage lanes only. */
    public void mark(long sequence, int verdict) {
        int index = (int) sequence & indexMask;
        marks[index] = (byte) ((marks[index] & Slot.SAMPLED) | verdict);
    }

    /** When the event entered the ring. */
    public long ingressNs(long sequence) {
        return ingressNs[(int) sequence & indexMask];
    }

    /** When the lane before handed the event on; kept for sampled events only. */
    public long handedNs(long sequence) {
        return handedNs[(int) sequence & indexMask];
    }

    /** Notes when a sampled event was handed on. */
    public void handOn(long sequence, long nowNs) {
        handedNs[(int) sequence & indexMask] = nowNs;
    }

    /** The position of an event in its source, or the value of a control event. */
    public long position(long sequence) {
        int index = (int) sequence & indexMask;
        return direct && Slot.kind(marks[index]) == Slot.DATA ? sequence : positions[index];
    }

    /** The index of the event's source. */
    public int source(long sequence) {
        return sources[(int) sequence & indexMask];
    }

    /** Notes where the event of a claimed slot comes from. Writer only. */
    void origin(long sequence, int source, long position) {
        int index = (int) sequence & indexMask;
        positions[index] = position;
        sources[index] = (short) source;
    }

    /** Notes the value of a control event. Writer only. */
    void control(long sequence, int kind, long value, long nowNs) {
        int index = (int) sequence & indexMask;
        marks[index] = (byte) kind;
        positions[index] = value;
        ingressNs[index] = nowNs;
        for (Groups column : groups) {
            column.control(sequence);
        }
    }

    /** Makes the slots from {@code low} to {@code high} padding. Writer only. */
    void pad(long low, long high) {
        for (long sequence = low; sequence <= high; sequence++) {
            marks[(int) sequence & indexMask] = Slot.PADDING;
        }
    }

    /** Makes the slots from {@code low} to {@code high} live data that enters now. Writer only. */
    void admit(long low, long high, long nowNs) {
        int from = (int) low & indexMask;
        int to = (int) high & indexMask;
        if (from <= to) {
            Arrays.fill(marks, from, to + 1, (byte) 0);
            Arrays.fill(ingressNs, from, to + 1, nowNs);
        } else {
            Arrays.fill(marks, from, marks.length, (byte) 0);
            Arrays.fill(marks, 0, to + 1, (byte) 0);
            Arrays.fill(ingressNs, from, marks.length, nowNs);
            Arrays.fill(ingressNs, 0, to + 1, nowNs);
        }
    }

    /** Says when the event of a claimed slot entered. Writer only. */
    void stamp(long sequence, long nowNs) {
        ingressNs[(int) sequence & indexMask] = nowNs;
    }

    /** Makes the slots from {@code low} to {@code high}, which have their stamps, live data. Writer only. */
    void admitStamped(long low, long high) {
        for (long sequence = low; sequence <= high; sequence++) {
            marks[(int) sequence & indexMask] = 0;
        }
    }

    /** Makes an admitted slot one that is timed. Writer only. */
    void sample(long sequence, long nowNs) {
        int index = (int) sequence & indexMask;
        marks[index] = Slot.SAMPLED;
        handedNs[index] = nowNs;
    }
}
