package io.ringmain.perf.chaos;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A file system in memory, of few bytes, that only the processes of one namespace see; it is gone when the process that holds that is. Linux only, and
 * not everywhere: some containers forbid it.
 */
final class SmallDisk implements AutoCloseable {

    private static final int SECONDS_MAX = 10;

    private final Path place;
    private final Process holder;

    private SmallDisk(Path place, Process holder) {
        this.place = place;
        this.holder = holder;
    }

    /** Mounts one at {@code place}; empty if this system does not let us. */
    static Optional<SmallDisk> mount(Path place, String size) throws IOException {
        Files.createDirectories(place);
        Process holder;
        try {
            holder = new ProcessBuilder(
                            "unshare",
                            "--map-root-user",
                            "--mount",
                            "sh",
                            "-c",
                            "mount -t tmpfs -o size=" + size + " tmpfs \"$1\" && echo mounted && exec cat",
                            "sh",
                            place.toString())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException missing) {
            return Optional.empty();
        }
        var said = new BufferedReader(new InputStreamReader(holder.getInputStream(), StandardCharsets.UTF_8));
        if (!"mounted".equals(said.readLine())) {
            holder.destroyForcibly();
            return Optional.empty();
        }
        return Optional.of(new SmallDisk(place, holder));
    }

    /** What makes a command see the disk. */
    List<String> wrapper() {
        return List.of(
                "nsenter", "--target", Long.toString(holder.pid()), "--user", "--preserve-credentials", "--mount");
    }

    /** Changes how it is mounted, such as {@code size=64m} or {@code ro}. */
    void remount(String options) throws IOException {
        List<String> command = new ArrayList<>(wrapper());
        command.addAll(List.of("mount", "-o", "remount," + options, place.toString()));
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IOException(place + ": could not be mounted with " + options);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("The mount was not waited for.", e);
        }
    }

    /** The disk as a process outside sees it. */
    Path seenFromOutside() {
        return Path.of("/proc", Long.toString(holder.pid()), "root")
                .resolve(place.toString().substring(1));
    }

    /** Copies the files to {@code folder}. */
    void copyTo(Path folder) throws IOException {
        Path from = seenFromOutside();
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(from.relativize(file).toString());
                Files.createDirectories(requireNonNull(copy.getParent()));
                Files.copy(file, copy, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    @Override
    public void close() {
        holder.destroyForcibly();
    }
}
