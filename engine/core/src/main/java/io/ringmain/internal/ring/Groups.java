package io.ringmain.internal.ring;

/**
 * To which key group the event of each slot belongs, for one partition: a byte beside the slot, made only where there is a partition.
 *
 * <p>Lanes of a partition may not look at an event, nor at its mark, before they know that it is theirs: the owner may be writing
 * both. This byte they all may read. The writer puts {@link #CONTROL} for a control event; the lane in front of the partition
 * puts the group of each event that is still live, and nobody writes it after that. Padding and events that ended before keep
 * the byte of the slot's last lap: whoever takes them for its own finds that they are not live.
 *
 * <p>Ownership is that of {@link Columns}: all access is plain.
 */
public final class Groups {

    /** How many key groups there are. Not a setting: with another number the state of a key would be somewhere else. */
    public static final int COUNT = 128;

    /** A control event: everybody's, and not written any more. */
    public static final byte CONTROL = -1;

    /** An event that no lane of the partition works on. */
    public static final byte NOBODY = -2;

    private static final long MIX_ONE = 0xBF58476D1CE4E5B9L;
    private static final long MIX_TWO = 0x94D049BB133111EBL;

    private final byte[] groups;
    private final int indexMask;

    Groups(int size) {
        groups = new byte[size];
        indexMask = size - 1;
    }

    /** The group of {@code key}, from 0 to 127: the same for ever, on every machine. The mixing is that of SplitMix64. */
    public static int ofKey(long key) {
        long mixed = (key ^ (key >>> 30)) * MIX_ONE;
        mixed = (mixed ^ (mixed >>> 27)) * MIX_TWO;
        return (int) (mixed ^ (mixed >>> 31)) & (COUNT - 1);
    }

    /** The group of the event at {@code sequence}, or {@link #CONTROL}. */
    public byte of(long sequence) {
        return groups[(int) sequence & indexMask];
    }

    /** Puts the event at {@code sequence} into the group of {@code key}. The lane in front of the partition only. */
    public void put(long sequence, long key) {
        groups[(int) sequence & indexMask] = (byte) ofKey(key);
    }

    /** Puts the event at {@code sequence} into {@code group}, or {@link #NOBODY}. The lane in front of the partition only. */
    public void putGroup(long sequence, int group) {
        groups[(int) sequence & indexMask] = (byte) group;
    }

    /** Notes that the slot has a control event. Writer only. */
    void control(long sequence) {
        groups[(int) sequence & indexMask] = CONTROL;
    }
}
