package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Report.SinkReport;
import io.ringmain.Report.SubscriberReport;
import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Edge;
import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sink takes some events of a batch and names those that it could not take: these alone have another attempt, or another fate. */
@Timeout(10)
@ExtendWith(NoThreadLeft.class)
class PartialBatchTest {

    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final Backoff BACKOFF = new Backoff(PAUSE, PAUSE);

    private final StepRunner runner = new StepRunner(1);
    private final MemoryDeadLetters letters = new MemoryDeadLetters(100, 1 << 20);
    private final List<List<Long>> given = new ArrayList<>();
    private final List<Long> taken = new ArrayList<>();

    /** A sink that cannot take an event while {@code refuses} holds for it and the number of its attempt, from 1. */
    private Sink<Cell> sink(BiPredicate<Long, Integer> refuses) {
        Map<Long, Integer> attempts = new HashMap<>();
        return batch -> {
            List<Long> values = new ArrayList<>();
            for (int i = 0; i < batch.size(); i++) {
                long value = batch.event(i).value;
                values.add(value);
                if (refuses.test(value, attempts.merge(value, 1, Integer::sum))) {
                    batch.failed(i, new IllegalStateException("refused " + value));
                } else {
                    taken.add(value);
                }
            }
            given.add(values);
        };
    }

    private Report run(Sink<Cell> sink, WhenFailed whenFailed) {
        ScriptedSource<Cell> source = new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(6);
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("parts", Cell.TYPE)
                .source("numbers", source)
                .sink("out", sink, Batching.of(6, Duration.ofSeconds(1)))
                .whenFailed(whenFailed)
                .runner(runner);
        if (whenFailed.buries()) {
            builder.deadLetters(letters, WhenLettersFull.STOP);
        }
        try (Pipeline<Cell> pipeline = builder.build()) {
            return pipeline.start().await();
        }
    }

    private static void assertAccounts(Report report, long delivered, long dropped, long dead) {
        SinkReport sink = report.sinks().get(0);
        assertThat(sink.offered()).isEqualTo(6);
        assertThat(sink.delivered()).isEqualTo(delivered);
        assertThat(sink.dropped()).isEqualTo(dropped);
        assertThat(sink.deadLettered()).isEqualTo(dead);
        Accounts accounts = report.accounts();
        assertThat(accounts.balanced()).isTrue();
        assertThat(accounts.delivered()).isEqualTo(delivered);
        assertThat(accounts.droppedInAll()).isEqualTo(dropped);
        assertThat(accounts.deadLettered()).isEqualTo(dead);
    }

    @Test
    void onlyWhatFailedIsWrittenAgainInItsOrder() {
        Report report = run(
                sink((value, attempt) -> value % 2 == 1 && attempt <= value),
                WhenFailed.retry(9, BACKOFF, WhenFailed.stop()));

        assertThat(given)
                .containsExactly(
                        List.of(0L, 1L, 2L, 3L, 4L, 5L),
                        List.of(1L, 3L, 5L),
                        List.of(3L, 5L),
                        List.of(3L, 5L),
                        List.of(5L),
                        List.of(5L));
        assertThat(taken).containsExactly(0L, 2L, 4L, 1L, 3L, 5L);
        assertAccounts(report, 6, 0, 0);
        assertThat(report.succeeded()).isTrue();
        assertThat(report.sinks().get(0).failed()).isEqualTo(5);
    }

    @Test
    void whatIsOverIsKeptAsLettersWithReasonsOfTheirOwn() {
        Report report = run(
                sink((value, attempt) -> value == 1 || value == 4),
                WhenFailed.retry(1, BACKOFF, WhenFailed.deadLetter()));

        assertThat(given).containsExactly(List.of(0L, 1L, 2L, 3L, 4L, 5L), List.of(1L, 4L));
        assertAccounts(report, 4, 0, 2);
        assertThat(letters.letters())
                .extracting(DeadLetter::position, DeadLetter::attempts, letter -> letter.message()
                        .contains("refused " + letter.position()))
                .containsExactly(tuple(1L), tuple(4L));
    }

    private static Tuple tuple(long position) {
        return Tuple.tuple(position, 2, true);
    }

