package io.ringmain.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.kit.Cell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The suite lets good sinks pass and finds what is wrong with others. */
class SinkContractTest {

    private static SinkContract<Cell, Keeping> contract(Supplier<Keeping> sinks) {
        return SinkContract.<Cell, Keeping>of(sinks, Cell.TYPE, (cell, number) -> cell.value = number)
                .reading(sink -> sink.kept, number -> number);
    }

    /** Keeps the numbers, as a sink should; the tests break one thing each. */
    private static class Keeping implements Sink<Cell> {
        final List<Long> kept = new ArrayList<>();

        @Override
        public void write(Batch<Cell> batch) {
            for (int i = 0; i < batch.size(); i++) {
                kept.add(batch.event(i).value);
            }
        }
    }

    @Test
    void goodSinksPass() {
        assertThatCode(() -> contract(Keeping::new).check()).doesNotThrowAnyException();
        assertThatCode(() -> SinkContract.<Cell, CollectingSink<Cell, Long>>of(
                                () -> new CollectingSink<>(cell -> cell.value),
                                Cell.TYPE,
                                (cell, number) -> cell.value = number)
                        .reading(CollectingSink::values, number -> number)
                        .check())
                .doesNotThrowAnyException();
        assertThatCode(() -> SinkContract.<Cell, Sink<Cell>>of(
                                () -> Sink.each(cell -> {}), Cell.TYPE, (cell, number) -> {})
                        .check())
                .doesNotThrowAnyException();
    }

    @Test
    void aSinkThatTakesOnlyTheFirstOfABatchIsFound() {
        assertBroken(
                () -> new Keeping() {
                    @Override
                    public void write(Batch<Cell> batch) {
                        kept.add(batch.event(0).value);
                    }
                },
                "sink, 10 events in batches of at most 2: [0, 2, 4, 6, 8]");
    }

    @Test
    void aSinkThatKeepsEventsIsFound() {
        assertBroken(
                () -> new Keeping() {
                    private final List<Cell> cells = new ArrayList<>();

                    @Override
                    public void write(Batch<Cell> batch) {
                        for (int i = 0; i < batch.size(); i++) {
                            cells.add(batch.event(i));
                        }
                    }

                    @Override
                    public void close() {
                        cells.forEach(cell -> kept.add(cell.value));
                    }
                },
                "sink, 1000 events in batches of at most 1");
    }

    @Test
    void aSinkThatForgetsItsLastBufferIsFound() {
        assertBroken(
                () -> new Keeping() {
                    private final List<Long> buffer = new ArrayList<>();

                    @Override
                    public void write(Batch<Cell> batch) {
                        buffer.add(batch.event(0).value);
                        if (buffer.size() == 4) {
                            kept.addAll(buffer);
                            buffer.clear();
                        }
                    }
                },
                "sink, 1 events in batches of at most 1: []");
    }

    @Test
    void aSinkThatFailsIsFound() {
        assertBroken(
                () -> new Keeping() {
                    @Override
                    public void write(Batch<Cell> batch) {
                        throw new IllegalStateException("full");
                    }
                },
                "IllegalStateException, message=full");
    }

    @Test
    void aSinkThatCannotFlushNothingIsFound() {
        assertBroken(
                () -> new Keeping() {
                    @Override
                    public void flush() {
                        kept.get(0);
                    }
                },
                "sink.flush without write: java.lang.IndexOutOfBoundsException");
    }

    @Test
    void aSinkThatCannotBeAbortedTwiceIsFound() {
        assertBroken(
                () -> new Keeping() {
                    private int aborts;

                    @Override
                    public void abort() {
                        aborts++;
                        if (aborts == 2) {
                            throw new IllegalStateException("aborted already");
                        }
                    }
                },
                "sink.abort, twice, then close: java.lang.IllegalStateException: aborted already");
    }

    @Test
    void aSinkThatCannotBeClosedUnopenedIsFound() {
        assertBroken(
                () -> new Keeping() {
                    private boolean opened;

                    @Override
                    public void open() {
                        opened = true;
                    }

                    @Override
                    public void close() {
                        if (!opened) {
                            throw new IllegalStateException("not open");
                        }
                    }
                },
                "sink.close without open: java.lang.IllegalStateException: not open");
    }

    private static void assertBroken(Supplier<Keeping> sinks, String message) {
        assertThatThrownBy(() -> contract(sinks).check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
