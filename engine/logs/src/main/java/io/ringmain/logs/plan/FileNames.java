package io.ringmain.logs.plan;

import io.ringmain.config.WhenFull;
import io.ringmain.logs.file.FileSource;
import io.ringmain.logs.file.InputException;
import io.ringmain.logs.file.LineSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The files that a plan names, before anything is opened.
 *
 * <p>Thread: any.
 */
public final class FileNames {

    private FileNames() {}

    /**
     * Who uses {@code file} as an input or output, in words: {@code read by sources.web}; empty if none does. Other names of the same
     * file, by links, count too.
     */
    public static Optional<String> use(Plan plan, Path file) {
        for (Part source : plan.sources()) {
            if (source.kind() instanceof FileSourceKind && (means(source, file) || finds(source, file))) {
                return Optional.of("read by " + source.options().path());
            }
        }
        return plan.sinks().stream()
                .filter(sink -> output(sink).filter(path -> isSame(path, file)).isPresent())
                .findFirst()
                .map(sink -> "written by " + sink.options().path());
    }

    /** Whether two names mean one file, which may be missing. */
    public static boolean isSame(Path a, Path b) {
        if (name(a).equals(name(b))) {
            return true;
        }
        try {
            return Files.exists(a) && Files.exists(b) && Files.isSameFile(a, b);
        } catch (IOException unknown) {
            // Whoever opens them says what is wrong.
            return false;
        }
    }

    /** Reports each sink that writes a file that a source reads or another sink writes. */
    static void check(Plan plan, Problems problems) {
        Map<Path, Part> writers = new HashMap<>();
        Map<Path, String> spills = spills(plan);
        for (Part sink : plan.sinks()) {
            Path file = output(sink).orElse(null);
            if (file == null || isDevice(file)) {
                continue;
            }
            for (Part source : plan.sources()) {
                if (source.kind() instanceof FileSourceKind && means(source, file)) {
                    problem(sink, file + " is also read by " + source.options().path(), problems);
                }
            }
            Part other = writers.putIfAbsent(name(file), sink);
            if (other != null) {
                problem(sink, file + " is also written by " + other.options().path(), problems);
            }
            String spill = spills.get(name(file));
            if (spill != null) {
                problem(sink, file + " is also the file of " + spill, problems);
            }
        }
    }

    /** What finds no room is kept in these, by who says so. */
    private static Map<Path, String> spills(Plan plan) {
        Map<Path, String> spills = new HashMap<>();
        if (plan.settings().whenFull() instanceof WhenFull.Spill spill) {
            spills.put(name(spill.path()), SettingsReader.WHEN_FULL.name());
        }
        for (Part sink : plan.sinks()) {
            OverflowReader.read(SinkKind.WHEN_FULL, sink.options())
                    .filter(chosen -> chosen.overflow() == Overflow.SPILL)
                    .flatMap(chosen -> path(chosen.options().text(Overflow.PATH)))
                    .ifPresent(file -> spills.put(name(file), sink.options().path(SinkKind.WHEN_FULL)));
        }
        return spills;
    }

    private static void problem(Part sink, String message, Problems problems) {
        problems.add(
                sink.options().mark(FileSinkKind.PATH),
                sink.options().path(FileSinkKind.PATH),
                message + " (expected: another file)",
                "a file is written by one sink, and read by none of the same plan");
    }

    private static boolean means(Part source, Path file) {
        return source.options().texts(FileSourceKind.PATH).stream().anyMatch(path -> FileSource.means(path, file));
    }

    private static boolean finds(Part source, Path file) {
        try {
            LineSettings lines = LineSettings.of(source.options().path());
            return FileSourceKind.source(source, lines, () -> 0).find().stream().anyMatch(input -> isSame(input, file));
        } catch (InputException missing) {
            // The source says so itself when it is opened.
            return false;
        }
    }

    private static Path name(Path file) {
        return file.toAbsolutePath().normalize();
    }

    private static Optional<Path> output(Part sink) {
        boolean isFile = sink.kind() instanceof FileSinkKind && sink.options().has(FileSinkKind.PATH);
        return isFile ? path(sink.options().text(FileSinkKind.PATH)) : Optional.empty();
    }

    private static Optional<Path> path(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(Path.of(text));
        } catch (InvalidPathException wrong) {
            // Reported where the option is checked.
            return Optional.empty();
        }
    }

    /** A device takes what several write. */
    private static boolean isDevice(Path file) {
        return Files.exists(file) && !Files.isRegularFile(file);
    }
}
