package io.ringmain.logs.file;

import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Takes events and forgets them; for measuring, and for a plan whose results are all that is wanted.
 *
 * <p>Thread: as {@link Sink}; {@link #count} from any. Never blocks, never allocates.
 *
 * @param <E> the event
 */
public final class DiscardSink<E> implements Sink<E> {

    private final AtomicLong count = new AtomicLong();

    /** Makes a sink. */
    public DiscardSink() {}

    @Override
    public void write(Batch<E> batch) {
        count.setOpaque(count.getOpaque() + batch.size());
    }

    @Override
    public boolean blocking() {
        return false;
    }

    /** How many events it has taken. */
    public long count() {
        return count.getOpaque();
    }
}
