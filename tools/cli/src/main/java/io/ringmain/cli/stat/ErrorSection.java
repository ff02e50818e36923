package io.ringmain.cli.stat;

import static org.agrona.BitUtil.align;
import static org.agrona.concurrent.errors.DistinctErrorLog.LAST_OBSERVATION_TIMESTAMP_OFFSET;
import static org.agrona.concurrent.errors.DistinctErrorLog.LENGTH_OFFSET;
import static org.agrona.concurrent.errors.DistinctErrorLog.OBSERVATION_COUNT_OFFSET;
import static org.agrona.concurrent.errors.DistinctErrorLog.RECORD_ALIGNMENT;

import io.ringmain.Report.Failure;
import java.io.PrintWriter;
import java.util.HashMap;
import java.util.Map;
import org.agrona.concurrent.AtomicBuffer;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.errors.DistinctErrorLog;

/**
 * The distinct failures of a run, each one once in Agrona's log, its count kept up to date in place: the log itself adds one per call,
 * and a report knows only how many there were.
 *
 * <p>A report tells at most 65 failures apart and their texts are cut, so the section does not overflow. Thread: one at a time.
 */
final class ErrorSection {

    private static final int TEXT_MAX = 500;

    private final AtomicBuffer buffer;
    private final EpochClock clock;
    private final DistinctErrorLog log;
    private final Map<String, Entry> entries = new HashMap<>();
    private int end;

    private record Entry(int offset, long count) {}

    ErrorSection(AtomicBuffer buffer, EpochClock clock) {
        this.buffer = buffer;
        this.clock = clock;
        log = new DistinctErrorLog(buffer, clock);
    }

    void update(Failure failure) {
        String key = failure.where() + '\n' + failure.type();
        Entry entry = entries.get(key);
        if (entry == null) {
            if (!log.record(new Said(text(failure)))) {
                return;
            }
            entry = new Entry(end, 0);
            end += align(buffer.getInt(end + LENGTH_OFFSET), RECORD_ALIGNMENT);
        }
        if (entry.count != failure.count()) {
            int count = (int) Math.min(failure.count(), Integer.MAX_VALUE);
            buffer.putIntRelease(entry.offset + OBSERVATION_COUNT_OFFSET, count);
            buffer.putLongRelease(entry.offset + LAST_OBSERVATION_TIMESTAMP_OFFSET, clock.time());
            entries.put(key, new Entry(entry.offset, failure.count()));
        }
    }

    private static String text(Failure failure) {
        String text =
                failure.where() + ": " + failure.type() + (failure.message().isEmpty() ? "" : ": " + failure.message());
        return text.length() <= TEXT_MAX ? text : text.substring(0, TEXT_MAX) + "...";
    }

    /** The log takes exceptions only; it writes what they print: this one its text and nothing else. */
    private static final class Said extends Exception {
        private static final long serialVersionUID = 1;

        Said(String text) {
            super(text, null, false, false);
        }

        @Override
        public void printStackTrace(PrintWriter out) {
            out.print(getMessage());
        }
    }
}
