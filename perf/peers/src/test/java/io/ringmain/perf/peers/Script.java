package io.ringmain.perf.peers;

import io.ringmain.window.Watermarks;
import io.ringmain.window.Windows;
import java.util.ArrayList;
import java.util.List;

/**
 * A stream, and what a window operator is told about it. The watermark follows each event: the latest time so far, less {@code disorder}, less one. All times are in one unit,
 * which is a nanosecond to Ringmain and a millisecond to Flink.
 *
 * @param windows the windows, in that unit
 * @param disorder by how much an event may be behind
 * @param lateness for how much longer a window that was given takes events
 * @param events in the order in which they come
 */
record Script(Windows windows, long disorder, long lateness, List<Event> events) {

    /** An event. */
    record Event(String key, long time, long value) {

        @Override
        public String toString() {
            return key + '@' + time + '=' + value;
        }
    }

    /** How far time has come after each event. */
    List<Long> watermarks() {
        List<Long> all = new ArrayList<>();
        long latest = Watermarks.NONE;
        for (Event event : events) {
            latest = Math.max(latest, event.time);
            all.add(latest < Watermarks.NONE + disorder + 1 ? Watermarks.NONE : latest - disorder - 1);
        }
        return all;
    }

    /**
     * Whether an update is a row that an event lets be given behind time, in Flink and in Ringmain. A session that was given, and then grows beyond what time has come to, is given again by time; to
     * Ringmain that is an update too, as it takes the place of a row.
     */
    boolean isUpdateBehindTime() {
        return windows instanceof Windows.Aligned;
    }

    /** The same without the event at {@code index}. */
    Script without(int index) {
        List<Event> left = new ArrayList<>(events);
        left.remove(index);
        return new Script(windows, disorder, lateness, left);
    }

    @Override
    public String toString() {
        return windows + ", disorder " + disorder + ", lateness " + lateness + ", " + events;
    }
}
