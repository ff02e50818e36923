package io.ringmain.spi;

/**
 * A piece of a running pipeline that one thread at a time moves forward: lanes that share a thread, or the supervisor.
 *
 * <p>Thread: after {@link Runner#start} the runner calls {@link #work}, {@link #wakeAtNs} and {@link #done} from one thread at a
 * time. {@link #work} never waits, except inside a blocking sink.
 */
public interface Duty {

    /** The role, for thread names and reports. */
    String name();

    /**
     * Does what can be done now; returns how much that was, 0 for nothing. What user code throws stays inside; what comes out nevertheless,
     * for instance an {@link OutOfMemoryError}, goes to {@link #failed}.
     */
    int work(long nowNs);

    /**
     * Takes what another method of this duty threw, on the same thread, so that the pipeline ends as failed with that reason. A runner that
     * owns its threads calls this and goes on until {@link #done}: other parts of the duty may still have to drain.
     */
    void failed(Throwable failure);

    /** When to call again although nothing happened, on the runner's clock; {@link Long#MAX_VALUE} for never. */
    long wakeAtNs();

    /** Whether there is nothing left to do, ever. */
    boolean done();

    /** Whether the program should live on while this duty is not done. */
    boolean keepsAlive();

    /**
     * Registers what to call when there may be work; called before the first {@link #work}. The engine calls it after each
     * change that the duty may wait for, from any thread, so it must be cheap when nobody sleeps. The change is visible
     * to whoever sees the call; see {@code engine/docs/memory-order.md} for what a sleeping runner must check.
     */
    void onWake(Runnable wake);
}
