package io.ringmain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.Batching;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Delivery;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.MemoryJournal;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.CheckpointStore;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.EmitterContract;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Batches by count, by bytes and by time, whichever comes first. */
@Timeout(30)
class BatcherTest {

    private static final PortableCell TYPE = new PortableCell();
    private static final long MS = 1_000_000;
    private static final Duration HALF_A_SECOND = Duration.ofMillis(500);

    private final StepRunner runner = new StepRunner(1);
    private final CollectingSink<EventBatch<Cell>, String> out = new CollectingSink<>(EventBatch::toString);

    private static PipelineBuilder<Cell, EventBatch<Cell>> describe(
            PipelineBuilder<Cell, Cell> builder, BatchLimits limits, int bound) {
        var batcher = new Batcher<>(TYPE, limits);
        return builder.whenFailed(WhenFailed.stop())
                .into("batch", batcher.type(), batcher)
                .bound(bound);
    }

    private static PipelineBuilder<Cell, Cell> described() {
        return Pipeline.of("batching", TYPE).bound(16);
    }

    private Pipeline<Cell> start(BatchLimits limits) {
        return describe(described().runner(runner).merging(), limits, 4)
                .sink("out", out)
                .build()
                .start();
    }

    private void publish(Pipeline<Cell> pipeline, long value) {
        pipeline.publisher().publish(cell -> cell.value = value);
        runner.stepWhilePossible();
    }

    /** Lets time pass as it does on threads: nobody sleeps longer than it asked for. */
    private void pass(long ms) {
        long untilNs = runner.nowNs() + ms * MS;
        runner.stepWhilePossible();
        while (runner.wakeAtNs() <= untilNs) {
            runner.clock().advanceTo(runner.wakeAtNs());
            runner.stepWhilePossible();
        }
        runner.clock().advanceTo(untilNs);
        runner.stepWhilePossible();
    }

    /** The checkpoint test of the text: chunks_timeout(3, 500ms). */
    @Test
    void chunksTimeout() {
        try (Pipeline<Cell> pipeline = start(BatchLimits.of(3).within(HALF_A_SECOND))) {
            pass(0);
            publish(pipeline, 1);
            pass(100);
            publish(pipeline, 2);
            pass(100);
            publish(pipeline, 3);
            assertThat(out.values()).containsExactly("batch 1 [1, 2, 3]");

            publish(pipeline, 5);
            pass(600);
            assertThat(out.values()).containsExactly("batch 1 [1, 2, 3]", "batch 2 [5]");
            publish(pipeline, 6);
        }
        assertThat(out.values()).containsExactly("batch 1 [1, 2, 3]", "batch 2 [5]", "batch 3 [6]");
    }

    @Test
    void aBatchIsNotGivenBeforeItsFirstEventHasWaitedSoLongAndSoonAfter() {
        try (Pipeline<Cell> pipeline = start(BatchLimits.of(3).within(HALF_A_SECOND))) {
            pass(1007);
            publish(pipeline, 1);

            pass(499);
            assertThat(out.values()).isEmpty();

            pass(51);
            assertThat(out.values()).containsExactly("batch 1 [1]");
        }
    }

    /** Case 16 of the window semantics: the timer is cancelled when the count fired first. */
    @Test
    void theTimerOfABatchThatWasFullDoesNotFire() {
        try (Pipeline<Cell> pipeline = start(BatchLimits.of(2).within(HALF_A_SECOND))) {
            pass(0);
            publish(pipeline, 1);
            pass(400);
            publish(pipeline, 2);
            publish(pipeline, 3);

            // The first event's half second is over, that of the third is not.
            pass(300);
            assertThat(out.values()).containsExactly("batch 1 [1, 2]");

            pass(300);
            assertThat(out.values()).containsExactly("batch 1 [1, 2]", "batch 2 [3]");

            pass(5000);
            assertThat(out.values()).hasSize(2);
        }
    }

    @Test
    void aBatchSaysWhenItGotItsFirstEvent() {
        List<Long> created = new ArrayList<>();
        runner.clock().setEpochNs(1_700_000_000_000L * MS);
        try (Pipeline<Cell> pipeline = describe(
                        described().runner(runner).merging(), BatchLimits.of(2).within(HALF_A_SECOND), 4)
                .sink("out", new CollectingSink<EventBatch<Cell>, Boolean>(batch -> created.add(batch.createdNs())))
                .build()
                .start()) {
            pass(110);
            publish(pipeline, 1);
            pass(100);
            publish(pipeline, 2);
        }
        // The last tick before: there is one each 25 ms.
        assertThat(created).containsExactly((1_700_000_000_000L + 100) * MS);
    }

