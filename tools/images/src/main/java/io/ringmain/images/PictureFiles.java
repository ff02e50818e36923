package io.ringmain.images;

import io.ringmain.images.picture.Format;
import io.ringmain.images.picture.Limits;
import io.ringmain.images.picture.Operation;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The pictures in a directory and those in it, by name; as the results lie in the other one. Hidden files, and those that are not called as pictures are, are left alone.
 *
 * <p>Thread: {@link #in} any; the rest as {@link Source}.
 */
public final class PictureFiles implements Source<ImageSlot> {

    private static final Set<String> ENDINGS =
            Set.of("jpg", "jpeg", "jpe", "jfif", "png", "gif", "bmp", "dib", "tif", "tiff", "webp");

    private final List<Path> files;
    private final Path from;
    private final Path to;
    private final @Nullable Format format;
    private final List<Operation> operations;
    private final Limits limits;
    private final long others;
    private final List<String> unread;
    private final Set<Path> taken = new HashSet<>();
    private int next;

    private PictureFiles(Walk walk, Path to, @Nullable Format format, List<Operation> operations, Limits limits) {
        files = List.copyOf(walk.pictures);
        from = walk.root;
        others = walk.others;
        unread = List.copyOf(walk.unread);
        this.to = to;
        this.format = format;
        this.operations = operations;
        this.limits = limits;
        // Those that are called already as their results will be keep their names.
        files.stream().filter(file -> plain(file).equals(file)).forEach(taken::add);
    }

    /**
     * Finds the pictures.
     *
     * @param in a directory, or one picture
     * @param out where they go; what is in there is not looked at
     * @param format how they are written; null for JPEG of JPEG and PNG of all others
     */
    public static PictureFiles in(Path in, Path out, @Nullable Format format, List<Operation> operations, Limits limits)
            throws IOException {
        Path start = in.toRealPath();
        boolean isOne = !Files.isDirectory(start);
        Walk walk = new Walk(isOne ? start.resolveSibling(".") : start, out);
        if (isOne) {
            // Who names one means it, whatever it is called.
            walk.pictures.add(start);
        } else {
            Files.walkFileTree(start, walk);
        }
        return new PictureFiles(walk, out.toAbsolutePath().normalize(), format, List.copyOf(operations), limits);
    }

    /** How many there are. */
    public int count() {
        return files.size();
    }

    /** Where they are. */
    public List<Path> files() {
        return files;
    }

    /** How many files are left alone. */
    public long others() {
        return others;
    }

    /** The directories and files that could not be looked at, each with the reason: pictures may be missing because of them. */
    public List<String> unread() {
        return unread;
    }

    @Override
    public Status fill(Intake<ImageSlot> intake, int max) {
        for (int i = 0; i < max && next < files.size(); i++) {
            Path file = files.get(next);
            Path target = to.resolve(from.relativize(target(file)));
            ImageSlot slot = intake.claim(next++);
            slot.task = new ImageTask(next, file, target, operations, limits);
        }
        return next < files.size() ? Status.READY : Status.END;
    }

    /** What {@code file} would be called if it were alone. */
    private Path plain(Path file) {
        String name = String.valueOf(file.getFileName());
        Format wanted = wanted(name);
        int dot = name.lastIndexOf('.');
        return wanted.isNamed(name)
                ? file
                : file.resolveSibling((dot < 0 ? name + '.' : name.substring(0, dot + 1)) + wanted.ending());
    }

    private Format wanted(String name) {
        return format != null ? format : Format.JPG.isNamed(name) ? Format.JPG : Format.PNG;
    }

    /** Two pictures that differ only in the endings of their names must not become one: all but the first keep theirs. */
    private Path target(Path file) {
        Path target = plain(file);
        String name = String.valueOf(file.getFileName());
        while (!target.equals(file) && !taken.add(target)) {
            name += '.' + wanted(name).ending();
            target = file.resolveSibling(name);
        }
        return target;
    }

    /** Collects what is called as a picture is. */
    static final class Walk extends SimpleFileVisitor<Path> {

        private final Path root;
        private final Path out;
        private final TreeSet<Path> pictures = new TreeSet<>();
        final List<String> unread = new ArrayList<>();
        private long others;

        Walk(Path root, Path out) {
            this.root = root.normalize();
            this.out = out;
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) throws IOException {
            boolean isOut = Files.exists(out) && Files.isSameFile(directory, out);
            return isOut || (isHidden(directory) && !directory.equals(root))
                    ? FileVisitResult.SKIP_SUBTREE
                    : FileVisitResult.CONTINUE;
        }

        private static boolean isHidden(Path path) {
            return String.valueOf(path.getFileName()).startsWith(".");
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            boolean isPicture = !isHidden(file)
                    && ENDINGS.contains(Format.ending(String.valueOf(file.getFileName())))
                    && !Files.isDirectory(file);
            if (isPicture) {
                pictures.add(file);
            } else {
                others++;
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) {
            unread.add(file + ": " + FailureKind.words(failure));
            return FileVisitResult.CONTINUE;
        }
    }
}
