package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import java.lang.management.ManagementFactory;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PartitionKeyTest {

    private final Keys keys = new Keys();
    private final int a = keys.id("a");
    private final int b = keys.id("b");
    private final PartitionKey key = new PartitionKey(keys, List.of("a", "b"));

    private LogEvent event(String first, double second) {
        LogEvent event = new LogEvent();
        event.fields().putText(a, Text.of(first));
        event.fields().putDouble(b, second);
        return event;
    }

    @Test
    void equalValuesHaveTheSameNumberWhereverTheyStand() {
        LogEvent inLine = new LogEvent();
        inLine.setLine("here is shop");
        inLine.fields().putSpan(a, 8, 4);
        inLine.fields().putLong(b, 200);

        assertThat(key.applyAsLong(inLine)).isEqualTo(key.applyAsLong(event("shop", 200.0)));
    }

    @Test
    void otherValuesHaveOtherNumbers() {
        Set<Long> numbers = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            numbers.add(key.applyAsLong(event("shop" + i % 50, i)));
        }

        assertThat(numbers).hasSize(1_000);
    }

    @Test
    void missingAndLongValuesAreKeysToo() {
        LogEvent none = new LogEvent();
        LogEvent level = new LogEvent();
        level.setLevel(Level.ERROR);
        PartitionKey byLevel = new PartitionKey(keys, List.of("level"));

        assertThat(key.applyAsLong(none)).isEqualTo(key.applyAsLong(new LogEvent()));
        assertThat(byLevel.applyAsLong(level)).isNotEqualTo(byLevel.applyAsLong(none));
        assertThat(key.applyAsLong(event("x".repeat(10_000), 1)))
                .isEqualTo(key.applyAsLong(event("y".repeat(10_000), 1)));
    }

    @Test
    void aKeyIsFoundWithoutAnyMemory() {
        LogEvent event = event("shop", 200.5);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long sum = work(event, 20_000);

        // N and 2 N events: whatever the measuring itself allocates cancels out.
        long start = threads.getCurrentThreadAllocatedBytes();
        sum += work(event, 100_000);
        long once = threads.getCurrentThreadAllocatedBytes();
        sum += work(event, 200_000);
        long twice = threads.getCurrentThreadAllocatedBytes();

        assertThat((twice - once - (once - start)) / 100_000.0).isLessThan(0.01);
        assertThat(sum).isEqualTo(320_000 * key.applyAsLong(event));
    }

    private long work(LogEvent event, int count) {
        long sum = 0;
        for (int i = 0; i < count; i++) {
            sum += key.applyAsLong(event);
        }
        return sum;
    }
}
