package io.ringmain.internal.delivery;

import io.ringmain.config.Subscribing;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Counter;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.failure.Attempts;
import io.ringmain.internal.failure.Decision;
import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.LaneProgress;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingPoll;
import io.ringmain.internal.run.Lane;
import io.ringmain.internal.run.Waiter;
import io.ringmain.spi.Sink;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Gives the events to a sink that joined a running pipeline: a lossless one reads them in the ring, which it holds back; a lossy one in a room of its own.
 *
 * <p>A sink that fails is tried again as {@code WhenFailed} says; when no attempt is left its subscription ends. It decides nothing about the events:
 * they are settled as if it had not been there.
 *
 * <p>Thread: one, the lane's; {@link #begin}, {@link #end} and {@link #fail} on the settling lane's, or by who asks to join behind it;
 * {@link #leave} and the counts from any.
 *
 * @param <E> the event
 */
public final class SubscriberLane<E> extends Lane {

    private static final int BATCH_MAX = 256;

    private final Sink<E> sink;
    private final Subscribers<E> subscribers;
    private final boolean chooses;
    private final Ring<E> ring;
    private final Columns columns;
    private final @Nullable LossyRoom<E> room;
    private final RingPoll poll;
    private final SlotBatch<E> batch;
    private final LaneProgress progress = new LaneProgress();
    private final Attempts attempts;
    private final Exits exits;
    private final Counter taken = new Counter();
    private final Counter delivered = new Counter();
    private final Counter notWanted = new Counter();
    private final Counter failed = new Counter();
    private @Nullable Waiter waiter;
    private final AtomicBoolean released = new AtomicBoolean();
    private long seen;
    private long toldBefore = -1;
    // Of the slots behind what was passed, how many events the sink does not want.
    private int unwanted;
    // Of those in the batch as it was, how many the sink took while it could not take others.
    private int takenInPart;
    // Why the sink could not choose about the event behind the last one seen.
    private @Nullable Exception unchosen;
    private boolean ended;
    private boolean broken;
    private volatile boolean begun;
    private volatile boolean over;
    private volatile boolean leaving;
    private volatile boolean left;
    private volatile boolean departing;
    private volatile boolean out;
    private volatile boolean gone;
    private volatile boolean aborted;

    /**
     * Where failures go.
     *
     * @param attempts how often a sink that fails is tried again
     * @param failures the distinct failures
     * @param error what an {@link Error} ends the pipeline by
     */
    public record Exits(Attempts attempts, Failures failures, BiConsumer<String, Throwable> error) {}

    /** Makes the lane of a sink, which is open, that is to join {@code subscribers}. */
    public SubscriberLane(String name, Sink<E> sink, Subscribing subscribing, Subscribers<E> subscribers, Exits exits) {
        super(name);
        this.sink = sink;
        this.subscribers = subscribers;
        chooses = sink.chooses();
        if (subscribing instanceof Subscribing.Lossy lossy) {
            room = new LossyRoom<>(subscribers.ring().type(), lossy.bound(), lossy.whenLagged());
            room.gateOn(progress);
            ring = room.ring;
            poll = ring.pollBehind();
        } else {
            room = null;
            ring = subscribers.ring();
            poll = ring.pollBehind(subscribers.offered());
        }
        columns = ring.columns();
        batch = new SlotBatch<>(ring, subscribers.sources(), BATCH_MAX);
        attempts = exits.attempts;
        this.exits = exits;
    }

    /** Who is woken when events come. Before it asks to join. */
    public void wakes(Waiter waiter) {
        this.waiter = waiter;
    }

    void wake() {
        Waiter waiting = waiter;
        if (waiting != null) {
            waiting.wakeIfAsleep();
        }
    }

    /** Lets the subscriber in behind {@code sequence} of the pipeline's ring. */
    void begin(long sequence) {
        seen = room == null ? sequence : -1;
        progress.release(seen);
        begun = true;
    }

    /** Says that nothing comes behind what has been offered. */
    void end() {
        over = true;
    }

    /** Ends the subscription because its event could not be copied. */
    void fail(Exception failure) {
        exits.failures.record(name(), failure);
        leaving = true;
    }

    /** Whether events may still be copied for it. */
    boolean wantsMore() {
        return !leaving && !departing;
    }

    /** Whether it reads no more, and the ring need not wait for it. */
    boolean isDeparting() {
        return departing;
    }

    /** Says that the settling lane has done with it. */
    void out() {
        out = true;
    }

    boolean isLossless() {
        return room == null;
    }

    @Nullable
    LossyRoom<E> room() {
        return room;
    }

    /** How far the subscriber lets the ring be settled. */
    long passed() {
        return progress.acquire();
    }

    /** Asks the lane to end where it is. Any thread. */
    public void leave() {
        left = true;
        leaving = true;
        VarHandle.fullFence();
        wake();
    }

    /** Whether the subscriber asked to end where it was. */
    public boolean hasLeft() {
        return left;
    }

    /** Whether the subscriber is there or to come. */
    public boolean isOpen() {
        return !gone && !halted();
    }

    @Override
    public int work(long nowNs) {
        // Asked before the poll: what was offered before it ended is then seen.
        boolean nothingComes = over;
        if (leaving || broken) {
            return depart(nothingComes);
        }
        if (!begun && nothingComes) {
            ended = true;
            return 1;
        }
        if (!begun || attempts.pausing(nowNs)) {
            return 0;
        }
        try {
            long from = seen;
            if (batch.isEmpty() && unchosen == null) {
                gather();
            }
            if (!batch.isEmpty()) {
                return write(nowNs);
            }
            if (unchosen != null) {
                return (int) (seen - from) + failToChoose(unchosen, nowNs);
            }
            ended = nothingComes && seen == from;
            return ended ? 1 : (int) (seen - from);
        } catch (Exception failure) {
            return failed(failure, nowNs);
        } catch (Error error) {
            broken = true;
            exits.error.accept(name(), error);
            return 1;
        }
    }

    /**
     * Looks at what has come, until the batch is full, a gap is before the next event or the sink fails to choose about it; passes what held nothing for
     * the sink.
     */
    private void gather() {
        long high = Math.min(poll.available(seen + 1), seen + BATCH_MAX);
        boolean stands = false;
        while (seen < high && !stands) {
            if (subscribers.see(columns, seen + 1)) {
                boolean gap = room != null && room.hasGapBefore(seen + 1) && !batch.isEmpty();
                stands = gap || !add(seen + 1);
            }
            seen += stands ? 0 : 1;
        }
        if (batch.isEmpty()) {
            pass();
        }
    }

    /** Passes all that was seen; until then what the sink does not want, or took, is in flight with what stands around it. */
    private void pass() {
        notWanted.add(unwanted);
        unwanted = 0;
        progress.release(seen);
    }

    /** Adds the event to the batch if the sink wants it; returns {@code false} if that could not be found out. */
    private boolean add(long sequence) {
        boolean wanted;
        try {
            if (room != null && toldBefore != sequence) {
                // Once, whatever becomes of the event.
                toldBefore = sequence;
                room.tellBefore(sequence);
            }
            wanted = !chooses || sink.wants(ring.event(sequence));
        } catch (Exception failure) {
            unchosen = failure;
            return false;
        }
        if (attempts.any()) {
            attempts.reset();
        }
        taken.add(1);
        if (wanted) {
            batch.add(sequence);
        } else {
            unwanted++;
        }
        return true;
    }

    /** Stands at an event that the sink could not choose about, all before it being written. */
    private int failToChoose(Exception failure, long nowNs) {
        unchosen = null;
        return failed(failure, nowNs);
    }

    private int write(long nowNs) throws Exception {
        int size = batch.size();
        batch.forgetFailed();
        sink.write(batch);
        if (aborted) {
            return 1;
        }
        if (batch.anyFailed()) {
            return failedInPart(nowNs);
        }
        delivered.add(takenInPart + size);
        takenInPart = 0;
        batch.clear();
        attempts.reset();
        pass();
        return size;
    }

    /** What the sink could not take is the batch from now on, and has failed. */
    private int failedInPart(long nowNs) {
        int size = batch.size();
        batch.keepFailed();
        takenInPart += size - batch.size();
        for (int i = 1; i < batch.size(); i++) {
            exits.failures.record(name(), batch.why(i));
        }
        return size - batch.size() + failed(batch.why(0), nowNs);
    }

    private int failed(Exception failure, long nowNs) {
        if (aborted) {
            return 1;
        }
        failed.add(1);
        exits.failures.record(name(), failure);
        if (attempts.failed(failure, sink::kindOf, nowNs) == Decision.AGAIN) {
            return 0;
        }
        broken = true;
        return 1;
    }

    /** Lets the ring go, and ends once the settling lane has noticed: from then on nothing comes into its room, and what it has missed is known. */
    private int depart(boolean nothingComes) {
        if (!departing) {
            letGo();
            return 1;
        }
        ended = out || nothingComes;
        return ended ? 1 : 0;
    }

    private void letGo() {
        delivered.add(takenInPart);
        takenInPart = 0;
        departing = true;
        progress.release(Long.MAX_VALUE);
    }

    @Override
    public long wakeAtNs() {
        return attempts.resumeAtNs();
    }

    @Override
    public boolean done() {
        return ended;
    }

    @Override
    public void abort() {
        aborted = true;
        sink.abort();
    }

    @Override
    public void release() {
        // Who closes a pipeline that was never started may meet who is just joining it.
        if (!released.compareAndSet(false, true)) {
            return;
        }
        // First of all the ring, if that was not done yet: whatever the sink does now, nobody waits for it.
        letGo();
        try {
            if (room != null && !aborted) {
                room.tellRest();
            }
            if (!aborted) {
                // Also behind a failure: what was written before and counted as delivered must still become durable.
                sink.flush();
            }
        } catch (Exception failure) {
            exits.failures.record(name(), failure);
        } finally {
            close();
        }
    }

    private void close() {
        try {
            sink.close();
        } catch (Exception failure) {
            exits.failures.record(name(), failure);
        } finally {
            gone = true;
        }
    }

    /** How many events came to it. */
    public long offered() {
        return room == null ? taken.value() : room.offered.value();
    }

    /** How many events the sink took. */
    public long delivered() {
        return delivered.value();
    }

    /** How many events the sink chose not to take. */
    public long notWanted() {
        return notWanted.value();
    }

    /** How many events were lost for it. */
    public long lagged() {
        return room == null ? 0 : room.lagged.value();
    }

    /** How many attempts failed. */
    public long failed() {
        return failed.value();
    }

    /** How many events wait in its room, counted slot by slot; of a lossless one, those in its batch. */
    public long inFlightMeasured() {
        long passed = progress.acquire();
        if (room == null || passed == Long.MAX_VALUE) {
            return offered() - delivered.value() - notWanted.value() - lagged();
        }
        return ring.dataBetween(passed, ring.cursor());
    }

    /** What held it back. */
    public List<BlockedTime> blocked() {
        return attempts.blockedAnd();
    }
}
