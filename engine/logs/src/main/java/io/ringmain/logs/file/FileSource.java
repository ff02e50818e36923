package io.ringmain.logs.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
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
 * <p>Thread: as {@link LineSource}.
 */
public final class FileSource extends LineSource {

    private final List<String> paths;
    private final Predicate<Path> readable;
    private final AtomicLong bytesRead = new AtomicLong();
    private volatile List<Path> files = List.of();
    private volatile long bytesTotal = -1;
    // Where each file begins in all the bytes of the source, as far as they have been opened.
    private volatile AtomicLongArray starts = new AtomicLongArray(0);
    private final AtomicLong opened = new AtomicLong();
    private @Nullable ByteBuffer block;
    private @Nullable ByteInput file;

    /** Makes a source of {@code paths}, which may be globs; see {@link InputPaths}. Relative ones start at the current directory. */
    public FileSource(List<String> paths, LineSettings settings) {
        this(paths, settings, Files::isReadable);
    }

    FileSource(List<String> paths, LineSettings settings, Predicate<Path> readable) {
        super(settings);
        this.paths = List.copyOf(paths);
        this.readable = readable;
        if (paths.isEmpty()) {
            throw new IllegalArgumentException(settings.where() + ".path: none (expected: at least one path or glob)");
        }
    }

    /**
     * Finds the files.
     *
     * @throws InputException if a path is not there or cannot be read, or a glob matches nothing; it names all of them
     */
    @Override
    public void open() throws IOException {
        List<Path> found = find();
        long total = 0;
        for (Path path : found) {
            total += Files.size(path);
        }
        files = found;
        starts = new AtomicLongArray(files.size());
        bytesTotal = total;
        block = ByteBuffer.allocateDirect(RawFile.BLOCK_BYTES);
    }

    /**
     * Looks which files the paths mean now, in order; opens nothing.
     *
     * @throws InputException as {@link #open}
     */
    public List<Path> find() throws InputException {
        InputPaths input = new InputPaths(settings().where() + ".path", readable);
        paths.forEach(input::add);
        if (!input.problems().isEmpty()) {
            throw new InputException(input.problems());
        }
        return input.files();
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
        closeFile();
        int index = (int) opened.get();
        if (index == files.size() || block == null) {
            return false;
        }
        starts.set(index, position());
        opened.set(index + 1);
        try {
            file = open(files.get(index), block);
        } catch (IOException failure) {
            throw new IOException(settings().where() + ".path: " + failure.getMessage(), failure);
        }
        return true;
    }

    private ByteInput open(Path path, ByteBuffer block) throws IOException {
        RawFile raw = new RawFile(path, block, bytesRead);
        boolean done = false;
        try {
            int magic = raw.magic();
            ByteInput input = magic == ZstdFile.MAGIC
                    ? new ZstdFile(raw)
                    : (magic & 0xffff) == GzipFile.MAGIC ? new GzipFile(raw) : raw;
            done = true;
            return input;
        } finally {
            if (!done) {
                raw.close();
            }
        }
    }

    @Override
    int read(byte[] to, int offset, int length) throws IOException {
        try {
            return file == null ? -1 : file.read(to, offset, length);
        } catch (IOException failure) {
            throw new IOException(settings().where() + ".path: " + failure.getMessage() + unfinished(), failure);
        }
    }

    private void closeFile() throws IOException {
        ByteInput old = file;
        file = null;
        if (old != null) {
            old.close();
        }
    }

    @Override
    public void close() throws IOException {
        closeFile();
        block = null;
    }

    /** The files that {@link #open} has found, in order. Any thread. */
    public List<Path> files() {
        return files;
    }

    @Override
    public long bytesRead() {
        return bytesRead.getOpaque();
    }

    /** How many bytes the files had when {@link #open} looked, compressed ones as they are; -1 before. */
    @Override
    public long bytesTotal() {
        return bytesTotal;
    }

    @Override
    public String where(long position) {
        int index = (int) opened.get() - 1;
        while (index > 0 && starts.get(index) > position) {
            index--;
        }
        return index < 0 ? settings().where() : files.get(index) + ", byte " + (position - starts.get(index));
    }
}
