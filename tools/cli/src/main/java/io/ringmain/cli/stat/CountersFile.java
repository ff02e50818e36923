package io.ringmain.cli.stat;

import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import io.ringmain.Accounts;
import io.ringmain.Report;
import io.ringmain.Report.Blocked;
import io.ringmain.Report.SinkReport;
import io.ringmain.Report.SourceReport;
import io.ringmain.Report.StageReport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.agrona.IoUtil;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.status.CountersManager;

/**
 * A run's side of the mapped file: see {@link CountersLayout}. Closing marks the run as ended for those who look on, and deletes the
 * file; a process that dies leaves it, and the next run removes it.
 *
 * <p>Thread: any; a lock keeps an update from writing to memory that {@link #close} has given back, which would end the JVM.
 */
final class CountersFile implements RunCounters {

    /** So that the name of a counter, which stands behind it, always fits into the label. */
    private static final int PART_NAME_MAX = 100;

    /** How many counters found no room; the last place is kept for it. */
    private static final String LEFT_OUT = "counters_left_out";

    /** A file of this process that is not in here is of an earlier process with the same number, as containers have them. */
    private static final Set<Path> OPEN_HERE = ConcurrentHashMap.newKeySet();

    private final Object lock = new Object();
    private final Path path;
    private final EpochClock clock;
    private final MappedByteBuffer mapped;
    private final UnsafeBuffer header;
    private final CountersManager counters;
    private final ErrorSection errors;
    private final CommandInbox commands;
    private final Map<String, Integer> ids = new HashMap<>();
    private long leftOut;
    private boolean closed;

    private CountersFile(Path path, MappedByteBuffer mapped, EpochClock clock) {
        this.path = path;
        this.mapped = mapped;
        this.clock = clock;
        header = new UnsafeBuffer(mapped, 0, CountersLayout.HEADER_BYTES);
        int at = CountersLayout.HEADER_BYTES;
        UnsafeBuffer metadata = new UnsafeBuffer(mapped, at, CountersLayout.METADATA_BYTES);
        at += CountersLayout.METADATA_BYTES;
        UnsafeBuffer values = new UnsafeBuffer(mapped, at, CountersLayout.VALUES_BYTES);
        at += CountersLayout.VALUES_BYTES;
        errors = new ErrorSection(new UnsafeBuffer(mapped, at, CountersLayout.ERRORS_BYTES), clock);
        commands = new CommandInbox(
                new UnsafeBuffer(mapped, CountersLayout.COMMANDS_OFFSET, CountersLayout.COMMANDS_BYTES),
                path,
                System::nanoTime);
        counters = new CountersManager(metadata, values, StandardCharsets.UTF_8);
    }

    /**
     * Makes the file, readable by its owner only.
     *
     * @throws IOException if it is there already or the disk has no room
     */
    static CountersFile create(Path path, long pid, String pipeline, EpochClock clock) throws IOException {
        CountersFile file = new CountersFile(path, map(path), clock);
        file.writeHeader(pid, pipeline);
        OPEN_HERE.add(path.toAbsolutePath());
        return file;
    }

    /** Whether a run of this process writes to {@code path}. */
    static boolean isOpenHere(Path path) {
        return OPEN_HERE.contains(path.toAbsolutePath());
    }

    private static MappedByteBuffer map(Path path) throws IOException {
        var ownerOnly = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        // A new file, so never through a link that somebody else has put there.
        try (FileChannel channel = FileChannel.open(path, Set.of(CREATE_NEW, READ, WRITE), ownerOnly)) {
            try {
                // Written, not only sized: on a full disk a write fails here, while a page of a hole would end the JVM
                // later.
                ByteBuffer zeros = ByteBuffer.allocate(CountersLayout.FILE_BYTES);
                while (zeros.hasRemaining()) {
                    channel.write(zeros);
                }
                return channel.map(MapMode.READ_WRITE, 0, CountersLayout.FILE_BYTES);
            } catch (IOException problem) {
                Files.deleteIfExists(path);
                throw problem;
            }
        }
    }

    private void writeHeader(long pid, String pipeline) {
        long nowMs = clock.time();
        header.putLong(CountersLayout.PID_OFFSET, pid);
        header.putLong(CountersLayout.STARTED_OFFSET, nowMs);
        header.putLong(CountersLayout.HEARTBEAT_OFFSET, nowMs);
        header.putInt(CountersLayout.STATE_OFFSET, CountersLayout.STATE_RUNNING);
        header.putInt(CountersLayout.METADATA_LENGTH_OFFSET, CountersLayout.METADATA_BYTES);
        header.putInt(CountersLayout.VALUES_LENGTH_OFFSET, CountersLayout.VALUES_BYTES);
        header.putInt(CountersLayout.ERRORS_LENGTH_OFFSET, CountersLayout.ERRORS_BYTES);
        header.putInt(CountersLayout.COMMANDS_LENGTH_OFFSET, CountersLayout.COMMANDS_BYTES);
        byte[] name = pipeline.getBytes(StandardCharsets.UTF_8);
        byte[] fitting = Arrays.copyOf(name, Math.min(name.length, CountersLayout.NAME_BYTES_MAX));
        header.putInt(CountersLayout.NAME_LENGTH_OFFSET, fitting.length);
        header.putBytes(CountersLayout.NAME_OFFSET, fitting);
        header.putLongRelease(CountersLayout.WORD_OFFSET, CountersLayout.MAGIC | CountersLayout.VERSION);
    }

