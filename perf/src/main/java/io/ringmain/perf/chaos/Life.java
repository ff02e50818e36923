package io.ringmain.perf.chaos;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * One life of the child: from its start until it ends or is killed from outside with SIGKILL, which no process can answer.
 *
 * <p>Thread: one, beside the one that reads.
 */
final class Life implements AutoCloseable {

    /** After so long a child hangs. */
    static final long SECONDS_MAX = 40;

    private static final String GONE = "\0gone";
    private static final List<String> FLAGS = List.of(
            "-XX:+UseSerialGC",
            "-Xmx256m",
            // A start costs a third less, and most of what happens here happens at a start.
            "-XX:TieredStopAtLevel=1",
            "-XX:-UsePerfData",
            // The queue of the letters needs them.
            "--add-exports=java.base/jdk.internal.misc=ALL-UNNAMED",
            "--add-exports=java.base/sun.nio.ch=ALL-UNNAMED",
            "--add-exports=java.base/jdk.internal.ref=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "-ea:io.ringmain...");

    private final Process process;
    private final LinkedBlockingQueue<String> said = new LinkedBlockingQueue<>();
    private final long endByNs = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS_MAX);
    private String last = "";
    private boolean gone;
    private boolean hung;

    private Life(Process process) {
        this.process = process;
        var reader = new Thread(this::read, "child");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * How a child begins.
     *
     * @param folder where its plan lies
     * @param fault what it does wrong by itself
     * @param agent the option that arms it; empty if nothing does
     * @param wrapper a command that runs the command behind it; empty if there is none
     */
    record Birth(Path folder, Fault fault, String agent, List<String> wrapper) {

        static Birth of(Path folder) {
            return new Birth(folder, Fault.NONE, "", List.of());
        }

        Birth armed(Path jar, CrashPoint point, long times) {
            return new Birth(folder, fault, "-javaagent:" + jar + '=' + point.name() + '=' + times, wrapper);
        }

        Birth through(List<String> command) {
            return new Birth(folder, fault, agent, command);
        }

        Birth with(Fault wrong) {
            return new Birth(folder, wrong, agent, wrapper);
        }
    }

    static Life begin(Birth birth) throws IOException {
        List<String> command = new ArrayList<>(birth.wrapper);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(FLAGS);
        if (!birth.agent.isEmpty()) {
            command.add(birth.agent);
        }
        command.addAll(List.of("-cp", classPath(), Subject.class.getName()));
        command.addAll(List.of(birth.folder.toString(), birth.fault.title()));
        return new Life(new ProcessBuilder(command)
                .redirectError(
                        ProcessBuilder.Redirect.appendTo(log(birth.folder).toFile()))
                .start());
    }

    /** Where the children of {@code folder} log to. */
    static Path log(Path folder) {
        return folder.resolveSibling(folder.getFileName() + ".err");
    }

    /** Ours, absolute: who enters a namespace is somewhere else. */
    private static String classPath() {
        return Pattern.compile(File.pathSeparator, Pattern.LITERAL)
                .splitAsStream(System.getProperty("java.class.path"))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(File.pathSeparator));
    }

    private void read() {
        try (var lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException killed) {
            last = "";
        } finally {
            said.add(GONE);
        }
    }

    /** Waits until the child says {@code word}; returns {@code false} if it is gone, or hangs, before it does. */
    boolean says(String word) throws IOException {
        while (!gone) {
            String line = poll();
            if (line == null) {
                hang();
            } else if (line.equals(GONE)) {
                gone = true;
            } else {
                last = line;
                if (line.startsWith(word)) {
                    return true;
                }
            }
        }
        return false;
    }

    private String poll() throws IOException {
        try {
            return said.poll(Math.max(0, endByNs - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The child was not waited for.", e);
        }
    }

    private void hang() throws IOException {
        hung = true;
        // Its threads show where they are, on what is kept of its output.
        signal("QUIT");
        pause(TimeUnit.SECONDS.toNanos(1));
        kill();
    }

    /** Lets the time pass, as far as the child has any left. */
    void pause(long ns) {
        long untilNs = System.nanoTime() + ns;
        for (long left = ns; left > 0; left = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Whether there is time left. */
    boolean mayWait() {
        return process.isAlive() && System.nanoTime() < endByNs;
    }

    /** Kills the child; returns whether that was its end, and not its own doing. */
    boolean kill() throws IOException {
        process.destroyForcibly();
        // 128 + 9: killed, or 1 if it was faster.
        return exit() == 137;
    }

    /** Sends a signal by its name. */
    void signal(String name) throws IOException {
        Process sender = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
        waitFor(sender);
    }

    /** Makes the child drain. */
    void drain() throws IOException {
        try (OutputStream in = process.getOutputStream()) {
            in.write('\n');
        } catch (IOException gone) {
            last = "gone before it was to drain";
        }
    }

    /** Waits for the end; returns the exit code. */
    int exit() throws IOException {
        return waitFor(process);
    }

    private static int waitFor(Process process) throws IOException {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The child was not waited for.", e);
        }
    }

    /** The last that it said. */
    String last() {
        return last;
    }

    /** The number behind {@code name} in what it said last; -1 if there is none. */
    long number(String name) {
        int begin = last.indexOf(name) + name.length();
        int end = last.indexOf(' ', begin);
        return begin < name.length() || end < 0 ? -1 : Long.parseLong(last, begin, end, 10);
    }

    boolean hasHung() {
        return hung;
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        exit();
    }
}
