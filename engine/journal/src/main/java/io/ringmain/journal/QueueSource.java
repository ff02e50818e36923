package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import io.ringmain.journal.internal.queue.ForeignQueue;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The excerpts of a Chronicle queue that another program has written, one event each, up to the last one that is there. An event's position is the excerpt's index.
 *
 * <p>Thread: as {@link Source}. Nothing is written into the queue.
 *
 * @param <E> the event
 */
public final class QueueSource<E> implements Source<E>, Stateful {

    private static final int FORMAT = 1;
    private static final long NONE = -1;

    /**
     * Fills an event from an excerpt.
     *
     * @param <E> the event
     */
    @FunctionalInterface
    public interface Filler<E> {

        /** Fills {@code event}, which is clear, from the first {@code length} of {@code bytes}, which are used again for the next. */
        void fill(E event, byte[] bytes, int length) throws Exception;
    }

    private final Path directory;
    private final boolean text;
    private final Filler<? super E> filler;
    private @Nullable ForeignQueue queue;
    // Of the last one that was claimed.
    private long index = NONE;
    private volatile long bytesRead;

    private QueueSource(Path directory, boolean text, Filler<? super E> filler) {
        this.directory = requireNonNull(directory, "directory");
        this.text = text;
        this.filler = requireNonNull(filler, "filler");
    }

    /** Returns a source of the excerpts in {@code directory} that were written as text; {@code filler} is given UTF-8. */
    public static <E> QueueSource<E> text(Path directory, Filler<? super E> filler) {
        return new QueueSource<>(directory, true, filler);
    }

    /** Returns a source of the excerpts in {@code directory} that were written as bytes. */
    public static <E> QueueSource<E> bytes(Path directory, Filler<? super E> filler) {
        return new QueueSource<>(directory, false, filler);
    }

    @Override
    public void open() throws IOException {
        var opened = new ForeignQueue(directory, text);
        try {
            if (index != NONE) {
                opened.goBehind(index);
            }
        } catch (Throwable failure) {
            opened.close();
            throw failure;
        }
        queue = opened;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // There is one writer.
    public Status fill(Intake<E> intake, int max) throws Exception {
        ForeignQueue from = requireNonNull(queue, "not open");
        for (int i = 0; i < max; i++) {
            if (!from.next()) {
                return Status.END;
            }
            filler.fill(intake.claim(from.index()), from.bytes(), from.length());
            index = from.index();
            bytesRead += from.length();
        }
        return Status.READY;
    }

    @Override
    public long bytesRead() {
        return bytesRead;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeLong(index);
    }

    @Override
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException(directory + ": a place of format " + format + " (expected: " + FORMAT + ')');
        }
        index = in.readLong();
    }

    @Override
    public void close() {
        if (queue != null) {
            queue.close();
            queue = null;
        }
    }
}
