package io.ringmain.internal.run;

/** What the {@link Supervisor} must be able to do to the rooms, without knowing how they are connected. */
public interface Topology {

    /** Stops the sources and refuses publications from now on. Idempotent. */
    void stopInputs();

    /** Whether the sources have ended by themselves, so that nothing new can come. */
    boolean inputsEnded();

    /** Publishes control events that are wished for and that no lane publishes; returns how many. */
    int publishControls(long nowNs);

    /** Whether there was no room for some of them. */
    boolean controlsWait();

    /** When {@link #publishControls} is to be called although nobody wishes anything; {@link Long#MAX_VALUE} for never. */
    default long controlsAtNs() {
        return Long.MAX_VALUE;
    }

    /** Publishes the end of input if nobody else will; returns {@code false} when there was no room for it. */
    boolean endInputs(long nowNs);

    /**
     * Stores a checkpoint that is complete; wants the next one when it is due, if the pipeline is {@code running}. Returns how much it did.
     */
    default int checkpoint(long nowNs, boolean running) {
        return 0;
    }

    /** Whether a checkpoint is complete and not stored. */
    default boolean checkpointWaits() {
        return false;
    }

    /** When {@link #checkpoint} is to be called although nothing happened. */
    default long checkpointAtNs() {
        return Long.MAX_VALUE;
    }

    /** The pipeline is closed: gives back what it held as a whole. */
    default void closed() {}

    /** Halts what is before the failed lane and makes what is behind it end where the failed lane stands. */
    void isolate(Lane failed);

    /** Whether {@code thread} is a source's own. */
    boolean isInputThread(Thread thread);

    /** Whether the sources' own threads have ended. */
    boolean inputThreadsEnded();

    /** The names of the sources' own threads that have not ended. */
    Iterable<String> inputThreadsAlive();
}
