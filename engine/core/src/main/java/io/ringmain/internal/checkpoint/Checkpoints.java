package io.ringmain.internal.checkpoint;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Checkpointing;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.ControlWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.internal.run.Supervisor;
import io.ringmain.spi.CheckpointStore;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.Stateful;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of one pipeline: a barrier in the ring, behind which stand exactly the events that it covers (K. M. Chandy and L. Lamport,
 * "Distributed Snapshots", 1985, for channels that are never torn).
 *
 * <p>When one is due the supervisor wants a barrier. Whoever publishes into the first ring asks the sources where they stand and publishes it. Each lane that
 * meets it asks its parts; a sink is flushed first. When the settling lanes of all segments have passed it, everything before it is settled, and the
 * supervisor writes what was said into the store. One barrier is under way at a time. Behind the last event comes a last one.
 *
 * <p>Thread: {@link #publish} and {@link #publishLast} the one that publishes control events into the first ring, {@link #passed} the settling lanes', {@link
 * #work} the supervisor's; what is named of assembly before the start.
 */
public final class Checkpoints {

    private static final int FORMAT = 1;
    private static final String SOURCE = "source/";
    private static final long NEVER = Long.MAX_VALUE;
    private static final Duration LETTERS_EVERY = Duration.ofMillis(250);

    private final @Nullable CheckpointStore store;
    private final long everyNs;
    private final long bytesMax;
    private long bytesAtBarrier;
    private final Exits exits;
    private final boolean ofLetters;
    private final List<Saved> parts = new ArrayList<>();
    // Those that are there before the start: what they say is loaded, and stored first, before they join.
    private final List<Saved> first = new ArrayList<>();
    private final List<Tracked> tracked = new CopyOnWriteArrayList<>();
    // What the loaded checkpoint knows of sources that have not come, or have not been asked yet.
    private final Map<String, byte[]> unclaimed = new ConcurrentSkipListMap<>();
    private final AtomicInteger left = new AtomicInteger();
    private int segments;
    private volatile boolean loaded;

    // Wanted by the supervisor, then published, then stored: each follows the one before.
    private volatile long wanted;
    private volatile long published;
    private volatile long stored;
    private volatile long last = NEVER;

    private long dueNs = NEVER;
    private volatile long storedAtNs = NEVER;
    private volatile int storedBytes;
    private final Counter storedCount = new Counter();
    private final Counter failedCount = new Counter();

    /**
     * How checkpoints are connected to the supervisor.
     *
     * @param failed takes what a source that could not say where it stands has thrown
     * @param hasFailed whether the pipeline has failed: then what comes is not covered, and the last checkpoint stays
     * @param notTold takes what a source has thrown that was told that its events are durable
     * @param wake called when the supervisor has something to do
     * @param letters makes dead letters safe: what they keep is covered
     */
    public record Exits(
            BiConsumer<String, Throwable> failed,
            BiConsumer<String, Throwable> notTold,
            BooleanSupplier hasFailed,
            Runnable wake,
            Flush letters) {}

    /** Makes what was taken safe; may block. */
    @FunctionalInterface
    public interface Flush {
        /** Does it. */
        void run() throws IOException;
    }

    /**
     * Makes the checkpoints of a pipeline that is being assembled.
     *
     * @param exits how they are connected to the supervisor
     */
    public Checkpoints(Checkpointing how, Exits exits) {
        this(how, exits, false);
    }

    private Checkpoints(Checkpointing how, Exits exits, boolean ofLetters) {
        this.ofLetters = ofLetters;
        store = how.store();
        everyNs = Supervisor.nanos(how.every());
        bytesMax = how.bytesMax();
        this.exits = exits;
    }

    /** Makes barriers that are stored nowhere, and published only while letters are under way, to learn what has become of them. */
    public static Checkpoints ofLetters(Exits exits) {
        return new Checkpoints(Checkpointing.acknowledging(LETTERS_EVERY), exits, true);
    }

    /** Whether they are only about letters: nobody has asked for checkpoints. */
    public boolean isOfLetters() {
        return ofLetters;
    }

    /** One who has joined. */
    private static final class Tracked {

        private final Origin origin;
        // Written before the barrier is published, read behind it.
        private long atBarrier = -1;
        private volatile long told = -1;

        Tracked(Origin origin) {
            this.origin = origin;
        }
    }

    /** A source is assembled, before the start; null if it remembers nothing. */
    public @Nullable Saved source(String name, Object source) {
        Saved saved = ofLetters ? null : saved(name, source);
        if (saved != null) {
            first.add(saved);
        }
        return saved;
    }

    private static @Nullable Saved saved(String name, Object source) {
        return source instanceof Stateful stateful ? new Saved(SOURCE + name, stateful) : null;
    }

    /** A source is to join a pipeline that runs: gives it what the last run knew of it. Before it is opened; any thread. */
    public @Nullable Saved newcomer(String name, Object source) throws IOException {
        Saved saved = saved(name, source);
        byte[] state = unclaimed.get(SOURCE + name);
        if (saved != null && state != null) {
            saved.load(state);
        }
        return saved;
    }

    /** A stream has joined. On the thread that publishes into the first ring, before its first event. */
    public void joined(Origin origin) {
        if (!ofLetters || origin.name().equals(DeadLetters.SOURCE)) {
            tracked.add(new Tracked(origin));
        }
    }

    /** A stage, emitter or sink is assembled; null if it remembers nothing. */
    public @Nullable Saved part(String name, Object part) {
        if (!(part instanceof Stateful stateful) || ofLetters) {
            return null;
        }
        if (parts.stream().anyMatch(other -> other.name().equals(name))) {
            throw new IllegalStateException(
                    name.replace('/', ' ') + ": several lanes share it and each would remember something else"
                            + " (expected: a stage that remembers nothing, or a partition)");
        }
        var saved = new Saved(name, stateful);
        parts.add(saved);
        return saved;
    }

    /** A segment is assembled: its settling lane will say {@link #passed}. */
    public void addSegment() {
        segments++;
    }

    /** Opens the store, reads the last checkpoint, if there is one, and gives each part what it said. Before anything is opened. */
    public void load() throws IOException {
        if (store == null) {
            return;
        }
        store.open();
        byte[] checkpoint = store.read();
        if (checkpoint != null) {
            unclaimed.putAll(read(checkpoint));
            loaded = true;
        }
        load(parts);
        load(first);
        for (String name : unclaimed.keySet()) {
            // Sources may still come.
            if (!name.startsWith(SOURCE)) {
                throw new IOException(
                        store + ": the checkpoint knows of " + name.replace('/', ' ')
                                + " (expected: the parts of this pipeline); give the pipeline that wrote it, or another directory to begin from the start");
            }
        }
    }

    private void load(List<Saved> all) throws IOException {
        for (Saved saved : all) {
            byte[] state = unclaimed.remove(saved.name());
            if (state != null) {
                saved.load(state);
            }
        }
    }

    /**
     * Stores where everything stands, if there was no checkpoint: a run that dies before its first barrier must leave marks to which the next one
     * can cut back. After everything has been opened, before anything moves.
     */
    public void begin() throws IOException {
        if (loaded || store == null) {
            return;
        }
        try {
            for (Saved saved : parts) {
                saved.save();
            }
            for (Saved saved : first) {
                saved.save();
            }
        } catch (StoppedException failure) {
            throw new IOException(failure.where() + " could not be saved: " + failure.getCause(), failure.getCause());
        }
        store.write(bytes(first));
    }

    private Map<String, byte[]> read(byte[] checkpoint) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(checkpoint));
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException(store + ": a checkpoint of format " + format + " (expected: " + FORMAT
                    + "); it was written by another version");
        }
        long number = in.readLong();
        wanted = number;
        published = number;
        stored = number;
        return states(in);
    }

    /** What each part said, in a checkpoint that this version has written. */
    static Map<String, byte[]> states(byte[] checkpoint) throws IOException {
        var in = new DataInputStream(new ByteArrayInputStream(checkpoint));
        in.readInt();
        in.readLong();
        return states(in);
    }

    private static Map<String, byte[]> states(DataInputStream in) throws IOException {
        int count = in.readInt();
        Map<String, byte[]> states = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            String name = in.readUTF();
            byte[] state = new byte[in.readInt()];
            in.readFully(state);
            states.put(name, state);
        }
        return states;
    }

    /** Publishes the barrier that is wanted, if one is; returns how many events that were. */
    public int publish(ControlWriter writer, long nowNs) {
        if (bytesMax < NEVER && published == stored && bytesRead() - bytesAtBarrier >= bytesMax) {
            wanted = stored + 1;
        }
        // What comes after a failure is not covered: what the failed part knows may be wrong.
        return published < wanted && !exits.hasFailed.getAsBoolean() && barrier(wanted, writer, nowNs) ? 1 : 0;
    }

    private long bytesRead() {
        long bytes = 0;
        for (int i = 0; i < tracked.size(); i++) {
            bytes += tracked.get(i).origin.bytesRead();
        }
        return bytes;
    }

    /** Whether a barrier is wanted that is not published. */
    public boolean isWanted() {
        return published < wanted;
    }

    /**
     * Publishes the barrier behind the last event; returns whether nothing stands before the end of input any more. It waits for the one that is
     * under way.
     */
    public boolean publishLast(ControlWriter writer, long nowNs) {
        if (published >= last || exits.hasFailed.getAsBoolean() || !isOfUse()) {
            return true;
        }
        if (published > stored) {
            return false;
        }
        last = published + 1;
        return barrier(last, writer, nowNs);
    }

    private boolean barrier(long number, ControlWriter writer, long nowNs) {
        try {
            for (Tracked source : tracked) {
                source.atBarrier = source.origin.position();
                Saved place = source.origin.place();
                if (place != null && store != null) {
                    place.save();
                    unclaimed.remove(place.name());
                }
            }
        } catch (StoppedException failure) {
            exits.failed.accept(failure.where(), requireNonNull(failure.getCause()));
            return false;
        }
        left.set(segments);
        // First: it may have passed all lanes before the writer returns, and the supervisor is woken once.
        published = number;
        if (!writer.control(Slot.BARRIER, number, nowNs)) {
            published = number - 1;
            return false;
        }
        bytesAtBarrier = bytesRead();
        return true;
    }

    /** A barrier has passed all lanes of one segment. */
    public void passed() {
        if (left.decrementAndGet() == 0) {
            exits.wake.run();
        }
    }

    /** Whether all lanes have been passed by a barrier that is not in the store yet. */
    public boolean isComplete() {
        return published > stored && left.get() == 0;
    }

    /** Stores what is complete, and wants the next when it is due; returns whether who publishes is to be woken. */
    public boolean work(long nowNs, boolean running) throws IOException {
        if (isComplete()) {
            dueNs = nowNs + everyNs;
            long number = published;
            try {
                store(nowNs);
                storedCount.add(1);
                acknowledge();
            } catch (IOException failure) {
                failedCount.add(1);
                throw failure;
            } finally {
                // Also if it failed: the next one covers more.
                stored = number;
                wanted = Math.max(wanted, number);
            }
            return true;
        }
        if (dueNs == NEVER) {
            dueNs = nowNs + everyNs;
        }
        if (nowNs >= dueNs && !isOfUse()) {
            dueNs = nowNs + everyNs;
        }
        if (running && nowNs >= dueNs && wanted == stored && published == stored) {
            wanted = stored + 1;
            return true;
        }
        return false;
    }

    /** Whether a barrier would tell anything. */
    private boolean isOfUse() {
        if (!ofLetters) {
            return true;
        }
        for (Tracked letters : tracked) {
            if (letters.origin.position() > Math.max(0, letters.told)) {
                return true;
            }
        }
        return false;
    }

    private void store(long nowNs) throws IOException {
        exits.letters.run();
        if (store != null) {
            List<Saved> places = new ArrayList<>();
            for (Tracked source : tracked) {
                Saved place = source.origin.place();
                if (place != null && place.isSaved()) {
                    places.add(place);
                }
            }
            byte[] checkpoint = bytes(places);
            store.write(checkpoint);
            storedBytes = checkpoint.length;
        }
        storedAtNs = nowNs;
    }

    private void acknowledge() {
        for (Tracked source : tracked) {
            if (source.atBarrier > source.told) {
                source.told = source.atBarrier;
                try {
                    source.origin.acknowledged(source.told);
                } catch (Exception failure) {
                    exits.notTold.accept(source.origin.name(), failure);
                }
            }
        }
    }

    private byte[] bytes(List<Saved> places) throws IOException {
        var bytes = new ByteArrayOutputStream();
        var out = new DataOutputStream(bytes);
        out.writeInt(FORMAT);
        out.writeLong(published);
        out.writeInt(parts.size() + places.size() + unclaimed.size());
        for (Map.Entry<String, byte[]> entry : unclaimed.entrySet()) {
            out.writeUTF(entry.getKey());
            out.writeInt(entry.getValue().length);
            out.write(entry.getValue());
        }
        for (Saved saved : parts) {
            saved.writeTo(out);
        }
        for (Saved saved : places) {
            saved.writeTo(out);
        }
        return bytes.toByteArray();
    }

    /** When {@link #work} is to be called although nothing happened. */
    public long wakeAtNs() {
        return published > stored || wanted > stored ? NEVER : dueNs;
    }

    /** Gives the store back. */
    public void close() throws IOException {
        if (store != null) {
            store.close();
        }
    }

    /** Whether the last one, behind the last event, has been tried to store: none comes that covers more. */
    public boolean isOver() {
        return stored >= last;
    }

    /** The number of the last barrier that was published, by this run or the one that it goes on from; 0 if there was none. */
    public long number() {
        return published;
    }

    /** Whether an earlier run's was loaded. */
    public boolean isContinued() {
        return loaded;
    }

    /** How many this run has stored. Any thread. */
    public long stored() {
        return storedCount.value();
    }

    /** How many could not be stored. Any thread. */
    public long failed() {
        return failedCount.value();
    }

    /** When the last one was complete; {@link Long#MAX_VALUE} if none was in this run. Any thread. */
    public long storedAtNs() {
        return storedAtNs;
    }

    /** How large it is, in bytes. Any thread. */
    public long storedBytes() {
        return storedBytes;
    }
}
