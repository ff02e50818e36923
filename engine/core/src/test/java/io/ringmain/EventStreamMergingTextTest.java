package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.SourceReport;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** The checkpoint tests on merging of the event-stream text, each under its own name, in the engine's terms. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class EventStreamMergingTextTest {

    private final CollectingSink<Cell, Long> out = new CollectingSink<>(cell -> cell.value);

    private static PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("text", Cell.TYPE).whenFailed(WhenFailed.stop());
    }

    /** A stream of numbers that is asked for them. */
    private static ScriptedSource<Cell> stream(long first, int count) {
        return new ScriptedSource<Cell>((cell, number) -> cell.value = first + number).give(count);
    }

    /** A sender on a thread of its own. */
    private static PushSource<Cell> sender(long first, int count) {
        return new PushSource<>() {
            @Override
            public void run(Publisher<Cell> publisher) {
                for (long i = first; i < first + count; i++) {
                    publisher.publish((cell, number) -> cell.value = number, i);
                }
            }

            @Override
            public void abort() {}
        };
    }

    private Report run(PipelineBuilder<Cell, Cell> builder) {
        try (Pipeline<Cell> pipeline = builder.sink("out", out).build()) {
            return pipeline.start().await();
        }
    }

    private List<Long> those(LongPredicate wanted) {
        return out.values().stream().filter(wanted::test).toList();
    }

    /** Three streams of three: nine events, those of each stream in its order. */
    @Test
    void mergeStreams() {
        run(builder().source("one", stream(1, 3)).source("two", stream(4, 3)).source("three", stream(7, 3)));

        assertThat(out.values()).hasSize(9);
        assertThat(those(value -> value <= 3)).containsExactly(1L, 2L, 3L);
        assertThat(those(value -> value >= 4 && value <= 6)).containsExactly(4L, 5L, 6L);
        assertThat(those(value -> value >= 7)).containsExactly(7L, 8L, 9L);
    }

    /** Three senders of five on threads of their own: fifteen events, those of each sender in its order and under its name. */
    @Test
    void multiSourceProcessing() {
        Report report = run(builder()
                .pushSource("source1", sender(0, 5))
                .pushSource("source2", sender(5, 5))
                .pushSource("source3", sender(10, 5)));

        assertThat(out.values()).hasSize(15);
        assertThat(those(value -> value < 5)).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(those(value -> value >= 5 && value < 10)).containsExactly(5L, 6L, 7L, 8L, 9L);
        assertThat(those(value -> value >= 10)).containsExactly(10L, 11L, 12L, 13L, 14L);
        assertThat(report.sources()).extracting(SourceReport::received).containsExactly(5L, 5L, 5L);
    }
}
