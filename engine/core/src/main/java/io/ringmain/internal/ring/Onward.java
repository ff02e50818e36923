package io.ringmain.internal.ring;

/**
 * Passes events that came back, and go on behind this segment, into the next ring; into their own segment with what is {@link Carried}.
 *
 * <p>Thread: the one that writes into the next ring.
 *
 * @param <R> the event of the next ring
 */
public final class Onward<R> {

    private final RingWriter<R> writer;
    private final Ring<R> ring;
    private final Carried carried;
    private final int segment;

    /** Makes the way into {@code ring}, that of {@code segment}. */
    public Onward(RingWriter<R> writer, Ring<R> ring, Carried carried, int segment) {
        this.writer = writer;
        this.ring = ring;
        this.carried = carried;
        this.segment = segment;
    }

    /** Passes on the event that goes on at {@code target}, if that is behind; returns {@code false} if there is no room. */
    public boolean pass(int source, long id, int target) {
        if (Place.segment(target) < segment) {
            return true;
        }
        R event = writer.claim(source, id);
        if (event == null) {
            return false;
        }
        boolean isPassed = false;
        try {
            if (Place.segment(target) == segment) {
                fill(event, id);
            }
            writer.resumeLast(target);
            writer.mark();
            isPassed = true;
        } finally {
            if (!isPassed) {
                writer.rollbackLast();
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // It was made by the type of the segment in which it goes on.
    private void fill(R event, long id) {
        ring.type().copy((R) carried.event(id), event);
        carried.remove(id);
    }
}
