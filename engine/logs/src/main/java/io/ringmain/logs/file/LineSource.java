package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import java.io.IOException;

/**
 * A source of lines out of bytes; the lines are not copied, their events refer to where they were read.
 *
 * <p>A line ends with {@code \n} or {@code \r\n}; the last one of an input may lack it. An empty line is a line. Bytes are taken as they
 * are, NUL and what is no UTF-8 too. Of a line over the limit the first 64 KiB are kept (less if the limit is), and
 * {@link LogEvent#bytesCut} says how many are not; the stage {@link io.ringmain.logs.parse.CheckLine} rejects such lines.
 *
 * <p>The position of an event is the offset of its line in all the bytes of the source, decompressed, inputs one after the other.
 *
 * <p>Thread: as {@link Source}; what it tells about itself may be asked from any thread, also after {@link #close}. Nothing allocates per
 * event. Errors: {@link #fill} throws an {@link IOException} when its input cannot be read; all complete lines before that were given.
 */
public abstract class LineSource implements Source<LogEvent> {

    private final LineSettings settings;
    private final LineSplitter splitter;
    // Before the first input, and behind each one's last byte.
    private boolean between = true;

    LineSource(LineSettings settings) {
        this.settings = requireNonNull(settings, "settings");
        splitter = new LineSplitter(settings);
    }

    /** Goes to the next input; returns {@code false} if there is none. */
    abstract boolean next() throws IOException;

    /** Reads at most {@code length} bytes, 0 if there are none now, -1 at the end of this input. Must not block. */
    abstract int read(byte[] to, int offset, int length) throws IOException;

    @Override
    public final Status fill(Intake<LogEvent> intake, int max) throws IOException {
        // A call gives lines first or reads first: so whatever reading throws takes no line back.
        if (splitter.split(intake, max) > 0) {
            return Status.READY;
        }
        if (between) {
            if (splitter.finish(intake)) {
                return Status.READY;
            }
            between = !next();
            return between ? Status.END : Status.READY;
        }
        if (!splitter.makeRoom(intake.released())) {
            return Status.HELD;
        }
        int count = read(splitter.slab(), splitter.end(), splitter.room());
        if (count == 0) {
            return Status.IDLE;
        }
        if (count < 0) {
            between = true;
        } else {
            splitter.filled(count);
            splitter.split(intake, max);
        }
        return Status.READY;
    }

    final LineSettings settings() {
        return settings;
    }

    /** The position behind the last byte that was read. The intake thread's. */
    final long position() {
        return splitter.position();
    }

    /** The position of the next line: behind the last one that was claimed. The intake thread's. */
    final long lineBegin() {
        return splitter.lineBegin();
    }

    /** The last bytes of this input before {@link #lineBegin}. The intake thread's. */
    final Tail beforeLine() {
        return splitter.tail();
    }

    /** Says what stands in an input before what is read next of it. Only from {@link #next}. */
    final void begin(Tail before) {
        splitter.next(before);
    }

    /** Forgets what was read of a line without its end; it must be read again. Only from {@link #read}. */
    final void forget() {
        splitter.forget();
    }

    /** Lets the first line have this position. Before anything is read. */
    final void startAt(long position) {
        splitter.startAt(position);
    }

    /** What to say of a line whose end could not be read; empty if there is none. The intake thread's. */
    final String unfinished() {
        long bytes = splitter.unfinished();
        return bytes == 0
                ? ""
                : "; of the line that stands there " + bytes + " bytes were read, they are not delivered";
    }

    /** How many bytes were read from outside, compressed ones as they are. Any thread. */
    @Override
    public abstract long bytesRead();

    /** How many bytes there are in all, to compare with {@link #bytesRead}; -1 if that is not known. Any thread. */
    public abstract long bytesTotal();

    /** Says for people where the line with this position stands. Any thread. Allocates. */
    public abstract String where(long position);
}
