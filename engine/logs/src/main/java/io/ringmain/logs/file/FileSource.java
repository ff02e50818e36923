package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.file.Recognition.Begin;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The lines of files, one file after the other: in the order given, and those of a glob in the order of their names. A file that is meant
 * twice is read twice. Files compressed by gzip or zstd are recognised by their first bytes, whatever they are called.
 *
 * <p>{@link #open} looks at all paths and says all that is wrong with them; a file is opened when it is its turn. A file that is then gone,
 * damaged, or was cut while it was read ends the source with an {@link IOException}, after all lines before that; it does not go on
 * with the next one, for nobody would see what is missing. What is added to a file before its end is reached is read too.
 *
 * <p>Where it stands can be saved, and another source of the same paths goes on there. It knows a file again by device, inode and what
 * was read of it, also if it was renamed within its directory meanwhile. A file that was cut or replaced is read from its beginning.
 *
 * <p>A source that follows its files does not end: it waits at their ends, and for those that are not there yet. It looks several times a
 * second which files there are.
 *
 * <ul>
 *   <li>A file that was renamed or deleted is read to its end, also what is written to it within a minute; then the one that has its name.
 *   <li>Files that are found together are read one after another, the one that was written to last in the end: so do those of a log that
 *       was rotated meanwhile keep their order. What is added to them later is read in turns.
 *   <li>A file that was cut, or written anew in place, is read from its beginning, and that is said; of a line that was cut in its middle the
 *       beginning is a line.
 *   <li>The last line of a file is none before its end is there; except of a file that was replaced or has lost its name, after a second.
 *   <li>Compressed files are passed over, and that is said: they do not grow. A glob should not take the copies that a rotation makes by
 *       copying or compressing: they are other files, and their lines would come twice.
 *   <li>What is rotated twice while nobody follows has no name that is known; let the glob take renamed files if that can be.
 * </ul>
 *
 * <p>Thread: as {@link LineSource}.
 */
public final class FileSource extends LineSource implements Stateful {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain.logs");
    private static final int SAVED_FORMAT = 1;
    private static final int PLACES_FOLLOWED = 4096;

    private final List<String> paths;
    private final Predicate<Path> readable;
    private final AtomicLong bytesRead = new AtomicLong();
    private volatile List<Path> files = List.of();
    private volatile long bytesTotal = -1;
    private volatile Places places = new Places(1);
    private List<FileMark> marks = List.of();
    private Consumer<String> notices = notice -> LOGGER.log(System.Logger.Level.WARNING, notice);
    private final @Nullable LongSupplier followClock;
    private @Nullable Course course;

    /** Makes a source of {@code paths}, which may be globs; see {@link InputPaths}. Relative ones start at the current directory. */
    public FileSource(List<String> paths, LineSettings settings) {
        this(paths, settings, Files::isReadable, null);
    }

    FileSource(List<String> paths, LineSettings settings, Predicate<Path> readable, @Nullable LongSupplier clock) {
        super(settings);
        this.paths = List.copyOf(paths);
        this.readable = readable;
        followClock = clock;
        if (paths.isEmpty()) {
            throw new IllegalArgumentException(settings.where() + ".path: none (expected: at least one path or glob)");
        }
    }

    /**
     * Makes a source that follows its files, see {@link FileSource}.
     *
     * @param nanoTime a clock that only runs forward, in nanoseconds; called on the intake thread
     */
    public static FileSource following(List<String> paths, LineSettings settings, LongSupplier nanoTime) {
        return new FileSource(paths, settings, Files::isReadable, requireNonNull(nanoTime, "nanoTime"));
    }

    /**
     * Finds the files.
     *
     * @throws InputException if a path is not there or cannot be read, or a glob matches nothing; it names all of them
     */
    @Override
    public void open() throws IOException {
        InputPaths input = found();
        input.absent().forEach(path -> notice(path + ": nothing there yet; read when there is"));
        Recognition.Found found = Recognition.find(input.files(), marks, this::notice);
        List<Begin> begins = found.all();
        files = begins.stream().map(Begin::path).toList();
        OpenFile.Means means = new OpenFile.Means(ByteBuffer.allocateDirect(RawFile.BLOCK_BYTES), bytesRead);
        if (followClock != null) {
            places = new Places(PLACES_FOLLOWED);
            course = new FollowedFiles(this, means, followClock, found.known());
            return;
        }
        long total = 0;
        for (Begin begin : begins) {
            total += begin.mark().restBytes(Files.size(begin.path()));
        }
        places = new Places(Math.max(1, files.size()));
        bytesTotal = total;
        course = new FilesInTurn(this, means, begins);
    }

    /**
     * Sets who is told what somebody should know who looks after the files, once each: which were cut, or are gone. A sentence, given by the
     * thread that opens the source and by the intake thread; without this they are logged. Before {@link #open}.
     */
    public void noticesTo(Consumer<String> listener) {
        notices = requireNonNull(listener, "listener");
    }

    /**
     * Looks which files the paths mean now, in order; opens nothing.
     *
     * @throws InputException as {@link #open}
     */
    public List<Path> find() throws InputException {
        return found().files();
    }

    private InputPaths found() throws InputException {
        InputPaths input = look();
        if (!input.problems().isEmpty()) {
            throw new InputException(input.problems());
        }
        return input;
    }

    /** Looks what the paths mean now, and what is wrong with them. */
    InputPaths look() {
        InputPaths input = new InputPaths(settings().where() + ".path", readable, followClock != null);
        paths.forEach(input::add);
        return input;
    }

    /**
     * Whether {@code path}, which may be a glob, means {@code file} by its name, be the file there or not. Two names of one file, by a
     * link, are two names here.
     */
    public static boolean means(String path, Path file) {
        return InputPaths.means(path, file);
    }

    @Override
    boolean next() throws IOException {
        try {
            return course != null && course.next();
        } catch (IOException failure) {
            throw new IOException(settings().where() + ".path: " + failure.getMessage(), failure);
        }
    }

    @Override
    int read(byte[] to, int offset, int length) throws IOException {
        try {
            return course == null ? -1 : course.read(to, offset, length);
        } catch (IOException failure) {
            throw new IOException(settings().where() + ".path: " + failure.getMessage() + unfinished(), failure);
        }
    }

    /** Notes which file is read from {@code position} on. */
    void place(long position, Begin file) {
        places.add(position, file.path(), file.mark().offset());
    }

    /** Says once what somebody should know who looks after the files. */
    void notice(String notice) {
        noticeWhole(settings().where() + ".path: " + notice);
    }

    /** As {@link #notice}, of one that says where. */
    void noticeWhole(String notice) {
        notices.accept(notice);
    }

    /**
     * Writes where the source stands: behind the last event that it claimed. On the intake thread, also after {@link #close}. Looks at no
     * file.
     */
    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(SAVED_FORMAT);
        out.writeLong(lineBegin());
        List<FileMark> now = course == null ? marks : course.marks();
        out.writeInt(now.size());
        for (FileMark mark : now) {
            mark.write(out);
        }
    }

    /**
     * Lets the source go on where another one of the same paths stood when it was saved; positions go on too. Before {@link #open}.
     *
     * @throws IOException if that cannot be read, or is from another version
     */
    @Override
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != SAVED_FORMAT) {
            throw new IOException(settings().where() + ": saved position of format " + format + " (expected: "
                    + SAVED_FORMAT + "); it was saved by another version");
        }
        startAt(in.readLong());
        List<FileMark> loaded = new ArrayList<>();
        try {
            for (int left = in.readInt(); left > 0; left--) {
                loaded.add(FileMark.read(in));
            }
        } catch (InvalidPathException damaged) {
            throw new IOException(
                    settings().where() + ": saved position with no path: " + damaged.getMessage(), damaged);
        }
        marks = List.copyOf(loaded);
    }

    @Override
    public void close() throws IOException {
        if (course != null) {
            course.close();
            marks = course.marks();
            course = null;
        }
    }

    /** The files that {@link #open} has found, in order. Any thread. */
    public List<Path> files() {
        return files;
    }

    @Override
    public long bytesRead() {
        return bytesRead.getOpaque();
    }

    /** How many bytes there were to read when {@link #open} looked, compressed ones as they are; -1 before, and of files that are followed. */
    @Override
    public long bytesTotal() {
        return bytesTotal;
    }

    @Override
    public String where(long position) {
        String place = places.where(position);
        return place == null ? settings().where() : place;
    }
}
