package io.ringmain.perf.topology;

import io.ringmain.perf.work.Feed;
import io.ringmain.perf.work.Side;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * A side that knows how many events must arrive, and waits for them.
 *
 * <p>Thread: one moves and closes; {@link #publish} runs on the publishers' threads.
 */
public abstract class CountingSide implements Side {

    /** How many there are of whatever there is more than one of. */
    public static final int THREE = 3;

    /** How many keys there are. */
    static final int KEYS = 1024;

    private static final long LOOK_AGAIN_NS = 50_000;

    /** After so long without a single event something is broken. */
    private static final long STANDING_NS_MAX = 60_000_000_000L;

    /** The shape that this side has. */
    protected final Topology topology;

    /** How the events get in. */
    protected final Feed feed;

    private final boolean ordered;
    private final List<Count> counts = new CopyOnWriteArrayList<>();
    private final long[] published = new long[THREE];
    private long expected;

    /** Prepares a side of {@code topology}; {@code ordered} if what one publisher gave stays in order on its way to each end. */
    protected CountingSide(Topology topology, Feed feed, boolean ordered) {
        this.topology = topology;
        this.feed = feed;
        this.ordered = ordered;
    }

    /** The key of an event, for those that share events by key. */
    static int key(long number) {
        return (int) number & (KEYS - 1);
    }

    /** Adds one of the ends. */
    protected final Count end() {
        var count = new Count();
        counts.add(count);
        return count;
    }

    /** Publishes the numbers from {@code first} up to, not including, {@code end}: a multiple of {@link #BATCH}. */
    protected abstract void publish(long first, long end) throws InterruptedException;

    /** Ends the side's threads. */
    protected abstract void stop() throws InterruptedException;

    @Override
    public final long move(long events) {
        expected += events * topology.ends();
        long sinceNs = System.nanoTime();
        if (topology.publishers() == 1) {
            publishPart(0, events);
        } else {
            publishFromThree(events);
        }
        awaitExpected();
        return System.nanoTime() - sinceNs;
    }

    private void awaitExpected() {
        long before = -1;
        long sinceNs = System.nanoTime();
        for (long counted = counted(); counted < expected; counted = counted()) {
            long nowNs = System.nanoTime();
            if (counted != before) {
                before = counted;
                sinceNs = nowNs;
            } else if (nowNs - sinceNs > STANDING_NS_MAX) {
                throw new IllegalStateException(this + ": " + counted + " events (expected: " + expected + ')');
            }
            LockSupport.parkNanos(this, LOOK_AGAIN_NS);
        }
    }

    private void publishFromThree(long events) {
        Thread[] publishers = new Thread[THREE];
        long left = events;
        for (int i = 0; i < THREE; i++) {
            int publisher = i;
            long part = left / (THREE - i) / BATCH * BATCH;
            left -= part;
            publishers[i] = new Thread(() -> publishPart(publisher, part), "publisher-" + i);
            publishers[i].start();
        }
        for (Thread publisher : publishers) {
            join(publisher);
        }
    }

    private void publishPart(int publisher, long events) {
        long first = ((long) publisher << Count.PUBLISHER_SHIFT) + published[publisher];
        published[publisher] += events;
        try {
            publish(first, first + events);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static IllegalStateException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new IllegalStateException("Interrupted (expected: never).", e);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private long counted() {
        long counted = 0;
        for (Count count : counts) {
            counted += count.count();
        }
        return counted;
    }

    @Override
    public final long hash() {
        long hash = 0;
        for (Count count : counts) {
            hash += count.hash();
        }
        return hash;
    }

    /** Ends the side, and refuses what came wrong: now nothing can come any more. */
    @Override
    public final void close() {
        try {
            stop();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
        if (counted() != expected) {
            throw new IllegalStateException(this + ": " + counted() + " events (expected: " + expected + ')');
        }
        for (Count count : counts) {
            check(count);
        }
    }

    private void check(Count count) {
        if (topology.ends() > 1 && count.count() * topology.ends() != expected) {
            throw new IllegalStateException(
                    this + ": " + count.count() + " events at one end (expected: " + expected / topology.ends() + ')');
        }
        if (ordered && count.overtaken() > 0) {
            throw new IllegalStateException(this + ": " + count.overtaken() + " events out of order (expected: 0)");
        }
    }

    @Override
    public final String toString() {
        return getClass().getSimpleName() + ", " + topology.title();
    }
}
