package io.ringmain.spi;

/**
 * Where events come from when only waiting tells: standard input, a socket, a listener with its own threads.
 *
 * <p>Thread: {@link #run} has a daemon thread of its own and may block; {@link #abort} may be called from any thread.
 *
 * <p>Errors: whatever {@link #run} throws ends the pipeline as failed, after the published events have been drained.
 *
 * @param <E> the event
 */
public interface PushSource<E> {

    /**
     * Publishes events until there are no more, {@link #abort} is called, or a publication says {@link Publication#CLOSED}.
     * Returning is the end of this source: its publisher says {@link Publication#CLOSED} from then on. When all sources of a pipeline have
     * ended so has its input.
     *
     * @param publisher takes the events; may be used from several threads
     */
    void run(Publisher<E> publisher) throws Exception;

    /**
     * All events up to the one with the number {@code position} are done with: durably in every sink that is to have them, or filtered or given up as the
     * pipeline says. The first event for which the publisher said {@link Publication#PUBLISHED} has number 0, the next one 1; of several threads that publish at
     * once nobody can tell in which order they are numbered. Called where the pipeline keeps checkpoints or acknowledges, after each; numbers grow. On the
     * supervisor's thread, beside {@link #run} and maybe after it; it must not block. What it throws is reported and ends nothing.
     */
    default void acknowledged(long position) throws Exception {}

    /** Makes a blocked {@link #run} return soon. Called when the pipeline drains or the source is removed; safe at any time. */
    void abort();
}
