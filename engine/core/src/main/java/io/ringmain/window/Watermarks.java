package io.ringmain.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * How far event time has come, over several sources: the least of those that are live, and never back.
 *
 * <p>A source's own watermark is its latest time, less the disorder that it may have, less one: so an event that is late by the whole bound is still in time. All have to be heard, or
 * idle, before there is a watermark at all. A source that is idle is not waited for; when the last one becomes so, the furthest watermark of all stands. One that comes back with
 * watermarks behind the one that stands is not waited for until it has caught up, and one that has ended never again. (As Flink's {@code BoundedOutOfOrdernessWatermarks} and {@code
 * StatusWatermarkValve}.)
 *
 * <p>Thread: one. Allocates when a source is seen first.
 */
public final class Watermarks {

    /** Before anything is known. */
    public static final long NONE = Long.MIN_VALUE;

    /** Behind the last event. */
    public static final long END = Long.MAX_VALUE;

    private static final byte UNSEEN = 0;
    private static final byte LIVE = 1;
    /** Live, and behind what stands. */
    private static final byte BEHIND = 2;

    private static final byte IDLE = 3;
    private static final byte ENDED = 4;
    private static final int FORMAT = 1;

    // By source.
    private long[] disordersNs;
    private long[] marks;
    private byte[] states;
    private long current = NONE;

    /**
     * Makes the watermarks of {@code sources} sources, none of which has been heard.
     *
     * @param disorderNs by how much an event may be behind one that came before it, at least 0
     */
    public Watermarks(int sources, long disorderNs) {
        disordersNs = new long[sources];
        Arrays.fill(disordersNs, requireNotNegative(disorderNs));
        marks = new long[sources];
        states = new byte[sources];
        Arrays.fill(marks, NONE);
    }

    /** Makes the watermarks of as many sources as there are {@code disordersNs}, each with its own; as {@link #Watermarks(int, long)}. */
    public static Watermarks of(long... disordersNs) {
        var watermarks = new Watermarks(disordersNs.length, 0);
        for (int source = 0; source < disordersNs.length; source++) {
            watermarks.disordersNs[source] = requireNotNegative(disordersNs[source]);
        }
        return watermarks;
    }

    private static long requireNotNegative(long disorderNs) {
        if (disorderNs < 0) {
            throw new IllegalArgumentException("disorder: " + disorderNs + " ns (expected: >= 0)");
        }
        return disorderNs;
    }

    /** How far time has come. */
    public long current() {
        return current;
    }

    /** An event of {@code source} has come; returns how far time has come with it. */
    public long observe(int source, long timeNs) {
        long disorderNs = disordersNs[source];
        long mark = timeNs < NONE + disorderNs + 1 ? NONE : timeNs - disorderNs - 1;
        byte state = states[source];
        if (state == LIVE && mark <= marks[source]) {
            return current;
        }
        marks[source] = Math.max(mark, marks[source]);
        if (state != ENDED) {
            states[source] = marks[source] >= current ? LIVE : BEHIND;
            advance();
        }
        return current;
    }

    /** A source with {@code disorderNs} has come that is waited for from now on. Returns its number. */
    public int join(long disorderNs) {
        int source = marks.length;
        disordersNs = Arrays.copyOf(disordersNs, source + 1);
        disordersNs[source] = requireNotNegative(disorderNs);
        marks = Arrays.copyOf(marks, source + 1);
        states = Arrays.copyOf(states, source + 1);
        marks[source] = NONE;
        return source;
    }

    /** {@code source} has been silent for so long that it is not waited for until it is heard again; returns how far time has come by that. */
    public long idle(int source) {
        if (states[source] != ENDED && states[source] != IDLE) {
            boolean heldAll = marks[source] == current;
            states[source] = IDLE;
            if (isAnyWaitedFor()) {
                advance();
            } else if (heldAll) {
                // The last one: nobody holds back what the others had reached.
                current = Math.max(current, furthest());
            }
        }
        return current;
    }

    /** {@code source} will give no more; returns how far time has come by that. At the end of all, see {@link #END}. */
    public long end(int source) {
        states[source] = ENDED;
        if (isAnyWaitedFor()) {
            advance();
        }
        return current;
    }

    private boolean isAnyWaitedFor() {
        for (byte state : states) {
            if (state < IDLE) {
                return true;
            }
        }
        return false;
    }

    private long furthest() {
        long furthest = NONE;
        for (long mark : marks) {
            furthest = Math.max(furthest, mark);
        }
        return furthest;
    }

    private void advance() {
        long least = END;
        for (int source = 0; source < marks.length; source++) {
            if (states[source] == UNSEEN) {
                return;
            }
            if (states[source] == LIVE) {
                least = Math.min(least, marks[source]);
            }
        }
        if (least != END && least > current) {
            current = least;
        }
    }

    /** Writes how far each has come. */
    public void save(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeLong(current);
        out.writeInt(marks.length);
        for (int source = 0; source < marks.length; source++) {
            out.writeLong(marks[source]);
            out.writeByte(states[source]);
        }
    }

    /** Takes over what {@link #save} wrote: time goes on from there. */
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException("watermarks: format " + format + " (expected: " + FORMAT + ')');
        }
        current = in.readLong();
        int count = in.readInt();
        int own = marks.length;
        for (int source = marks.length; source < count; source++) {
            // One that had joined, and must join again.
            end(join(0));
        }
        for (int source = 0; source < count; source++) {
            marks[source] = in.readLong();
            byte state = in.readByte();
            states[source] = source < own ? state : ENDED;
        }
    }
}
