package io.ringmain.internal.ring;

/**
 * Which way each slot goes: the index of its route, a byte per slot beside the ring's own columns.
 *
 * <p>Thread: the routing lane writes, the sinks' lanes behind it read; the lanes' sequences order it.
 */
public final class RouteColumn {

    /** The route of an event that none takes. */
    public static final int NONE = -1;

    /** The route of an event that came too late for the emitter of the segment. */
    public static final int LATE = 127;

    private final byte[] routes;
    private final int indexMask;

    /** Makes the column of a ring of {@code size} slots, a power of two. */
    public RouteColumn(int size) {
        routes = new byte[size];
        indexMask = size - 1;
    }

    /** The route of the event, or {@link #NONE}. */
    public int route(long sequence) {
        return routes[(int) sequence & indexMask];
    }

    /** Notes the route of the event. The routing lane only. */
    public void choose(long sequence, int route) {
        routes[(int) sequence & indexMask] = (byte) route;
    }
}