    @Test
    void whatFailedIsSkippedAndTheOthersAreDelivered() {
        Report report = run(sink((value, attempt) -> value == 0 || value == 5), WhenFailed.skip());

        assertThat(taken).containsExactly(1L, 2L, 3L, 4L);
        assertAccounts(report, 4, 2, 0);
        assertThat(report.failures()).singleElement().satisfies(failure -> assertThat(failure.count())
                .isEqualTo(2));
    }

    @Test
    void aStopSettlesWhatStandsBeforeTheFirstThatFailed() {
        Report report = run(sink((value, attempt) -> value == 2 || value == 3), WhenFailed.stop());

        assertThat(report.failed()).isTrue();
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(report.accounts().delivered()).isEqualTo(2);
        assertThat(report.accounts().inFlight()).isEqualTo(4);
        assertThat(report.sinks().get(0).delivered()).isEqualTo(4);
        assertThat(report.sinks().get(0).inFlight()).isEqualTo(2);
    }

    @Test
    void whatStandsBeforeTheFirstThatFailedGivesItsSlotsBackAtOnce() {
        Pipeline<Cell> pipeline = Pipeline.of("parts", Cell.TYPE)
                .filter("even", cell -> cell.value % 2 == 0)
                .sink("out", sink((value, attempt) -> value == 4 && attempt == 1), Batching.of(4, Duration.ZERO))
                .whenFailed(WhenFailed.retry(1, BACKOFF, WhenFailed.stop()))
                .bound(8)
                .runner(runner)
                .build()
                .start();
        try (pipeline) {
            for (long value = 0; value < 8; value++) {
                pipeline.publisher().publish((cell, number) -> cell.value = number, value);
            }
            runner.stepWhilePossible();

            assertThat(pipeline.report().accounts().delivered()).isEqualTo(2);
            assertThat(pipeline.report().sinks().get(0).delivered()).isEqualTo(3);
            runner.clock().advance(PAUSE.toNanos());
            runner.stepWhilePossible();
            assertThat(pipeline.report().accounts().delivered()).isEqualTo(4);
            assertThat(pipeline.report().accounts().filtered()).isEqualTo(4);
        }
    }

    @Test
    void aWriteThatFailsAfterAllIsAFailureOfTheWholeBatch() {
        List<Integer> sizes = new ArrayList<>();
        Report report = run(
                batch -> {
                    sizes.add(batch.size());
                    if (sizes.size() == 1) {
                        batch.failed(3, new IllegalStateException("refused"));
                        throw new IllegalStateException("broken");
                    }
                },
                WhenFailed.retry(1, BACKOFF, WhenFailed.stop()));

        assertThat(sizes).containsExactly(6, 6);
        assertAccounts(report, 6, 0, 0);
    }

    @Test
    void anEventThatIsNotInTheBatchIsAMistakeOfTheSink() {
        List<Throwable> thrown = new ArrayList<>();
        run(
                batch -> {
                    assertThatThrownBy(() -> batch.failed(6, new IllegalStateException()))
                            .isInstanceOf(IndexOutOfBoundsException.class)
                            .hasMessage("index: 6 (expected: from 0 to 5)")
                            .satisfies(thrown::add);
                },
                WhenFailed.stop());

        assertThat(thrown).hasSize(1);
    }

    @Test
    void ofASinkThatChoosesOnlyWhatItWantedCanFail() {
        Sink<Cell> inner = sink((value, attempt) -> value % 4 == 0 && attempt == 1);
        Report report = run(
                new Sink<>() {
                    @Override
                    public void write(Batch<Cell> batch) throws Exception {
                        inner.write(batch);
                    }

                    @Override
                    public boolean chooses() {
                        return true;
                    }

                    @Override
                    public boolean wants(Cell cell) {
                        return cell.value % 2 == 0;
                    }
                },
                WhenFailed.retry(1, BACKOFF, WhenFailed.stop()));

        assertThat(given).containsExactly(List.of(0L, 2L, 4L), List.of(0L, 4L));
        assertThat(report.sinks().get(0).delivered()).isEqualTo(3);
        assertThat(report.sinks().get(0).notWanted()).isEqualTo(3);
        assertThat(report.accounts().filtered()).isEqualTo(3);
    }

