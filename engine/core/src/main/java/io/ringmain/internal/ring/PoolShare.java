package io.ringmain.internal.ring;

import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What the workers of a pool share: the blocks of the ring, and how many of them work.
 *
 * <p>Workers have numbers from 0; those below {@link #workers} take blocks, the others stay out of the way. A block is a part of
 * what waits, so that a few events are spread over all workers.
 *
 * <p>A publication wakes only the first worker that has nothing to do, see {@link #firstFree}; whoever takes a block looks once more and, if
 * there is more, calls the next. No publication is overlooked: the publisher publishes, fences and then looks who is busy; a worker
 * says that it is busy, takes its block, fences and then looks for more. One of the two sees the other.
 *
 * <p>Thread: any.
 */
public final class PoolShare extends Share {

    /** The most slots of a block, if not said: {@value}. */
    public static final int BLOCK_MAX_DEFAULT = 512;

    private final AtomicInteger workers;
    private final int blockMax;
    private final LaneProgress[] own;
    private Runnable more = () -> {};
    private Runnable all = () -> {};

    /** Makes the share of {@code max} workers, of which {@code workers} take blocks of at most {@code blockMax} slots. */
    public PoolShare(int workers, int max, int blockMax) {
        super(blockMax);
        this.blockMax = blockMax;
        this.workers = new AtomicInteger(workers);
        own = new LaneProgress[max];
    }

    /** Notes the place of a worker. Before the start. */
    public void add(int index, LaneCursor worker) {
        own[index] = worker.progress();
    }

    /** Sets what calls the first worker that is free, and what calls all. Before the start. */
    public void onCall(Runnable more, Runnable all) {
        this.more = more;
        this.all = all;
    }

    /** Calls all workers, those that do not work too. */
    public void callAll() {
        all.run();
    }

    @Override
    int block(long waiting) {
        return (int) Math.max(1, Math.min(blockMax, waiting / (2L * workers.get())));
    }

    @Override
    boolean admits(int index) {
        return index < workers.get();
    }

    @Override
    void took(long last, RingPoll poll) {
        // The compare-and-set that took the block orders only what came before it.
        VarHandle.fullFence();
        if (poll.available(last + 1) > last) {
            more.run();
        }
    }

    /** How many workers there are. */
    public int workers() {
        return workers.get();
    }

    /** Sets how many workers there are, if there still are {@code from}. */
    public boolean resize(int from, int to) {
        return workers.compareAndSet(from, to);
    }

    /** Sets how many workers there are. */
    public void resize(int to) {
        workers.set(to);
    }

    /** How many workers have work in hand. */
    public int busy() {
        int busy = 0;
        for (LaneProgress progress : own) {
            busy += progress.acquire() == IDLE ? 0 : 1;
        }
        return busy;
    }

    /** The number of the first worker, or of the one that would be next, that has nothing in hand; -1 if there is none. */
    public int firstFree() {
        int count = Math.min(own.length, workers.get() + 1);
        for (int i = 0; i < count; i++) {
            if (own[i].acquire() == IDLE) {
                return i;
            }
        }
        return -1;
    }
}
