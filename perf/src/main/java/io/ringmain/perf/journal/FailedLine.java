package io.ringmain.perf.journal;

import io.ringmain.logs.LogEvent;
import io.ringmain.perf.logs.Format;
import io.ringmain.perf.logs.Lines;
import io.ringmain.perf.logs.MadeLines;
import io.ringmain.spi.EventType;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.Reasoned;

/** A log line that has failed as a lane hands it over: the same object for all of them, each time another line. */
final class FailedLine implements FailedEvent<LogEvent> {

    private static final int LINES_MADE = 1000;
    private static final Refused[] CAUSES = {
        new Refused("format", "no time stamp where one is expected"),
        new Refused("missing_field", "no field user"),
        new Refused("out_of_range", "status 999 (expected: 100 to 599)")
    };

    private final Lines lines = new MadeLines(Format.COMBINED, 1).make(LINES_MADE);
    private final LogEvent event = LogEvent.TYPE.create();
    private long position = -1;

    /** Why a line has failed. */
    private static final class Refused extends Exception implements Reasoned {

        private static final long serialVersionUID = 1;

        private final String reason;

        Refused(String reason, String message) {
            super(message);
            this.reason = reason;
        }

        @Override
        public String reason() {
            return reason;
        }
    }

    /** Becomes the next line. */
    FailedLine next() {
        position++;
        LogEvent.TYPE.clear(event);
        lines.wrap((int) (position % LINES_MADE), event);
        return this;
    }

    @Override
    public String pipeline() {
        return "lines";
    }

    @Override
    public String stage() {
        return "parse";
    }

    @Override
    public Exception cause() {
        return CAUSES[(int) (position % CAUSES.length)];
    }

    @Override
    public int attempts() {
        return 1;
    }

    @Override
    public String source() {
        return "file";
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public boolean positionLasts() {
        return true;
    }

    @Override
    public long ingressNs() {
        return position;
    }

    @Override
    public LogEvent event() {
        return event;
    }

    @Override
    public EventType<LogEvent> type() {
        return LogEvent.TYPE;
    }
}