    @Test
    void aSubscriberIsGivenOnlyWhatItCouldNotTake() {
        SubscriberReport lossless = subscribe(Subscribing.lossless());
        assertThat(taken).containsExactly(1L, 0L, 2L);
        assertThat(lossless.delivered()).isEqualTo(3);
        assertThat(lossless.inFlight()).isZero();
    }

    @Test
    void aLossySubscriberIsGivenOnlyWhatItCouldNotTake() {
        SubscriberReport lossy = subscribe(Subscribing.lossy(8, lagged -> {}));

        assertThat(taken).containsExactly(1L, 0L, 2L);
        assertThat(lossy.delivered()).isEqualTo(3);
        assertThat(lossy.inFlight()).isZero();
    }

    private SubscriberReport subscribe(Subscribing way) {
        try (Pipeline<Cell> pipeline = Pipeline.of("parts", Cell.TYPE)
                .whenFailed(WhenFailed.retry(1, BACKOFF, WhenFailed.stop()))
                .runner(runner)
                .build()
                .start()) {
            Subscription joined =
                    pipeline.subscribe("joined", sink((value, attempt) -> value % 2 == 0 && attempt == 1), way);
            runner.stepWhilePossible();
            for (long value = 0; value < 3; value++) {
                pipeline.publisher().publish((cell, number) -> cell.value = number, value);
            }
            pipeline.endInput();
            pipeline.await();
            return joined.report();
        }
    }

    /** The keys of the events of each batch, as a sink sees them; every other event cannot be taken at first. */
    private Sink<Cell> keys(Map<Long, String> keys, List<Long> again) {
        return batch -> {
            for (int i = 0; i < batch.size(); i++) {
                long value = batch.event(i).value;
                String key = batch.source(i) + '@' + batch.position(i);
                String before = keys.put(value, key);
                if (before == null && value % 2 == 0) {
                    batch.failed(i, new IllegalStateException("refused"));
                } else if (before != null) {
                    assertThat(key).isEqualTo(before);
                    again.add(value);
                }
            }
        };
    }

    @Test
    void sourceAndPositionAreTheKeyOfAnEventAtEachAttempt() {
        Map<Long, String> keys = new HashMap<>();
        List<Long> again = new ArrayList<>();
        try (Pipeline<Cell> pipeline = Pipeline.of("keys", Cell.TYPE)
                .merging()
                .edge(WhenFull.block())
                .sink("out", keys(keys, again), Batching.DEFAULT, new Edge(WhenFull.block(), 4))
                .whenFailed(WhenFailed.retry(1, BACKOFF, WhenFailed.stop()))
                .runner(runner)
                .build()
                .start()) {
            pipeline.addSource("early", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(4));
            runner.stepWhilePossible();
            pipeline.addSource("late", new ScriptedSource<Cell>((cell, number) -> cell.value = 10 + number).give(4));
            runner.stepWhilePossible();
            pipeline.endInput();
            assertThat(pipeline.await().succeeded()).isTrue();
        }

        assertThat(again).containsExactlyInAnyOrder(0L, 2L, 10L, 12L);
        assertThat(keys)
                .containsEntry(0L, "early@0")
                .containsEntry(3L, "early@3")
                .containsEntry(10L, "late@0")
                .containsEntry(13L, "late@3");
    }

    @Test
    void resultsShareTheKeyOfTheEventThatGaveThem() {
        Map<Long, String> keys = new HashMap<>();
        List<Long> again = new ArrayList<>();
        try (Pipeline<Cell> pipeline = Pipeline.of("keys", Cell.TYPE)
                .source("numbers", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(2))
                .into("twice", Cell.TYPE, (cell, outlet) -> {
                    for (int i = 0; i < 2; i++) {
                        Cell result = outlet.claim();
                        if (result == null) {
                            throw new AssertionError("no room");
                        }
                        result.value = 10 * cell.value + i;
                    }
                    return Progress.DONE;
                })
                .sink("out", keys(keys, again))
                .whenFailed(WhenFailed.retry(1, BACKOFF, WhenFailed.stop()))
                .runner(runner)
                .build()
                .start()) {
            assertThat(pipeline.await().succeeded()).isTrue();
        }

        assertThat(keys)
                .containsEntry(0L, "twice@0")
                .containsEntry(1L, "twice@0")
                .containsEntry(10L, "twice@1")
                .containsEntry(11L, "twice@1");
        assertThat(again).containsExactly(0L, 10L);
    }
}
