package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Text;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.step.CopyField;
import io.ringmain.logs.step.RenameField;
import io.ringmain.logs.step.SetField;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a plan puts around steps and sinks costs no memory per event. */
class PlanAllocationTest {

    private static final int BATCHES = 1_000;
    private static final int BATCH_SIZE = 300;

    private final Keys keys = new Keys();
    private final Chain chain = new Chain(false);
    private final LogEvent[] events =
            IntStream.range(0, BATCH_SIZE).mapToObj(i -> new LogEvent()).toArray(LogEvent[]::new);
    private long taken;
    private Source.Status filled = Source.Status.IDLE;

    @Test
    void chainOfChangesAndConditionOfASinkAllocateNothing() throws Exception {
        int status = keys.id("status");
        chain.add(new SetField(keys.id("env"), Text.of("prod")));
        chain.add(new CopyField(status, keys.id("code")));
        chain.add(new RenameField(status, keys.id("state")));
        Schema schema = Schema.LINES.with("state", FieldType.NUMBER);
        Where where = new Where(Expression.condition("state >= 150", schema, keys), batch -> {});
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        work(where, status, BATCHES);

        // N and 2 N batches: whatever the measuring itself allocates cancels out.
        long start = threads.getCurrentThreadAllocatedBytes();
        work(where, status, BATCHES);
        long once = threads.getCurrentThreadAllocatedBytes();
        work(where, status, 2 * BATCHES);
        long twice = threads.getCurrentThreadAllocatedBytes();

        assertThat((twice - once - (once - start)) / (double) (BATCHES * BATCH_SIZE))
                .isLessThan(0.01);
        assertThat(taken).isEqualTo(4L * BATCHES * BATCH_SIZE / 2);
    }

    @Test
    void namingTheSourceOfAnEventAllocatesNothing() throws Exception {
        Source<LogEvent> lines = (intake, max) -> {
            for (int i = 0; i < max; i++) {
                taken += intake.claim(i).fields().count();
            }
            return Source.Status.READY;
        };
        Source<LogEvent> source = new OriginSource("web", "file", lines, keys);
        Intake<LogEvent> intake = position -> {
            events[(int) position].clear();
            return events[(int) position];
        };
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        fill(source, intake, BATCHES);

        long start = threads.getCurrentThreadAllocatedBytes();
        fill(source, intake, BATCHES);
        long once = threads.getCurrentThreadAllocatedBytes();
        fill(source, intake, 2 * BATCHES);
        long twice = threads.getCurrentThreadAllocatedBytes();

        assertThat((twice - once - (once - start)) / (double) (BATCHES * BATCH_SIZE))
                .isLessThan(0.01);
        assertThat(taken).isEqualTo(2L * 4 * BATCHES * BATCH_SIZE);
        assertThat(filled).isEqualTo(Source.Status.READY);
        assertThat(events[0].fieldText(keys.id(Keys.SOURCE_NAME))).isEqualTo("web");
        assertThat(events[0].fieldText(keys.id(Keys.SOURCE_TYPE))).isEqualTo("file");
    }

    private void fill(Source<LogEvent> source, Intake<LogEvent> intake, int batches) throws Exception {
        for (int i = 0; i < batches; i++) {
            filled = source.fill(intake, BATCH_SIZE);
        }
    }

    private void work(Where where, int status, int batches) throws Exception {
        for (int i = 0; i < batches; i++) {
            for (int j = 0; j < BATCH_SIZE; j++) {
                events[j].clear();
                events[j].fields().putLong(status, j);
                chain.process(events[j]);
                taken += where.wants(events[j]) ? 1 : 0;
            }
        }
    }
}
