package io.ringmain.journal;

import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.journal.internal.queue.QueueFiles;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How many letters are in which file, and which file is to go when there are too many. Or how many runs begin in it: then the files that go on with a run go when
 * the one goes in which it begins.
 *
 * <p>Thread: the one that opens the store, then the writer's; the counts any.
 */
final class KeptFiles {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    /** The letters of one file. */
    private static final class Kept {
        private long letters;
        private long firstTimeNs;
        private long lastTimeNs;
    }

    private final QueueFiles files;
    private final Keeping keeping;
    private final TreeMap<Integer, Kept> byCycle = new TreeMap<>();
    private final IntConsumer deleted;
    private final boolean areRuns;
    private int protectedFrom = Integer.MAX_VALUE;
    private int lastCycle = -1;
    private @Nullable Kept last;
    private volatile long count;
    private volatile long dropped;

    /** Makes the account of {@code files}; {@code deleted} is told the number of each that goes. */
    KeptFiles(QueueFiles files, Keeping keeping, IntConsumer deleted) {
        this(files, keeping, deleted, false);
    }

    private KeptFiles(QueueFiles files, Keeping keeping, IntConsumer deleted, boolean areRuns) {
        this.files = files;
        this.keeping = keeping;
        this.deleted = deleted;
        this.areRuns = areRuns;
    }

    /** Makes the account of {@code files} that have runs, one for each file in which one begins. */
    static KeptFiles ofRuns(QueueFiles files, Keeping keeping) {
        return new KeptFiles(files, keeping, cycle -> {}, true);
    }

    /** Lets the file {@code cycle} and those behind it stay, whatever they take and however old they get. */
    void protectFrom(int cycle) {
        protectedFrom = cycle;
    }

    private boolean isProtected(CycleFile file) {
        return files.isCurrent(file) || file.cycle() >= protectedFrom;
    }

    /** Whether an excerpt of {@code length} bytes more is within what may be kept. */
    boolean hasRoomFor(int length) throws IOException {
        // Without a bound nobody need walk through the files.
        return keeping.bytesMax() == Long.MAX_VALUE
                || files.allocatedBytes() + QueueFiles.bytesTaken(length) <= keeping.bytesMax();
    }

    /** Notes that there is a letter in the file {@code cycle}. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // There is one writer.
    void add(int cycle, long timeNs) {
        Kept kept = last;
        if (kept == null || cycle != lastCycle) {
            kept = byCycle.computeIfAbsent(cycle, none -> new Kept());
            last = kept;
            lastCycle = cycle;
        }
        // Letters that were brought are older than those before them.
        kept.firstTimeNs = kept.letters == 0 ? timeNs : Math.min(kept.firstTimeNs, timeNs);
        kept.lastTimeNs = kept.letters == 0 ? timeNs : Math.max(kept.lastTimeNs, timeNs);
        kept.letters++;
        count++;
    }

    /** Drops what is to be dropped before an excerpt of {@code length} bytes is written at {@code nowNs}. */
    void makeRoom(int length, long nowNs) throws IOException {
        if (keeping.whenOutgrown() == WhenOutgrown.FULL) {
            return;
        }
        while (!hasRoomFor(length)) {
            List<CycleFile> all = files.files();
            if (all.isEmpty() || isProtected(all.get(0))) {
                return;
            }
            drop(all.get(0));
        }
        if (keeping.ageMax().isPresent()) {
            dropOld(nowNs - keeping.ageMax().get().toNanos());
        }
    }

    private void dropOld(long beforeNs) throws IOException {
        Map.Entry<Integer, Kept> first = byCycle.firstEntry();
        while (first != null && first.getValue().lastTimeNs < beforeNs) {
            int cycle = first.getKey();
            if (cycle == lastCycle) {
                // It may be the one that is written.
                files.roll();
            }
            for (CycleFile file : files.files()) {
                if (file.cycle() == cycle) {
                    drop(file);
                }
            }
            byCycle.remove(cycle);
            first = byCycle.firstEntry();
        }
        if (!areRuns && first != null && first.getKey() == lastCycle && first.getValue().firstTimeNs < beforeNs) {
            // So that its old ones can go without the younger ones that would come behind them.
            files.roll();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // There is one writer.
    private void drop(CycleFile file) throws IOException {
        long letters = delete(file);
        if (areRuns) {
            deleteGoingOn();
        }
        dropped += letters;
        LOGGER.log(
                System.Logger.Level.WARNING,
                "The oldest " + (areRuns ? "runs" : "dead letters")
                        + " were dropped: there are as many as may be kept. " + (areRuns ? "runs=" : "letters=")
                        + letters + " file=" + file.path());
    }

    /** Deletes the oldest files up to one in which something begins: what they have began in one that is gone. */
    private void deleteGoingOn() throws IOException {
        for (CycleFile file : files.files()) {
            if (byCycle.containsKey(file.cycle()) || isProtected(file)) {
                return;
            }
            delete(file);
        }
    }

    /** Deletes {@code file}; returns how many letters it had. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // There is one writer.
    long delete(CycleFile file) throws IOException {
        files.delete(file);
        Kept kept = byCycle.remove(file.cycle());
        if (file.cycle() == lastCycle) {
            last = null;
            lastCycle = -1;
        }
        long letters = kept == null ? 0 : kept.letters;
        count -= letters;
        deleted.accept(file.cycle());
        return letters;
    }

    long count() {
        return count;
    }

    long dropped() {
        return dropped;
    }
}
