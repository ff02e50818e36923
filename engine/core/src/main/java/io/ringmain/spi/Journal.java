package io.ringmain.spi;

/**
 * Keeps what a pipeline is given, in the order in which it is worked on, so that the run can be repeated: events as their sources left them, and the control
 * events between them. It stands before every stage, which waits for it.
 *
 * <p>Thread: {@link #open} the one that starts the pipeline; {@link #append} and {@link #flush} the journal's lane; {@link #close} the one that ends the pipeline, after
 * them. A journal serves one pipeline at a time.
 */
public interface Journal {

    /** Gets ready for a run, which {@code head} tells of. A failure here ends the start of the pipeline. */
    void open(JournalHead head) throws Exception;

    /**
     * Keeps one block of slots, as {@link JournalBlock} reads it; returns {@code false}, and keeps nothing of it, when there is no room now: it is given again after a
     * pause, and the pipeline is held back until it is taken. Once it returns {@code true} the stages may work on these slots.
     *
     * <p>A block is about 64 KiB at most; only one that has a single, larger event is larger.
     *
     * @param block the bytes, from 0; they belong to the caller, and are used again once this returns
     * @param length how many
     * @throws Exception if nothing can be kept any more: the pipeline stops
     */
    boolean append(byte[] block, int length) throws Exception;

    /**
     * Returns when all that was appended is as safe as it will be. Called at each barrier and at the end of input, before anybody else sees them; may block.
     *
     * @throws Exception if that cannot be done: the pipeline stops
     */
    void flush() throws Exception;

    /** The run has ended, as {@code foot} tells. Once after an {@link #open} that succeeded, unless its lane hangs in one of the calls above. */
    void close(JournalFoot foot) throws Exception;

    /** Whether {@link #append} or {@link #flush} may block. Such a journal gets a thread of its own. */
    default boolean blocking() {
        return true;
    }
}
