package io.ringmain;

import io.ringmain.internal.assembly.SegmentRooms.PoolRoom;

/**
 * A pool of a pipeline, to be looked at and resized while it runs.
 *
 * <p>Workers claim only what is published, a block at a time, and each has an instance of the stage; whoever stands behind the pool
 * meets the events in the order in which they were published. That order is the ring's: inside the pool two events of the same key may be worked
 * on at the same time.
 *
 * <p>Thread: any.
 */
public final class Pool {

    private final PoolRoom room;

    Pool(PoolRoom room) {
        this.room = room;
    }

    /** The name that the pool was given. */
    public String name() {
        return room.name();
    }

    /** How many events wait that no worker has taken. */
    public long queueDepth() {
        return room.worker().untaken();
    }

    /** How many workers have work in hand. */
    public int activeWorkers() {
        return room.share().busy();
    }

    /** How many workers there are, busy or not. */
    public int workerCount() {
        return room.share().workers();
    }

    /**
     * Sets how many workers there are, until the policy decides otherwise. One that is to leave finishes what it has taken; nothing is lost.
     *
     * @throws IllegalArgumentException if {@code workers} is not between the least and the most of the pool
     */
    public void resize(int workers) {
        int min = room.pooling().min();
        int max = room.pooling().max();
        if (workers < min || workers > max) {
            throw new IllegalArgumentException(
                    "pool " + name() + ": workers: " + workers + " (expected: from " + min + " to " + max + ")");
        }
        room.share().resize(workers);
        room.share().callAll();
    }

    @Override
    public String toString() {
        return "Pool{name=" + name() + ", workers=" + workerCount() + ", active=" + activeWorkers() + ", depth="
                + queueDepth() + '}';
    }
}