    @Override
    public void update(Report report, long bytes) {
        synchronized (lock) {
            if (closed) {
                return;
            }
            long changes = header.getLong(CountersLayout.CHANGES_OFFSET);
            // The counts themselves are written with release order, so nobody sees one of them without this.
            header.putLongRelease(CountersLayout.CHANGES_OFFSET, changes + 1);
            leftOut = 0;
            run(report, bytes);
            report.sources().forEach(this::source);
            report.stages().forEach(this::stage);
            report.sinks().forEach(this::sink);
            if (leftOut > 0) {
                set(PartKind.RUN, "", LEFT_OUT, leftOut);
            }
            report.failures().forEach(errors::update);
            header.putLongRelease(CountersLayout.HEARTBEAT_OFFSET, clock.time());
            header.putLongRelease(CountersLayout.CHANGES_OFFSET, changes + 2);
        }
    }

    @Override
    public void obey(Function<String, String> commanded) {
        synchronized (lock) {
            if (!closed) {
                commands.poll(commanded);
            }
        }
    }

    private void run(Report report, long bytes) {
        Accounts accounts = report.accounts();
        set(PartKind.RUN, "", "received", accounts.received());
        set(PartKind.RUN, "", "delivered", accounts.delivered());
        set(PartKind.RUN, "", "absorbed", accounts.absorbed());
        set(PartKind.RUN, "", "filtered", accounts.filtered());
        set(PartKind.RUN, "", "dropped", accounts.droppedInAll());
        set(PartKind.RUN, "", "dead_lettered", accounts.deadLettered());
        set(PartKind.RUN, "", "parked", accounts.parked());
        set(PartKind.RUN, "", "in_flight", accounts.inFlight());
        set(PartKind.RUN, "", "replayed", accounts.replayed());
        set(PartKind.RUN, "", "refused", report.refused());
        set(PartKind.RUN, "", "ran_ns", report.ran().toNanos());
        if (bytes >= 0) {
            set(PartKind.RUN, "", "bytes", bytes);
        }
        accounts.dropped().forEach((why, count) -> set(PartKind.RUN, "", "dropped_why." + why, count));
    }

    private void source(SourceReport source) {
        set(PartKind.SOURCE, source.name(), "received", source.received());
        blocked(PartKind.SOURCE, source.name(), source.blocked());
    }

    private void stage(StageReport stage) {
        set(PartKind.STAGE, stage.name(), "in", stage.in());
        set(PartKind.STAGE, stage.name(), "out", stage.out());
        set(PartKind.STAGE, stage.name(), "filtered", stage.filtered());
        set(PartKind.STAGE, stage.name(), "failed", stage.failed());
        set(PartKind.STAGE, stage.name(), "dropped", stage.dropped());
        set(PartKind.STAGE, stage.name(), "dead_lettered", stage.deadLettered());
        set(PartKind.STAGE, stage.name(), "depth_max", stage.depthMax());
        blocked(PartKind.STAGE, stage.name(), stage.blocked());
    }

    private void sink(SinkReport sink) {
        set(PartKind.SINK, sink.name(), "offered", sink.offered());
        set(PartKind.SINK, sink.name(), "delivered", sink.delivered());
        set(PartKind.SINK, sink.name(), "not_wanted", sink.notWanted());
        set(PartKind.SINK, sink.name(), "failed", sink.failed());
        set(PartKind.SINK, sink.name(), "dropped", sink.dropped());
        set(PartKind.SINK, sink.name(), "dead_lettered", sink.deadLettered());
        set(PartKind.SINK, sink.name(), "depth_max", sink.depthMax());
        blocked(PartKind.SINK, sink.name(), sink.blocked());
    }

    private void blocked(PartKind kind, String name, List<Blocked> blocked) {
        blocked.forEach(time -> set(kind, name, "blocked_ns." + time.why(), time.ns()));
    }

    private void set(PartKind kind, String part, String counter, long value) {
        String fitting = part.length() <= PART_NAME_MAX ? part : part.substring(0, PART_NAME_MAX);
        String label = kind == PartKind.RUN ? counter : fitting + '/' + counter;
        Integer id = ids.get(kind.name() + label);
        if (id == null) {
            if (counters.available() <= 1 && !counter.equals(LEFT_OUT)) {
                leftOut++;
                return;
            }
            id = counters.allocate(label, kind.typeId());
            ids.put(kind.name() + label, id);
        }
        counters.setCounterValue(id, value);
    }

    @Override
    public void close() {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
            header.putLongRelease(CountersLayout.HEARTBEAT_OFFSET, clock.time());
            header.putIntRelease(CountersLayout.STATE_OFFSET, CountersLayout.STATE_ENDED);
            try {
                Files.deleteIfExists(path);
            } catch (IOException leftBehind) {
                // The next run removes it.
                System.getLogger("io.ringmain.cli")
                        .log(System.Logger.Level.DEBUG, "A counters file is left. path=" + path, leftBehind);
            }
            OPEN_HERE.remove(path.toAbsolutePath());
            IoUtil.unmap(mapped);
        }
    }
}
