package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.Parse;
import io.ringmain.logs.parse.RejectedException;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.KeepLevel;
import io.ringmain.logs.step.SetField;
import io.ringmain.logs.step.SetIngestTime;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AllocationTest {

    private static final int EVENTS = 50_000;

    /** The least of so many counts: what the JDK takes at some time is not per event. */
    private static final int TIMES = 5;

    private final byte[][] lines = {
        "INFO Server started on port 8080".getBytes(StandardCharsets.UTF_8),
        "Warning disk almost full".getBytes(StandardCharsets.UTF_8),
        "NOISE that no parser takes".getBytes(StandardCharsets.UTF_8),
        "DEBUG cache hit".getBytes(StandardCharsets.UTF_8)
    };
    private final LogEvent event = new LogEvent();
    private final LogEvent copy = new LogEvent();
    private final Parse parse = new Parse(new LevelParser());
    private final KeepLevel filter = new KeepLevel(Level.INFO);
    private final SetField tag = new SetField(2, Text.of("prod"));
    private final SetIngestTime time = new SetIngestTime(() -> 42);
    private final Aggregate count = Aggregate.countBy(new Keys(), "level", "source");
    private long rejected;

    @Test
    void parsingFilteringEnrichingCountingAndRejectingAllocateNothing() throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        work(EVENTS);

        double least = Double.MAX_VALUE;
        for (int i = 0; i < TIMES; i++) {
            // N and 2 N events: whatever the measuring itself allocates cancels out.
            long start = threads.getCurrentThreadAllocatedBytes();
            work(EVENTS);
            long once = threads.getCurrentThreadAllocatedBytes();
            work(2 * EVENTS);
            long twice = threads.getCurrentThreadAllocatedBytes();
            least = Math.min(least, Math.abs(twice - once - (once - start)) / (double) EVENTS);
        }

        assertThat(least).isLessThan(0.01);
        assertThat(rejected).isEqualTo((1 + 3 * TIMES) * EVENTS / 4);
    }

    private void work(int events) throws Exception {
        for (int i = 0; i < events; i++) {
            byte[] line = lines[i & 3];
            event.clear();
            event.setLine(line, 0, line.length);
            event.fields().putSpan(Keys.SOURCE, 0, 2);
            try {
                parse.apply(event);
            } catch (RejectedException bad) {
                rejected++;
                continue;
            }
            if (filter.process(event)) {
                tag.apply(event);
                time.apply(event);
                LogEvent.TYPE.copy(event, copy);
                count.emit(copy, () -> null);
            }
        }
    }
}
