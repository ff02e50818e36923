package io.ringmain.journal.internal.queue;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Reads the excerpts of one file in order, also while it is written, and also when it is damaged. It knows the file's format and nothing of the library
 * that writes it: reading takes no lock, and nothing that stands in a file can make it fail.
 *
 * <p>A file begins with a header of the queue, and has among the excerpts some that are the queue's own; both are passed over. A word of 0 is where the next
 * excerpt will be; the writer sets it last.
 *
 * <p>Thread: one at a time. Allocates when an excerpt is larger than those before.
 */
public final class CycleCursor implements Closeable {

    /** What {@link #next} has come to. */
    public enum Found {
        /** An excerpt; it can be looked at until the next call. */
        EXCERPT,
        /** The place where the next one will be written. */
        NOTHING_YET,
        /** The end: the file is finished. */
        END,
        /** Something that nobody writes; {@link #damage} says what. The cursor stays there. */
        DAMAGE
    }

    /** In the word of what is the queue's own. */
    static final int INTERNAL = 1 << 30;

    private static final int INCOMPLETE = 1 << 31;
    private static final int LENGTH_MASK = INTERNAL - 1;

    /** The word at the end of a file. */
    static final int FINISHED = INCOMPLETE | INTERNAL;

    private static final int WINDOW_BYTES = 256 << 10;

    private static final int REMAINS_BYTES = 256;
    private static final byte[] NO_REMAINS = new byte[REMAINS_BYTES];

    private final CycleFile file;
    private final FileChannel channel;
    private final CRC32C sum = new CRC32C();
    // What of the file was read last.
    private byte[] window = new byte[WINDOW_BYTES];
    private long windowAt;
    private int windowLength;
    private long position;
    private long nextPosition;
    private long nextSequence;
    // As it was when last asked for: files do not shrink, and asking costs more than reading an excerpt.
    private long size;
    private int offset;
    private int length;
    private String damage = "";

    /** Opens {@code file} at its beginning. */
    public CycleCursor(CycleFile file) throws IOException {
        this.file = file;
        channel = FileChannel.open(file.path(), StandardOpenOption.READ);
    }

    /** Goes to the next excerpt, or as far as it can. */
    public Found next() throws IOException {
        while (true) {
            position = nextPosition;
            if (!load(position, Excerpt.WORD_BYTES)) {
                return channel.size() == 0 ? Found.NOTHING_YET : damaged("the file ends at " + channel.size());
            }
            int word = intAt(position);
            if (word == 0) {
                forget(position);
                if (!load(position, Excerpt.WORD_BYTES) || intAt(position) == 0) {
                    return Found.NOTHING_YET;
                }
                continue;
            }
            if (word == FINISHED) {
                return Found.END;
            }
            if ((word & INCOMPLETE) != 0) {
                return position == 0 ? Found.NOTHING_YET : damaged("a word of " + Integer.toHexString(word));
            }
            long end = position + Excerpt.WORD_BYTES + (word & LENGTH_MASK);
            if (end > size && !hasGrownTo(end)) {
                return damaged("the file ends at " + channel.size() + ", before the excerpt does at " + end);
            }
            if ((word & INTERNAL) == 0) {
                return isWhole(word, true) ? Found.EXCERPT : Found.DAMAGE;
            }
            nextPosition = aligned(end);
        }
    }

    private boolean hasGrownTo(long end) throws IOException {
        size = channel.size();
        return end <= size;
    }

    /** Goes to the next excerpt that is whole, past damage; {@code false} if there is none now. */
    public boolean nextWhole() throws IOException {
        Found found = next();
        while ((found == Found.DAMAGE || (found == Found.NOTHING_YET && file.isAside())) && findBehind()) {
            found = next();
        }
        return found == Found.EXCERPT;
    }

    /** Whether something stands where nothing was ended: an excerpt that was begun, or what the disk has brought there. */
    public boolean hasRemains() throws IOException {
        int count = (int) Math.min(REMAINS_BYTES, channel.size() - position);
        if (count <= 0 || !load(position, count)) {
            return false;
        }
        int from = (int) (position - windowAt);
        return Arrays.mismatch(window, from, from + count, NO_REMAINS, 0, count) >= 0;
    }

