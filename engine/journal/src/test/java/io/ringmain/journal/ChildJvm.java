package io.ringmain.journal;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A Java process with this one's class path and flags, which a test may kill. */
public final class ChildJvm {

    private final List<String> command = new ArrayList<>();

    /** Makes one that runs {@code main} with {@code arguments}. */
    public ChildJvm(Class<?> main, Object... arguments) {
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(argument -> argument.startsWith("--add-"))
                .forEach(command::add);
        command.addAll(List.of(
                "-Dslf4j.internal.verbosity=ERROR", "-cp", System.getProperty("java.class.path"), main.getName()));
        for (Object argument : arguments) {
            command.add(argument.toString());
        }
    }

    /** Puts {@code words} before its arguments: flags of Java. */
    public ChildJvm with(String... words) {
        command.addAll(1, List.of(words));
        return this;
    }

    /** Takes away the flags of Java that begin like {@code prefix}. */
    public ChildJvm without(String prefix) {
        command.removeIf(word -> word.startsWith(prefix));
        return this;
    }

    /** Puts {@code words} before the whole command, such as what makes it see another file system. */
    public ChildJvm behind(List<String> words) {
        command.addAll(0, words);
        return this;
    }

    /** Starts it; what it says goes where this process's errors go, and its output to the reader. */
    public Process start() throws IOException {
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Starts it, with output and errors in {@code file}. */
    public Process start(File file) throws IOException {
        return new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(file)
                .start();
    }

    /** Starts it, and kills it once the number that it says in each line has come to {@code killAt}; returns the largest that it has said at last, 0 if none. */
    public long runUntilKilledAt(long killAt) throws IOException, InterruptedException {
        Process process = start();
        try (var said = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            long last = 0;
            for (String line = said.readLine(); line != null && last < killAt; line = said.readLine()) {
                last = Long.parseLong(line);
            }
            // By its handle: what it has said stays readable.
            process.toHandle().destroyForcibly();
            process.waitFor();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                last = line.matches("\\d+") ? Math.max(last, Long.parseLong(line)) : last;
            }
            return last;
        } finally {
            process.destroyForcibly();
        }
    }
}
