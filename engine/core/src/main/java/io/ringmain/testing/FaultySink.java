package io.ringmain.testing;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Batch;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Sink;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;

/**
 * A sink around another that fails or blocks on chosen calls of {@code write}, numbered from 1.
 *
 * <p>Thread: as {@link Sink}; {@link #unblock} from any.
 *
 * @param <E> the event
 */
public final class FaultySink<E> implements Sink<E> {

    private final Sink<E> inner;
    private final CountDownLatch gate = new CountDownLatch(1);
    private final CountDownLatch blockedOnce = new CountDownLatch(1);
    private LongPredicate failing = call -> false;
    private LongPredicate failingHard = call -> false;
    private LongPredicate blockingOn = call -> false;
    private LongPredicate flushFailing = call -> false;
    private boolean heedsAbort = true;
    private long calls;
    private long flushCalls;

    /** Makes a sink that hands on to {@code inner} what does not fail. */
    public FaultySink(Sink<E> inner) {
        this.inner = requireNonNull(inner, "inner");
    }

    /** Calls for which {@code calls} holds throw an exception and hand nothing on. */
    public FaultySink<E> failWhen(LongPredicate calls) {
        failing = requireNonNull(calls, "calls");
        return this;
    }

    /** Calls for which {@code calls} holds throw an {@link Error} and hand nothing on. */
    public FaultySink<E> failHardWhen(LongPredicate calls) {
        failingHard = requireNonNull(calls, "calls");
        return this;
    }

    /** Calls of {@code flush} for which {@code calls} holds throw an exception. */
    public FaultySink<E> failFlushWhen(LongPredicate calls) {
        flushFailing = requireNonNull(calls, "calls");
        return this;
    }

    /** Calls for which {@code calls} holds block until {@link #unblock} or {@link #abort}. */
    public FaultySink<E> blockWhen(LongPredicate calls) {
        blockingOn = requireNonNull(calls, "calls");
        return this;
    }

    /** {@link #abort} is not heeded: a blocked call stays blocked until {@link #unblock}. */
    public FaultySink<E> ignoreAbort() {
        heedsAbort = false;
        return this;
    }

    /** Lets all blocked calls, also future ones, go on. */
    public void unblock() {
        gate.countDown();
    }

    /** Waits until a call blocks for the first time; an {@link AssertionError} after 10 seconds. */
    public void awaitBlocked() throws InterruptedException {
        if (!blockedOnce.await(10, TimeUnit.SECONDS)) {
            throw new AssertionError(
                    "no call of write has blocked within 10 s (expected: one for which blockWhen holds)");
        }
    }

    @Override
    public void open() throws Exception {
        inner.open();
    }

    @Override
    public void write(Batch<E> batch) throws Exception {
        calls++;
        if (blockingOn.test(calls)) {
            blockedOnce.countDown();
            gate.await();
        }
        if (failingHard.test(calls)) {
            throw new AssertionError("FaultySink fails hard on call " + calls);
        }
        if (failing.test(calls)) {
            throw new IllegalStateException("FaultySink fails on a chosen call");
        }
        inner.write(batch);
    }

    @Override
    public boolean chooses() {
        return inner.chooses();
    }

    @Override
    public boolean wants(E event) throws Exception {
        return inner.wants(event);
    }

    @Override
    public FailureKind kindOf(Exception failure) {
        return inner.kindOf(failure);
    }

    @Override
    public void flush() throws Exception {
        flushCalls++;
        if (flushFailing.test(flushCalls)) {
            throw new IllegalStateException("FaultySink fails on a chosen flush");
        }
        inner.flush();
    }

    @Override
    public void close() throws Exception {
        inner.close();
    }

    @Override
    public void abort() {
        if (heedsAbort) {
            gate.countDown();
        }
        inner.abort();
    }

    @Override
    public boolean blocking() {
        return inner.blocking();
    }
}
