package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import io.ringmain.journal.LetterFormat.Head;
import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.journal.internal.queue.QueueFiles;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.LetterCodec;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Takes letters from any lane and writes them from a thread of its own.
 *
 * <p>Two buffers: lanes encode into one under a short lock while the thread writes what is in the other; then they change places. What gathers meanwhile is
 * one round, and is made durable together. What cannot be written stays, in order, and is tried again until it can; then the other buffer
 * fills up, and there is no room.
 */
final class LetterWriter {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    /** How often what could not be written is tried again. */
    private static final long AGAIN_MS = 100;

    private static final long CLOSE_MS_MAX = 30_000;

    /** A letter without its event is smaller than this. */
    private static final int RECORD_BYTES_MAX = QueueFiles.PAYLOAD_BYTES_MAX;

    private final QueueFiles files;
    private final KeptFiles kept;
    private final Keeping keeping;
    private final MarkTable marks;
    private final LongSupplier epochNs;
    private final Thread thread;
    private final Encoder mark = new Encoder(LetterFormat.MARK_BYTES);
    // Of letters that are tried again, until their mark is written: what they have become.
    private final Long2LongHashMap children = new Long2LongHashMap(LetterFormat.NONE);
    private final CountDownLatch closing = new CountDownLatch(1);
    private Encoder writing;
    private List<Mark> markings = new ArrayList<>();
    private long publishedBytes;
    private long roundCount;
    private final List<FutureTask<?>> performing = new ArrayList<>();

    private final Object lock = new Object();
    private final Head head = new Head();
    private Encoder filling;
    private List<Mark> marked = new ArrayList<>();
    private final List<FutureTask<?>> tasks = new ArrayList<>();
    private long accepted;
    private long done;
    private long allocatedBytes;
    private boolean isIdle;
    private boolean isClosing;
    private long failures;
    private @Nullable Throwable failure;
    private @Nullable Throwable death;

    LetterWriter(String name, Store store, int bufferBytes, long run, long number) throws IOException {
        files = store.files();
        kept = store.kept();
        keeping = store.keeping();
        marks = store.marks();
        epochNs = store.epochNs();
        filling = new Encoder(bufferBytes);
        writing = new Encoder(bufferBytes);
        head.run = run;
        head.number = number;
        allocatedBytes = files.allocatedBytes();
        thread = new Thread(this::run, name);
        thread.setDaemon(true);
    }

    /** What a writer writes to. */
    record Store(QueueFiles files, KeptFiles kept, Keeping keeping, MarkTable marks, LongSupplier epochNs) {}

    void start() {
        thread.start();
    }

    /**
     * Takes a letter of {@code failed}; of one that was tried again, with what {@code before} says of the letter that it was.
     *
     * @return {@code false} when there is no room
     */
    <E> boolean add(FailedEvent<E> failed, LetterCodec<E> codec, @Nullable Flight before) {
        long timeNs = epochNs.getAsLong();
        synchronized (lock) {
            requireAlive();
            head.source = before == null ? failed.source() : before.source();
            head.position = before == null ? failed.position() : before.position();
            head.lasts = before == null && failed.positionLasts();
            head.attempts = failed.attempts() + (before == null ? 0 : before.attempts());
            head.parent = before == null ? LetterFormat.NONE : before.id();
            head.timeNs = timeNs;
            if (!encode(failed, codec)) {
                return false;
            }
            accepted++;
            wake();
            return true;
        }
    }

    private <E> boolean encode(FailedEvent<E> failed, LetterCodec<E> codec) {
        Encoder to = filling;
        int start = to.position();
        head.number++;
        boolean isTaken = write(to, failed, codec);
        if (!isTaken && start == 0) {
            // It has the buffer for itself, so that is too small.
            int needed = to.position();
            head.isEventless = needed < 0 || needed > RECORD_BYTES_MAX;
            to.grow(head.isEventless ? to.capacity() : needed);
            isTaken = write(to, failed, codec);
            head.isEventless = false;
        }
        isTaken &= hasRoomFor(to.position());
        if (!isTaken) {
            head.number--;
            to.moveTo(start);
        }
        return isTaken;
    }