    /** Eight bytes for each character of the note. */
    private static final EventType<Cell> WEIGHED = new EventType<>() {
        @Override
        public Cell create() {
            return TYPE.create();
        }

        @Override
        public void clear(Cell event) {
            TYPE.clear(event);
        }

        @Override
        public void copy(Cell from, Cell to) {
            TYPE.copy(from, to);
        }

        @Override
        public long bytes(Cell event) {
            return event.value;
        }
    };

    @Test
    void aBatchIsGivenBeforeItHasTooManyBytesAndALargeEventAlone() {
        long[] sizes = {4, 4, 2, 9, 25, 10, 1};
        var batcher = new Batcher<>(WEIGHED, BatchLimits.of(10).bytes(10));
        Pipeline.of("weighed", WEIGHED)
                .whenFailed(WhenFailed.stop())
                .runner(runner)
                .source("in", new ScriptedSource<Cell>((cell, n) -> cell.value = sizes[(int) n]).give(sizes.length))
                .into("batch", batcher.type(), batcher)
                .bound(4)
                .sink("out", out)
                .build()
                .start()
                .await();

        assertThat(out.values())
                .containsExactly("batch 1 [4, 4, 2]", "batch 2 [9]", "batch 3 [25]", "batch 4 [10]", "batch 5 [1]");
    }

    /** Gives 200 events to a sink that takes so long for each batch; returns the batches. */
    private static List<String> behindSlowSink(long seed, long sinkMs) {
        var stepping = new StepRunner(seed);
        List<String> written = new ArrayList<>();
        Sink<EventBatch<Cell>> slow = batch -> {
            stepping.spend(Duration.ofMillis(sinkMs));
            for (int i = 0; i < batch.size(); i++) {
                written.add(batch.event(i).toString());
            }
        };
        Report report = describe(
                        described()
                                .runner(stepping)
                                .source("in", new ScriptedSource<Cell>((cell, n) -> cell.value = n).give(200)),
                        BatchLimits.of(10).within(HALF_A_SECOND),
                        1)
                .sink("out", slow, Delivery.of(Batching.of(1, Duration.ZERO)))
                .drainWithin(Duration.ofHours(1))
                .build()
                .start()
                .await();
        assertThat(report.failed()).as("seed %d: %s", seed, report.failures()).isFalse();
        return written;
    }

