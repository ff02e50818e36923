package io.ringmain.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error how far a run is: on a terminal one line that is written over at most five times a second, elsewhere a line
 * after one second and then every three; nothing if it is to be quiet. Also ends a run whose time is up.
 *
 * <p>Thread: one of its own, a daemon, which looks at the run five times a second whatever it shows; {@link #note} and {@link #stop}
 * may be called from any.
 */
final class Progress {

    private static final long LOOK_NS = 200_000_000;
    private static final long FIRST_LINE_NS = 1_000_000_000;
    private static final long NEXT_LINE_NS = 3_000_000_000L;

    private final Object lock = new Object();
    private final Screen screen;
    private final boolean quiet;
    private final boolean live;
    private final LiveLine line;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private long nextLineNs = FIRST_LINE_NS;
    private int shown;

    Progress(Screen screen, boolean quiet) {
        this(screen, quiet, false);
    }

    /** Shows no line that is written over if {@code sharesTerminal}: results that come to the same terminal would run into it. */
    Progress(Screen screen, boolean quiet, boolean sharesTerminal) {
        this.screen = screen;
        this.quiet = quiet;
        live = screen.isErrTerminal() && !(sharesTerminal && screen.isOutTerminal());
        line = new LiveLine(screen.glyphs(), live);
    }

    /**
     * Starts to show what {@code readings} gives, which is asked for on the thread of this object; calls {@code timeUp} after
     * {@code runMax}, if there is such a limit.
     */
    void start(Supplier<Reading> readings, @Nullable Duration runMax, Runnable timeUp) {
        long startNs = System.nanoTime();
        Thread thread = new Thread(() -> run(startNs, readings, runMax, timeUp), "progress");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(long startNs, Supplier<Reading> readings, @Nullable Duration runMax, Runnable timeUp) {
        long limitNs = runMax == null ? Long.MAX_VALUE : runMax.toNanos();
        boolean isUp = false;
        long sinceNs = 0;
        try {
            while (!stopped.await(isUp ? LOOK_NS : Math.min(LOOK_NS, limitNs - sinceNs), TimeUnit.NANOSECONDS)) {
                sinceNs = System.nanoTime() - startNs;
                if (!isUp && sinceNs >= limitNs) {
                    isUp = true;
                    timeUp.run();
                }
                show(readings.get(), sinceNs);
            }
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }

    /** Shows {@code reading} if its time has come, {@code sinceNs} after the start. */
    void show(Reading reading, long sinceNs) {
        synchronized (lock) {
            if (quiet || stopped.getCount() == 0) {
                return;
            }
            if (live) {
                // Blanks rather than an escape code wipe what was longer; no cell is written beyond the screen.
                String text = line.next(reading, sinceNs, screen.columns() - 1);
                screen.err().print('\r' + text + " ".repeat(Math.max(0, shown - text.length())));
                shown = text.length();
            } else if (sinceNs >= nextLineNs) {
                screen.err().println(line.next(reading, sinceNs, Integer.MAX_VALUE));
                nextLineNs = sinceNs + NEXT_LINE_NS;
            }
            screen.err().flush();
        }
    }

    /** Says one thing on a line of its own. */
    void note(String text) {
        synchronized (lock) {
            if (quiet) {
                return;
            }
            wipe();
            screen.err().println(text);
            screen.err().flush();
        }
    }

    /** Ends the showing and wipes the line. */
    void stop() {
        synchronized (lock) {
            stopped.countDown();
            wipe();
            screen.err().flush();
        }
    }

    private void wipe() {
        if (shown > 0) {
            screen.err().print('\r' + " ".repeat(shown) + '\r');
            shown = 0;
        }
    }
}