    private <E> boolean write(Encoder to, FailedEvent<E> failed, LetterCodec<E> codec) {
        int start = to.position();
        to.skip(Integer.BYTES);
        LetterFormat.write(to, failed, codec, head);
        if (to.isOver()) {
            return false;
        }
        to.putInt(start, to.position() - start - Integer.BYTES);
        return true;
    }

    /** Whether there is room in the files for the other buffer and so many bytes of this one. */
    private boolean hasRoomFor(int bytes) {
        return keeping.whenOutgrown() != WhenOutgrown.FULL
                || allocatedBytes + writing.position() + QueueFiles.bytesTaken(bytes) <= keeping.bytesMax();
    }

    /** Takes marks; they are written behind the letters that were taken before. */
    void mark(List<Mark> more) {
        synchronized (lock) {
            requireAlive();
            // Known at once: nobody may give the letter back meanwhile.
            more.forEach(marks::add);
            marked.addAll(more);
            accepted += more.size();
            wake();
        }
    }

    /** Lets the writer's thread do {@code task}, behind what was taken before, and waits for that. */
    <T> T perform(Callable<T> task) throws IOException {
        var future = new FutureTask<>(() -> {
            T result = task.call();
            // Before anybody goes on: there may be room now.
            publishAllocated();
            return result;
        });
        synchronized (lock) {
            requireAlive();
            tasks.add(future);
            wake();
        }
        try {
            return future.get();
        } catch (ExecutionException failed) {
            throw new IOException(files + ": " + failed.getCause(), failed.getCause());
        } catch (CancellationException closed) {
            throw new IOException(files + ": was closed meanwhile", closed);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("The writer of dead letters was not waited for.");
        }
    }

    private void requireAlive() {
        if (death != null || isClosing) {
            throw new IllegalStateException("deadLetters: " + files + " is not being written (expected: open)", death);
        }
    }

    private void wake() {
        if (isIdle) {
            lock.notifyAll();
        }
    }

    /** How many letters of the run have been taken. */
    long number() {
        synchronized (lock) {
            return head.number;
        }
    }

