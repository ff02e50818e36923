package io.ringmain.internal.run;

/**
 * Work of one thread over one ring. A lane never waits, sleeps, blocks (but for a blocking sink) or reads a clock: it does
 * what is there and says when to come back.
 *
 * <p>Thread: {@link #work}, {@link #wakeAtNs}, {@link #done} and {@link #release} on the lane's thread; {@link #halt} and {@link #abort}
 * on any.
 */
public abstract class Lane {

    private final String name;
    private final Signal progressed = new Signal();
    private volatile boolean halted;
    private volatile boolean ended;

    /** Makes a lane with the name that reports and threads show. */
    protected Lane(String name) {
        this.name = name;
    }

    /** The lane's name. */
    public final String name() {
        return name;
    }

    /**
     * Does what can be done now.
     *
     * @param nowNs the time; may be older than the newest events
     * @return how much was done; 0 when the lane cannot move
     */
    public abstract int work(long nowNs) throws Exception;

    /** When to call {@link #work} although nothing happened; {@link Long#MAX_VALUE} for never. */
    public long wakeAtNs() {
        return Long.MAX_VALUE;
    }

    /** Whether the lane has passed the end of input. */
    public abstract boolean done();

    /** Closes what the lane's user code opened; called once, when the lane is done, failed or halted. */
    public void release() throws Exception {}

    /** Makes a blocked call of user code return soon. */
    public void abort() {}

    /**
     * Whether the lane ends by itself once those before it have ended, and so is never halted while they move: what they have
     * finished must still be counted.
     */
    public boolean endsBehindOthers() {
        return false;
    }

    /**
     * Whether the lane only helps others, and so is called only when the lanes before it on its thread have nothing to do. Asked before each
     * call, on the lane's thread.
     */
    public boolean onlyHelps() {
        return false;
    }

    /** Tells the lane to stop where it is. */
    public final void halt() {
        halted = true;
    }

    /** Whether the lane was told to stop where it is: what it holds stays in flight. */
    public final boolean halted() {
        return halted;
    }

    final void end() {
        ended = true;
    }

    /** Whether the lane has been released: its thread will not touch it any more. */
    public final boolean ended() {
        return ended;
    }

    /** Raised after each call of {@link #work} that did something. */
    public final Signal progressed() {
        return progressed;
    }
}