    /** Whether a whole excerpt is at {@link #position} under {@code word}; if so, it is the one that is looked at. */
    private boolean isWhole(int word, boolean isTriedAgain) throws IOException {
        long at = position + Excerpt.WORD_BYTES;
        int all = word & LENGTH_MASK;
        if (all < Excerpt.FRAME_BYTES || all > Excerpt.PAYLOAD_BYTES_MAX + Excerpt.FRAME_BYTES || !load(at, all)) {
            damage = "an excerpt of " + all + " bytes";
            return false;
        }
        int index = (int) (at - windowAt);
        sum.reset();
        sum.update(window, index, all - Integer.BYTES);
        long id = (long) Excerpt.LONG.get(window, index + Integer.BYTES);
        if (!Excerpt.isMark(intAt(at))
                || (int) sum.getValue() != intAt(at + all - Integer.BYTES)
                || Excerpt.cycle(id) != file.cycle()) {
            if (isTriedAgain) {
                // It may have been read while it was written: its word is set last, but was read first.
                forget(position);
                return isWhole(word, false);
            }
            damage = "an excerpt with another checksum";
            return false;
        }
        offset = index;
        length = all;
        nextPosition = aligned(at + all);
        nextSequence = Excerpt.sequence(id) + 1;
        return true;
    }

    private Found damaged(String what) {
        damage = what;
        return Found.DAMAGE;
    }

    /**
     * Looks for a whole excerpt behind where the cursor has stopped, and goes there, so that {@link #next} finds it.
     *
     * @return whether there is one
     */
    public boolean findBehind() throws IOException {
        long from = position;
        long size = channel.size();
        String known = damage;
        for (long at = aligned(from + 1); at + Excerpt.WORD_BYTES + Excerpt.FRAME_BYTES <= size; at += 4) {
            if (!load(at, 2 * Excerpt.WORD_BYTES)) {
                break;
            }
            int word = intAt(at);
            if ((word & FINISHED) != 0 || word == 0 || !Excerpt.isMark(intAt(at + Excerpt.WORD_BYTES))) {
                continue;
            }
            position = at;
            if (isWhole(word, false)) {
                nextPosition = at;
                return true;
            }
        }
        position = from;
        damage = known;
        return false;
    }

    private static long aligned(long position) {
        return position + 3 & -4L;
    }

    private int intAt(long at) {
        return (int) Excerpt.INT.get(window, (int) (at - windowAt));
    }

    /** Drops what was read from {@code at} on. */
    private void forget(long at) {
        windowLength = (int) Math.max(0, Math.min(windowLength, at - windowAt));
    }

    /** Makes sure that {@code count} bytes at {@code at} are in the window; {@code false} if the file is shorter. */
    private boolean load(long at, int count) throws IOException {
        if (at >= windowAt && at + count <= windowAt + windowLength) {
            return true;
        }
        if (window.length < count) {
            window = Arrays.copyOf(window, Math.max(count, 2 * window.length));
        }
        windowAt = at;
        windowLength = 0;
        ByteBuffer to = ByteBuffer.wrap(window);
        while (to.position() < count) {
            int read = channel.read(to, at + to.position());
            if (read <= 0) {
                break;
            }
        }
        windowLength = to.position();
        return windowLength >= count;
    }

    /** The file that is read. */
    public CycleFile file() {
        return file;
    }

    /** Where the excerpt, or the damage, begins in the file; or where the next one will be. */
    public long position() {
        return position;
    }

    /** How many excerpts there were, damaged ones counted if one behind them was whole. */
    public long nextSequence() {
        return nextSequence;
    }

    /** What is wrong at {@link #position}. */
    public String damage() {
        return damage;
    }

    /** What the writer said that the excerpt is. */
    public int kind() {
        return Excerpt.kind((int) Excerpt.INT.get(window, offset));
    }

    /** The excerpt's number. */
    public long id() {
        return (long) Excerpt.LONG.get(window, offset + Integer.BYTES);
    }

    /** Where the payload lies, from {@link #offset}, {@link #length} bytes; to be read, and only until the next call. */
    public byte[] bytes() {
        return window;
    }

    /** The payload's place in {@link #bytes}. */
    public int offset() {
        return offset + Excerpt.HEAD_BYTES;
    }

    /** How many bytes the payload has. */
    public int length() {
        return length - Excerpt.FRAME_BYTES;
    }

    /** Whether the excerpt has this kind and payload. */
    boolean is(int otherKind, byte[] from, int at, int count) {
        return kind() == otherKind && Arrays.equals(window, offset(), offset() + length(), from, at, at + count);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
