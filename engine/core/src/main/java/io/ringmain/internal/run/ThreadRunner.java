package io.ringmain.internal.run;

import io.ringmain.config.Waiting;
import io.ringmain.spi.Duty;
import io.ringmain.spi.Runner;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * A platform thread per duty. Nothing here ever interrupts a thread: that can lose an event (Disruptor) or close a file
 * (Chronicle Queue).
 *
 * <p>Lanes run on daemon threads and the supervisor on one that is not: a program that forgets to close its pipeline goes on, one
 * whose sink hangs for ever still ends.
 */
public final class ThreadRunner implements Runner {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    private static final int SPINS = 20;
    private static final int YIELDS = 10;

    private final String pipeline;
    private final Waiting waiting;
    private final Object lock = new Object();

    /** Makes the runner of one pipeline. */
    public ThreadRunner(String pipeline, Waiting waiting) {
        this.pipeline = pipeline;
        this.waiting = waiting;
    }

    @Override
    public long nowNs() {
        return System.nanoTime();
    }

    @Override
    public long epochNs() {
        Instant now = Instant.now(); // tidy: the one place where the wall clock is read.
        return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
    }

    @Override
    public void start(List<? extends Duty> duties) {
        warnIfCrowded(duties.size() - 1);
        Parker[] parkers = new Parker[duties.size()];
        Thread[] threads = new Thread[duties.size()];
        for (int i = 0; i < threads.length; i++) {
            Duty duty = duties.get(i);
            int index = i;
            threads[i] = new Thread(() -> run(duty, parkers[index]), pipeline + '/' + duty.name());
            threads[i].setDaemon(!duty.keepsAlive());
            parkers[i] = new Parker(threads[i]);
            duty.onWake(parkers[i]);
        }
        for (Thread thread : threads) {
            thread.start();
        }
    }

    private void warnIfCrowded(int lanes) {
        int cores = Runtime.getRuntime().availableProcessors();
        if (waiting != Waiting.BLOCKING && lanes >= cores) {
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "Threads that never sleep take all cores; choose Waiting.BLOCKING or fewer lanes. pipeline="
                            + pipeline + " waiting=" + waiting + " threads=" + lanes + " cores=" + cores);
        }
    }

    private void run(Duty duty, Parker parker) {
        try {
            while (!duty.done()) {
                try {
                    workUntilDone(duty, parker);
                } catch (Throwable failure) {
                    failed(duty, failure);
                }
            }
        } finally {
            synchronized (lock) {
                lock.notifyAll();
            }
        }
    }

    private void workUntilDone(Duty duty, Parker parker) {
        Waiting patience = duty.keepsAlive() ? Waiting.BLOCKING : waiting;
        int idle = 0;
        while (!duty.done()) {
            if (duty.work(System.nanoTime()) > 0) {
                idle = 0;
            } else {
                idle++;
                pause(patience, idle, duty, parker);
            }
        }
    }

    /** Not rethrown, as no failure of a lane is: lanes of the same thread that are behind must drain, or the pipeline would hang. */
    private static void failed(Duty duty, Throwable failure) {
        try {
            duty.failed(failure);
        } catch (Throwable again) {
            // There may be no memory even to say it. What ends the pipeline is done before anything is said.
            Thread.onSpinWait();
        }
    }

    private static void pause(Waiting patience, int idle, Duty duty, Parker parker) {
        switch (patience) {
            case BUSY_SPIN -> Thread.onSpinWait();
            case YIELDING -> spinOrYield(idle, 100);
            case BLOCKING -> {
                if (idle <= SPINS + YIELDS) {
                    spinOrYield(idle, SPINS);
                } else {
                    sleep(duty, parker);
                }
            }
        }
    }

    @SuppressWarnings("ThreadPriorityCheck") // Yielding is what Waiting.YIELDING promises, and helps on few cores.
    private static void spinOrYield(int idle, int spins) {
        if (idle <= spins) {
            Thread.onSpinWait();
        } else {
            Thread.yield();
        }
    }

    private static void sleep(Duty duty, Parker parker) {
        parker.lieDownVolatile();
        long nowNs = System.nanoTime();
        if (duty.work(nowNs) > 0 || duty.done()) {
            parker.getUp();
            return;
        }
        long wakeAtNs = duty.wakeAtNs();
        parker.sleep(wakeAtNs == Long.MAX_VALUE ? Long.MAX_VALUE : wakeAtNs - nowNs);
    }

    @Override
    public void spawn(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void await(BooleanSupplier condition) {
        boolean interrupted = false;
        synchronized (lock) {
            while (!condition.getAsBoolean()) {
                try {
                    lock.wait();
                } catch (InterruptedException e) {
                    // A pipeline must not be left half-way; the flag is kept for the
                    // caller.
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public boolean help() {
        return false;
    }
}
