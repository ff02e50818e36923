package io.ringmain.perf.allocation;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import org.jspecify.annotations.Nullable;

/**
 * Gives the lines of another source a run at a time: as many as the course wants, the last of them marked by a field.
 *
 * <p>Thread: as {@link Source}. Never allocates by itself.
 */
final class Portions implements Source<LogEvent> {

    private final Source<LogEvent> lines;
    private final Course course;
    private final int mark;
    private final Counting counting = new Counting();
    private long served;
    private long left;

    Portions(Source<LogEvent> lines, Course course, int mark) {
        this.lines = lines;
        this.course = course;
        this.mark = mark;
    }

    @Override
    public Status fill(Intake<LogEvent> intake, int max) throws Exception {
        long run = course.run();
        if (left == 0 && served < run) {
            served = run;
            left = course.wanted();
        }
        if (left == 0) {
            return Status.IDLE;
        }
        counting.intake = intake;
        counting.count = 0;
        Status status = lines.fill(counting, (int) Math.min(left, max));
        if (status == Status.END) {
            throw new IllegalStateException("lines: ended (expected: " + left + " more)");
        }
        left -= counting.count;
        LogEvent last = counting.last;
        if (left == 0 && last != null) {
            last.fields().putBoolean(mark, true);
        }
        return status;
    }

    @Override
    public void open() throws Exception {
        lines.open();
    }

    @Override
    public void close() throws Exception {
        lines.close();
    }

    /** Counts what is claimed from another intake, and remembers the last. */
    private static final class Counting implements Intake<LogEvent> {

        private @Nullable Intake<LogEvent> intake;
        private @Nullable LogEvent last;
        private int count;

        private Intake<LogEvent> intake() {
            Intake<LogEvent> present = intake;
            if (present == null) {
                throw new IllegalStateException("intake: none (expected: within a call of fill)");
            }
            return present;
        }

        @Override
        public LogEvent claim(long position) {
            LogEvent event = intake().claim(position);
            last = event;
            count++;
            return event;
        }

        @Override
        public long claimed() {
            return intake().claimed();
        }

        @Override
        public long released() {
            return intake().released();
        }
    }
}
