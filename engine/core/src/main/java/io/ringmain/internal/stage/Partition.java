package io.ringmain.internal.stage;

import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.Groups;
import io.ringmain.internal.ring.LaneProgress;
import io.ringmain.internal.run.Signal;
import java.util.List;

/**
 * What the lanes of one partition share; see {@link Part}.
 *
 * <p>Thread: put together by assembly, then read-only, except {@link #lanes}.
 */
public final class Partition {

    /** Its place in the list of all partitions of the pipeline, which its control events carry. */
    final int number;

    final Columns columns;
    final Groups groups;
    private final String name;
    private final int lanesMax;
    private final Signal handedOver = new Signal();
    private LaneProgress[] progress = {};
    private volatile int lanes;

    /** Makes a partition whose {@code lanesMax} lanes all own groups at first. */
    public Partition(String name, int number, int lanesMax, Columns columns) {
        this.name = name;
        this.number = number;
        this.lanesMax = lanesMax;
        this.columns = columns;
        groups = columns.addGroups();
        lanes = lanesMax;
    }

    /** Says what the lanes' progress is. Before the start. */
    public void follow(List<LaneProgress> lanes) {
        progress = lanes.toArray(new LaneProgress[0]);
    }

    /** Whether all lanes have passed {@code sequence}; what they did up to there is then visible to the caller. */
    boolean haveAllPassed(long sequence) {
        for (LaneProgress lane : progress) {
            if (lane.acquire() < sequence) {
                return false;
            }
        }
        return true;
    }

    /** Notes that a lane has taken the groups that it owns among {@code lanes}. */
    void handedOver(int lanes) {
        this.lanes = lanes;
        // The last look of a sibling may have been before this lane came; of its coming nothing else tells them.
        handedOver.raise();
    }

    /** Raised when a lane has taken new groups: siblings may have waited for it. */
    public Signal handedOver() {
        return handedOver;
    }

    /** Which group each slot's event is of. */
    public Groups groups() {
        return groups;
    }

    /** The name that the embedder gave. */
    public String name() {
        return name;
    }

    /** How many lanes there are. */
    public int lanesMax() {
        return lanesMax;
    }

    /** How many lanes own groups now. Any thread. */
    public int lanes() {
        return lanes;
    }
}
