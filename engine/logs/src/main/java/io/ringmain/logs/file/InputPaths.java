package io.ringmain.logs.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Which files the paths and globs of a source mean, and all that is wrong with them.
 *
 * <p>A glob has {@code *}, {@code ?}, {@code [...]}, {@code {...}} and {@code **}, which stands for any number of directories, none too. As in
 * shells it takes no hidden file or directory, unless it has a name that begins with a dot. A path that exists is a path, whatever
 * characters it has.
 *
 * <p>Thread: one. Used once.
 */
final class InputPaths {

    private static final Pattern GLOB = Pattern.compile("[*?\\[{]");

    private final String where;
    private final Predicate<Path> readable;
    private final List<Path> files = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private final List<String> absent = new ArrayList<>();
    private final boolean mayCome;

    /**
     * Says of what is wrong that it is at {@code where}; {@code readable} tells whether this user may read a file, and {@code mayCome}
     * that a path may mean nothing yet, if its directory is there.
     */
    InputPaths(String where, Predicate<Path> readable, boolean mayCome) {
        this.where = where;
        this.readable = readable;
        this.mayCome = mayCome;
    }

    /** Adds the files of a path or a glob; these in the order of their names. */
    void add(String path) {
        try {
            if (Files.exists(Path.of(path)) || !GLOB.matcher(path).find()) {
                addFile(Path.of(path));
            } else {
                addGlob(path);
            }
        } catch (InvalidPathException | PatternSyntaxException bad) {
            problem(
                    path,
                    String.valueOf(bad.getMessage()).lines().findFirst().orElse("no path"),
                    "a path or a glob",
                    "correct it");
        } catch (IOException failure) {
            problem(
                    path,
                    "cannot be looked up: " + failure.getMessage(),
                    "a readable directory",
                    "check the permissions");
        }
    }

    private void addFile(Path file) {
        if (!Files.exists(file)) {
            if (mayCome && isDirectory(file.toAbsolutePath().getParent())) {
                absent.add(file.toString());
                return;
            }
            problem(file, "no such file", "a readable file", "check the path");
        } else if (Files.isDirectory(file)) {
            problem(file, "a directory", "a readable file", "for all files in it write " + file.resolve("*"));
        } else if (!Files.isRegularFile(file)) {
            problem(file, "a pipe or device", "a readable file", "to read a pipe use standard input");
        } else if (!readable.test(file)) {
            problem(file, "not readable for this user", "a readable file", "check the permissions");
        } else {
            files.add(file);
        }
    }

    private static boolean isDirectory(@Nullable Path path) {
        return path != null && Files.isDirectory(path);
    }

    private void addGlob(String glob) throws IOException {
        int wild = firstMatch(glob);
        int prefixEnd = glob.lastIndexOf('/', wild) + 1;
        Path directory = Path.of(glob.substring(0, prefixEnd));
        String rest = glob.substring(prefixEnd);
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(directory.toAbsolutePath())) {
            PathMatcher matcher = matcher(directory, rest);
            int depth = rest.contains("**") ? Integer.MAX_VALUE : Path.of(rest).getNameCount();
            boolean hidden = takesHidden(rest);
            Files.walkFileTree(
                    directory.toAbsolutePath(),
                    EnumSet.of(FileVisitOption.FOLLOW_LINKS),
                    depth,
                    new Finder(directory, matcher, hidden, found));
        }
        if (found.isEmpty() && mayCome && Files.isDirectory(directory.toAbsolutePath())) {
            absent.add(glob);
        } else if (found.isEmpty()) {
            problem(glob, "matches no file", "at least one readable file", "check the pattern");
        }
        Collections.sort(found);
        found.forEach(this::addFile);
    }

    /** Whether {@code path}, which may be a glob, means {@code file} by its name. */
    static boolean means(String path, Path file) {
        Path name = file.toAbsolutePath().normalize();
        try {
            if (!GLOB.matcher(path).find()) {
                return Path.of(path).toAbsolutePath().normalize().equals(name);
            }
            int prefixEnd = path.lastIndexOf('/', firstMatch(path)) + 1;
            Path directory =
                    Path.of(path.substring(0, prefixEnd)).toAbsolutePath().normalize();
            String rest = path.substring(prefixEnd);
            if (!name.startsWith(directory) || name.equals(directory)) {
                return false;
            }
            Path relative = directory.relativize(name);
            return matcher(directory, rest).matches(relative) && (takesHidden(rest) || !isHidden(relative));
        } catch (InvalidPathException | PatternSyntaxException bad) {
            // No file has such a name; whoever opens it says so.
            return false;
        }
    }

    private static boolean isHidden(Path relative) {
        for (Path name : relative) {
            if (name.toString().startsWith(".")) {
                return true;
            }
        }
        return false;
    }

    private static PathMatcher matcher(Path directory, String rest) {
        // In a glob of Java "**/" stands for one directory at least.
        return directory.getFileSystem().getPathMatcher("glob:" + rest.replace("**/", "{**/,}"));
    }

    private static boolean takesHidden(String rest) {
        return rest.startsWith(".") || rest.contains("/.");
    }

    private static int firstMatch(String glob) {
        var matcher = GLOB.matcher(glob);
        return matcher.find() ? matcher.start() : glob.length();
    }

    private void problem(Object path, String actual, String expected, String remedy) {
        problems.add(where + ": " + path + ": " + actual + " (expected: " + expected + "); " + remedy);
    }

    /** The files, in the order to read them. */
    List<Path> files() {
        return List.copyOf(files);
    }

    /** The paths and globs that mean nothing yet. */
    List<String> absent() {
        return List.copyOf(absent);
    }

    /** What is wrong, one sentence each. */
    List<String> problems() {
        return List.copyOf(problems);
    }

    /** Gathers what matches below a directory. */
    private final class Finder extends SimpleFileVisitor<Path> {

        private final Path as;
        private final Path root;
        private final PathMatcher matcher;
        private final boolean hidden;
        private final List<Path> found;

        /** The directory is called {@code as} in what is found, which may be nothing: the current one. */
        Finder(Path as, PathMatcher matcher, boolean hidden, List<Path> found) {
            this.as = as;
            this.matcher = matcher;
            this.hidden = hidden;
            this.found = found;
            root = as.toAbsolutePath();
        }

        private boolean isHidden(Path path) {
            return !hidden
                    && !path.equals(root)
                    && path.getFileName().toString().startsWith(".");
        }

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
            return isHidden(directory) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            Path relative = root.relativize(file);
            if (!attributes.isDirectory() && !isHidden(file) && matcher.matches(relative)) {
                found.add(as.resolve(relative));
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path path, IOException failure) {
            if (!(failure instanceof FileSystemLoopException)) {
                problem(as.resolve(root.relativize(path)), "cannot be looked at", "readable", "check the permissions");
            }
            return FileVisitResult.CONTINUE;
        }
    }
}
