package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Batching;
import io.ringmain.config.Delivery;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;

/** Runs with an event that fails until what is broken is mended, and letters that can be tried again. */
abstract class LetterRuns {

    static final Delivery ONE_BY_ONE = Delivery.of(Batching.of(1, Duration.ZERO));

    final MemoryDeadLetters letters = MemoryDeadLetters.retrying(100, 1 << 20);
    final AtomicBoolean broken = new AtomicBoolean(true);
    final List<Long> before = new ArrayList<>();
    final List<Long> behind = new ArrayList<>();
    final List<String> out = new ArrayList<>();

    final PipelineBuilder<Cell, Cell> builder(int events) {
        return Pipeline.of("letters", Cell.TYPE)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(events))
                .runner(new StepRunner(11))
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.retry(1, WhenFailed.deadLetter()));
    }

    final void failAtTwo(Cell cell) {
        if (cell.value == 2) {
            failIfBroken();
        }
    }

    final void failIfBroken() {
        if (broken.get()) {
            throw new IllegalStateException("broken");
        }
    }

    final boolean keepOrFailAtTwo(Cell cell) {
        failAtTwo(cell);
        return true;
    }

    final Sink<Cell> collecting(String name) {
        return Sink.each(cell -> out.add(name + cell.value));
    }

    /** Runs it, then, mended, once more with nothing but the letters. */
    final Report runTwice(UnaryOperator<PipelineBuilder<Cell, Cell>> parts) {
        run(parts.apply(builder(4)));
        assertThat(letters.count()).isEqualTo(1);
        broken.set(false);
        before.clear();
        behind.clear();
        out.clear();
        assertThat(letters.retry(letter -> true)).isEqualTo(1);
        return run(parts.apply(builder(0)));
    }

    static Report run(PipelineBuilder<Cell, ?> builder) {
        try (Pipeline<Cell> pipeline = builder.build()) {
            return pipeline.start().await();
        }
    }

    /** Adds up, and gives the sum at the end. */
    static final class Sum implements Emitter<Cell, Cell> {

        private long sum;

        @Override
        public Progress emit(Cell event, Outlet<Cell> outlet) {
            sum += event.value;
            return Progress.DONE;
        }

        @Override
        public Progress finish(Outlet<Cell> outlet) {
            Cell result = outlet.claim();
            if (result == null) {
                return Progress.MORE;
            }
            result.value = sum;
            return Progress.DONE;
        }
    }
}
