package io.ringmain.cli.stat;

import static org.agrona.concurrent.status.CountersReader.COUNTER_LENGTH;
import static org.agrona.concurrent.status.CountersReader.METADATA_LENGTH;

import io.ringmain.cli.stat.RunSnapshot.DistinctError;
import io.ringmain.cli.stat.RunSnapshot.Part;
import java.io.IOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.agrona.IoUtil;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.errors.ErrorLogReader;
import org.agrona.concurrent.status.CountersReader;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the file of a run, without disturbing the run; goes on to work after the run has deleted the file.
 *
 * <p>Thread: one.
 */
public final class RunView implements AutoCloseable {

    private static final int OPENS_MAX = 100;
    private static final long OPEN_PAUSE_NS = 10_000_000;
    private static final int READS_MAX = 1_000;
    private static final long READ_PAUSE_NS = 1_000_000;

    private final MappedByteBuffer mapped;
    private final UnsafeBuffer header;
    private final CountersReader counters;
    private final UnsafeBuffer errors;

    private RunView(MappedByteBuffer mapped, UnsafeBuffer header) {
        this.mapped = mapped;
        this.header = header;
        int metadataBytes = header.getInt(CountersLayout.METADATA_LENGTH_OFFSET);
        int valuesBytes = header.getInt(CountersLayout.VALUES_LENGTH_OFFSET);
        int errorsBytes = header.getInt(CountersLayout.ERRORS_LENGTH_OFFSET);
        int at = CountersLayout.HEADER_BYTES;
        UnsafeBuffer metadata = new UnsafeBuffer(mapped, at, metadataBytes);
        at += metadataBytes;
        counters = new CountersReader(metadata, new UnsafeBuffer(mapped, at, valuesBytes), StandardCharsets.UTF_8);
        errors = new UnsafeBuffer(mapped, at + valuesBytes, errorsBytes);
    }

    /**
     * Opens a file, and waits up to a second for a run that is just making it.
     *
     * @throws IOException if it is not a file of this version, or not complete in time
     */
    public static RunView open(Path path) throws IOException {
        return open(path, OPENS_MAX);
    }

    /** As {@link #open(Path)}, but looks at most {@code opensMax} times, 10 ms apart, whether the file is complete. */
    static RunView open(Path path, int opensMax) throws IOException {
        for (int i = 1; i < opensMax; i++) {
            RunView view = tryOpen(path);
            if (view != null) {
                return view;
            }
            LockSupport.parkNanos(OPEN_PAUSE_NS);
        }
        RunView view = tryOpen(path);
        if (view == null) {
            throw new IOException(path + ": not complete (expected: its run finishes it at once); look again later");
        }
        return view;
    }

