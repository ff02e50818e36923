package io.ringmain.journal;

import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.journal.internal.queue.QueueFiles;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * How many letters are in which file, and which file is to go when there are too many.
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
    private int lastCycle = -1;
    private @Nullable Kept last;
    private volatile long count;
    private volatile long dropped;

    /** Makes the account of {@code files}; {@code deleted} is told the number of each that goes. */
    KeptFiles(QueueFiles files, Keeping keeping, IntConsumer deleted) {
        this.files = files;
        this.keeping = keeping;
        this.deleted = deleted;
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
        kept.firstTimeNs = kept.letters == 0 ? timeNs : kept.firstTimeNs;
        kept.lastTimeNs = timeNs;
        kept.letters++;
        count++;
    }

    /** Drops what is to be dropped before an excerpt of {@code length} bytes is written at {@code nowNs}. */
    void makeRoom(int length, long nowNs) throws IOException {
        if (keeping.whenOutgrown() == WhenOutgrown.FULL) {
            return;
        }
        while (files.allocatedBytes() + QueueFiles.bytesTaken(length) > keeping.bytesMax()) {
            CycleFile oldest = files.files().get(0);
            if (files.isCurrent(oldest)) {
                return;
            }
            drop(oldest);
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
        if (first != null && first.getKey() == lastCycle && first.getValue().firstTimeNs < beforeNs) {
            // So that its old ones can go without the younger ones that would come behind them.
            files.roll();
        }
    }

    @SuppressWarnings("NonAtomicVolatileUpdate") // There is one writer.
    private void drop(CycleFile file) throws IOException {
        long letters = delete(file);
        dropped += letters;
        LOGGER.log(
                System.Logger.Level.WARNING,
                "The oldest dead letters were dropped: there are as many as may be kept. letters=" + letters + " file="
                        + file.path());
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
