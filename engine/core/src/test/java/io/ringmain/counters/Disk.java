package io.ringmain.counters;

import io.ringmain.config.Checkpointing;
import io.ringmain.kit.MemoryJournal;
import io.ringmain.spi.CheckpointStore;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** A disk on the heap with the journal and the checkpoint of counters, that can be full, and fail. */
final class Disk implements Journal, DurableCounters.Past {

    private final List<MemoryJournal> runs = new ArrayList<>();
    private byte @Nullable [] checkpoint;
    // The second comes when the first has been heard.
    private final CountDownLatch refusals = new CountDownLatch(2);
    private volatile String broken = "";
    private volatile boolean isFull;
    private volatile int opensFailing;
    private volatile String why = "";
    private volatile boolean keepsNoCheckpoint;
    private volatile boolean hasNoRoomForEnds;
    // Of one lane after the other.
    private volatile long runBytes;
    private int timesClosed;
    private int opened;
    private int forgotten;

    /** Counters on this disk. */
    DurableCounters durable(Duration checkpointEvery) {
        return new DurableCounters(this, this, new Checkpointing(new Store(), checkpointEvery));
    }

    /** It has no room, or has it again. */
    void full(boolean is) {
        isFull = is;
    }

    /** Returns when it has refused a block, and whoever gave it knows. */
    void awaitRefusal() throws InterruptedException {
        refusals.await();
    }

    /** The next so many runs cannot begin, because of {@code reason}. */
    synchronized void failOpens(int count, String reason) {
        opensFailing = count;
        why = reason;
    }

    /** Nothing can be written any more, because of {@code reason}. */
    void breaks(String reason) {
        broken = reason;
    }

    /** No checkpoint can be stored, or can again. */
    void keepNoCheckpoint(boolean no) {
        keepsNoCheckpoint = no;
    }

    /** It has room for all but the ends of runs. */
    void failCloses() {
        hasNoRoomForEnds = true;
    }

    /** A copy of it as it is now. */
    synchronized Disk copy() {
        var copy = new Disk();
        copy.runs.addAll(runs);
        copy.checkpoint = checkpoint;
        return copy;
    }

    /** Puts the runs of {@code older} that it has not before its own. */
    synchronized void prepend(Disk older) {
        List<MemoryJournal> all = new ArrayList<>(older.runs);
        all.removeAll(runs);
        runs.addAll(0, all);
    }

    /** Loses the checkpoint. */
    synchronized void loseCheckpoint() {
        checkpoint = null;
    }

    /** How many bytes the last run has. */
    long runBytes() {
        return runBytes;
    }

    /** How many runs have begun. */
    synchronized int opened() {
        return opened;
    }

    /** How many times all runs but the last were forgotten. */
    synchronized int forgotten() {
        return forgotten;
    }

    /** How many runs there are. */
    synchronized int runs() {
        return runs.size();
    }

    /** How often others could have come in. */
    synchronized int timesClosed() {
        return timesClosed;
    }

    private synchronized MemoryJournal last() {
        return runs.get(runs.size() - 1);
    }

    @Override
    public synchronized void open(JournalHead head) throws IOException {
        if (isFull) {
            throw new IOException("No space left on device");
        }
        if (opensFailing > 0) {
            opensFailing--;
            throw new IOException(why);
        }
        runBytes = 0;
        var run = new MemoryJournal();
        run.open(head);
        runs.add(run);
        opened++;
    }

    @Override
    @SuppressWarnings("NonAtomicVolatileUpdate") // There is one writer.
    public boolean append(byte[] block, int length) throws Exception {
        if (!broken.isEmpty()) {
            throw new IOException(broken);
        }
        if (isFull) {
            refusals.countDown();
            return false;
        }
        runBytes += length;
        return last().append(block, length);
    }

    @Override
    public void flush() throws Exception {
        last().flush();
    }

    @Override
    public void close(JournalFoot foot) throws IOException {
        if (isFull || hasNoRoomForEnds) {
            throw new IOException("No space left on device");
        }
        last().close(foot);
    }

    @Override
    public void each(DurableCounters.Visitor visitor) throws IOException {
        for (MemoryJournal run : copy().runs) {
            visitor.run(run.reader());
        }
    }

    @Override
    public synchronized void forget() {
        if (last().appended() < 0) {
            throw new IllegalStateException("nothing in the journal asks for the checkpoint yet");
        }
        forgotten++;
        runs.subList(0, runs.size() - 1).clear();
    }

    private final class Store implements CheckpointStore {

        private boolean isOpen;

        @Override
        public void open() throws IOException {
            if (isOpen) {
                throw new IOException("opened twice");
            }
            isOpen = true;
        }

        @Override
        public byte @Nullable [] read() {
            synchronized (Disk.this) {
                return checkpoint;
            }
        }

        @Override
        public void write(byte[] next) throws IOException {
            if (isFull || keepsNoCheckpoint) {
                throw new IOException("No space left on device");
            }
            synchronized (Disk.this) {
                checkpoint = next;
            }
        }

        @Override
        public void close() {
            synchronized (Disk.this) {
                timesClosed++;
                isOpen = false;
            }
        }
    }
}
