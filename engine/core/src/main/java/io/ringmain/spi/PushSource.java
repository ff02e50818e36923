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

    /** Makes a blocked {@link #run} return soon. Called when the pipeline drains or the source is removed; safe at any time. */
    void abort();
}
