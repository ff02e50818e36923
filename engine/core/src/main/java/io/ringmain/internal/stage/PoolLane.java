package io.ringmain.internal.stage;

import io.ringmain.config.Pooling;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.PoolShare;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.internal.run.Supervisor;
import java.util.List;

/**
 * A worker of a pool: takes blocks of events when it is one of those that work.
 *
 * <p>The workers themselves change how many there are. The first that does not work is called when all others are busy, asks the
 * policy and, if it says so, begins to work. The last that works asks the policy when it has had nothing to do for long enough, and
 * leaves if it says so. Because a worker is only called when those before it are busy, the last ones are those with least to do.
 *
 * <p>How many events a worker takes at a time depends on how long it has them: of quick ones it takes many, because each block costs the
 * lanes behind a look and perhaps a waking; of slow ones few, because what stands behind a slow one in its block waits although other workers are
 * free.
 *
 * <p>Thread: one, the worker's.
 *
 * @param <E> the event
 */
public final class PoolLane<E> extends StageLane<E> {

    private static final long BUSY = Long.MIN_VALUE;

    /** Blocks shall take less than this, and not much less. */
    private static final long BLOCK_NS = 50_000;

    private static final int BLOCK_FIRST = 16;

    private final PoolShare share;
    private final int index;
    private final Pooling pooling;
    private final long idleAfterNs;
    private long idleSinceNs = BUSY;
    private int block = BLOCK_FIRST;
    private int lastWorked;
    private long lastNs;

    /** What makes a lane a worker: its pool, its number in it and how many there may be. */
    public record Membership(PoolShare share, int index, Pooling pooling) {}

    /** Makes a worker of {@code step}. */
    public PoolLane(LaneCursor cursor, Ring<E> ring, Step<E> step, Fate<E> fate, Membership membership) {
        super(step.name() + '#' + (membership.index() + 1), cursor, ring, List.of(step), fate);
        share = membership.share();
        index = membership.index();
        pooling = membership.pooling();
        idleAfterNs = Supervisor.nanos(pooling.idleAfter());
        cursor.takeAtMost(block);
    }

    @Override
    public int work(long nowNs) throws StoppedException {
        int grown = share.workers() == index && share.firstFree() == index && grow() ? 1 : 0;
        if (lastWorked > 0) {
            fit(nowNs - lastNs);
        }
        int worked = super.work(nowNs);
        lastWorked = worked;
        lastNs = nowNs;
        if (!cursor.isIdle() || worked > 0 || index >= share.workers()) {
            // One that does not work is not idle: should it begin to, it has the whole time to find work.
            idleSinceNs = BUSY;
        } else if (idleSinceNs == BUSY) {
            idleSinceNs = nowNs;
        } else if (isLast() && nowNs - idleSinceNs >= idleAfterNs) {
            shrink(nowNs);
        }
        return grown + worked;
    }

    /** Fits the size of the next block to the time that the last one took. */
    private void fit(long tookNs) {
        if (tookNs > BLOCK_NS && block > 1) {
            block /= 2;
            cursor.takeAtMost(block);
        } else if (tookNs < BLOCK_NS / 4 && lastWorked >= block && block < PoolShare.BLOCK_MAX_DEFAULT) {
            block *= 2;
            cursor.takeAtMost(block);
        }
    }

    private boolean grow() {
        int wanted = wanted(0);
        if (wanted <= index || !share.resize(index, wanted)) {
            return false;
        }
        if (wanted > index + 1) {
            // Whoever is the last now must look how long it is idle, even if there is no work for it.
            share.callAll();
        }
        return true;
    }

    private void shrink(long nowNs) {
        int wanted = wanted(nowNs - idleSinceNs);
        if (wanted <= index && share.resize(index + 1, wanted)) {
            // Whoever is the last now must look how long it has been idle.
            share.callAll();
        } else {
            idleSinceNs = nowNs;
        }
    }

    private int wanted(long idleNs) {
        int workers = share.workers();
        int wanted = pooling.policy().workers(workers, cursor.untaken(), idleNs);
        return Math.max(pooling.min(), Math.min(pooling.max(), wanted));
    }

    private boolean isLast() {
        return index == share.workers() - 1 && index >= pooling.min();
    }

    @Override
    public long wakeAtNs() {
        return isLast() && idleSinceNs != BUSY
                ? Math.min(super.wakeAtNs(), idleSinceNs + idleAfterNs)
                : super.wakeAtNs();
    }
}
