package io.ringmain.perf.rig;

/**
 * A way from one thread to another, stamped on both sides.
 *
 * <p>Thread: one sends; another receives.
 */
abstract class Hop implements AutoCloseable {

    private volatile long tookNs = -1;

    /** Hands {@code sentNs} over. */
    abstract void hand(long sentNs);

    /** On the receiving thread: what was sent at {@code sentNs} has come. */
    final void received(long sentNs) {
        tookNs = System.nanoTime() - sentNs;
    }

    /** Sends one event and returns how long it took. Looks for it rarely enough to leave its core to the receiver. */
    @SuppressWarnings("ThreadPriorityCheck") // The receiver may need this core.
    final long send() {
        tookNs = -1;
        hand(System.nanoTime());
        long took = tookNs;
        while (took < 0) {
            Thread.yield();
            took = tookNs;
        }
        return took;
    }

    @Override
    public abstract void close();
}
