package io.ringmain.internal.stage;

import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.Groups;
import io.ringmain.internal.ring.Slot;

/**
 * The key groups that one lane of a partition owns, and how that changes.
 *
 * <p>All lanes of a partition walk over all slots, and each works on the events of its own groups. Lane {@code i} of {@code n} owns
 * the groups from {@code 128 i / n} up to, and not including, {@code 128 (i + 1) / n}; lanes beyond the n-th own nothing and follow. The
 * number changes only at a REPARTITION event, so each event has the same owner in the eyes of all: a lane that comes to that event at
 * sequence {@code s} stands there until all of its siblings have passed {@code s - 1}, and only then takes its new groups. What a
 * sibling did for a group, to the events and in the user's stage, lies before that progress, and so before all that the new owner does.
 *
 * <p>Thread: the lane's own.
 */
public final class Part {

    private final Partition partition;
    private final Groups groups;
    private final Columns columns;
    private final int index;
    private int from;
    private int to;

    /** Makes the part of the lane with {@code index}, counted from 0. */
    public Part(Partition partition, int index) {
        this.partition = partition;
        this.index = index;
        groups = partition.groups;
        columns = partition.columns;
        own(partition.lanesMax());
    }

    private void own(int lanes) {
        from = Math.min(Groups.COUNT, Groups.COUNT * index / lanes);
        to = Math.min(Groups.COUNT, Groups.COUNT * (index + 1) / lanes);
    }

    /** The mark of the slot if its event is of an own group, or if it is a control event; else that of padding, which is to be skipped. */
    byte mark(long sequence) {
        byte group = groups.of(sequence);
        boolean mine = group >= from && group < to;
        return mine || group == Groups.CONTROL ? columns.mark(sequence) : Slot.PADDING;
    }

    /** The first group that the lane owns. */
    int from() {
        return from;
    }

    /** The group behind the last one that the lane owns. */
    int to() {
        return to;
    }

    /** Whether the REPARTITION event at {@code sequence} is about this partition. */
    boolean isMeantBy(long sequence) {
        return Slot.partition(columns.position(sequence)) == partition.number;
    }

    /** Takes the groups that the event at {@code sequence} gives to this lane; {@code false} while a lane, this one or a sibling, is not yet there. */
    boolean takeOver(long sequence) {
        if (!partition.haveAllPassed(sequence - 1)) {
            return false;
        }
        int lanes = Slot.lanes(columns.position(sequence));
        own(lanes);
        partition.handedOver(lanes);
        return true;
    }
}
