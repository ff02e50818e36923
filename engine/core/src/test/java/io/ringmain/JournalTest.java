package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ringmain.config.Backoff;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Parking;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.MemoryJournal;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import io.ringmain.spi.JournalReader;
import io.ringmain.spi.Portable;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Sink;
import io.ringmain.spi.SinkDigest;
import io.ringmain.spi.SinkDigest.Repeats;
import io.ringmain.spi.Source;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All that a pipeline is given is in its journal before anybody works on it. */
@Timeout(30)
class JournalTest {

    private static final int COUNT = 300;

    private final StepRunner runner = new StepRunner(1);
    private final MemoryJournal journal = new MemoryJournal();
    private final CollectingSink<Cell, Long> sink = new CollectingSink<>(cell -> cell.value);

    private static ScriptedSource<Cell> numbers(long count) {
        return new ScriptedSource<Cell>((cell, n) -> cell.value = n).give(count);
    }

    private PipelineBuilder<Cell, Cell> begin(StepRunner steps) {
        return Pipeline.of("journalled", new PortableCell())
                .runner(steps)
                .bound(16)
                .whenFailed(WhenFailed.stop())
                .journal(journal);
    }

    private static Long[] expected() {
        return LongStream.range(0, COUNT).boxed().toArray(Long[]::new);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void noStageSeesAnEventThatIsNotInTheJournal(long seed) {
        List<Long> early = new ArrayList<>();
        Pipeline<Cell> pipeline = begin(new StepRunner(seed))
                .source("numbers", numbers(COUNT))
                .stage("looks", cell -> {
                    // A single source without control events: the number is the sequence.
                    if (cell.value > journal.appended()) {
                        early.add(cell.value);
                    }
                    return true;
                })
                .sink("sink", sink)
                .build();

        Report report = pipeline.start().await();

        assertThat(report.succeeded()).isTrue();
        assertThat(early).isEmpty();
        assertThat(sink.values()).containsExactly(expected());
        assertThat(journal.appended()).isEqualTo(COUNT);
        assertThat(journal.foot().complete()).isTrue();
        assertThat(journal.foot().slots()).isEqualTo(COUNT + 1);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aJournalThatIsFullHoldsThePipelineBackAndLosesNothing(long seed) {
        var steps = new StepRunner(seed);
        journal.fullWhile(() -> steps.clock().nowNs() / 50_000_000 % 2 == 1);
        Pipeline<Cell> pipeline = begin(steps)
                .source("numbers", numbers(COUNT))
                .sink("sink", sink)
                .build();
        steps.afterEachStep(() -> {
            assertThat(pipeline.measuredAccounts().get(0).balanced()).isTrue();
            steps.clock().advance(1_000_000);
        });

        Report report = pipeline.start().await();

        assertThat(journal.calls()).contains("full");
        assertThat(sink.values()).containsExactly(expected());
        assertThat(report.accounts().delivered()).isEqualTo(COUNT);
        assertThat(report.edges().get(0).blocked())
                .extracting(Report.Blocked::why)
                .contains("journal_full", "ring_full");
        assertThat(journal.blocks())
                .hasSize(journal.calls().stream()
                        .filter("append"::equals)
                        .toList()
                        .size());
    }

    @Test
    void whileTheJournalIsFullNothingMovesBehindIt() {
        journal.fullWhile(() -> true);
        Pipeline<Cell> pipeline = begin(runner)
                .source("numbers", numbers(COUNT))
                .sink("sink", sink)
                .build();
        pipeline.start();

        for (int i = 0; i < 100; i++) {
            runner.stepWhilePossible();
            runner.clock().advance(1_000_000);
        }

        Accounts accounts = pipeline.measuredAccounts().get(0);
        assertThat(accounts.inFlight()).isEqualTo(16);
        assertThat(accounts.received()).isEqualTo(16);
        assertThat(sink.values()).isEmpty();
        // The clock has moved by 100 ms, and it is asked every 10 ms.
        assertThat(journal.calls()).containsOnly("full").hasSizeBetween(9, 12);

        journal.fullWhile(() -> false);
        pipeline.await();
        assertThat(sink.values()).containsExactly(expected());
    }

    @Test
    void aBarrierAndTheEndAreDurableBeforeAnybodySeesThem() {
        List<Integer> behind = new ArrayList<>();
        Sink<Cell> noting = new Sink<>() {
            @Override
            public void write(Batch<Cell> batch) {}

            @Override
            public void flush() {
                behind.add(Collections.frequency(journal.calls(), "flush") - behind.size());
            }

            @Override
            public boolean blocking() {
                return false;
            }
        };
        Pipeline<Cell> pipeline = begin(runner)
                .source("numbers", numbers(COUNT))
                .sink("noting", noting)
                .checkpoints(Checkpointing.acknowledging(Duration.ofNanos(1)))
                .build();
        runner.afterEachStep(() -> runner.clock().advance(1));

        Report report = pipeline.start().await();

        assertThat(report.failures()).isEmpty();
        // Each barrier, the last one and the end: before the sink is flushed the journal is.
        assertThat(behind).hasSizeGreaterThan(5).allMatch(flushes -> flushes >= 1);
        assertThat(journal.calls()).endsWith("append", "flush", "close");
    }

    @Test
    void aLargeEventIsABlockOfItsOwn() throws Exception {
        int[] sizes = {10, 20, 200_000, 30, 40};
        var blob = new Blob();
        Pipeline<byte[][]> pipeline = Pipeline.of("blobs", blob)
                .runner(runner)
                .source(
                        "blobs",
                        new ScriptedSource<byte[][]>((event, n) -> event[0] = new byte[sizes[(int) n]]).give(5))
                .sink("sink", Sink.each(event -> {}))
                .whenFailed(WhenFailed.stop())
                .journal(journal)
                .build();

        assertThat(pipeline.start().await().succeeded()).isTrue();

        List<Long> firsts = new ArrayList<>();
        List<Integer> bytes = new ArrayList<>();
        var block = new JournalBlock();
        JournalReader reader = journal.reader();
        while (reader.next(block)) {
            firsts.add(block.nextSequence());
            while (block.next()) {
                if (block.kind() == JournalBlock.DATA) {
                    bytes.add(block.eventBytes() - 4);
                }
            }
        }
        assertThat(bytes).containsExactly(10, 20, 200_000, 30, 40);
        assertThat(firsts).startsWith(0L, 2L, 3L);
        assertThat(journal.blocks().get(1)).hasSizeBetween(200_000, 200_100);
    }

    /** Bytes of any length. */
    private static final class Blob implements Portable<byte[][]> {

        @Override
        public byte[][] create() {
            return new byte[1][0];
        }

        @Override
        public void clear(byte[][] event) {
            event[0] = new byte[0];
        }

        @Override
        public void copy(byte[][] from, byte[][] to) {
            to[0] = from[0].clone();
        }

        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(byte[][] event, DataOutput out) throws IOException {
            out.writeInt(event[0].length);
            out.write(event[0]);
        }

        @Override
        public void read(byte[][] event, DataInput in, int format) throws IOException {
            event[0] = new byte[in.readInt()];
            in.readFully(event[0]);
        }
    }

    @Test
    void aSourceIsNamedWhenItIsMetFirst() throws Exception {
        Pipeline<Cell> pipeline = begin(runner).merging().sink("sink", sink).build();
        pipeline.start();

        assertThat(pipeline.addSource("first", numbers(2))).isTrue();
        runner.stepWhilePossible();
        assertThat(pipeline.publisher().publish(cell -> cell.value = 7)).isEqualTo(Publication.PUBLISHED);
        runner.stepWhilePossible();
        assertThat(pipeline.addSource("second", numbers(1))).isTrue();
        pipeline.endInput();
        pipeline.await();

        assertThat(journal.slots())
                .containsExactly(
                        "1=first",
                        "0:0:1:0@0",
                        "1:0:1:1@0",
                        "0=publisher",
                        "2:0:0:0@0",
                        "2=second",
                        "3:0:2:0@0",
                        "4:4:0:0@0");
    }

    @Test
    void aJournalThatBreaksStopsThePipelineAndWhatItDoesNotHaveIsNotWorkedOn() {
        Pipeline<Cell> pipeline = begin(runner)
                .source("numbers", numbers(COUNT))
                .sink("sink", sink)
                .build();
        pipeline.start();
        runner.afterEachStep(() -> {
            if (journal.appended() > 100) {
                journal.breakWith(new IOException("gone"));
            }
        });

        Report report = pipeline.await();

        assertThat(report.succeeded()).isFalse();
        assertThat(report.failures()).extracting(Report.Failure::message).containsExactly("gone");
        assertThat(sink.values()).hasSize((int) journal.appended() + 1);
        assertThat(report.accounts().inFlight()).isPositive();
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(journal.foot().complete()).isFalse();
    }

    @Test
    void theHeadAndTheFootSayWhatTheRunWas() {
        runner.clock().advance(77);
        Pipeline<Cell> pipeline = Pipeline.of("journalled", new PortableCell())
                .runner(runner)
                .journal(journal)
                .whenFailed(WhenFailed.retry(1, Backoff.DEFAULT, WhenFailed.stop()))
                .source("numbers", numbers(COUNT))
                .sink("first", new DigestSink<>(new PortableCell()))
                .stage("later", cell -> true, Parking.of(4))
                .sink("second", new DigestSink<>(new PortableCell(), sink))
                .edge(WhenFull.dropOldest())
                .sink("third", new DigestSink<>(new PortableCell()))
                .sink("fourth", Sink.each(cell -> {}))
                .build();

        pipeline.start().await();

        assertThat(journal.head().pipeline()).isEqualTo("journalled");
        assertThat(journal.head().format()).isEqualTo(1);
        assertThat(journal.head().seed()).isEqualTo(runner.seed());
        assertThat(journal.head().clockNs()).isEqualTo(77);
        assertThat(journal.head().checkpoint()).isZero();
        assertThat(journal.foot().sinks())
                .extracting(SinkDigest::sink, SinkDigest::repeats)
                .containsExactly(
                        tuple("first", Repeats.IN_ORDER),
                        tuple("second", Repeats.IN_ANY_ORDER),
                        tuple("third", Repeats.NOT));
        assertThat(journal.foot().sinks().get(1).digest().events()).isEqualTo(COUNT);
        assertThat(sink.values()).hasSize(COUNT);
    }

    @Test
    void aJournalThatCannotBeOpenedEndsTheStartAndOneThatWasOpenIsClosed() {
        Journal shut = new Journal() {
            @Override
            public void open(JournalHead head) throws IOException {
                throw new IOException("shut");
            }

            @Override
            public boolean append(byte[] block, int length) {
                return true;
            }

            @Override
            public void flush() {}

            @Override
            public void close(JournalFoot foot) {
                throw new IllegalStateException("it was never open");
            }
        };
        Pipeline<Cell> first = Pipeline.of("shut", new PortableCell())
                .runner(runner)
                .whenFailed(WhenFailed.stop())
                .sink("sink", sink)
                .journal(shut)
                .build();
        assertThatThrownBy(first::start)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("journal: could not be opened");
        assertThat(sink.opens()).isZero();

        Pipeline<Cell> second = begin(new StepRunner(2))
                .source("fails", new Source<>() {
                    @Override
                    public Status fill(Intake<Cell> intake, int max) {
                        return Status.END;
                    }

                    @Override
                    public void open() throws IOException {
                        throw new IOException("no source");
                    }
                })
                .sink("sink", sink)
                .build();
        assertThatThrownBy(second::start).isInstanceOf(PipelineException.class);
        assertThat(journal.foot().complete()).isFalse();
    }

    @Test
    void whatCannotBeWrittenDownIsRefused() {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("journalled", Cell.TYPE)
                .whenFailed(WhenFailed.stop())
                .stage("journal", cell -> true)
                .journal(journal);

        assertThatThrownBy(builder::build)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("journal: over an event type that cannot be written (expected: Portable)")
                .hasMessageContaining("stage journal: the name is the engine's own");
    }
}
