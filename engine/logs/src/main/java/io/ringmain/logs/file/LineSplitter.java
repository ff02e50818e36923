package io.ringmain.logs.file;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.spi.Intake;
import org.jspecify.annotations.Nullable;

/**
 * Makes events of the bytes in a slab, where they stand.
 *
 * <pre>
 *   slab  │ lines of events │ rest: a line without its end │ room │
 *                           begin        scanned          end
 * </pre>
 *
 * When the room is too small the rest moves to the beginning of another slab, or of this one if no event refers to it any more. Of a
 * line over the limit the beginning stays in the slab, and what follows it is written over and only counted.
 *
 * <p>Thread: the intake thread. Allocates only a new slab.
 */
final class LineSplitter {

    /** How many bytes of a line over the limit are kept, or the limit if that is less. */
    private static final int KEPT_BYTES_MAX = 64 << 10;

    private final Slabs slabs;
    private final @Nullable Text source;
    private final int lineBytesMax;
    private final int keptBytes;
    private final int readBytesMin;

    private byte[] slab;
    private int begin;
    private int scanned;
    private int end;
    // Of the line at begin.
    private long position;
    private long lastClaim = -1;
    private boolean skipping;
    private long skipped;
    private byte lastSkipped;
    // What stands before begin, as far as it was in one piece.
    private final Tail tail = new Tail();
    private int tailFrom;

    LineSplitter(LineSettings settings) {
        slabs = settings.slabs();
        source = settings.source();
        lineBytesMax = settings.lineBytesMax();
        keptBytes = Math.min(KEPT_BYTES_MAX, lineBytesMax);
        readBytesMin = settings.readBytesMin();
        slab = new byte[0];
    }

    /** Claims events for the lines that are complete, at most {@code max}; returns how many. */
    int split(Intake<LogEvent> intake, int max) {
        byte[] bytes = slab;
        int from = begin;
        int scan = scanned;
        int claims = 0;
        tailFrom = from;
        while (claims < max) {
            int newline = Newlines.find(bytes, scan, end);
            if (newline < 0) {
                begin = from;
                scanned = end;
                dropIfTooLong();
                return claimed(intake, claims);
            }
            int lineEnd = newline > from && bytes[newline - 1] == '\r' ? newline - 1 : newline;
            if (skipping || lineEnd - from > lineBytesMax) {
                begin = from;
                claimCut(intake, newline, true);
            } else {
                claim(intake).wrapLine(bytes, from, lineEnd - from);
            }
            position += newline + 1 - from;
            from = newline + 1;
            scan = from;
            claims++;
        }
        begin = from;
        scanned = scan;
        return claimed(intake, claims);
    }

    private int claimed(Intake<LogEvent> intake, int claims) {
        if (claims > 0) {
            lastClaim = intake.claimed();
            tail.add(slab, tailFrom, begin);
        }
        return claims;
    }

    private LogEvent claim(Intake<LogEvent> intake) {
        LogEvent event = intake.claim(position);
        if (source != null) {
            event.fields().putText(Keys.SOURCE, source);
        }
        return event;
    }

    /** Claims an event for the line at {@link #begin}, which ends before {@code lineEnd} and is over the limit. */
    private void claimCut(Intake<LogEvent> intake, int lineEnd, boolean newline) {
        int rest = lineEnd - begin - keptBytes;
        byte last = rest > 0 ? slab[lineEnd - 1] : lastSkipped;
        long cut = skipped + rest - (newline && last == '\r' ? 1 : 0);
        LogEvent event = claim(intake);
        event.wrapLine(slab, begin, keptBytes);
        event.setBytesCut((int) Math.min(cut, Integer.MAX_VALUE));
        if (skipping) {
            tail.clear();
            tailFrom = begin + keptBytes;
        }
        position += skipped;
        skipping = false;
        skipped = 0;
    }

    /** Gives up the end of a line that is over the limit whatever comes: it may still be its {@code \r} that is over. */
    private void dropIfTooLong() {
        int keptEnd = begin + keptBytes;
        if ((!skipping && end - begin <= lineBytesMax + 1) || end == keptEnd) {
            return;
        }
        skipping = true;
        skipped += end - keptEnd;
        lastSkipped = slab[end - 1];
        end = keptEnd;
        scanned = keptEnd;
    }

    /** Claims an event for a last line that has no line end, if there is one; the bytes that follow are another input's. */
    boolean finish(Intake<LogEvent> intake) {
        if (begin == end) {
            return false;
        }
        int length = end - begin;
        tailFrom = begin;
        if (skipping || length > lineBytesMax) {
            claimCut(intake, end, false);
        } else {
            claim(intake).wrapLine(slab, begin, length);
        }
        position += length;
        begin = end;
        scanned = end;
        claimed(intake, 1);
        return true;
    }

    /** Makes room to read; returns {@code false} if all slabs are in use by events that have not left the ring. */
    boolean makeRoom(long released) {
        if (slab.length - end >= readBytesMin) {
            return true;
        }
        byte[] to = slab;
        if (lastClaim > released || slab.length == 0) {
            byte[] next = slabs.take(released);
            if (next == null) {
                return false;
            }
            if (slab.length > 0) {
                slabs.retire(slab, lastClaim);
            }
            to = next;
            lastClaim = -1;
        }
        System.arraycopy(slab, begin, to, 0, end - begin);
        slab = to;
        scanned -= begin;
        end -= begin;
        begin = 0;
        return true;
    }

    /** The slab to read into, from {@link #end}, at most {@link #room} bytes; then say how many by {@link #filled}. */
    byte[] slab() {
        return slab;
    }

    int end() {
        return end;
    }

    int room() {
        return slab.length - end;
    }

    void filled(int count) {
        end += count;
    }

    /** Goes to another input, at its line that begins behind {@code before}. */
    void next(Tail before) {
        tail.set(before);
    }

    /** Forgets what was read of a line without its end; whoever calls this reads it again. */
    void forget() {
        end = begin;
        scanned = begin;
        skipping = false;
        skipped = 0;
    }

    /** Lets the next line have this position. Before anything is read. */
    void startAt(long first) {
        position = first;
    }

    /** The position of the next line. */
    long lineBegin() {
        return position;
    }

    /** The last bytes before the next line. */
    Tail tail() {
        return tail;
    }

    /** The position behind the last byte that was read. */
    long position() {
        return position + unfinished();
    }

    /** How many bytes of a line without its end there are. */
    long unfinished() {
        return end - begin + skipped;
    }
}