    /** Waits until all that was taken is as safe as it gets. Fails when an attempt to write it does; it is tried again nevertheless. */
    void flush() throws IOException {
        synchronized (lock) {
            long target = accepted;
            long before = failures;
            while (done < target) {
                if (failures != before || death != null) {
                    throw new IOException(
                            files + ": dead letters cannot be written; they are held back",
                            death == null ? failure : death);
                }
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new InterruptedIOException("Dead letters were not waited for.");
                }
            }
        }
    }

    /** Writes what was taken, as far as that is possible at once, and ends the thread. */
    void close() throws IOException {
        synchronized (lock) {
            isClosing = true;
            lock.notifyAll();
        }
        closing.countDown();
        try {
            thread.join(CLOSE_MS_MAX);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (lock) {
            if (done < accepted) {
                throw new IOException(
                        files + ": " + (accepted - done) + " dead letters and marks were not written, and are lost",
                        death == null ? failure : death);
            }
        }
    }

    private void run() {
        try {
            boolean goesOn = awaitWork();
            while (goesOn) {
                goesOn = writeRound() && awaitWork();
            }
        } catch (Throwable broken) {
            LOGGER.log(System.Logger.Level.ERROR, "The writer of dead letters has ended. path=" + files, broken);
            synchronized (lock) {
                death = broken;
                lock.notifyAll();
                tasks.forEach(task -> task.cancel(false));
            }
        }
    }

    /** Waits for letters or marks, and takes the buffer that they are in. */
    private boolean awaitWork() throws InterruptedException {
        synchronized (lock) {
            while (filling.position() == 0 && marked.isEmpty() && tasks.isEmpty()) {
                if (isClosing) {
                    return false;
                }
                isIdle = true;
                lock.wait();
                isIdle = false;
            }
            Encoder empty = writing;
            writing = filling;
            filling = empty;
            List<Mark> none = markings;
            markings = marked;
            marked = none;
            performing.addAll(tasks);
            tasks.clear();
            return true;
        }
    }

    /** Writes what is in the buffer; {@code false} if it was given up. */
    private boolean writeRound() throws InterruptedException {
        roundCount = 0;
        boolean isWhole = writeLetters() && writeMarks() && sync();
        synchronized (lock) {
            // When it is given up, what is left is counted as lost.
            done += roundCount;
            if (isWhole) {
                writing.moveTo(0);
                markings.clear();
            }
            if (isWhole && failure != null) {
                LOGGER.log(System.Logger.Level.INFO, "Dead letters are written again. path=" + files);
                failure = null;
            }
            lock.notifyAll();
        }
        performing.forEach(task -> {
            if (isWhole) {
                task.run();
            } else {
                task.cancel(false);
            }
        });
        performing.clear();
        return isWhole;
    }

    private boolean writeLetters() throws InterruptedException {
        int end = writing.position();
        for (int at = 0; at < end; at += Integer.BYTES + writing.intAt(at)) {
            if (!write(LetterFormat.LETTER, writing, at + Integer.BYTES, writing.intAt(at))) {
                return false;
            }
            roundCount++;
        }
        return true;
    }

    private boolean writeMarks() throws InterruptedException {
        for (Mark next : markings) {
            if (!writeMark(next)) {
                return false;
            }
            roundCount++;
        }
        return true;
    }

    private boolean sync() throws InterruptedException {
        while (true) {
            try {
                files.sync();
                return true;
            } catch (IOException unsynced) {
                if (!pauseAfter(unsynced)) {
                    return false;
                }
            }
        }
    }

    private boolean writeMark(Mark next) throws InterruptedException {
        long child = next.child();
        if (next.state() == LetterState.RETRIED) {
            long written = children.remove(next.letter());
            child = child == LetterFormat.NONE ? written : child;
        }
        LetterFormat.writeMark(mark, next, child);
        if (!write(LetterFormat.MARK, mark, 0, LetterFormat.MARK_BYTES)) {
            return false;
        }
        marks.add(new Mark(next.letter(), next.state(), child, next.timeNs()));
        return true;
    }

    private boolean write(int kind, Encoder from, int offset, int length) throws InterruptedException {
        while (true) {
            try {
                kept.makeRoom(length, epochNs.getAsLong());
                long id = files.append(kind, from.bytes(), offset, length);
                if (kind == LetterFormat.LETTER) {
                    written(id, from, offset);
                }
                publishAllocated();
                return true;
            } catch (IOException refused) {
                if (!pauseAfter(refused)) {
                    return false;
                }
            }
        }
    }

    /** Appends a letter that stands alone. The writer's thread only. */
    long append(byte[] letter) throws IOException {
        long id = files.append(LetterFormat.LETTER, letter, 0, letter.length);
        kept.add(CycleFile.cycleOf(id), epochNs.getAsLong());
        return id;
    }

    private void publishAllocated() throws IOException {
        long bytes = files.allocatedBytes();
        if (bytes != publishedBytes) {
            publishedBytes = bytes;
            synchronized (lock) {
                allocatedBytes = bytes;
            }
        }
    }

    private void written(long id, Encoder from, int offset) {
        kept.add(CycleFile.cycleOf(id), from.longAt(offset + LetterFormat.TIME_AT));
        long parent = from.longAt(offset + LetterFormat.PARENT_AT);
        if (parent != LetterFormat.NONE) {
            children.put(parent, id);
        }
    }

    /** Waits a while after a failure; {@code false} if there is no time for that. */
    private boolean pauseAfter(IOException refused) throws InterruptedException {
        synchronized (lock) {
            if (failure == null) {
                LOGGER.log(
                        System.Logger.Level.WARNING,
                        "There is no room for dead letters, or they cannot be written; they are held back until they can. path="
                                + files,
                        refused);
            }
            failure = requireNonNull(refused);
            failures++;
            lock.notifyAll();
            if (isClosing) {
                return false;
            }
        }
        // Closing ends the pause, so that there is a last attempt.
        closing.await(AGAIN_MS, TimeUnit.MILLISECONDS);
        return true;
    }
}
