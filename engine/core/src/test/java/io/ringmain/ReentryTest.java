package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Batching;
import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Source.Status;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** User code calls back into the pipeline that calls it: each call has a stated result, and none waits for itself. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class ReentryTest {

    private static final int BOUND = 2;

    /** From where the pipeline is called. */
    private enum Place {
        STAGE,
        STRIPED,
        POOL,
        PARTITION,
        EMITTER,
        SINK,
        BLOCKING_SINK
    }

    private final StepRunner runner = new StepRunner(1);
    private final List<Publication> said = new CopyOnWriteArrayList<>();
    private final AtomicReference<Pipeline<Cell>> self = new AtomicReference<>();
    private final AtomicBoolean acted = new AtomicBoolean();
    private final CollectingSink<Cell, Long> out = new CollectingSink<>(cell -> cell.value);

    static Stream<Arguments> placesOnThreadsAndStepped() {
        return Stream.of(Place.values())
                .flatMap(place -> Stream.of(Arguments.of(place, false), Arguments.of(place, true)));
    }

    private static PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("again", Cell.TYPE).bound(BOUND).whenFailed(WhenFailed.stop());
    }

    private void publish() {
        said.add(self.get().publisher().publish(cell -> cell.value = 9));
    }

    /** A pipeline in which the first event at {@code place} makes {@code act} run there. */
    private Pipeline<Cell> pipeline(Place place, boolean stepped, Runnable act) {
        Runnable once = () -> {
            if (acted.compareAndSet(false, true)) {
                act.run();
            }
        };
        PipelineBuilder<Cell, Cell> builder = builder();
        if (stepped) {
            builder.runner(runner);
        }
        builder = at(place, builder, once);
        Pipeline<Cell> pipeline = builder.sink("out", out).build();
        self.set(pipeline);
        return pipeline;
    }

    private static PipelineBuilder<Cell, Cell> at(Place place, PipelineBuilder<Cell, Cell> builder, Runnable once) {
        return switch (place) {
            case STAGE -> builder.transform("at", cell -> once.run());
            case STRIPED ->
                builder.striped("at", () -> cell -> {
                    once.run();
                    return true;
                });
            case POOL ->
                builder.pool("at", 1, 2, () -> cell -> {
                    once.run();
                    return true;
                });
            case PARTITION ->
                builder.partitionBy("at", cell -> cell.value, 2, () -> cell -> {
                    once.run();
                    return true;
                });
            case EMITTER ->
                builder.into("at", Cell.TYPE, (cell, outlet) -> {
                    once.run();
                    Cell result = outlet.claim();
                    if (result == null) {
                        return Progress.MORE;
                    }
                    result.value = cell.value;
                    return Progress.DONE;
                });
            case SINK, BLOCKING_SINK ->
                builder.sink("at", new Acting(place == Place.BLOCKING_SINK, once), Batching.of(1, Duration.ZERO));
        };
    }

    private record Acting(boolean blocking, Runnable act) implements Sink<Cell> {
        @Override
        public void write(Batch<Cell> batch) {
            act.run();
        }
    }

    private static void fill(Pipeline<Cell> pipeline, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(pipeline.publisher().publish(cell -> cell.value = 1)).isEqualTo(Publication.PUBLISHED);
        }
    }

    @ParameterizedTest(name = "{0}, stepped {1}")
    @MethodSource("placesOnThreadsAndStepped")
    void publishingFromInsideAFullRingIsRefusedAndNotADeadlock(Place place, boolean stepped) {
        Pipeline<Cell> pipeline = pipeline(place, stepped, this::publish);
        fill(pipeline, BOUND);

        Report report = run(pipeline, stepped);

        assertThat(said).containsExactly(Publication.FULL);
        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.succeeded()).isTrue();
        assertThat(out.values()).containsExactly(1L, 1L);
    }

    @ParameterizedTest(name = "{0}, stepped {1}")
    @MethodSource("placesOnThreadsAndStepped")
    void publishingFromInsideWithRoomIsAPublicationLikeAnyOther(Place place, boolean stepped) {
        Pipeline<Cell> pipeline = pipeline(place, stepped, this::publish);
        fill(pipeline, BOUND - 1);

        Report report = run(pipeline, stepped);

        assertThat(said).containsExactly(Publication.PUBLISHED);
        assertThat(report.succeeded()).isTrue();
        assertThat(out.values()).containsExactly(1L, 9L);
    }

    @ParameterizedTest(name = "{0}, stepped {1}")
    @MethodSource("placesOnThreadsAndStepped")
    void closingFromInsideBeginsTheDrainAndThenNothingIsTaken(Place place, boolean stepped) {
        Pipeline<Cell> pipeline = pipeline(place, stepped, () -> {
            self.get().close();
            self.get().await();
            self.get().drain(Duration.ofSeconds(5));
            while (!stepped && self.get().state() == PipelineState.STARTED) {
                Thread.onSpinWait();
            }
            if (stepped) {
                // The supervisor closes the door in a step of its own; the ring is full until then.
                publish();
            } else {
                awaitClosedDoor();
            }
        });
        fill(pipeline, BOUND);

        Report report = pipeline.start().await();

        assertThat(said).containsExactly(stepped ? Publication.FULL : Publication.CLOSED);
        assertThat(report.succeeded()).isTrue();
        assertThat(out.values()).containsExactly(1L, 1L);
        assertThat(pipeline.publisher().publish(cell -> {})).isEqualTo(Publication.CLOSED);
        assertThat(pipeline.publisher().tryPublish(cell -> {})).isEqualTo(Publication.CLOSED);
        assertThat(pipeline.start().state()).isEqualTo(PipelineState.CLOSED);
    }

    /** The supervisor closes the door soon after the drain was wanted; the ring is full until then. */
    private void awaitClosedDoor() {
        Publication last = Publication.FULL;
        while (last == Publication.FULL) {
            last = self.get().publisher().publish(cell -> cell.value = 9);
        }
        said.add(last);
    }

    private Report run(Pipeline<Cell> pipeline, boolean stepped) {
        pipeline.start();
        if (stepped) {
            assertThat(runner.stepWhilePossible()).isPositive();
        }
        while (said.isEmpty()) {
            Thread.onSpinWait();
        }
        return pipeline.drain(Duration.ofSeconds(10));
    }

    @Test
    void aTimeLimitOfAPolicyIsNotWaitedForFromInside() {
        Pipeline<Cell> pipeline = builder()
                .whenFull(WhenFull.blockFor(Duration.ofDays(1)))
                .transform("at", cell -> publish())
                .sink("out", out)
                .build();
        self.set(pipeline);
        fill(pipeline, BOUND);

        pipeline.start();
        while (said.size() < 2) {
            Thread.onSpinWait();
        }
        pipeline.close();

        assertThat(said.get(0)).isEqualTo(Publication.FULL);
    }

    @Test
    void aSourceMayPublishBesideItselfCloseAndRemoveItself() {
        var closed = new AtomicBoolean();
        Source<Cell> source = new Source<>() {
            @Override
            public Status fill(Intake<Cell> intake, int max) {
                // Nobody but this thread takes from the publisher's own ring.
                publish();
                publish();
                publish();
                assertThat(self.get().removeSource("self")).isTrue();
                return Status.READY;
            }

            @Override
            public void close() {
                closed.set(true);
                self.get().close();
            }
        };
        Pipeline<Cell> pipeline =
                builder().merging().source("self", source).sink("out", out).build();
        self.set(pipeline);

        Report report = pipeline.start().await();

        assertThat(said).containsExactly(Publication.PUBLISHED, Publication.PUBLISHED, Publication.FULL);
        assertThat(report.succeeded()).isTrue();
        assertThat(closed).isTrue();
        assertThat(out.values()).containsExactly(9L, 9L);
    }

    @Test
    void aStageMayAddAndRemoveSources() {
        Pipeline<Cell> pipeline = builder()
                .source(
                        "first",
                        new ScriptedSource<Cell>((cell, n) -> cell.value = 1)
                                .give(1)
                                .neverEnd())
                .transform("at", cell -> {
                    if (acted.compareAndSet(false, true)) {
                        assertThat(self.get()
                                        .addSource(
                                                "second",
                                                new ScriptedSource<Cell>((other, n) -> other.value = 2).give(1)))
                                .isTrue();
                        assertThat(self.get().removeSource("first")).isTrue();
                    }
                })
                .sink("out", out)
                .build();
        self.set(pipeline);

        Report report = pipeline.start().await();

        assertThat(report.succeeded()).isTrue();
        assertThat(out.values()).containsExactly(1L, 2L);
    }

    @Test
    void aPushSourceMayWaitForRoomAndCloseItsPipeline() {
        PushSource<Cell> source = new PushSource<>() {
            @Override
            public void run(Publisher<Cell> publisher) {
                for (int i = 0; i < 100; i++) {
                    publisher.publish(cell -> cell.value = 1);
                }
                self.get().close();
                Publication last = Publication.PUBLISHED;
                while (last != Publication.CLOSED) {
                    last = publisher.publish(cell -> cell.value = 2);
                }
                said.add(last);
            }

            @Override
            public void abort() {}
        };
        for (boolean merged : List.of(false, true)) {
            PipelineBuilder<Cell, Cell> builder =
                    builder().pushSource("push", source).sink("out", new CollectingSink<>(cell -> cell.value));
            if (merged) {
                builder.source("polled", new ScriptedSource<Cell>((cell, n) -> {}).neverEnd());
            }
            Pipeline<Cell> pipeline = builder.build();
            self.set(pipeline);

            Report report = pipeline.start().await();

            assertThat(report.succeeded()).isTrue();
            assertThat(report.accounts().received()).isGreaterThanOrEqualTo(100);
        }
        assertThat(said).containsExactly(Publication.CLOSED, Publication.CLOSED);
    }

    @Test
    void anAttemptWithATimeLimitThatWaitsForRoomIsGivenUp() throws Exception {
        var released = new CountDownLatch(1);
        Pipeline<Cell> pipeline = Pipeline.of("again", Cell.TYPE)
                .bound(BOUND)
                .whenFailed(WhenFailed.skip())
                .pool("at", Pooling.of(1, 1).timeLimit(Duration.ofMillis(50)), () -> cell -> {
                    if (acted.compareAndSet(false, true)) {
                        // On a thread of its own, of which the pipeline only knows that it takes too long.
                        publish();
                        released.countDown();
                    }
                    return true;
                })
                .sink("out", out)
                .build();
        self.set(pipeline);
        fill(pipeline, BOUND);

        pipeline.start();
        released.await();
        Report report = pipeline.drain(Duration.ofSeconds(10));

        assertThat(said).containsExactly(Publication.PUBLISHED);
        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().dropped()).containsEntry("skipped", 1L);
    }

    @Test
    void aFillerThatPublishesIntoItsFullRingIsToldAndLosesNothing() {
        Pipeline<Cell> pipeline = builder().sink("out", out).build();
        self.set(pipeline);
        fill(pipeline, BOUND - 1);

        assertThatThrownBy(() -> pipeline.publisher().publish(cell -> publish()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("called by a filler");

        pipeline.start();
        Report report = pipeline.drain(Duration.ofSeconds(10));
        assertThat(said).isEmpty();
        assertThat(out.values()).containsExactly(1L);
        assertThat(report.refused()).isEqualTo(1);
        assertThat(report.accounts().balanced()).isTrue();
    }

    @Test
    void aFillerMayWaitForRoomInAnotherPipeline() throws Exception {
        Pipeline<Cell> full = builder().sink("out", out).build();
        self.set(full);
        fill(full, BOUND);
        Pipeline<Cell> other = builder().sink("out", out).build();
        var waiter = new Thread(() -> other.publisher().publish(cell -> publish()), "waiter");
        waiter.start();
        while (waiter.getState() != Thread.State.WAITING) {
            Thread.onSpinWait();
        }

        full.start();
        waiter.join();
        full.drain(Duration.ofSeconds(10));
        other.close();
        assertThat(said).containsExactly(Publication.PUBLISHED);
        assertThat(out.values()).containsExactly(1L, 1L, 9L);
    }
}
