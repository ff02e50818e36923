package io.ringmain.journal.internal.queue;

import static java.util.Objects.requireNonNull;

import io.ringmain.journal.internal.queue.CycleCursor.Found;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.function.Function;
import java.util.zip.CRC32C;
import org.agrona.collections.Long2LongHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory of numbered files that one process appends excerpts to: the writer's side of a queue.
 *
 * <p>The files roll when the current one is as large as it may be, and when somebody asks. Whole files are what is deleted. An excerpt that is appended is
 * in the system's memory and survives the end of the process; {@link #sync} makes it survive the end of the machine, if that was asked for.
 *
 * <p>When {@link #append} fails, the queue is closed, and opened again by the next call: that looks at what is in the file, so that the excerpt
 * is written once if it is given again at once.
 *
 * <p>Thread: one at a time. The library is loaded by the first {@link #append}.
 */
public final class QueueFiles implements AutoCloseable {

    /** The smallest size of a file at which it may roll: {@value}. */
    public static final long FILE_BYTES_MIN = 1 << 20;

    /** The most bytes of an excerpt: {@value}. */
    public static final int PAYLOAD_BYTES_MAX = Excerpt.PAYLOAD_BYTES_MAX;

    private static final long NOTHING = -1;

    private final Path directory;
    private final long fileBytesMax;
    private final boolean forced;
    private final Function<Path, Appender> library;
    private final byte[] head = new byte[Excerpt.HEAD_BYTES];
    private final byte[] tail = new byte[Integer.BYTES];
    private final CRC32C sum = new CRC32C();
    // Of files that are finished; gathered when somebody asks for the sum.
    private final Long2LongHashMap bytesOf = new Long2LongHashMap(NOTHING);
    private @Nullable DirectoryLock lock;
    private @Nullable Appender appender;
    private @Nullable CurrentFile current;
    private int nextCycle;
    private long finishedBytes = NOTHING;
    private long pendingId = NOTHING;
    private boolean isFileNew;
    private boolean isUnsynced;
    private @Nullable IOException unforced;

    /**
     * Makes the writer of {@code directory}, which is made when it is opened.
     *
     * @param fileBytesMax how large a file gets, at least {@value #FILE_BYTES_MIN}; a single excerpt always has room
     * @param forced whether {@link #sync} forces to the disk
     */
    public QueueFiles(Path directory, long fileBytesMax, boolean forced) {
        this(directory, fileBytesMax, forced, ChronicleAppender::new);
    }

    QueueFiles(Path directory, long fileBytesMax, boolean forced, Function<Path, Appender> library) {
        this.library = library;
        this.directory = directory;
        this.fileBytesMax = fileBytesMax;
        this.forced = forced;
    }

    /** Takes the directory's lock and sees what is there; fails if Java was started without the flags that writing needs. */
    public void open() throws IOException {
        JavaFlags.require();
        lock = DirectoryLock.take(directory);
        try {
            settle();
        } catch (Throwable failure) {
            close();
            throw failure;
        }
    }

    /** Puts the files into an order that the queue can go on from. */
    private void settle() throws IOException {
        List<CycleFile> files = CycleFile.list(directory);
        CycleFile last = null;
        for (CycleFile file : files) {
            // Numbers are not given twice, not even those of a file that had none to give.
            nextCycle = file.cycle() + 1;
            if (file.isAside() || !isDropped(file)) {
                last = file;
            }
        }
        if (last != null && !last.isAside()) {
            goOnWith(last);
        }
    }

    /** Deletes {@code file} if it was never begun: the queue would wait for whoever makes it. */
    private static boolean isDropped(CycleFile file) throws IOException {
        try (var cursor = new CycleCursor(file)) {
            boolean isEmpty = cursor.next() == Found.NOTHING_YET && cursor.position() == 0 && !cursor.findBehind();
            if (isEmpty) {
                Files.delete(file.path());
            }
            return isEmpty;
        }
    }

    private void goOnWith(CycleFile last) throws IOException {
        try (var cursor = new CycleCursor(last)) {
            Found found = pass(cursor);
            if (found == Found.END) {
                return;
            }
            if (found == Found.DAMAGE || cursor.findBehind()) {
                setAside(last);
                return;
            }
            current = CurrentFile.goOn(last, cursor.position(), cursor.nextSequence());
        }
    }

    private static Found pass(CycleCursor cursor) throws IOException {
        Found found = cursor.next();
        while (found == Found.EXCERPT) {
            found = cursor.next();
        }
        return found;
    }

    /** Puts a damaged file out of the way of the library, which may stumble over it. What is whole in it can still be read. */
    private static void setAside(CycleFile file) throws IOException {
        Files.move(file.path(), file.aside().path());
    }

    /** The files, oldest first. */
    public List<CycleFile> files() throws IOException {
        return CycleFile.list(directory);
    }

    /** The number that the next excerpt of {@code length} bytes will have. */
    public long nextId(int length) {
        CurrentFile file = current;
        return file == null || isFull(file, length)
                ? Excerpt.id(nextCycle, 0)
                : Excerpt.id(file.file().cycle(), file.excerptCount());
    }

    private boolean isFull(CurrentFile file, int length) {
        return file.excerptCount() > 0 && file.end() + Excerpt.WORD_BYTES + length + Excerpt.FRAME_BYTES > fileBytesMax;
    }

    /**
     * Appends an excerpt.
     *
     * @param kind what it is, from 0 to 127
     * @param length at most 64 MiB
     * @return its number
     * @throws IOException if it is not there, for want of room most likely; give the same one again
     */
    public long append(int kind, byte[] from, int offset, int length) throws IOException {
        requireNonNull(lock, "not open");
        if (length > Excerpt.PAYLOAD_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "length: " + length + " (expected: <= " + Excerpt.PAYLOAD_BYTES_MAX + ')');
        }
        if (pendingId != NOTHING) {
            boolean isThere = isThereAlready(kind, from, offset, length);
            long id = pendingId;
            pendingId = NOTHING;
            isUnsynced = true;
            if (isThere) {
                return id;
            }
        }
        boolean isRoomTaken = false;
        try {
            Appender to = appender();
            CurrentFile file = takeRoom(from, offset, length);
            isRoomTaken = true;
            to.roll(file.file().cycle());
            pendingId = Excerpt.id(file.file().cycle(), file.excerptCount());
            frame(kind, from, offset, length);
            long id = file.takesPayload(length)
                    ? to.appendAround(head, file.payloadAt(), length, tail)
                    : to.append(head, from, offset, length, tail);
            if (id != pendingId) {
                throw new IOException("the queue wrote number " + id + " (expected: " + pendingId + ')');
            }
        } catch (Throwable failure) {
            if (isRoomTaken) {
                // Whatever it is: what is mapped may be torn, so nothing more is written through this one.
                drop();
            }
            throw new IOException(directory + ": cannot be written: " + failure, failure);
        }
        return done();
    }

    private long done() {
        long id = pendingId;
        requireNonNull(current, "current")
                .written(requireNonNull(appender, "appender").end());
        pendingId = NOTHING;
        isUnsynced = true;
        return id;
    }

    /** After a failure: whether this very excerpt got into the file nevertheless. Sees what the file is, and goes on with it if it can be gone on with. */
    private boolean isThereAlready(int kind, byte[] from, int offset, int length) throws IOException {
        CurrentFile file = current;
        if (file == null) {
            return false;
        }
        try (var cursor = new CycleCursor(file.file())) {
            boolean isThere = false;
            Found found = cursor.next();
            while (found == Found.EXCERPT) {
                isThere = cursor.id() == pendingId && cursor.is(kind, from, offset, length);
                found = cursor.next();
            }
            file.close();
            current = null;
            // Fewer than were written: somebody has cut it, and what reads as room was not.
            boolean isCut = cursor.nextSequence() < file.excerptCount();
            if (found != Found.NOTHING_YET || isCut) {
                setAside(file.file());
            } else if (cursor.position() > 0) {
                current = CurrentFile.goOn(file.file(), cursor.position(), cursor.nextSequence());
            } else {
                // The queue would wait for whoever makes it.
                Files.delete(file.file().path());
                nextCycle = file.file().cycle();
            }
            return isThere;
        }
    }

    /** Sees that the disk has blocks for the excerpt, in a file that takes it; one that is large is written there already. */
    private CurrentFile takeRoom(byte[] from, int offset, int length) throws IOException {
        CurrentFile file = current;
        if (file != null && !isFull(file, length)) {
            if (file.takesPayload(length)) {
                file.put(from, offset, length);
            } else {
                file.takeRoom(length + Excerpt.FRAME_BYTES);
            }
            return file;
        }
        // Room for the new one first: as long as there is none, the old one stays.
        CurrentFile next = CurrentFile.begin(CycleFile.of(directory, nextCycle), length + Excerpt.FRAME_BYTES);
        try {
            finish(file);
        } catch (IOException failure) {
            next.close();
            Files.delete(next.file().path());
            throw failure;
        }
        current = next;
        nextCycle++;
        isFileNew = true;
        return next;
    }

    private void finish(@Nullable CurrentFile file) throws IOException {
        if (file == null) {
            return;
        }
        if (forced) {
            force(file);
        }
        file.close();
        if (finishedBytes == NOTHING) {
            bytesOf.put(file.file().cycle(), file.allocatedBytes());
        } else {
            noteFinished(file.file(), file.allocatedBytes());
        }
    }

    private void force(CurrentFile file) throws IOException {
        if (unforced == null) {
            try {
                file.force();
            } catch (IOException failure) {
                // The system forgets which pages it could not write, so that a second attempt would succeed with
                // nothing done.
                unforced = failure;
            }
        }
        if (unforced != null) {
            throw new IOException(file.file().path() + ": could not be forced to the disk", unforced);
        }
    }

    private void frame(int kind, byte[] from, int offset, int length) {
        Excerpt.INT.set(head, 0, Excerpt.mark(kind));
        Excerpt.LONG.set(head, Integer.BYTES, pendingId);
        sum.reset();
        sum.update(head);
        sum.update(from, offset, length);
        Excerpt.INT.set(tail, 0, (int) sum.getValue());
    }

    /** Opened before a new file is made: it would wait for whoever makes it. */
    private Appender appender() throws IOException {
        Appender known = appender;
        if (known == null) {
            // It has locks that name dead processes, or this one before a failure, and nothing else that the files do
            // not say.
            Files.deleteIfExists(directory.resolve("metadata.cq4t"));
            known = library.apply(directory);
            appender = known;
        }
        return known;
    }

    private void drop() {
        Appender broken = appender;
        appender = null;
        if (broken != null) {
            try {
                broken.close();
            } catch (Throwable again) {
                // The failure that led here says more.
            }
        }
    }

    /** Makes what was appended survive the end of the machine, if that was asked for; else does nothing. */
    public void sync() throws IOException {
        CurrentFile file = current;
        if (!forced || !isUnsynced || file == null) {
            return;
        }
        force(file);
        if (isFileNew) {
            // Else the file's name may be lost with the power.
            try (FileChannel names = FileChannel.open(directory, StandardOpenOption.READ)) {
                names.force(true);
            }
            isFileNew = false;
        }
        isUnsynced = false;
    }

    /**
     * Looks whether the file that is written still has its name: one that was deleted or moved would be written on, and nobody could read it.
     *
     * @throws IOException if it has not
     */
    public void requireThere() throws IOException {
        CurrentFile file = current;
        if (file != null && !file.isThere()) {
            throw new IOException(
                    file.file().path()
                            + ": was deleted, moved or replaced (expected: left alone while it is written); what was written since is lost");
        }
    }

    /** Lets the next excerpt begin a new file, so that the current one can be deleted. */
    public void roll() throws IOException {
        CurrentFile file = current;
        if (file != null && file.excerptCount() > 0 && pendingId == NOTHING) {
            finish(file);
            current = null;
        }
    }

    /** About how many bytes of disk all files take; sparse ends are not counted. The first call walks through the files that are there. */
    public long allocatedBytes() throws IOException {
        if (finishedBytes == NOTHING) {
            finishedBytes = 0;
            for (CycleFile file : files()) {
                if (!isCurrent(file)) {
                    long known = bytesOf.get(file.cycle());
                    noteFinished(file, known == NOTHING ? walkedBytes(file) : known);
                }
            }
        }
        return finishedBytes + (current == null ? 0 : current.allocatedBytes());
    }

    private static long walkedBytes(CycleFile file) throws IOException {
        try (var cursor = new CycleCursor(file)) {
            long size = Files.size(file.path());
            return pass(cursor) == Found.END ? Math.min(size, cursor.position() + bytesTaken(0)) : size;
        }
    }

    private void noteFinished(CycleFile file, long bytes) {
        bytesOf.put(file.cycle(), bytes);
        finishedBytes += bytes;
    }

    /** How many bytes an excerpt of {@code length} bytes may add to {@link #allocatedBytes}: more is taken ahead. */
    public static long bytesTaken(int length) {
        return CurrentFile.BYTES_AHEAD_MAX + (long) length;
    }

    /** Whether {@code file} is the one that is written. */
    public boolean isCurrent(CycleFile file) {
        CurrentFile now = current;
        return now != null && now.file().cycle() == file.cycle();
    }

    /** Deletes {@code file}, which is not the current one, with all that is in it. */
    public void delete(CycleFile file) throws IOException {
        if (isCurrent(file)) {
            throw new IllegalArgumentException(
                    file.path() + ": is being written (expected: a finished file); roll first");
        }
        Files.deleteIfExists(file.path());
        long bytes = bytesOf.remove(file.cycle());
        finishedBytes -= bytes == NOTHING ? 0 : bytes;
        if (appender != null) {
            appender.refresh();
        }
    }

    /** Syncs, and gives the directory back. */
    @Override
    public void close() throws IOException {
        try {
            if (lock != null) {
                sync();
            }
        } finally {
            drop();
            if (current != null) {
                current.close();
                current = null;
            }
            if (lock != null) {
                lock.close();
                lock = null;
            }
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