    private static @Nullable RunView tryOpen(Path path) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size < CountersLayout.HEADER_BYTES || size > Integer.MAX_VALUE) {
                return null;
            }
            MappedByteBuffer mapped = channel.map(MapMode.READ_ONLY, 0, size);
            boolean usable = false;
            try {
                UnsafeBuffer header = new UnsafeBuffer(mapped, 0, CountersLayout.HEADER_BYTES);
                long word = header.getLongVolatile(CountersLayout.WORD_OFFSET);
                if (word == 0) {
                    return null;
                }
                checkWord(path, word);
                checkLengths(path, header, size);
                usable = true;
                return new RunView(mapped, header);
            } finally {
                if (!usable) {
                    IoUtil.unmap(mapped);
                }
            }
        }
    }

    private static void checkWord(Path path, long word) throws IOException {
        int version = (int) word;
        if (word - Integer.toUnsignedLong(version) != CountersLayout.MAGIC) {
            throw new IOException(path + ": not the counters of a run (expected: the first bytes say so); remove it");
        }
        if (version != CountersLayout.VERSION) {
            throw new IOException(path + ": version " + version + " (expected: " + CountersLayout.VERSION
                    + "); use the ringmain that wrote it");
        }
    }

    private static void checkLengths(Path path, UnsafeBuffer header, long size) throws IOException {
        long metadata = header.getInt(CountersLayout.METADATA_LENGTH_OFFSET);
        long values = header.getInt(CountersLayout.VALUES_LENGTH_OFFSET);
        long errors = header.getInt(CountersLayout.ERRORS_LENGTH_OFFSET);
        long commands = header.getInt(CountersLayout.COMMANDS_LENGTH_OFFSET);
        long name = header.getInt(CountersLayout.NAME_LENGTH_OFFSET);
        boolean whole = metadata >= 0
                && values >= 0
                && errors >= 0
                && commands >= 0
                && CountersLayout.HEADER_BYTES + metadata + values + errors + commands <= size
                && metadata / METADATA_LENGTH == values / COUNTER_LENGTH
                && name >= 0
                && name <= CountersLayout.NAME_BYTES_MAX;
        if (!whole) {
            throw new IOException(path + ": " + size + " bytes, cut or damaged (expected: the lengths of its header);"
                    + " remove it when its run has ended");
        }
    }

    /**
     * Reads everything; all of it of one moment, unless the run has stopped in the middle of an update, for which this waits about a
     * second: on a busy machine an update may take its time.
     */
    public RunSnapshot look() {
        return look(READS_MAX);
    }

    /** As {@link #look()}, but reads at most {@code readsMax} times, 1 ms apart. */
    RunSnapshot look(int readsMax) {
        for (int i = 1; i < readsMax; i++) {
            long changes = header.getLongVolatile(CountersLayout.CHANGES_OFFSET);
            if ((changes & 1) == 0) {
                RunSnapshot snapshot = read(true);
                if (header.getLongVolatile(CountersLayout.CHANGES_OFFSET) == changes) {
                    return snapshot;
                }
            }
            LockSupport.parkNanos(READ_PAUSE_NS);
        }
        return read(false);
    }

    /** When the run wrote last, in milliseconds since 1970. */
    long heartbeatMs() {
        return header.getLongVolatile(CountersLayout.HEARTBEAT_OFFSET);
    }

    private RunSnapshot read(boolean whole) {
        boolean ended = header.getIntVolatile(CountersLayout.STATE_OFFSET) == CountersLayout.STATE_ENDED;
        Map<String, Long> ofRun = new LinkedHashMap<>();
        List<Part> parts = new ArrayList<>();
        counters.forEach((value, id, label) -> {
            PartKind kind = PartKind.of(counters.getCounterTypeId(id));
            if (kind == PartKind.RUN) {
                ofRun.put(label, value);
            } else if (kind != null) {
                int slash = label.lastIndexOf('/');
                String name = label.substring(0, Math.max(0, slash));
                part(parts, kind, name).counters().put(label.substring(slash + 1), value);
            }
        });
        List<DistinctError> distinct = new ArrayList<>();
        ErrorLogReader.read(
                errors,
                (count, firstMs, lastMs, text) ->
                        distinct.add(new DistinctError(text.strip(), Math.max(1, count), firstMs, lastMs)));
        return new RunSnapshot(
                header.getLong(CountersLayout.PID_OFFSET),
                pipeline(),
                ended,
                header.getLong(CountersLayout.STARTED_OFFSET),
                heartbeatMs(),
                whole,
                ofRun,
                parts,
                distinct);
    }

    private static Part part(List<Part> parts, PartKind kind, String name) {
        for (Part part : parts) {
            if (part.kind() == kind && part.name().equals(name)) {
                return part;
            }
        }
        Part part = new Part(kind, name, new LinkedHashMap<>());
        parts.add(part);
        return part;
    }

    private String pipeline() {
        byte[] name = new byte[header.getInt(CountersLayout.NAME_LENGTH_OFFSET)];
        header.getBytes(CountersLayout.NAME_OFFSET, name);
        return new String(name, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        IoUtil.unmap(mapped);
    }
}
