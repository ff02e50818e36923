package io.ringmain.testing;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A sink that keeps a picture of each event, the size of each batch, and whether it was opened, flushed and closed.
 *
 * <p>Thread: as {@link Sink}; what it collected may be read from any thread.
 *
 * @param <E> the event
 * @param <V> the picture
 */
public final class CollectingSink<E, V> implements Sink<E> {

    private final Object lock = new Object();
    private final Function<? super E, ? extends V> picture;
    private final boolean blocking;
    private final List<V> values = new ArrayList<>();
    private final List<Integer> batchSizes = new ArrayList<>();
    private int flushes;
    private int opens;
    private int closes;

    /** Makes a sink that keeps what {@code picture} makes of an event; it never blocks. */
    public CollectingSink(Function<? super E, ? extends V> picture) {
        this(picture, false);
    }

    /** Makes a sink that keeps what {@code picture} makes of an event, and says whether it may block. */
    public CollectingSink(Function<? super E, ? extends V> picture, boolean blocking) {
        this.picture = requireNonNull(picture, "picture");
        this.blocking = blocking;
    }

    @Override
    public void open() {
        synchronized (lock) {
            opens++;
        }
    }

    @Override
    public void write(Batch<E> batch) {
        synchronized (lock) {
            batchSizes.add(batch.size());
            for (int i = 0; i < batch.size(); i++) {
                values.add(picture.apply(batch.event(i)));
            }
        }
    }

    @Override
    public void flush() {
        synchronized (lock) {
            flushes++;
        }
    }

    @Override
    public void close() {
        synchronized (lock) {
            closes++;
        }
    }

    @Override
    public boolean blocking() {
        return blocking;
    }

    /** The pictures, in order of arrival. */
    public List<V> values() {
        synchronized (lock) {
            return new ArrayList<>(values);
        }
    }

    /** The sizes of the batches, in order. */
    public List<Integer> batchSizes() {
        synchronized (lock) {
            return new ArrayList<>(batchSizes);
        }
    }

    /** How often it was flushed. */
    public int flushes() {
        synchronized (lock) {
            return flushes;
        }
    }

    /** How often it was opened. */
    public int opens() {
        synchronized (lock) {
            return opens;
        }
    }

    /** How often it was closed. */
    public int closes() {
        synchronized (lock) {
            return closes;
        }
    }
}
