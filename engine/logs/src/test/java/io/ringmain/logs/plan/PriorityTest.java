package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.expression.ExpressionException;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

/** How much an event matters where a full ring sheds. */
class PriorityTest {

    private static final int EVENTS = 100_000;

    private final Keys keys = new Keys();
    private final LogEvent event = new LogEvent();
    private long sum;

    private Priority by(String text) throws ExpressionException {
        Schema schema = Schema.LINES
                .with("level", FieldType.LEVEL)
                .with("status", FieldType.NUMBER)
                .with("message", FieldType.TEXT);
        return new Priority(Expression.compile(text, schema, keys));
    }

    @Test
    void levelsMatterInTheirOrderAndMoreThanNone() throws ExpressionException {
        Priority byLevel = by("level");

        assertThat(byLevel.applyAsInt(event)).isZero();
        for (Level level : Level.values()) {
            event.setLevel(level);
            assertThat(byLevel.applyAsInt(event)).isEqualTo(1 + level.rank());
        }
    }

    @Test
    void conditionsAndNumbersMatterToo() throws ExpressionException {
        event.fields().putLong(keys.id("status"), 503);

        assertThat(by("status >= 500").applyAsInt(event)).isEqualTo(1);
        assertThat(by("status >= 504").applyAsInt(event)).isZero();
        assertThat(by("status / 100").applyAsInt(event)).isEqualTo(5);
    }

    @Test
    void whatCannotBeToldGoesFirst() throws ExpressionException {
        event.setLine("a".repeat(64) + '!');
        event.fields().putSpan(keys.id("message"), 0, 65);

        assertThat(by("status").applyAsInt(event)).isZero();
        assertThat(by("not (message matches '^(a|aa)+\\\\1?$')").applyAsInt(event))
                .as("a regular expression over its budget")
                .isZero();
    }

    @Test
    void askingAllocatesNothing() throws ExpressionException {
        event.setLevel(Level.WARN);
        event.fields().putLong(keys.id("status"), 503);
        Priority byLevel = by("level");
        Priority byStatus = by("status >= 500");
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        ask(byLevel, byStatus, EVENTS);

        long start = threads.getCurrentThreadAllocatedBytes();
        ask(byLevel, byStatus, EVENTS);
        long once = threads.getCurrentThreadAllocatedBytes();
        ask(byLevel, byStatus, 2 * EVENTS);
        long twice = threads.getCurrentThreadAllocatedBytes();

        assertThat((twice - once - (once - start)) / (double) EVENTS).isLessThan(0.01);
        assertThat(sum).isEqualTo(4L * 5 * EVENTS);
    }

    private void ask(Priority byLevel, Priority byStatus, int events) {
        for (int i = 0; i < events; i++) {
            sum += byLevel.applyAsInt(event) + byStatus.applyAsInt(event);
        }
    }
}
