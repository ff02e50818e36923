package io.ringmain.logs.expression;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every line of the tables, that is, every operator and function, and a rejection: 0 bytes per event. */
@Timeout(120)
class ExpressionAllocationTest {

    private static final int EVENTS = 20_000;

    private final Sample sample = new Sample();
    private final Value value = new Value();
    private final List<Expression> expressions = new ArrayList<>();
    private Expression current;
    private long rejected;

    ExpressionAllocationTest() throws ExpressionException {
        add("numbers.txt", Sample.CLOSED);
        add("conditions.txt", Sample.CLOSED);
        add("levels-and-times.txt", Sample.CLOSED);
        add("texts.txt", Sample.CLOSED);
        add("anything.txt", Sample.OPEN);
        current = expressions.get(0);
    }

    private void add(String table, Schema schema) throws ExpressionException {
        for (String line : Table.read(table).lines().toList()) {
            String text = line.substring(0, line.lastIndexOf("->")).strip();
            expressions.add(Expression.compile(text, schema, sample.keys));
        }
    }

    @Test
    void evaluatingAllocatesNothing() throws Exception {
        work(EVENTS / 10);

        assertThat(bytesPerEvent(EVENTS / 10)).isLessThan(0.01 * expressions.size());
    }

    @Test
    void rejectingAllocatesNothing() throws Exception {
        expressions.clear();
        expressions.add(Expression.condition("line matches '^(a|aa)+\\\\1?$'", Schema.LINES, sample.keys));
        sample.event.setLine("a".repeat(60) + "!");
        work(200);

        assertThat(bytesPerEvent(200)).isLessThan(0.5);
        assertThat(rejected).isEqualTo(4 * 200);
    }

    /** N and 2 N events: whatever the measuring itself allocates cancels out. */
    private double bytesPerEvent(int events) throws Exception {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadAllocatedBytes();
        work(events);
        long once = threads.getCurrentThreadAllocatedBytes();
        work(2 * events);
        long twice = threads.getCurrentThreadAllocatedBytes();
        return (twice - once - (once - start)) / (double) events;
    }

    private void work(int events) {
        LogEvent event = sample.event;
        for (int i = 0; i < events; i++) {
            for (int j = 0; j < expressions.size(); j++) {
                current = expressions.get(j);
                try {
                    current.evaluate(event, value);
                    current.test(event);
                } catch (RejectedException tooLong) {
                    rejected++;
                }
            }
        }
    }
}
