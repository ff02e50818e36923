package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Batching;
import io.ringmain.config.Waiting;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a thread of the embedding program is told when it publishes. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class PublisherTest {

    private static final int BOUND = 4;

    private final CollectingSink<Cell, Long> sink = new CollectingSink<>(cell -> cell.value);

    private PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("published", Cell.TYPE).bound(BOUND).whenFailed(WhenFailed.stop());
    }

    private Pipeline<Cell> stepped() {
        return builder().sink("out", sink).runner(new StepRunner(1)).build();
    }

    private static Publication publish(Publisher<Cell> publisher, long value) {
        return publisher.publish((cell, number) -> cell.value = number, value);
    }

    private static Publication tryPublish(Publisher<Cell> publisher, long value) {
        return publisher.tryPublish((cell, number) -> cell.value = number, value);
    }

    @Test
    void theReportSaysHowFullTheRingIs() {
        try (Pipeline<Cell> pipeline = stepped()) {
            assertThat(pipeline.report().ringShare()).isZero();
            publish(pipeline.publisher(), 1);
            assertThat(pipeline.report().ringShare()).isEqualTo(0.25);
            for (int i = 1; i < BOUND; i++) {
                publish(pipeline.publisher(), i);
            }
            assertThat(pipeline.report().ringShare()).isEqualTo(1);

            Report report = pipeline.start().drain(Duration.ofSeconds(1));

            assertThat(report.ringShare()).isZero();
        }
    }

    @Test
    void eventsPublishedBeforeTheStartWaitInTheRing() {
        try (Pipeline<Cell> pipeline = stepped()) {
            for (int i = 0; i < BOUND; i++) {
                assertThat(publish(pipeline.publisher(), i)).isEqualTo(Publication.PUBLISHED);
            }
            assertThat(tryPublish(pipeline.publisher(), 9)).isEqualTo(Publication.FULL);
            assertThat(pipeline.report().accounts().received()).isEqualTo(BOUND);
            assertThat(sink.values()).isEmpty();

            Report report = pipeline.start().drain(Duration.ofSeconds(1));

            assertThat(report.succeeded()).isTrue();
            assertThat(report.refused()).isEqualTo(1);
        }
        assertThat(sink.values()).containsExactly(0L, 1L, 2L, 3L);
    }

    @Test
    void afterTheCloseNothingIsTaken() {
        Pipeline<Cell> pipeline = stepped().start();
        publish(pipeline.publisher(), 1);
        pipeline.close();

        assertThat(publish(pipeline.publisher(), 2)).isEqualTo(Publication.CLOSED);
        assertThat(tryPublish(pipeline.publisher(), 2)).isEqualTo(Publication.CLOSED);
        assertThat(pipeline.publisher().publish(cell -> cell.value = 2)).isEqualTo(Publication.CLOSED);
        assertThat(pipeline.publisher().publishBatch(2, (cell, index, none) -> {}, ""))
                .isEqualTo(Publication.CLOSED);
        assertThat(pipeline.publisher().tryPublishBatch(2, (cell, index, none) -> {}, ""))
                .isEqualTo(Publication.CLOSED);
        assertThat(pipeline.report().accounts().received()).isEqualTo(1);
        assertThat(pipeline.report().refused()).isZero();
        assertThat(sink.values()).containsExactly(1L);
    }

    @Test
    void aBatchIsPublishedWholeOrNotAtAll() {
        try (Pipeline<Cell> pipeline = stepped()) {
            Publisher<Cell> publisher = pipeline.publisher();
            assertThat(publisher.publishBatch(3, (cell, index, from) -> cell.value = from + index, 10L))
                    .isEqualTo(Publication.PUBLISHED);
            assertThat(publisher.tryPublishBatch(2, (cell, index, from) -> cell.value = from + index, 20L))
                    .isEqualTo(Publication.FULL);
            assertThat(publisher.tryPublishBatch(1, (cell, index, from) -> cell.value = from + index, 30L))
                    .isEqualTo(Publication.PUBLISHED);

            Report report = pipeline.start().drain(Duration.ofSeconds(1));
            assertThat(report.accounts().received()).isEqualTo(4);
            assertThat(report.refused()).isEqualTo(2);
        }
        assertThat(sink.values()).containsExactly(10L, 11L, 12L, 30L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, BOUND + 1, Integer.MAX_VALUE})
    void aCountOutOfRangeIsRefused(int count) {
        try (Pipeline<Cell> pipeline = stepped()) {
            Publisher<Cell> publisher = pipeline.publisher();
            String message = "count: " + count + " (expected: from 1 to the bound, 4)";

            assertThatThrownBy(() -> publisher.publishBatch(count, (cell, index, none) -> {}, ""))
                    .hasMessage(message);
            assertThatThrownBy(() -> publisher.tryPublishBatch(count, (cell, index, none) -> {}, ""))
                    .hasMessage(message);
            assertThatThrownBy(() -> publisher.publish(null)).hasMessage("filler");
        }
    }

    @Test
    void aFillerThatThrowsPublishesNothingAndStallsNothing() {
        try (Pipeline<Cell> pipeline = stepped().start()) {
            Publisher<Cell> publisher = pipeline.publisher();
            IllegalStateException failure = new IllegalStateException("no value");
            publish(publisher, 1);

            assertThatThrownBy(() -> publisher.publish(cell -> {
                        throw failure;
                    }))
                    .isSameAs(failure);
            assertThatThrownBy(() -> publisher.publishBatch(
                            2,
                            (cell, index, none) -> {
                                if (index == 1) {
                                    throw failure;
                                }
                            },
                            ""))
                    .isSameAs(failure);
            publish(publisher, 2);

            Report report = pipeline.drain(Duration.ofSeconds(1));
            assertThat(report.accounts()).isEqualTo(new Accounts(2, 2, 0, 0, Map.of(), 0, 0, 0, 0));
            assertThat(report.succeeded()).isTrue();
        }
        assertThat(sink.values()).containsExactly(1L, 2L);
    }

    @Test
    void dropNewestDropsAndCounts() {
        try (Pipeline<Cell> pipeline = builder()
                .sink("out", sink)
                .whenFull(WhenFull.dropNewest())
                .runner(new StepRunner(1))
                .build()) {
            for (int i = 0; i < BOUND; i++) {
                publish(pipeline.publisher(), i);
            }
            assertThat(publish(pipeline.publisher(), 8)).isEqualTo(Publication.DROPPED);
            assertThat(pipeline.publisher().publishBatch(2, (cell, index, none) -> {}, ""))
                    .isEqualTo(Publication.DROPPED);
            assertThat(tryPublish(pipeline.publisher(), 9)).isEqualTo(Publication.FULL);

            Report report = pipeline.start().drain(Duration.ofSeconds(1));
            assertThat(report.accounts()).isEqualTo(new Accounts(7, 4, 0, 0, Map.of("dropped_newest", 3L), 0, 0, 0, 0));
            assertThat(report.refused()).isEqualTo(1);
        }
    }

    @Test
    void aPublisherOnThePipelinesOwnThreadMovesThePipeline() {
        try (Pipeline<Cell> pipeline = stepped().start()) {
            for (int i = 0; i < 100; i++) {
                assertThat(publish(pipeline.publisher(), i)).isEqualTo(Publication.PUBLISHED);
            }
        }
        assertThat(sink.values()).hasSize(100).isSorted();
    }

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void aBlockedPublisherGoesOnWhenThereIsRoom(Waiting waiting) throws Exception {
        var blocked = new FaultySink<>(sink).blockWhen(call -> call == 1);
        try (Pipeline<Cell> pipeline = builder()
                .sink("out", blocked, Batching.of(1, Duration.ZERO))
                .waiting(waiting)
                .build()
                .start()) {
            var done = publishInBackground(pipeline, 20);
            blocked.awaitBlocked();
            awaitBlockedPublisher(pipeline);

            blocked.unblock();
            assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo(Publication.PUBLISHED);
            Report report = pipeline.drain(Duration.ofSeconds(10));
            assertThat(report.accounts().delivered()).isEqualTo(20);
            assertThat(report.sources().get(0).blocked()).first().satisfies(why -> assertThat(why.why())
                    .isEqualTo("ring_full"));
        }
        assertThat(sink.values()).hasSize(20).isSorted();
    }

    @Test
    void aBlockedPublisherIsToldWhenThePipelineCloses() throws Exception {
        var blocked = new FaultySink<>(sink).blockWhen(call -> call == 1);
        Pipeline<Cell> pipeline = builder()
                .sink("out", blocked, Batching.of(1, Duration.ZERO))
                .build()
                .start();
        var done = publishInBackground(pipeline, 20);
        blocked.awaitBlocked();
        awaitBlockedPublisher(pipeline);

        Report report = pipeline.drain(Duration.ZERO);

        assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo(Publication.CLOSED);
        assertThat(report.accounts().received()).isEqualTo(BOUND);
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(report.accounts().inFlight() + report.accounts().delivered()).isEqualTo(BOUND);
    }

    @Test
    void anInterruptedPublisherIsToldAndKeepsItsFlag() throws Exception {
        var blocked = new FaultySink<>(sink).blockWhen(call -> call == 1);
        try (Pipeline<Cell> pipeline = builder()
                .sink("out", blocked, Batching.of(1, Duration.ZERO))
                .build()
                .start()) {
            var flag = new AtomicReference<Boolean>();
            var done = new CompletableFuture<Publication>();
            Thread publisher = new Thread(() -> {
                Publication last = Publication.PUBLISHED;
                for (int i = 0; last == Publication.PUBLISHED; i++) {
                    last = publish(pipeline.publisher(), i);
                }
                flag.set(Thread.currentThread().isInterrupted());
                done.complete(last);
            });
            publisher.start();
            blocked.awaitBlocked();
            awaitBlockedPublisher(pipeline);

            publisher.interrupt();

            assertThat(done.get(10, TimeUnit.SECONDS)).isEqualTo(Publication.INTERRUPTED);
            assertThat(flag.get()).isTrue();
            assertThat(pipeline.report().refused()).isEqualTo(1);
            blocked.unblock();
        }
        assertThat(sink.values()).hasSize(BOUND);
    }

    private static CompletableFuture<Publication> publishInBackground(Pipeline<Cell> pipeline, int count) {
        return CompletableFuture.supplyAsync(() -> {
            Publication last = Publication.PUBLISHED;
            for (int i = 0; i < count && last == Publication.PUBLISHED; i++) {
                last = publish(pipeline.publisher(), i);
            }
            return last;
        });
    }

    private static void awaitBlockedPublisher(Pipeline<Cell> pipeline) {
        while (pipeline.report().sources().get(0).blocked().isEmpty()) {
            Thread.onSpinWait();
        }
    }
}
