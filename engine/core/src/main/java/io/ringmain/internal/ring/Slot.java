package io.ringmain.internal.ring;

/**
 * The mark of a slot: one byte beside the event.
 *
 * <pre>
 *      7         6       5  4  3      2  1  0
 *  +---------+---------+-----------+-----------+
 *  | resumed | sampled |  verdict  |   kind    |
 *  +---------+---------+-----------+-----------+
 * </pre>
 *
 * A data event that is still on its way, and neither sampled nor one that came back, is all zero, so a lane recognises the common case, and eight of them
 * at once, by comparing with 0.
 */
public final class Slot {

    /** An event. */
    public static final int DATA = 0;
    /** Nothing more comes of a source: its event time is at its end. The position column holds the source's number. */
    public static final int WATERMARK = 1;
    /** A checkpoint passes; the position column holds its number. */
    public static final int BARRIER = 2;
    /** Processing time passes; the position column holds it, in nanoseconds since the epoch. */
    public static final int TICK = 3;
    /** The end of input: nothing but padding comes after it. */
    public static final int END = 4;
    /** Padding: claimed by a publisher that had nothing to put in. */
    public static final int PADDING = 5;
    /** From here on a partition has another number of lanes; the position column holds both, see {@link #lanesOf}. */
    public static final int REPARTITION = 6;

    /** On its way. */
    public static final int LIVE = 0;
    /** Filtered out by a stage. */
    public static final int FILTERED = 1 << 3;
    /** Given up by policy. */
    public static final int DROPPED = 2 << 3;
    /** Kept as a dead letter. */
    public static final int DEAD = 3 << 3;

    /** One of the few events whose way is timed. */
    public static final int SAMPLED = 1 << 6;

    /** An event that came back, and goes on where a column says. */
    public static final int RESUMED = 1 << 7;

    private static final int KIND_MASK = 0b111;
    private static final int VERDICT_MASK = 0b111 << 3;

    private Slot() {}

    /** The value of a REPARTITION event: {@code partition} has {@code lanes} lanes from here on. */
    public static long lanesOf(int partition, int lanes) {
        return (long) partition << 32 | lanes;
    }

    /** The number of the partition in the value of a REPARTITION event. */
    public static int partition(long value) {
        return (int) (value >>> 32);
    }

    /** The number of lanes in the value of a REPARTITION event. */
    public static int lanes(long value) {
        return (int) value;
    }

    /** The kind in {@code mark}. */
    public static int kind(byte mark) {
        return mark & KIND_MASK;
    }

    /** The verdict in {@code mark}. */
    public static int verdict(byte mark) {
        return mark & VERDICT_MASK;
    }

    /** Whether {@code mark} is that of a data event which no stage has ended. */
    public static boolean isLive(byte mark) {
        return (mark & (KIND_MASK | VERDICT_MASK)) == 0;
    }

    /** Whether {@code mark} is that of an event that came back. */
    public static boolean isResumed(byte mark) {
        return (mark & RESUMED) != 0;
    }

    /** Whether {@code mark} is that of a live event to be timed. */
    public static boolean isLiveSample(byte mark) {
        return mark == SAMPLED;
    }
}
