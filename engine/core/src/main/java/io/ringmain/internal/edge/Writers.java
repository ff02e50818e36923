package io.ringmain.internal.edge;

import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenFull.AdaptiveSample;
import io.ringmain.config.WhenFull.BlockFor;
import io.ringmain.config.WhenFull.DropNewest;
import io.ringmain.config.WhenFull.Sample;
import io.ringmain.config.WhenFull.Shed;
import io.ringmain.config.WhenFull.Spill;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Portable;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;

/** Makes what stands before a ring from the policy that was chosen. */
public final class Writers {

    /** How many events a lane claims at a time, at most. */
    private static final int LANE_CLAIMS_MAX = 256;

    private static final Duration FOR_EVER = Duration.ofDays(3650);

    private Writers() {}

    /** The bound of a ring whose owner asked for {@code bound}: what waits in a room needs no place in the ring. */
    public static int ringBound(WhenFull whenFull, int bound) {
        return whenFull.hasRoom() ? Math.min(bound, WhenFull.RING_BEHIND_ROOM_MAX) : bound;
    }

    /** A time limit in nanoseconds, at most ten years, so that adding it to a time cannot overflow. */
    public static long nanos(Duration limit) {
        return limit.compareTo(FOR_EVER) > 0 ? FOR_EVER.toNanos() : limit.toNanos();
    }

    /** Makes the writer of a lane; {@code bound} is what the owner asked for, {@code failed} is told of failures that only cost an event. */
    public static <E> EventWriter<E> ofLane(
            Ring<E> ring, WhenFull whenFull, int bound, Consumer<? super Exception> failed) {
        if (whenFull.hasRoom()) {
            return room(ring, whenFull, new Bounds(bound, LANE_CLAIMS_MAX, true), failed);
        }
        return whenFull instanceof DropNewest
                ? new RingWriter<>(ring, true)
                : ofSource(new RingWriter<>(ring, false), ring.type(), whenFull);
    }

    /** Makes a writer into the ring of {@code ring}, which may have several, each by its own policy, which has no waiting room. */
    public static <E> EventWriter<E> ofSource(RingWriter<E> ring, EventType<E> type, WhenFull whenFull) {
        if (whenFull instanceof BlockFor blockFor) {
            return new TimedWriter<>(ring, type, nanos(blockFor.limit()));
        }
        if (whenFull instanceof Sample sample) {
            return new SamplingWriter<>(ring, type, new Coin(sample.rate(), sample.seed()));
        }
        return whenFull instanceof DropNewest ? new TimedWriter<>(ring, type, 0) : ring;
    }

    /** Makes the room that publishing threads fill; {@code bound} is what the owner asked for. */
    public static <E> RoomWriter<E> ofPublishers(
            Ring<E> ring, WhenFull whenFull, int bound, Consumer<? super Exception> failed) {
        return room(ring, whenFull, new Bounds(bound, ring.bound(), false), failed);
    }

    /** How much is taken; {@code holds} says whether the writer is a lane's, which can be held back. */
    private record Bounds(int events, int claimsMax, boolean holds) {}

    private static <E> RoomWriter<E> room(
            Ring<E> ring, WhenFull whenFull, Bounds bounds, Consumer<? super Exception> failed) {
        WaitingRoom<E> room = new WaitingRoom<>(ring.type(), bounds.events(), bounds.claimsMax());
        Admission admission = admission(room, ring.type(), whenFull, failed, bounds.holds());
        return new RoomWriter<>(new RingWriter<>(ring, false), ring.type(), room, admission, bounds.claimsMax());
    }

    @SuppressWarnings("unchecked") // Assembly has checked that the priority takes the ring's events.
    private static <E> Admission admission(
            WaitingRoom<E> room,
            EventType<E> type,
            WhenFull whenFull,
            Consumer<? super Exception> failed,
            boolean holds) {
        if (whenFull instanceof AdaptiveSample adaptive) {
            return new Thinning(room, adaptive);
        }
        if (whenFull instanceof Shed<?> shed) {
            return new Shedding<>(room, (ToIntFunction<? super E>) shed.priority(), failed);
        }
        if (whenFull instanceof Spill spill && type instanceof Portable<E> portable) {
            return new Spilling<>(room, portable, new SpillFile(spill.path(), spill.bytesMax()), failed, holds);
        }
        return new EvictOldest(room);
    }
}
