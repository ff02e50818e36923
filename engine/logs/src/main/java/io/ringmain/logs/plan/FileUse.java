package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.FileSink;
import io.ringmain.logs.file.FileSource;
import io.ringmain.logs.file.InputException;
import io.ringmain.spi.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which files the parts of a pipeline use: a file that a sink empties or writes must be no input and no other sink's. Names are compared
 * when the plan is read ({@link FileNames}); here, before anything is opened, the files themselves, which may have several names.
 *
 * <p>Thread: the one that starts the pipeline.
 */
final class FileUse implements FileSink.Check {

    private static final String PATH = ".path: ";

    private final Map<String, FileSource> sources = new LinkedHashMap<>();
    private final Map<String, FileSink> sinks = new LinkedHashMap<>();
    private boolean isDone;

    void source(Part part, Source<LogEvent> source) {
        if (source instanceof FileSource file) {
            sources.put(part.options().path(), file);
        }
    }

    void sink(Part part, FileSink sink) {
        sinks.put(part.options().path(), sink);
        sink.openAfter(this);
    }

    /** Looks at all files at once when the first sink is opened; once others are open there is more than there was. */
    @Override
    public void run() throws IOException {
        if (isDone) {
            return;
        }
        List<String> problems = new ArrayList<>();
        Map<String, List<Path>> inputs = new LinkedHashMap<>();
        sources.forEach((name, source) -> {
            try {
                inputs.put(name, source.find());
            } catch (InputException missing) {
                problems.addAll(missing.problems());
            }
        });
        Map<Path, String> outputs = new LinkedHashMap<>();
        for (Map.Entry<String, FileSink> sink : sinks.entrySet()) {
            check(sink.getKey(), sink.getValue().path(), inputs, outputs, problems);
        }
        if (!problems.isEmpty()) {
            throw new InputException(problems);
        }
        isDone = true;
    }

    private static void check(
            String name, Path path, Map<String, List<Path>> inputs, Map<Path, String> outputs, List<String> problems)
            throws IOException {
        Path directory = path.toAbsolutePath().getParent();
        // A device takes what two sinks write; of a directory that is not there the sink itself speaks.
        if (directory == null || !Files.isDirectory(directory) || (Files.exists(path) && !Files.isRegularFile(path))) {
            return;
        }
        for (Map.Entry<Path, String> other : outputs.entrySet()) {
            if (isSame(path, other.getKey())) {
                problems.add(
                        name + PATH + path + " is also written by " + other.getValue() + " (expected: another file)");
            }
        }
        outputs.put(path, name);
        for (Map.Entry<String, List<Path>> input : inputs.entrySet()) {
            for (Path file : input.getValue()) {
                if (isSame(path, file)) {
                    problems.add(name + PATH + path + " is also read by " + input.getKey() + ", as " + file
                            + " (expected: another file); nothing was written");
                }
            }
        }
    }

    /** Whether two names mean one file, or would if it were there. */
    private static boolean isSame(Path a, Path b) throws IOException {
        boolean isThere = Files.exists(a);
        if (isThere != Files.exists(b)) {
            return false;
        }
        return isThere ? Files.isSameFile(a, b) : place(a).equals(place(b));
    }

    private static Path place(Path file) throws IOException {
        Path whole = file.toAbsolutePath();
        Path directory = whole.getParent();
        return directory == null ? whole : directory.toRealPath().resolve(whole.getFileName());
    }
}
