package io.ringmain.counters;

import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The journal of a writer: sees when a run has grown, and since when there is no room.
 *
 * <p>Thread: as {@link Journal}; {@link #beforeRun} and {@link #foundNoRoom} the one that begins a run, {@link #hasRoom} and {@link #isOutOfRoom} any.
 */
final class WriterJournal implements Journal {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");
    private static final long NEVER = Long.MAX_VALUE;

    private final Journal journal;
    private final long runBytesMax;
    private final long roomWithinNs;
    private final LongSupplier nowNs;
    private volatile long noRoomSinceNs = NEVER;
    private Runnable outgrown = () -> {};
    private long runBytes;

    WriterJournal(DurableCounters durable, LongSupplier nowNs) {
        journal = durable.journal();
        runBytesMax = durable.runBytesMax();
        roomWithinNs = TimeUnit.NANOSECONDS.convert(durable.roomWithin());
        this.nowNs = nowNs;
    }

    /** A run is to begin, of which {@code whenOutgrown} asks for the end; on the journal's lane. */
    void beforeRun(Runnable whenOutgrown) {
        outgrown = whenOutgrown;
        runBytes = 0;
    }

    /** A run could not begin. */
    void foundNoRoom() {
        if (hasRoom()) {
            noRoomSinceNs = nowNs.getAsLong();
        }
    }

    /** Whether there was room when it was looked at last. */
    boolean hasRoom() {
        return noRoomSinceNs == NEVER;
    }

    /** Whether there has been none for so long that callers are told. */
    boolean isOutOfRoom() {
        long sinceNs = noRoomSinceNs;
        return sinceNs != NEVER && nowNs.getAsLong() - sinceNs >= roomWithinNs;
    }

    @Override
    public void open(JournalHead head) throws Exception {
        journal.open(head);
        noRoomSinceNs = NEVER;
    }

    @Override
    public boolean append(byte[] block, int length) throws Exception {
        if (!journal.append(block, length)) {
            foundNoRoom();
            return false;
        }
        if (!hasRoom()) {
            noRoomSinceNs = NEVER;
        }
        boolean wasLess = runBytes < runBytesMax;
        runBytes += length;
        if (wasLess && runBytes >= runBytesMax) {
            outgrown.run();
        }
        return true;
    }

    @Override
    public void flush() throws Exception {
        journal.flush();
    }

    @Override
    public void close(JournalFoot foot) throws Exception {
        try {
            journal.close(foot);
        } catch (Exception failure) {
            if (FailureKind.of(failure) != FailureKind.NO_ROOM) {
                throw failure;
            }
            // Nobody looks for the foot, and the operations are there.
            LOGGER.log(System.Logger.Level.WARNING, "A run of counters has no end for want of room.", failure);
        }
    }

    @Override
    public boolean blocking() {
        return journal.blocking();
    }
}
