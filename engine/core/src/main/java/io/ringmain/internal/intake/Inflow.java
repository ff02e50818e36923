package io.ringmain.internal.intake;

import io.ringmain.internal.checkpoint.Origin;
import io.ringmain.spi.Source.Status;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * One of the streams that the intake lane merges: a pollable source, or the small ring of a push source or of publishing threads.
 *
 * <p>Thread: the intake lane's, except {@link #name}, {@link #account}, {@link #stop} and {@link #acknowledged}.
 */
public interface Inflow extends Origin {

    /** The name of the source. Any thread. */
    @Override
    String name();

    /**
     * What the report says of a stream.
     *
     * @param received how many events came from it
     * @param drops tells the count of each reason for which a policy of its own dropped events
     * @param door what its publishers counted; null if the lane asks for the events
     */
    record Account(
            String name,
            LongSupplier received,
            Consumer<ObjLongConsumer<String>> drops,
            @Nullable DoorCounts door) {

        /** What stays when the stream is gone, and holds nothing of it. */
        Account ofOneGone() {
            if (door != null) {
                return this;
            }
            long last = received.getAsLong();
            Map<String, Long> counts = new HashMap<>();
            drops.accept(counts::put);
            Map<String, Long> dropped = Map.copyOf(counts);
            return new Account(name, () -> last, reasons -> dropped.forEach(reasons::accept), null);
        }
    }

    /** The number that its events have as that of their source. */
    int number();

    /** The account. Any thread. */
    Account account();

    /** Whether the events can wait while others that cannot still find room. */
    boolean isDelayable();

    /** Whether the input goes on while it is there. If not, it is let go when it is idle and no other is there. */
    default boolean keepsOpen() {
        return true;
    }

    /** How its events come into the ring. */
    Way<?> way();

    /** Whether somebody wakes the lane when there are events; if not, the lane asks again after a pause. */
    boolean wakes();

    /** Gives at most {@code max} events; {@link Status#END} once nothing comes any more. */
    Status fill(int max) throws Exception;

    /**
     * Asks for nothing new; what was handed over before still comes, then {@link #fill} says that it is the end. Returns {@code false} if that
     * was so already. Any thread.
     */
    boolean stop();

    /** Gives back what the source holds; once. */
    void close() throws Exception;

    /** Whether events wait here that nobody will take any more. Once the stream has been closed. */
    boolean holdsEvents();
}
