package io.ringmain.internal.ring;

/**
 * Where in a pipeline an event goes on that comes back: a number that grows along the way of the events.
 *
 * <pre>
 *   31 ........ 17   16 ......... 1      0
 *  +--------------+----------------+---------+
 *  |   segment    |  stage or sink | only it |
 *  +--------------+----------------+---------+
 * </pre>
 *
 * An event that failed in a stage goes on there, and meets all that follows. One that failed in a sink had its fate elsewhere and goes to that sink only.
 */
public final class Place {

    /** A place before all others. */
    public static final int FIRST = 0;

    private Place() {}

    /** The place behind all stages and sinks of the segment. */
    public static int last(int segment) {
        return of(segment, 0xFFFF);
    }

    /** The place of the stage or sink number {@code index} of the segment. */
    public static int of(int segment, int index) {
        return (segment << 16 | index) << 1;
    }

    /** The target of an event that goes to the sink at {@code place} only. */
    public static int only(int place) {
        return place | 1;
    }

    private static boolean isOnly(int target) {
        return (target & 1) != 0;
    }

    /** The segment in which {@code target} lies. */
    public static int segment(int target) {
        return target >>> 17;
    }

    /** Whether a stage at {@code place} meets an event that goes on at {@code target}. */
    public static boolean meets(int target, int place) {
        return !isOnly(target) && target <= place;
    }

    /** Whether a sink at {@code place} is given an event that goes on at {@code target}. */
    public static boolean isGiven(int target, int place) {
        return isOnly(target) ? target == only(place) : target < place;
    }
}
