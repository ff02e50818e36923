package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Checkpointing;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.CheckpointStore;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stateful;
import io.ringmain.testing.StepRunner;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A run that is given up anywhere and started again over its checkpoints ends like one that was left alone. */
@Timeout(30)
class CheckpointTest {

    private static final int COUNT = 1000;

    /** What outlives a run. */
    private static final class World implements CheckpointStore {

        private final List<Long> file = new ArrayList<>();
        private byte @Nullable [] checkpoint;
        private int written;
        private boolean full;

        @Override
        public byte @Nullable [] read() {
            return checkpoint;
        }

        @Override
        public void write(byte[] bytes) throws IOException {
            if (full) {
                throw new IOException("no room");
            }
            checkpoint = bytes.clone();
            written++;
        }
    }

    /** Gives the numbers from 0. */
    private static final class Numbers implements Source<Cell>, Stateful {

        private long next;

        @Override
        public Status fill(Intake<Cell> intake, int max) {
            for (int i = 0; i < Math.min(max, 7) && next < COUNT; i++) {
                intake.claim(next).value = next;
                next++;
            }
            return next == COUNT ? Status.END : Status.READY;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeLong(next);
        }

        @Override
        public void load(DataInput in) throws IOException {
            next = in.readLong();
        }
    }

    /** Appends to a file of the world, which is cut back to the mark. */
    private static final class Appending implements Sink<Cell>, Stateful {

        private final List<Long> file;

        Appending(List<Long> file) {
            this.file = file;
        }

        @Override
        public void write(Batch<Cell> batch) {
            for (int i = 0; i < batch.size(); i++) {
                file.add(batch.event(i).value);
            }
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeInt(file.size());
        }

        @Override
        public void load(DataInput in) throws IOException {
            int length = in.readInt();
            file.subList(length, file.size()).clear();
        }
    }

    /** Counts by the last digit; gives the counts at the end. */
    private static final class Counting implements Emitter<Cell, Cell>, Stateful {

        private final TreeMap<Long, Long> counts = new TreeMap<>();

        @Override
        public Progress emit(Cell event, Outlet<Cell> outlet) {
            counts.merge(event.value % 10, 1L, Long::sum);
            return Progress.DONE;
        }

        @Override
        public Progress finish(Outlet<Cell> outlet) {
            while (!counts.isEmpty()) {
                Cell result = outlet.claim();
                if (result == null) {
                    return Progress.MORE;
                }
                var first = counts.pollFirstEntry();
                result.value = first.getKey() * 1_000_000 + first.getValue();
            }
            return Progress.DONE;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeInt(counts.size());
            for (var entry : counts.entrySet()) {
                out.writeLong(entry.getKey());
                out.writeLong(entry.getValue());
            }
        }

        @Override
        public void load(DataInput in) throws IOException {
            int size = in.readInt();
            for (int i = 0; i < size; i++) {
                counts.put(in.readLong(), in.readLong());
            }
        }
    }

    private static Pipeline<Cell> pipeline(StepRunner runner, World world, List<Long> totals) {
        return Pipeline.of("kept", Cell.TYPE)
                .runner(runner)
                .bound(16)
                .source("numbers", new Numbers())
                .sink("file", new Appending(world.file))
                .into("count", Cell.TYPE, new Counting())
                .sink("totals", new Appending(totals))
                .checkpoints(new Checkpointing(world, Duration.ofNanos(1)))
                .whenFailed(WhenFailed.stop())
                .build();
    }

    private static Long[] expected() {
        return LongStream.range(0, COUNT).boxed().toArray(Long[]::new);
    }

