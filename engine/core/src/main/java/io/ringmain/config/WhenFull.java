package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.time.Duration;
import java.util.function.ToIntFunction;

/**
 * What happens to an event that finds no room: behind a source or publisher, and at an edge between two segments. The default is to
 * {@link #block}: nothing is lost.
 *
 * <p>Control events are never dropped, sampled or shed. What a policy drops is counted as received and as dropped, with a reason.
 *
 * <p>{@link DropOldest}, {@link AdaptiveSample}, {@link Shed} and {@link Spill} need a <em>waiting room</em> before the ring: then the
 * bound is the room's, the ring behind it has at most {@link #RING_BEHIND_ROOM_MAX} slots, and events published before the start wait in the
 * room. They ask for an event type that can be copied, and a publisher's filler runs under the room's lock, so it must neither block nor publish.
 */
public sealed interface WhenFull {

    /** How many slots a ring has at most that is fed from a waiting room, and how many events one call may publish into it: {@value}. */
    int RING_BEHIND_ROOM_MAX = 1024;

    /** How many priorities {@link Shed} tells apart: {@value}, from 0, which goes first. */
    int PRIORITIES = 8;

    /** Hold the source back until there is room. */
    record Block() implements WhenFull {}

    /**
     * Hold the source back for some time. After that a publication is refused; of a source or at an edge, where nobody can be told, the
     * events that come are dropped with the reason {@code dropped_newest} until there is room again.
     *
     * @param limit how long at most, at least 0
     */
    record BlockFor(Duration limit) implements WhenFull {

        /** Checks the duration. */
        public BlockFor {
            if (requireNonNull(limit, "limit").isNegative()) {
                throw new IllegalArgumentException("whenFull.blockFor: " + limit + " (expected: >= 0)");
            }
        }
    }

    /** Drop the event that just arrived; the reason is {@code dropped_newest}. */
    record DropNewest() implements WhenFull {}

    /** Drop the event that has waited longest, and take the new one; the reason is {@code dropped_oldest}. */
    record DropOldest() implements WhenFull {}

    /**
     * Take a share of the events, full or not, and drop the others with the reason {@code sampled}. Those taken are held back by a full ring, as with
     * {@link Block}. The same seed takes the same events of a source that gives the same.
     *
     * @param rate the share to take, more than 0 and at most 1
     * @param seed decides which
     */
    record Sample(double rate, long seed) implements WhenFull {

        /** Checks the rate. */
        public Sample {
            checkShare("whenFull.sample.rate", rate);
        }
    }

    /**
     * Take all events while there is plenty of room, and a smaller share the fuller it is; the others are dropped with the reason {@code sampled}.
     * One that is to be taken and finds no room at all is dropped with the reason {@code dropped_newest}.
     *
     * @param busyAt from which fill on, from 0 to 1, only {@code busyRate} is taken
     * @param crowdedAt from which fill on, at least {@code busyAt}, only {@code crowdedRate} is taken
     * @param busyRate the share taken between the two, more than 0 and at most 1
     * @param crowdedRate the share taken above, more than 0 and at most 1
     * @param seed decides which
     */
    record AdaptiveSample(double busyAt, double crowdedAt, double busyRate, double crowdedRate, long seed)
            implements WhenFull {

        /** Checks the numbers. */
        public AdaptiveSample {
            if (!(busyAt >= 0 && busyAt <= crowdedAt && crowdedAt <= 1)) {
                throw new IllegalArgumentException("whenFull.adaptiveSample: busyAt " + busyAt + ", crowdedAt "
                        + crowdedAt + " (expected: 0 <= busyAt <= crowdedAt <= 1)");
            }
            checkShare("whenFull.adaptiveSample.busyRate", busyRate);
            checkShare("whenFull.adaptiveSample.crowdedRate", crowdedRate);
        }
    }

    /**
     * Drop what matters least: a new event takes the room of the youngest one that waits with the lowest priority, if that is lower than its own, else
     * it is dropped itself. Either way the reason is {@code shed}.
     *
     * @param type the type of the events, which is checked when the pipeline is built
     * @param priority how much an event matters, from 0 to {@link #PRIORITIES} - 1; what is outside counts as the nearest, and an
     *     event for which this fails as 0. Called once per event by the thread that brings it; must not keep the event
     */
    record Shed<E>(Class<E> type, ToIntFunction<? super E> priority) implements WhenFull {

        /** Checks that both are there. */
        public Shed {
            requireNonNull(type, "type");
            requireNonNull(priority, "priority");
        }
    }

    /**
     * Write what finds no room to a file, and from then on all that comes, until the file has been read back: order is kept. Needs an event type
     * that is {@code Portable}. The file is a ring of bytes; what does not fit into it is dropped with the reason {@code spill_full}, what cannot be
     * written with {@code spill_failed}. It allocates, and does its reading and writing on the thread that feeds the ring or publishes.
     *
     * <p>The file lives as long as the pipeline: it is deleted at the end, and what a killed process has left in it is not read again. A file that
     * is there already and is not a spill is refused at the start.
     *
     * @param path the file
     * @param bytesMax how large it may become, at least {@value #BYTES_MIN}
     */
    record Spill(Path path, long bytesMax) implements WhenFull {

        /** The least size of the file. */
        public static final long BYTES_MIN = 4096;

        /** Checks the size. */
        public Spill {
            requireNonNull(path, "path");
            if (bytesMax < BYTES_MIN) {
                throw new IllegalArgumentException(
                        "whenFull.spill.bytesMax: " + bytesMax + " (expected: >= " + BYTES_MIN + ')');
            }
        }
    }

    /** Whether events wait in a room of their own before they enter the ring. */
    default boolean hasRoom() {
        return this instanceof DropOldest
                || this instanceof AdaptiveSample
                || this instanceof Shed<?>
                || this instanceof Spill;
    }

    /** Returns the policy that holds the source back. */
    static WhenFull block() {
        return new Block();
    }

    /** Returns the policy that holds the source back for at most {@code limit}. */
    static WhenFull blockFor(Duration limit) {
        return new BlockFor(limit);
    }

    /** Returns the policy that drops what arrives at a full ring. */
    static WhenFull dropNewest() {
        return new DropNewest();
    }

    /** Returns the policy that drops what has waited longest. */
    static WhenFull dropOldest() {
        return new DropOldest();
    }

    /** Returns the policy that takes the share {@code rate} of the events, chosen by {@code seed}. */
    static WhenFull sample(double rate, long seed) {
        return new Sample(rate, seed);
    }

    /** Returns the policy that takes all events below half full, half of them up to 80 %, and a tenth above. */
    static WhenFull adaptiveSample(long seed) {
        return new AdaptiveSample(0.5, 0.8, 0.5, 0.1, seed);
    }

    /** Returns the policy that drops events of {@code type} with the lowest {@code priority} first. */
    static <E> WhenFull shed(Class<E> type, ToIntFunction<? super E> priority) {
        return new Shed<>(type, priority);
    }

    /** Returns the policy that keeps what finds no room in the file {@code path} of at most {@code bytesMax} bytes. */
    static WhenFull spill(Path path, long bytesMax) {
        return new Spill(path, bytesMax);
    }

    private static void checkShare(String what, double share) {
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException(what + ": " + share + " (expected: more than 0 and at most 1)");
        }
    }
}
