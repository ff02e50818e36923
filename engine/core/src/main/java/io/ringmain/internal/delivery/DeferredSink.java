package io.ringmain.internal.delivery;

import io.ringmain.config.InFlight;
import io.ringmain.spi.AsyncSink;
import io.ringmain.spi.Batch;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Sink;

/**
 * An asynchronous sink as assembly knows sinks: its life, and what its failures are about. Only an {@link AsyncSinkLane} writes to it, and that
 * to the sink itself.
 *
 * @param async the sink
 * @param inFlight how many batches may be under way
 * @param <E> the event
 */
public record DeferredSink<E>(AsyncSink<E> async, InFlight inFlight) implements Sink<E> {

    @Override
    public void write(Batch<E> batch) {
        throw new IllegalStateException("An asynchronous sink was given a batch without a completion.");
    }

    @Override
    public void flush() throws Exception {
        async.flush();
    }

    @Override
    public FailureKind kindOf(Exception failure) {
        return async.kindOf(failure);
    }

    @Override
    public void open() throws Exception {
        async.open();
    }

    @Override
    public void close() throws Exception {
        async.close();
    }

    @Override
    public void abort() {
        async.abort();
    }
}
