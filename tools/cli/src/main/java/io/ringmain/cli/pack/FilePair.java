package io.ringmain.cli.pack;

import io.ringmain.pack.PackFormat;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A file to be read, and where what comes of it is to be written.
 *
 * @param from null for standard input
 * @param to null for standard output
 * @param isInto whether a directory was named, which is made if it is not there
 */
public record FilePair(@Nullable Path from, @Nullable Path to, boolean isInto) {

    /** What stands for standard input, or output. */
    public static final String STANDARD = "-";

    /** What names of encrypted files end with. */
    public static final String LOCKED = ".age";

    private static final Map<String, String> SUFFIXES =
            Map.of(".zst", "", ".zstd", "", ".gz", "", ".lz4", "", ".tgz", ".tar", ".tzst", ".tar", ".taz", ".tar");

    /** Says what is wrong with the paths: a sentence that a user understands. */
    public static final class WrongPaths extends Exception {
        private static final long serialVersionUID = 1;

        WrongPaths(String sentence) {
            super(sentence);
        }
    }

    /** How the pair's input is called in messages. */
    public String fromText() {
        return from == null ? "standard input" : from.toString();
    }

    /** How the pair's output is called in messages. */
    public String toText() {
        return to == null ? "standard output" : to.toString();
    }

    /** The name of {@code name} packed. */
    public static String packedName(String name, PackFormat format, boolean isLocked) {
        return name + format.suffix() + (isLocked ? LOCKED : "");
    }

    /** The name of what is in the packed file {@code name}; empty if its end does not say. */
    public static Optional<String> unpackedName(String name) {
        String rest = name.endsWith(LOCKED) ? name.substring(0, name.length() - LOCKED.length()) : name;
        int dot = rest.lastIndexOf('.');
        String end = dot < 0 ? null : SUFFIXES.get(rest.substring(dot).toLowerCase(Locale.ROOT));
        String unpacked = end == null ? rest : rest.substring(0, dot) + end;
        return unpacked.equals(name) || unpacked.isEmpty() ? Optional.empty() : Optional.of(unpacked);
    }

    /**
     * Finds where each of {@code files} goes.
     *
     * @param out where to, null for beside each
     * @param naming how the name of what comes of a file is made from its own
     */
    public static List<FilePair> of(List<String> files, @Nullable String out, Function<String, Optional<String>> naming)
            throws WrongPaths {
        boolean isDirectory =
                out != null && !out.equals(STANDARD) && (out.endsWith("/") || Files.isDirectory(Path.of(out)));
        if (files.size() > 1 && out != null && !isDirectory) {
            throw new WrongPaths("-o: " + out + " for " + files.size()
                    + " files (expected: a directory, or a path that ends in /); each is written apart");
        }
        if (files.size() > 1 && files.contains(STANDARD)) {
            throw new WrongPaths("FILE: - beside files (expected: files, or the standard input alone)");
        }
        List<FilePair> pairs = new ArrayList<>();
        for (String file : files) {
            pairs.add(pair(file, out, isDirectory, naming));
        }
        Map<String, FilePair> places = new HashMap<>();
        for (FilePair pair : pairs) {
            FilePair other = places.putIfAbsent(pair.toText(), pair);
            if (other != null) {
                throw new WrongPaths("FILE: " + other.fromText() + " and " + pair.fromText()
                        + " would both be written to " + pair.toText() + " (expected: other names)");
            }
        }
        return pairs;
    }

    private static FilePair pair(
            String file, @Nullable String out, boolean isDirectory, Function<String, Optional<String>> naming)
            throws WrongPaths {
        boolean isStandard = file.equals(STANDARD);
        Path from = isStandard ? null : Path.of(file);
        if (STANDARD.equals(out) || (out == null && isStandard)) {
            return new FilePair(from, null, false);
        }
        if (out != null && !isDirectory) {
            return new FilePair(from, Path.of(out), false);
        }
        if (from == null || from.getFileName() == null) {
            throw new WrongPaths("-o: " + out + " is a directory (expected: a file, for what has no name)");
        }
        String name = naming.apply(from.getFileName().toString())
                .orElseThrow(() -> new WrongPaths(file
                        + ": its name does not say what is packed in it (expected: .zst, .gz, .lz4 or .age at its end);"
                        + " give -o FILE"));
        return new FilePair(
                from, out == null ? from.resolveSibling(name) : Path.of(out).resolve(name), out != null);
    }
}
