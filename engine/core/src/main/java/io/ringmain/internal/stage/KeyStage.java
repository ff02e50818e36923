package io.ringmain.internal.stage;

import io.ringmain.internal.ring.Groups;
import java.util.function.ToLongFunction;

/**
 * Puts each event into its key group, before the lanes of the partition meet it: none of them may look for itself whose it is.
 *
 * <p>Thread: the lane's.
 *
 * @param <E> the event
 */
public final class KeyStage<E> implements SlotStage<E> {

    private final ToLongFunction<? super E> key;
    private final Groups groups;

    private KeyStage(ToLongFunction<? super E> key, Groups groups) {
        this.key = key;
        this.groups = groups;
    }

    /** Makes the step that finds the groups for the partition {@code name}. */
    public static <E> Step<E> step(String name, ToLongFunction<? super E> key, Groups groups) {
        return Step.ofSlots(name, new KeyStage<>(key, groups));
    }

    @Override
    public boolean process(E event, long sequence) {
        groups.put(sequence, key.applyAsLong(event));
        return true;
    }

    @Override
    public boolean restoring() {
        return false;
    }

    @Override
    public void laneEnded() {
        // Nothing of the user's is open.
    }
}
