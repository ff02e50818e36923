package io.ringmain.spi;

/** What time it is, and how to let some pass. Thread: any. */
public interface Clock {

    /** The time in nanoseconds from an arbitrary origin; never goes back. */
    long nowNs();

    /**
     * Lets {@code ns} nanoseconds pass.
     *
     * @throws InterruptedException if the thread was told to stop meanwhile
     */
    void sleepNs(long ns) throws InterruptedException;
}