    /** What Reactor's bufferTimeout fails at, or answers with batches that are not full. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void underBackPressureNoBatchIsLostAndNoneIsGivenEarly(long seed) {
        // All of it takes less than the half second for which the first event may wait.
        List<String> written = behindSlowSink(seed, 20);

        List<String> expected = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            StringBuilder values = new StringBuilder();
            for (int j = 0; j < 10; j++) {
                values.append(j == 0 ? "" : ", ").append(10 * i + j);
            }
            expected.add("batch " + (i + 1) + " [" + values + ']');
        }
        assertThat(written).as("seed %d", seed).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whereEventsWaitLongerThanABatchMayNothingIsLostEither(long seed) {
        List<String> written = behindSlowSink(seed, 700);

        StringBuilder all = new StringBuilder();
        for (int i = 0; i < written.size(); i++) {
            String head = "batch " + (i + 1) + " [";
            assertThat(written.get(i)).as("seed %d", seed).startsWith(head);
            all.append(written.get(i), head.length(), written.get(i).length() - 1)
                    .append(", ");
        }
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < 200; i++) {
            expected.append(i).append(", ");
        }
        assertThat(all).as("seed %d", seed).hasToString(expected.toString());
    }

    @Test
    void theContractHolds() {
        LongFunction<Consumer<Cell>> cell = value -> filled -> filled.value = value;
        var contract = EmitterContract.of(
                () -> new Batcher<>(TYPE, BatchLimits.of(3).within(HALF_A_SECOND)),
                TYPE,
                new Batcher<>(TYPE, BatchLimits.of(3)).type(),
                EventBatch::toString);
        for (long i = 0; i < 30; i++) {
            contract.given(cell.apply(i)).tick(100 * MS * i).tick(100 * MS * i);
            if (i % 7 == 0) {
                contract.tick(100 * MS * i + 700 * MS);
            }
        }
        contract.check();
    }

    private static final class OneStore implements CheckpointStore {
        private byte @Nullable [] last;

        @Override
        public byte @Nullable [] read() {
            return last;
        }

        @Override
        public void write(byte[] checkpoint) {
            last = checkpoint;
        }
    }

    @Test
    void whatIsGatheredIsPartOfACheckpointAndNumbersGoOn() throws IOException {
        var before = new Batcher<>(TYPE, BatchLimits.of(3).within(HALF_A_SECOND));
        var given = new ArrayList<String>();
        var cell = new Cell();
        for (long value = 1; value <= 5; value++) {
            cell.value = value;
            var slot = before.type().create();
            before.emit(cell, () -> slot);
            if (slot.size() > 0) {
                given.add(slot.toString());
            }
        }
        var bytes = new ByteArrayOutputStream();
        before.save(new DataOutputStream(bytes));

        var after = new Batcher<>(TYPE, BatchLimits.of(3).within(HALF_A_SECOND));
        after.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        cell.value = 6;
        var slot = after.type().create();
        after.emit(cell, () -> slot);

        assertThat(given).containsExactly("batch 1 [1, 2, 3]");
        assertThat(slot).hasToString("batch 2 [4, 5, 6]");
    }

    @Test
    void aCheckpointOverEventsThatCannotBeWrittenSaysWhatToDo() {
        var batcher = new Batcher<>(WEIGHED, BatchLimits.of(3));
        Report report = Pipeline.of("unwritten", WEIGHED)
                .whenFailed(WhenFailed.stop())
                .runner(runner)
                .source("in", new ScriptedSource<Cell>((cell, n) -> cell.value = n).give(2))
                .checkpoints(new Checkpointing(new OneStore(), Duration.ofSeconds(1)))
                .into("batch", batcher.type(), batcher)
                .bound(4)
                .sink("out", out)
                .build()
                .start()
                .await();

        assertThat(report.failures().toString()).contains("cannot be written (expected: Portable)");
    }

    @Test
    void limitsAreChecked() {
        assertThatThrownBy(() -> BatchLimits.of(0)).hasMessage("batch.countMax: 0 (expected: >= 1)");
        assertThatThrownBy(() -> BatchLimits.of(1).bytes(0)).hasMessage("batch.bytesMax: 0 (expected: >= 1)");
        assertThatThrownBy(() -> BatchLimits.of(1).within(Duration.ofNanos(5)))
                .hasMessage("batch.waitMax: PT0.000000005S (expected: >= 1 ms)");
        assertThatThrownBy(() -> new Batcher<>(TYPE, BatchLimits.of(1L << 21)))
                .hasMessageContaining("batch.countMax: 2097152 (expected: <= 1048576)");
        assertThatThrownBy(() -> new Batcher<>(EventType.of(Cell::new), BatchLimits.of(1)))
                .hasMessageContaining("cannot be copied (expected: copyable)");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void aReplayGivesTheSameBatches(long seed) {
        var stepping = new StepRunner(seed);
        var journal = new MemoryJournal();
        ScriptedSource<Cell> source = new ScriptedSource<>((cell, n) -> cell.value = n);
        for (int i = 0; i < 60; i++) {
            source.give(1 + i % 2).pause().pause();
        }
        stepping.afterEachStep(() -> stepping.clock().advance(MS));
        BatchLimits limits = BatchLimits.of(50).within(Duration.ofMillis(20));
        describe(described().runner(stepping).source("in", source).journal(journal), limits, 4)
                .sink("out", out)
                .build()
                .start()
                .await();
        List<String> recorded = List.copyOf(out.values());
        assertThat(recorded).hasSizeGreaterThan(2).anyMatch(batch -> batch.split(",", -1).length < 50);

        describe(described().replaying(journal.reader(), Replaying.ALL), limits, 4)
                .sink("out", out)
                .build()
                .start()
                .await();

        assertThat(out.values().subList(recorded.size(), out.values().size())).isEqualTo(recorded);
    }
}
