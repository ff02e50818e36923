package io.ringmain.internal.journal;

import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.ring.Carried;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.Lane;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import io.ringmain.spi.Portable;
import io.ringmain.spi.SinkDigest;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes each slot of the first ring into the journal before any stage sees it: the journaller of LMAX (M. Thompson et al., "Disruptor", 2011). What is there
 * becomes one block; the slots are passed on when the journal has taken it, at a barrier or the end of input when that is durable.
 *
 * <p>When the journal has no room the lane stands with its block, and the ring fills up behind it.
 *
 * <p>Thread: one, the lane's, which a journal that blocks may block; {@link #open} and {@link #close} as of {@link Journal}.
 *
 * @param <E> the event
 */
public final class JournalLane<E> extends Lane {

    /** The lane's name. */
    public static final String NAME = "journal";

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    /** How often a full journal is asked again. */
    private static final long ASK_AGAIN_NS = 10_000_000;

    private final String pipeline;
    private final Journal journal;
    private final Ring<E> ring;
    private final LaneCursor cursor;
    private final BlockEncoder<E> block;
    private final BlockedTime blocked = new BlockedTime("journal_full");
    private final Counter slots = new Counter();

    // The last slot of the block that the journal is to take; below the cursor's next if there is none.
    private long encoded = -1;
    private boolean flushDue;
    private long askAtNs = Long.MAX_VALUE;
    private boolean atEnd;
    private boolean done;
    private boolean open;

    /**
     * What is written down.
     *
     * @param type of the ring's events
     * @param names of the sources, by number; may grow
     * @param carried events of later segments that come back; null if none do
     * @param types of the events of all segments
     */
    public record Input<E>(
            Ring<E> ring,
            Portable<E> type,
            List<String> names,
            @Nullable Carried carried,
            List<EventType<?>> types) {}

    /** Makes the lane of the pipeline called {@code pipeline}. */
    public JournalLane(String pipeline, Journal journal, LaneCursor cursor, Input<E> input) {
        super(NAME);
        this.pipeline = pipeline;
        this.journal = journal;
        this.cursor = cursor;
        ring = input.ring();
        block = new BlockEncoder<>(input);
    }

    @Override
    public int work(long nowNs) throws Exception {
        if (askAtNs != Long.MAX_VALUE && nowNs < askAtNs) {
            blocked.hold(nowNs);
            return 0;
        }
        if (encoded < cursor.next() && !encode()) {
            done = done || cursor.atCut();
            return 0;
        }
        return give(nowNs);
    }

    /** Makes a block of what is there; returns {@code false} if nothing is. */
    private boolean encode() throws Exception {
        long low = cursor.next();
        long high = cursor.poll();
        if (high < low) {
            return false;
        }
        block.begin(low);
        long sequence = low;
        while (sequence <= high && !flushDue && block.add(sequence)) {
            int kind = Slot.kind(ring.columns().mark(sequence));
            atEnd = kind == Slot.END;
            flushDue = atEnd || kind == Slot.BARRIER;
            sequence++;
        }
        encoded = sequence - 1;
        return true;
    }

    private int give(long nowNs) throws Exception {
        if (!journal.append(block.array(), block.size())) {
            hold(nowNs);
            return 0;
        }
        letGo(nowNs);
        if (flushDue) {
            journal.flush();
            flushDue = false;
        }
        int count = (int) (encoded - cursor.next() + 1);
        slots.add(count);
        cursor.pass(encoded);
        done = atEnd;
        return count;
    }

    private void hold(long nowNs) {
        if (askAtNs == Long.MAX_VALUE) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "There is no room in the journal; the pipeline is held back until there is. pipeline=" + pipeline);
        }
        blocked.hold(nowNs);
        askAtNs = nowNs + ASK_AGAIN_NS;
    }

    private void letGo(long nowNs) {
        if (askAtNs != Long.MAX_VALUE) {
            askAtNs = Long.MAX_VALUE;
            LOGGER.log(System.Logger.Level.INFO, "There is room in the journal again. pipeline=" + pipeline);
        }
        blocked.release(nowNs);
    }

    @Override
    public long wakeAtNs() {
        return askAtNs;
    }

    @Override
    public boolean done() {
        return done;
    }

    /** Opens the journal for the run. */
    public void open(JournalHead head) throws Exception {
        journal.open(head);
        open = true;
    }

    /** Closes the journal if it is open. Once the lane has ended, or if it never began. */
    public void close(boolean failed, Supplier<List<SinkDigest>> digests) throws Exception {
        if (open) {
            open = false;
            journal.close(new JournalFoot(atEnd && done && !failed, slots.value(), digests.get()));
        }
    }

    /** What held the pipeline back. */
    public List<BlockedTime> blocked() {
        return List.of(blocked);
    }
}