    /** Moves the run and the clock by so many steps; returns whether it has ended. */
    private static boolean run(StepRunner runner, Pipeline<Cell> pipeline, int steps) {
        for (int i = 0; i < steps && pipeline.state() != PipelineState.CLOSED; i++) {
            runner.step();
            runner.clock().advance(1);
        }
        return pipeline.state() == PipelineState.CLOSED;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRunThatIsGivenUpAnywhereIsContinuedWithoutLossOrRepetition(long seed) {
        var world = new World();
        List<Long> totals = new ArrayList<>();
        int restarts = 0;
        boolean done = false;
        while (!done) {
            var runner = new StepRunner(seed + restarts);
            done = run(runner, pipeline(runner, world, totals).start(), 300 + 37 * restarts);
            restarts++;
            assertThat(restarts).isLessThan(200);
        }

        assertThat(restarts).as("restarts").isGreaterThan(2);
        assertThat(world.written).as("checkpoints").isGreaterThan(2);
        assertThat(world.file).containsExactly(expected());
        assertThat(totals)
                .containsExactly(LongStream.range(0, 10)
                        .map(digit -> digit * 1_000_000 + 100)
                        .boxed()
                        .toArray(Long[]::new));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aRunThatEndedWellIsContinuedBehindItsEnd(long seed) {
        var world = new World();
        List<Long> totals = new ArrayList<>();
        var first = new StepRunner(seed);
        assertThat(run(first, pipeline(first, world, totals).start(), 1_000_000))
                .isTrue();
        Report report = pipeline(new StepRunner(seed), world, totals).start().await();

        assertThat(report.accounts().received()).isZero();
        assertThat(world.file).containsExactly(expected());
        assertThat(totals).hasSize(10);
    }

    @Test
    void aStoreThatCannotWriteDoesNotStopTheRunAndIsSaid() {
        var world = new World();
        Pipeline<Cell> pipeline =
                pipeline(new StepRunner(1), world, new ArrayList<>()).start();
        world.full = true;

        Report report = pipeline.await();

        assertThat(world.file).containsExactly(expected());
        assertThat(report.failures()).extracting(Report.Failure::message).containsExactly("no room");
        assertThat(report.succeeded())
                .as("the last one is missing: the next run would repeat")
                .isFalse();
    }

    @Test
    void aStoreThatCannotWriteTheFirstCheckpointEndsTheStart() {
        var world = new World();
        world.full = true;
        Pipeline<Cell> pipeline = pipeline(new StepRunner(1), world, new ArrayList<>());

        assertThatThrownBy(pipeline::start)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("checkpoint: could not be stored")
                .hasMessageContaining("no room");
        assertThat(world.file).isEmpty();
    }

    @Test
    void aCheckpointComesAfterSoManyBytesToo() {
        var world = new World();
        Source<Cell> counting = new Source<>() {
            private long next;

            @Override
            public Status fill(Intake<Cell> intake, int max) {
                intake.claim(next).value = next;
                next++;
                return next == COUNT ? Status.END : Status.READY;
            }

            @Override
            public long bytesRead() {
                return next * 100;
            }
        };
        Pipeline.of("bytes", Cell.TYPE)
                .runner(new StepRunner(1))
                .source("counting", counting)
                .sink("file", new Appending(world.file))
                .checkpoints(new Checkpointing(world, Duration.ofDays(1)).bytesMax(20_000))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()
                .await();

        assertThat(world.file).containsExactly(expected());
        assertThat(world.written)
                .as("the first, one every 200 events at most, and the last")
                .isBetween(4, 2 + COUNT / 200);
    }

    @Test
    void aSourceThatJoinsGoesOnWhereTheLastRunHadLeftIt() {
        var world = new World();
        for (int life = 0; life < 3; life++) {
            var runner = new StepRunner(life);
            Pipeline<Cell> pipeline = Pipeline.of("joined", Cell.TYPE)
                    .runner(runner)
                    .bound(16)
                    .merging()
                    .sink("file", new Appending(world.file))
                    .checkpoints(new Checkpointing(world, Duration.ofNanos(1)))
                    .whenFailed(WhenFailed.stop())
                    .build()
                    .start();
            pipeline.addSource("numbers", new Numbers());
            run(runner, pipeline, 500);
        }

        assertThat(world.file)
                .hasSizeGreaterThan(100)
                .containsExactly(LongStream.range(0, world.file.size()).boxed().toArray(Long[]::new));
    }

    @Test
    void whatBelongsToAnotherPipelineIsRefused() {
        var world = new World();
        pipeline(new StepRunner(1), world, new ArrayList<>()).start().await();
        Pipeline<Cell> other = Pipeline.of("other", Cell.TYPE)
                .runner(new StepRunner(1))
                .source("numbers", new Numbers())
                .sink("another", batch -> {})
                .checkpoints(new Checkpointing(world, Duration.ofSeconds(1)))
                .whenFailed(WhenFailed.stop())
                .build();

        assertThatThrownBy(other::start)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("the checkpoint knows of sink file")
                .hasMessageContaining("another directory");
    }
}
