package io.ringmain;

import io.ringmain.internal.assembly.Rooms;
import io.ringmain.internal.stage.Partition;

/**
 * The lanes of one {@link PipelineBuilder#partitionBy partition}, or window, whose number may change while the pipeline runs.
 *
 * <p>Thread: any.
 */
public final class Partitions {

    private final Partition partition;
    private final Rooms<?> rooms;

    Partitions(Partition partition, Rooms<?> rooms) {
        this.partition = partition;
        this.rooms = rooms;
    }

    /** How many lanes have work now; the others only follow. */
    public int lanes() {
        return partition.lanes();
    }

    /** How many lanes there are. */
    public int lanesMax() {
        return partition.lanesMax();
    }

    /**
     * Spreads the work over {@code lanes} lanes, from some event on that enters the pipeline after this call. Returns at once: {@link #lanes} tells
     * when it has happened. Of several calls before it has, the last one counts. Has no effect once the input has ended.
     *
     * @param lanes from 1 to {@link #lanesMax}
     */
    public void lanes(int lanes) {
        if (lanes < 1 || lanes > partition.lanesMax()) {
            throw new IllegalArgumentException("partition " + partition.name() + ": lanes: " + lanes
                    + " (expected: from 1 to " + partition.lanesMax() + ')');
        }
        rooms.repartition(partition, lanes);
    }
}
