package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.step.Computation.Function;
import io.ringmain.window.KeyTable;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What an aggregate allocates: nothing per event, and no more than its bounds whatever comes. */
@Timeout(60)
class AggregateBoundsTest {

    private static final int EVENTS = 50_000;
    private static final int EXPLOSION = 1_000_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final Keys keys = new Keys();
    private final int a = keys.id("a");
    private final int b = keys.id("b");
    private final int c = keys.id("c");
    private final LogEvent event = new LogEvent();
    private final byte[] line = "[route-0] 12.5 77 later".getBytes(StandardCharsets.UTF_8);

    private static List<Computation> all(String field) {
        return List.of(
                new Computation("n", Function.COUNT, null),
                new Computation("sum", Function.SUM, field),
                new Computation("avg", Function.AVG, field),
                new Computation("min", Function.MIN, field),
                new Computation("max", Function.MAX, field),
                new Computation("values", Function.COUNTS, field));
    }

    @Test
    void eventsOfKnownGroupsAllocateNothing() {
        Aggregate byAll = new Aggregate(keys, new AggregateSpec(List.of("level", "a", "c"), all("b"), 1000));
        Aggregate byNumber = Aggregate.countBy(keys, "c");
        Aggregate full = new Aggregate(keys, new AggregateSpec(List.of("a"), all("c"), 3));
        List<Aggregate> aggregates = List.of(byAll, byNumber, full);
        work(aggregates, EVENTS);

        // N and 2 N events: whatever the measuring itself allocates cancels out.
        long start = threads.getCurrentThreadAllocatedBytes();
        work(aggregates, EVENTS);
        long once = threads.getCurrentThreadAllocatedBytes();
        work(aggregates, 2 * EVENTS);
        long twice = threads.getCurrentThreadAllocatedBytes();

        assertThat((twice - once - (once - start)) / (double) EVENTS).isLessThan(0.01);
        assertThat(full.eventsInOther()).isEqualTo(4 * EVENTS / 10 * 7);
    }

    private void work(List<Aggregate> aggregates, int events) {
        for (int i = 0; i < events; i++) {
            event.clear();
            line[7] = (byte) ('0' + i % 10);
            event.wrapLine(line, 0, line.length);
            event.setLevel(i % 3 == 0 ? Level.INFO : Level.WARN);
            event.fields().putSpan(a, 1, 7);
            switch (i % 4) {
                case 0 -> event.fields().putSpan(b, 10, 4);
                case 1 -> event.fields().putLong(b, i % 7);
                case 2 -> event.fields().putDouble(b, 0.25);
                default -> event.fields().putSpan(b, 18, 5);
            }
            event.fields().putLong(c, 200 + i % 5);
            for (int at = 0; at < aggregates.size(); at++) {
                aggregates.get(at).emit(event, () -> null);
            }
        }
    }

    @Test
    void anExplosionOfGroupsStaysWithinTheBound() {
        Aggregate aggregate = new Aggregate(keys, new AggregateSpec(List.of("a"), all("b"), 10_000));
        long start = threads.getCurrentThreadAllocatedBytes();
        explode(aggregate);

        long allocated = threads.getCurrentThreadAllocatedBytes() - start;

        assertThat(aggregate.groupCount()).isEqualTo(10_000);
        assertThat(aggregate.eventsInOther()).isEqualTo(EXPLOSION - 10_000);
        assertThat(allocated).isLessThan(16 << 20);
        List<String> rows = Rows.of(aggregate, keys);
        assertThat(rows).hasSize(10_001);
        assertThat(rows.get(10_000)).startsWith("a='other' other=true n=990000 ");
    }

    @Test
    void longKeysStayWithinTheBoundOfBytes() {
        Aggregate aggregate = Aggregate.countBy(keys, "a");
        byte[] key = new byte[4000];
        for (int i = 0; i < 20_000; i++) {
            event.clear();
            key[0] = (byte) i;
            key[1] = (byte) (i >> 8);
            event.wrapLine(key, 0, key.length);
            event.fields().putSpan(a, 0, key.length);
            aggregate.emit(event, () -> null);
        }

        assertThat(aggregate.groupCount()).isEqualTo(KeyTable.BYTES_MAX_DEFAULT / 4005);
        assertThat(aggregate.eventsInOther()).isEqualTo(20_000 - KeyTable.BYTES_MAX_DEFAULT / 4005);
    }

    private void explode(Aggregate aggregate) {
        byte[] digits = new byte[8];
        for (int i = 0; i < EXPLOSION; i++) {
            event.clear();
            int rest = i;
            for (int at = 7; at >= 0; at--) {
                digits[at] = (byte) ('0' + rest % 10);
                rest /= 10;
            }
            event.wrapLine(digits, 0, 8);
            event.fields().putSpan(a, 0, 8);
            event.fields().putLong(b, i % 3);
            aggregate.emit(event, () -> null);
        }
    }
}
