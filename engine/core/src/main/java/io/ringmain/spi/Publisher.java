package io.ringmain.spi;

import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Takes events from the threads of the embedding program.
 *
 * <p>Thread: any number of threads at once. Events of one thread stay in the order in which that thread published them.
 * Ownership: the event belongs to the filler during its call only. Nothing is allocated; note that a lambda which captures
 * variables is itself allocated per call, which the forms with an argument avoid.
 *
 * <p>An event is received from the moment its publication begins, also before {@code start()}: it then waits in the ring. What the
 * {@code publish} forms do on a full ring is the pipeline's {@code WhenFull}; the {@code tryPublish} forms never wait. Where a publisher has
 * sources beside it, it waits for room in a small ring of its own, of at most 256 slots, and the pipeline's {@code WhenFull} decides behind that.
 * An exception thrown by a filler reaches the caller, and none of that call's events is published.
 *
 * <p>Re-entrance: a stage, a sink or a source may publish into its own pipeline from the thread on which it was called. That call never
 * waits, because the room might have to be made by the very thread that waits for it: where it would, it says {@link Publication#FULL}.
 * Threads that such code waits for are not known to the pipeline; they should use the {@code tryPublish} forms. A filler does not publish: its own slot is not
 * free before it returns, so where the call would wait it throws an {@link IllegalStateException}.
 *
 * @param <E> the event
 */
public interface Publisher<E> {

    /** Fills and publishes one event by {@code filler}, under the pipeline's {@code WhenFull}. */
    Publication publish(Consumer<? super E> filler);

    /** Fills and publishes one event by {@code filler}, which is given {@code argument} and so need not capture it. */
    <A> Publication publish(BiConsumer<? super E, ? super A> filler, A argument);

    /** As {@link #publish(Consumer)}, but says {@link Publication#FULL} at once where that would wait, or drop for want of room. */
    Publication tryPublish(Consumer<? super E> filler);

    /** As {@link #publish(BiConsumer, Object)}, but says {@link Publication#FULL} at once where that would wait, or drop for want of room. */
    <A> Publication tryPublish(BiConsumer<? super E, ? super A> filler, A argument);

    /**
     * Publishes {@code count} events next to one another, all or none, under the pipeline's {@code WhenFull}. A sample takes or drops the call's events
     * together; where events wait before the ring, the policy decides about each of them.
     *
     * @param count from 1 to the bound of the ring
     * @throws IllegalArgumentException if {@code count} is out of that range
     */
    <A> Publication publishBatch(int count, BatchFiller<? super E, ? super A> filler, A argument);

    /** As {@link #publishBatch}, but says {@link Publication#FULL} at once where that would wait, or drop for want of room. */
    <A> Publication tryPublishBatch(int count, BatchFiller<? super E, ? super A> filler, A argument);
}
