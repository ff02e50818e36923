package io.ringmain.internal.run;

import io.ringmain.spi.Clock;
import java.util.concurrent.TimeUnit;

/** The time of this machine. Thread: any. */
public final class SystemClock implements Clock {

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public void sleepNs(long ns) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(ns);
    }
}
