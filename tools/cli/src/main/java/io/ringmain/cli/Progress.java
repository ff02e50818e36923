package io.ringmain.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Says on standard error how far a run is: on a terminal one line that is written over, elsewhere a line every second. Also ends a
 * run whose time is up.
 *
 * <p>Thread: one of its own, a daemon; {@link #note} and {@link #stop} may be called from any.
 */
final class Progress {

    private static final long TERMINAL_NS = 100_000_000;
    private static final long PIPE_NS = 1_000_000_000;
    private static final int BAR_WIDTH = 24;
    private static final int RATE_WIDTH = 5;

    private final Object lock = new Object();
    private final Screen screen;
    private final long goal;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private int shown;

    Progress(Screen screen, long goal) {
        this.screen = screen;
        this.goal = goal;
    }

    /** Starts to show {@code count}; calls {@code timeUp} after {@code runMax}, if there is such a limit. */
    void start(LongSupplier count, @Nullable Duration runMax, Runnable timeUp) {
        long startNs = System.nanoTime();
        Thread thread = new Thread(() -> run(startNs, count, runMax, timeUp), "progress");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(long startNs, LongSupplier count, @Nullable Duration runMax, Runnable timeUp) {
        long pauseNs = screen.isErrTerminal() ? TERMINAL_NS : PIPE_NS;
        long limitNs = runMax == null ? Long.MAX_VALUE : runMax.toNanos();
        boolean isUp = false;
        long sinceNs = 0;
        try {
            while (!stopped.await(isUp ? pauseNs : Math.min(pauseNs, limitNs - sinceNs), TimeUnit.NANOSECONDS)) {
                sinceNs = System.nanoTime() - startNs;
                show(count.getAsLong(), sinceNs);
                if (!isUp && sinceNs >= limitNs) {
                    isUp = true;
                    timeUp.run();
                }
            }
        } catch (InterruptedException unexpected) {
            Thread.currentThread().interrupt();
        }
    }

    private void show(long count, long sinceNs) {
        String line = line(count, sinceNs / 1e9);
        synchronized (lock) {
            if (stopped.getCount() == 0) {
                return;
            }
            if (screen.isErrTerminal()) {
                // Blanks rather than an escape code wipe what was longer; no cell is written beyond the screen.
                String fitting = line.substring(0, Math.min(line.length(), screen.columns() - 1));
                screen.err().print('\r' + fitting + " ".repeat(Math.max(0, shown - fitting.length())));
                shown = fitting.length();
            } else {
                screen.err().println(line);
            }
            screen.err().flush();
        }
    }

    private String line(long count, double seconds) {
        String rate = right(Numbers.rate(seconds <= 0 ? 0 : count / seconds), RATE_WIDTH) + " lines/s";
        if (goal == Long.MAX_VALUE) {
            return "  " + Numbers.count(count) + " lines  " + rate;
        }
        double share = (double) count / goal;
        String bar = screen.isErrTerminal() ? screen.glyphs().bar(share, BAR_WIDTH) + ' ' : "";
        String whole = Numbers.count(goal);
        return "  " + bar + right(Long.toString((long) (100 * share)), 3) + " %  "
                + right(Numbers.count(count), whole.length()) + " of " + whole + "  " + rate;
    }

    /** Numbers that do not jump to and fro can be read while they change. */
    private static String right(String text, int width) {
        return " ".repeat(Math.max(0, width - text.length())) + text;
    }

    /** Says one thing on a line of its own. */
    void note(String text) {
        synchronized (lock) {
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
