package io.ringmain.internal.run;

/** Somebody who may sleep until a {@link Signal}. */
public interface Waiter {

    /** Wakes the sleeper, if there is one; cheap if there is none. Any thread, after a full fence. */
    void wakeIfAsleep();
}
