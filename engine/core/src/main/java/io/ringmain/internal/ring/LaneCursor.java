package io.ringmain.internal.ring;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A lane's place in its ring: what it may take, what it has passed on, and where it must end. Lanes that share the work, see
 * {@link Share}, take block after block instead of everything.
 *
 * <p>Thread: the lane's own, except {@link #cutAt}, {@link #last}, {@link #waiting} and {@link #progress}.
 */
public final class LaneCursor {

    private static final VarHandle CUT;

    static {
        try {
            CUT = MethodHandles.lookup().findVarHandle(LaneCursor.class, "cutSequence", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Ring<?> ring;
    private final RingPoll poll;
    private final LaneProgress progress = new LaneProgress();
    private final int batchMax;
    private final @Nullable Share share;
    private final int index;
    private long passed = -1;
    private long blockEnd = -1;
    private int blockMax = Integer.MAX_VALUE;

    @SuppressWarnings({"FieldMayBeFinal", "UnusedVariable"}) // Used through the VarHandle.
    private long cutSequence = Long.MAX_VALUE;

    private long known = -1;
    private long depthMax;
    private boolean gaveWay;

    /** Makes the place of a lane that works behind {@code upstream}, at most {@code batchMax} slots at a time. */
    public LaneCursor(Ring<?> ring, int batchMax, LaneProgress... upstream) {
        this.ring = ring;
        this.batchMax = batchMax;
        share = null;
        index = 0;
        poll = ring.pollBehind(upstream);
    }

    /** Makes the place of lane number {@code index}, from 0, that takes its part of the work behind {@code upstream} from {@code share}. */
    public LaneCursor(Ring<?> ring, Share share, int index, LaneProgress... upstream) {
        this.ring = ring;
        batchMax = 0;
        this.share = share;
        this.index = index;
        progress.release(Share.IDLE);
        poll = ring.pollBehind(upstream);
    }

    /** The next sequence to work on; with a share only after {@link #poll}. */
    public long next() {
        return passed + 1;
    }

    /** Returns the last sequence to work on now; below {@link #next} when there is nothing. */
    public long poll() {
        if (share == null) {
            return poll(passed, batchMax);
        }
        gaveWay = false;
        if (passed >= blockEnd) {
            takeBlock(share);
        }
        return Math.min(blockEnd, (long) CUT.getAcquire(this));
    }

    private void takeBlock(Share share) {
        if (!share.admits(index)) {
            return;
        }
        long given = share.given();
        while (true) {
            if (given >= known) {
                known = poll.available(given + 1);
            }
            long last = Math.min(Math.min(known, (long) CUT.getAcquire(this)), given + block(share, known - given));
            if (last <= given) {
                return;
            }
            progress.release(given);
            if (share.take(given, last)) {
                depthMax = Math.max(depthMax, known - given);
                passed = given;
                blockEnd = last;
                share.took(last, poll);
                return;
            }
            progress.release(Share.IDLE);
            gaveWay = true;
            given = share.given();
        }
    }

    private int block(Share share, long waiting) {
        return Math.min(blockMax, share.block(waiting));
    }

    /** Sets how many slots this lane takes at a time at most, if the share would give it more. */
    public void takeAtMost(int slots) {
        blockMax = slots;
    }

    /**
     * Whether the last {@link #poll} stood before the lanes behind for a moment, because another lane was quicker. They may have
     * looked just then and gone to sleep, so they must be woken although nothing was taken.
     */
    public boolean gaveWay() {
        return gaveWay;
    }

    /** As {@link #poll()} for a lane that has looked ahead up to {@code seen} and wants {@code limit} more slots. */
    public long poll(long seen, int limit) {
        if (seen >= known) {
            // Only when all that is known is used up: with several publishers a poll walks over what they published.
            known = poll.available(seen + 1);
            depthMax = Math.max(depthMax, known - passed);
        }
        return Math.min(Math.min(known, (long) CUT.getAcquire(this)), seen + limit);
    }

    /** Passes everything up to {@code sequence} on. */
    public void pass(long sequence) {
        passed = sequence;
        progress.release(share != null && sequence == blockEnd ? Share.IDLE : sequence);
    }

    /** How many slots are there that no lane of the share has taken. */
    public long untaken() {
        return share == null ? 0 : Math.max(0, poll.upstream() - share.given());
    }

    /** Whether the lane has no block of its share in hand. */
    public boolean isIdle() {
        return passed >= blockEnd;
    }

    /** Notes that {@code sequence} is the end of input, for the lanes that share the work. */
    public void endAt(long sequence) {
        if (share != null) {
            share.endAt(sequence);
        }
    }

    /** Whether the lane has come to where it was cut off: nothing more will ever come. */
    public boolean atCut() {
        if (share != null && passed >= blockEnd) {
            return share.given() >= Math.min(share.endsAt(), (long) CUT.getAcquire(this));
        }
        return passed >= (long) CUT.getAcquire(this);
    }

    /** Whether nothing more will come after {@code seen}, which the lane has looked at. */
    public boolean atCut(long seen) {
        return seen >= (long) CUT.getAcquire(this);
    }

    /** Makes {@code sequence} the last one that the lane works on, unless it was cut off earlier still. Any thread. */
    public void cutAt(long sequence) {
        long old = (long) CUT.getVolatile(this);
        while (sequence < old && !CUT.compareAndSet(this, old, sequence)) {
            old = (long) CUT.getVolatile(this);
        }
    }

    /** The last sequence passed on. Any thread. */
    public long last() {
        // What is given is read first: a lane that is idle after that is done with all of its part up to there.
        long given = share == null ? 0 : share.given();
        long last = progress.acquire();
        return last == Share.IDLE ? given : last;
    }

    /** What lanes behind this one must read before its progress; null if it shares the work with none. */
    public @Nullable LaneProgress given() {
        return share == null ? null : share.progress();
    }

    /** How many data events wait before or in this lane. Any thread, exact once the lanes stand still. */
    public long waiting() {
        return ring.dataBetween(last(), poll.upstream());
    }

    /** The most slots that were ever there to work on. Any thread, approximate. */
    public long depthMax() {
        return depthMax;
    }

    /** What the lanes behind this one follow. Any thread. */
    public LaneProgress progress() {
        return progress;
    }
}
