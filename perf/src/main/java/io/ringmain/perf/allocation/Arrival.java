package io.ringmain.perf.allocation;

import io.ringmain.spi.Batch;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Transform;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/**
 * The end of a path: sees events go by until the mark, which is the last of a run.
 *
 * <p>Thread: a lane passes the events; another thread asks.
 *
 * @param <E> the event
 */
final class Arrival<E> implements Transform<E> {

    private static final long SLOW_NS = 20_000;

    private final Predicate<E> isMark;
    private long others;
    private volatile long marks;

    /** Makes an end that tells the mark from other events by {@code isMark}. */
    Arrival(Predicate<E> isMark) {
        this.isMark = isMark;
    }

    @Override
    public void apply(E event) {
        if (isMark.test(event)) {
            // One thread writes; the others must see it.
            long before = marks;
            marks = before + 1;
        } else {
            others++;
        }
    }

    /** How many marks have come. */
    long marks() {
        return marks;
    }

    /** How many other events have come; for nobody but the JIT, which must not leave them out. */
    long others() {
        return others;
    }

    /** Returns a sink with a thread of its own, as one that writes to a device has. */
    Sink<E> blocking() {
        return this::take;
    }

    /** Returns a sink that is so slow that a small ring before it is always full. */
    Sink<E> slow() {
        return batch -> {
            LockSupport.parkNanos(SLOW_NS);
            take(batch);
        };
    }

    /** Returns a sink that has given each batch to {@code sink} when it arrives. */
    Sink<E> behind(Sink<E> sink) {
        return new BehindSink(sink);
    }

    /** Returns an emitter that has given each event to {@code emitter} when it arrives; for one that takes an event in one call. */
    <R> Emitter<E, R> behind(Emitter<E, R> emitter) {
        return new Emitter<>() {
            @Override
            public Progress emit(E event, Outlet<R> outlet) throws Exception {
                Progress progress = emitter.emit(event, outlet);
                apply(event);
                return progress;
            }

            @Override
            public Progress finish(Outlet<R> outlet) throws Exception {
                return emitter.finish(outlet);
            }
        };
    }

    private void take(Batch<E> batch) {
        for (int i = 0; i < batch.size(); i++) {
            apply(batch.event(i));
        }
    }

    private final class BehindSink implements Sink<E> {

        private final Sink<E> sink;

        BehindSink(Sink<E> sink) {
            this.sink = sink;
        }

        @Override
        public void write(Batch<E> batch) throws Exception {
            sink.write(batch);
            take(batch);
        }

        @Override
        public void flush() throws Exception {
            sink.flush();
        }

        @Override
        public void open() throws Exception {
            sink.open();
        }

        @Override
        public void close() throws Exception {
            sink.close();
        }

        @Override
        public void abort() {
            sink.abort();
        }

        @Override
        public boolean blocking() {
            return sink.blocking();
        }
    }
}
