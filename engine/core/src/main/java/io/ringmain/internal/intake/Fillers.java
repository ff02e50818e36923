package io.ringmain.internal.intake;

/**
 * Which threads are inside a filler: such a thread must not wait for room, because the slot that it fills is in the way of all behind it.
 *
 * <p>A thread notes its id in the place that the id leads to, so two of them may want the same one; then the later is not noted. That costs a
 * message where there could have been one, and never gives a wrong one. Plain accesses: a thread asks only for what it has written itself.
 *
 * <p>Thread: any.
 */
final class Fillers {

    private static final int PLACES = 128;

    // One cache line apart, or publishers would take the lines from one another.
    private static final int SPREAD = 8;

    private final long[] ids = new long[PLACES * SPREAD];

    private static int place(long id) {
        return (int) (id % PLACES) * SPREAD;
    }

    /** The caller goes into a filler; returns what {@link #leave} must be told. */
    boolean enter() {
        long id = Thread.currentThread().getId();
        int place = place(id);
        boolean free = ids[place] == 0;
        if (free) {
            ids[place] = id;
        }
        return free;
    }

    /** The caller comes out of the filler that it has {@code entered}; not if that is inside another. */
    void leave(boolean entered) {
        if (entered) {
            ids[place(Thread.currentThread().getId())] = 0;
        }
    }

    /** Whether the caller is inside a filler. */
    boolean isFilling() {
        long id = Thread.currentThread().getId();
        return ids[place(id)] == id;
    }
}
