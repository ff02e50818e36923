package io.ringmain.perf.windows;

import io.ringmain.window.Aggregations;
import io.ringmain.window.EventTime;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.Keying;
import io.ringmain.window.WindowResult;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;

/** An event with a key of 16 bytes. Thread: one at a time. */
final class Reading {

    long timeNs;
    long key;
    long value;
    /** When it was to be published, by the clock of the measurement; 0 if nobody asks. */
    long dueNs;

    /** What comes of a window and key. */
    static final class Total {

        long count;
        long sum;

        static void write(WindowResult<Reading> result, Total total) {
            total.count = result.longValue(0);
            total.sum = result.longValue(1);
        }
    }

    /** Count and sum of each key in {@code windows}. */
    static Windowing<Reading> totals(Windows windows) {
        return Windowing.<Reading>of(windows, EventTime.of(reading -> reading.timeNs))
                .by(Reading::keying)
                .groupsMax(2_000_000)
                .compute(Aggregations.count())
                .compute(Aggregations.sum(reading -> reading.value));
    }

    private static Keying<Reading> keying() {
        var buffer = new KeyBuffer();
        return reading -> {
            buffer.clear();
            buffer.putLong(reading.key);
            buffer.putLong(~reading.key);
            return buffer;
        };
    }
}
