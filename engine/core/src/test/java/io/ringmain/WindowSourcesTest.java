package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.MemoryJournal;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import io.ringmain.window.Aggregations;
import io.ringmain.window.EventTime;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whose time windows wait for, where sources come and go and letters come back. */
@Timeout(30)
class WindowSourcesTest {

    private final MemoryDeadLetters letters = MemoryDeadLetters.retrying(10, 1 << 16);
    private final MemoryJournal journal = new MemoryJournal();
    private final StepRunner runner = new StepRunner(7);

    /** Windows of ten; a value is its own time. */
    private PipelineBuilder<Cell, Cell> describe(List<String> rows, StepRunner on) {
        AtomicBoolean isBroken = new AtomicBoolean(true);
        Windowing<Cell> windowing = Windowing.of(new Windows.Aligned(10, 10, 0), EventTime.<Cell>of(cell -> cell.value))
                .compute(Aggregations.count());
        return Pipeline.of("windows", new PortableCell())
                .merging()
                .runner(on)
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.deadLetter())
                .stage("failing", cell -> {
                    if (cell.value == 33 && isBroken.getAndSet(false)) {
                        throw new IllegalStateException("broken");
                    }
                    return true;
                })
                .window("window", new PortableCell(), windowing, (result, row) -> {
                    row.value = result.longValue(0);
                    row.note = result.startNs() + " " + result.kind();
                })
                .sink("out", Sink.each(row -> rows.add(row.toString())));
    }

    private void step() {
        for (int i = 0; i < 200; i++) {
            runner.step();
        }
    }

    private void publish(Pipeline<Cell> pipeline, long... times) {
        for (long time : times) {
            pipeline.publisher().publish(cell -> cell.value = time);
        }
        step();
    }

    @Test
    void whoPublishesBesideLettersMovesTime() {
        List<String> rows = new ArrayList<>();
        Pipeline<Cell> pipeline =
                describe(rows, runner).journal(journal).build().start();

        publish(pipeline, 5, 33, 14, 20);

        assertThat(rows).containsExactly("1:0 COMPLETE", "1:10 COMPLETE");
        assertThat(letters.retry(letter -> true)).isEqualTo(1);
        step();
        assertThat(letters.count()).isZero();
        // The letter is in a window, and moves nothing.
        assertThat(rows).hasSize(2);
        pipeline.drain(Duration.ofSeconds(1));
        assertThat(rows).hasSize(4).contains("1:30 FINAL");

        List<String> again = new ArrayList<>();
        describe(again, new StepRunner(8))
                .replaying(journal.reader(), Replaying.ALL)
                .build()
                .start()
                .await();
        assertThat(again).isEqualTo(rows);
    }

    @Test
    void aSourceThatComesLaterIsWaitedForFromItsFirstEventOn() {
        List<String> rows = new ArrayList<>();
        Pipeline<Cell> pipeline = describe(rows, runner).build().start();
        publish(pipeline, 5, 12);
        assertThat(rows).containsExactly("1:0 COMPLETE");

        pipeline.addSource(
                "new",
                new ScriptedSource<Cell>((cell, number) -> cell.value = 14)
                        .give(1)
                        .neverEnd());
        step();
        publish(pipeline, 25);
        assertThat(rows).hasSize(1);
        pipeline.removeSource("new");
        publish(pipeline, 26);

        assertThat(rows).containsExactly("1:0 COMPLETE", "2:10 COMPLETE");
        pipeline.drain(Duration.ofSeconds(1));
    }
}
