package io.ringmain.internal.intake;

import io.ringmain.spi.Publisher;
import java.util.function.ObjLongConsumer;

/**
 * Where the embedder's threads publish, as the other rooms see it.
 *
 * <p>Thread: any.
 *
 * @param <E> the event
 */
public interface Door<E> extends Publisher<E> {

    /** Refuses publications from now on and wakes those who wait. */
    void close();

    /** How many events were received, those dropped included. */
    long received();

    /** Tells the count of each reason for which events were dropped. */
    void eachDrop(ObjLongConsumer<String> reasons);

    /** How many events were refused because there was no room. */
    long refused();

    /** How often publishers waited for room. */
    long blockedCount();

    /** How long publishers waited for room, all together, in nanoseconds. */
    long blockedNs();
}
