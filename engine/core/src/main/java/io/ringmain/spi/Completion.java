package io.ringmain.spi;

/**
 * How an {@link AsyncSink} answers for one attempt to write one batch.
 *
 * <p>Thread: any, once. What is said later is ignored, and stays without effect on other batches however late it comes; so a time limit and
 * the answer that it gave up may both say what they know. Never blocks, never allocates.
 */
public interface Completion {

    /** Says that the sink has the events of the batch, but for those that it named by {@link Batch#failed} before. */
    void done();

    /** Says that the attempt failed with {@code why}, as if {@link Sink#write} had thrown it: it concerns the whole batch. */
    void failed(Exception why);
}
