package io.ringmain.perf.throughput;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs commands of the shell and takes the time of the whole process. */
final class Processes implements AutoCloseable {

    private static final Pattern MINUTES_SECONDS = Pattern.compile("(\\d+)m([\\d.]+)s");
    private static final int EXCERPT_CHARS_MAX = 400;

    private final Path output;
    private final Path errors;
    private final Path times;

    Processes() throws IOException {
        output = Files.createTempFile("ringmain-perf-", ".out");
        errors = Files.createTempFile("ringmain-perf-", ".err");
        times = Files.createTempFile("ringmain-perf-", ".times");
    }

    /**
     * One process.
     *
     * @param seconds from start to end
     * @param cpuSeconds CPU time of it and its children
     * @param output what it printed
     */
    record Ended(double seconds, double cpuSeconds, String output) {}

    /** Returns {@code text} as one word of the shell. */
    static String quoted(String text) {
        return '\'' + text.replace("'", "'\\''") + '\'';
    }

    /** Whether the shell finds the command {@code name}. */
    static boolean isFound(String name) {
        String path = System.getenv("PATH");
        return path != null
                && Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                        .splitAsStream(path)
                        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
    }

    /**
     * Runs {@code command}.
     *
     * @throws IllegalArgumentException if it does not end with 0
     */
    Ended run(String command) throws IOException {
        // "times" is the one way to a child's CPU time that every shell has.
        String script = '(' + command + "\n); code=$?; times > " + quoted(times.toString()) + "; exit $code";
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", script)
                .redirectOutput(output.toFile())
                .redirectError(errors.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        long sinceNs = System.nanoTime();
        Process process = builder.start();
        int code;
        try {
            code = process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The command was not waited for.", e);
        } finally {
            process.destroyForcibly();
        }
        double seconds = (System.nanoTime() - sinceNs) / 1e9;
        if (code != 0) {
            String said = Files.readString(errors);
            throw new IllegalArgumentException("--command: " + command + ": exit code " + code + " (expected: 0): "
                    + said.substring(0, Math.min(EXCERPT_CHARS_MAX, said.length())));
        }
        return new Ended(seconds, cpuSeconds(), Files.readString(output));
    }

    private double cpuSeconds() throws IOException {
        List<String> lines = Files.readAllLines(times);
        // The second line is of the children: user and system time.
        Matcher part = MINUTES_SECONDS.matcher(lines.get(1));
        double seconds = 0;
        while (part.find()) {
            seconds += 60 * Double.parseDouble(part.group(1)) + Double.parseDouble(part.group(2));
        }
        return seconds;
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(output);
        Files.deleteIfExists(errors);
        Files.deleteIfExists(times);
    }
}
