package io.ringmain.perf.windows;

import io.ringmain.Pipeline;
import io.ringmain.config.WhenFailed;
import io.ringmain.perf.windows.Reading.Total;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;
import io.ringmain.window.Windows;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import org.HdrHistogram.Histogram;

/**
 * How long events take to a sink before the window, on the same ring, while a window is given. They come at a fixed rate, and what they take is counted from when they were due: a ring that
 * is held shows in all that come meanwhile.
 */
final class Closing {

    private static final long EVERY_NS = 20_000;
    private static final int PACED = 100_000;
    private static final long WINDOW_NS = 1_000_000_000;
    private static final int FEW = 1000;

    private static final EventType<Reading> READINGS = EventType.of(Reading::new, reading -> {}, (from, to) -> {
        to.timeNs = from.timeNs;
        to.key = from.key;
        to.value = from.value;
        to.dueNs = from.dueNs;
    });

    private Closing() {}

    static void report(int keys) {
        run(FEW);
        for (int count : new int[] {FEW, keys, FEW, keys}) {
            Histogram took = run(count);
            System.out.printf(
                    Locale.ROOT,
                    "other events while a window of %,d keys is given: p50 %,d us, p99 %,d us, p99.9 %,d us, max %,d us%n",
                    count,
                    took.getValueAtPercentile(50) / 1000,
                    took.getValueAtPercentile(99) / 1000,
                    took.getValueAtPercentile(99.9) / 1000,
                    took.getMaxValue() / 1000);
        }
    }

    private static Histogram run(int keys) {
        Histogram took = new Histogram(3);
        AtomicLong rows = new AtomicLong();
        Sink<Reading> tap = batch -> {
            for (int i = 0; i < batch.size(); i++) {
                long dueNs = batch.event(i).dueNs;
                if (dueNs > 0) {
                    took.recordValue(Math.max(0, System.nanoTime() - dueNs));
                }
            }
        };
        Sink<Total> count = batch -> rows.addAndGet(batch.size());
        Pipeline<Reading> pipeline = Pipeline.of("closing", READINGS)
                .whenFailed(WhenFailed.stop())
                .sink("tap", tap)
                .window(
                        "totals",
                        EventType.of(Total::new),
                        Reading.totals(new Windows.Aligned(WINDOW_NS, WINDOW_NS, 0)),
                        Total::write)
                .sink("count", count)
                .build();
        pipeline.start();
        Publisher<Reading> publisher = pipeline.publisher();
        for (long key = 0; key < keys; key++) {
            publish(publisher, 0, key, 0);
        }
        long start = System.nanoTime() + WINDOW_NS / 10;
        for (int i = 0; i < PACED; i++) {
            long due = start + i * EVERY_NS;
            while (System.nanoTime() < due) {
                Thread.onSpinWait();
            }
            // A quarter of the way on time passes the window's end.
            publish(publisher, i < PACED / 4 ? 1 : WINDOW_NS + i, i % FEW, due);
        }
        pipeline.close();
        if (rows.get() < keys) {
            throw new IllegalStateException(rows.get() + " results (expected: " + keys + " or more)");
        }
        return took;
    }

    private static void publish(Publisher<Reading> publisher, long timeNs, long key, long dueNs) {
        publisher.publish(reading -> {
            reading.timeNs = timeNs;
            reading.key = key;
            reading.value = 1;
            reading.dueNs = dueNs;
        });
    }
}
