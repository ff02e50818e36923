package io.ringmain.cli.stat;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.agrona.concurrent.EpochClock;
import org.jspecify.annotations.Nullable;

/**
 * Where the runs of a user have their files, one per process: {@code PID.cnc}.
 *
 * <p>Thread: any.
 */
public final class RunDirectory {

    /** Agrona's buffers need it; the manifest of the command's jar has it. */
    private static final String FLAG = "--add-exports java.base/jdk.internal.misc=ALL-UNNAMED";

    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rwx------");
    private static final Pattern FILE = Pattern.compile("([1-9]\\d{0,17})\\.cnc");

    /** How much later than its last heartbeat a process may seem to have started: clocks are set. */
    private static final long CLOCK_SLACK_MS = 10_000;

    private final Path path;
    private final EpochClock clock;

    /** Names the directory; it is made when the first run opens its file. */
    public RunDirectory(Path path, EpochClock clock) {
        this.path = path;
        this.clock = clock;
    }

    /** The directory of the user who runs this process, below the one for temporary files. */
    public static RunDirectory ofUser(EpochClock clock) {
        String user = System.getProperty("user.name", "").replaceAll("[^A-Za-z0-9._-]", "_");
        return new RunDirectory(Path.of(System.getProperty("java.io.tmpdir"), "ringmain-" + user), clock);
    }

    /** Says which flag of the JVM is missing; null if none. */
    public static @Nullable String missingFlag() {
        Module module = RunDirectory.class.getModule();
        return Object.class.getModule().isExported("jdk.internal.misc", module)
                ? null
                : "java: no access to jdk.internal.misc (expected: java " + FLAG + "); add it, or use bin/ringmain";
    }

    /** The directory. */
    public Path path() {
        return path;
    }

    /** The file of the process {@code pid}. */
    public Path file(long pid) {
        return path.resolve(pid + ".cnc");
    }

    /**
     * Opens the file of this process, and removes what processes have left that died. A run is worth more than its file: if there
     * cannot be one, {@code warn} is told why, and nobody sees the counts.
     */
    public RunCounters open(String pipeline, Consumer<String> warn) {
        String problem = missingFlag();
        if (problem == null) {
            try {
                make();
                removeStale();
                long pid = ProcessHandle.current().pid();
                return CountersFile.create(file(pid), pid, pipeline, clock);
            } catch (FileAlreadyExistsException inUse) {
                problem = inUse.getFile() + ": in use (expected: one run at a time in a process)";
            } catch (IOException failure) {
                problem = failure.toString();
            } catch (UnsupportedOperationException notPosix) {
                problem = path + ": cannot be kept from others (expected: a file system with POSIX permissions)";
            }
        }
        warn.accept("warning: 'ringmain stat' cannot see this run: " + problem);
        return RunCounters.NONE;
    }

    private void make() throws IOException {
        Path parent = path.toAbsolutePath().getParent();
        if (parent != null) {
            Files.createDirectories(parent);
        }
        try {
            Files.createDirectory(path, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        } catch (FileAlreadyExistsException usual) {
            // Somebody else may have been here first: the directory for temporary files belongs to all.
            PosixFileAttributes found =
                    Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
            if (!found.isDirectory() || !found.permissions().equals(OWNER_ONLY)) {
                throw new IOException(
                        path + ": " + PosixFilePermissions.toString(found.permissions())
                                + (found.isDirectory() ? "" : ", not a directory")
                                + " (expected: a directory, rwx------);"
                                + " remove it",
                        usual);
            }
        }
    }

    /** The processes that have a file, living or not. */
    public List<Long> pids() throws IOException {
        Set<Long> pids = new TreeSet<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(path, "*.cnc")) {
            for (Path file : files) {
                Matcher match = FILE.matcher(String.valueOf(file.getFileName()));
                if (match.matches()) {
                    pids.add(Long.parseLong(match.group(1)));
                }
            }
        } catch (NoSuchFileException noRunYet) {
            return Collections.emptyList();
        }
        return List.copyOf(pids);
    }

    private void removeStale() throws IOException {
        long self = ProcessHandle.current().pid();
        for (long pid : pids()) {
            Path file = file(pid);
            try {
                if (pid == self ? !CountersFile.isOpenHere(file) : !isAlive(pid, lastSeenMs(file))) {
                    Files.deleteIfExists(file);
                }
            } catch (NoSuchFileException ended) {
                // Its run has removed it, or another one that started now.
            }
        }
    }

    private static long lastSeenMs(Path file) throws IOException {
        try (RunView view = RunView.open(file, 1)) {
            return view.heartbeatMs();
        } catch (IOException notReadable) {
            return Files.getLastModifiedTime(file).toMillis();
        }
    }

    /**
     * Whether the process {@code pid} lives and may have written at {@code heartbeatMs}: one that started later only has the number
     * of the one that did.
     */
    public static boolean isAlive(long pid, long heartbeatMs) {
        ProcessHandle process = ProcessHandle.of(pid).orElse(null);
        if (process == null || !process.isAlive()) {
            return false;
        }
        Instant started = process.info().startInstant().orElse(null);
        return started == null || started.toEpochMilli() - CLOCK_SLACK_MS <= heartbeatMs;
    }
}
