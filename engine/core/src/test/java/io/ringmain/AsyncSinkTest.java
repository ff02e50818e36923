package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Report.SinkReport;
import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Breaker;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import io.ringmain.config.InFlight;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.AnsweringServer;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.AsyncSink;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Completion;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sink that answers later has several batches under way, as many as it can take, and loses none. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class AsyncSinkTest {

    private static final Duration SERVICE = Duration.ofMillis(10);
    private static final Duration LONG = Duration.ofMinutes(10);
    private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(25), Duration.ofMillis(25)).withoutJitter();
    private static final WhenFailed RETRY = WhenFailed.retry(3, BACKOFF, WhenFailed.stop());
    private final Exception broken = new IllegalStateException("broken");

    private final StepRunner runner = new StepRunner(1);
    private final MemoryDeadLetters letters = new MemoryDeadLetters(100, 1 << 20);

    private Pipeline<Cell> pipeline(AsyncSink<Cell> sink, WhenFailed whenFailed, long events) {
        return pipeline(sink, whenFailed, events, delivery());
    }

    private Pipeline<Cell> pipeline(AsyncSink<Cell> sink, WhenFailed whenFailed, long events, Delivery delivery) {
        var builder = Pipeline.of("async", Cell.TYPE)
                .source("numbers", new ScriptedSource<Cell>((cell, value) -> cell.value = value).give(events))
                .bound(256)
                .sink("out", sink, InFlight.of(64), delivery)
                .whenFailed(whenFailed)
                .drainWithin(Duration.ofHours(1))
                .runner(runner);
        if (whenFailed.buries()) {
            builder.deadLetters(letters, WhenLettersFull.STOP);
        }
        return builder.build().start();
    }

    private static Delivery delivery() {
        return Delivery.of(Batching.of(4, Duration.ZERO));
    }

    private AnsweringServer server(int capacity) {
        return new AnsweringServer(runner, capacity, SERVICE);
    }

    private static SinkReport out(Pipeline<Cell> pipeline) {
        return pipeline.report().sinks().get(0);
    }

    private static int limit(Pipeline<Cell> pipeline) {
        var limit = out(pipeline).inFlightLimit();
        assertThat(limit).isNotNull();
        return limit == null ? 0 : limit.now();
    }

    private static Long[] numbers(long from, long to) {
        return LongStream.range(from, to).boxed().toArray(Long[]::new);
    }

    private static void assertAllDelivered(Report report, long events) {
        assertThat(report.succeeded()).as(report.toString()).isTrue();
        assertThat(report.accounts().delivered()).isEqualTo(events);
        assertThat(report.sinks().get(0).offered()).isEqualTo(events);
        assertThat(report.sinks().get(0).delivered()).isEqualTo(events);
    }

    @Test
    void theLimitSettlesNearTheCapacityOfTheServer() {
        var server = server(8);
        Pipeline<Cell> pipeline = pipeline(server, WhenFailed.stop(), 100_000);
        try (pipeline) {
            server.pass(Duration.ofSeconds(2));
            for (int i = 0; i < 500; i++) {
                server.pass(SERVICE);
                // Twice as many take twice as long; one more until that is noticed.
                assertThat(limit(pipeline)).isBetween(8, 18);
            }
            long before = server.taken.size();
            server.pass(Duration.ofSeconds(1));
            // Never idle: 8 requests of 4 events each in 10 ms.
            assertThat(server.taken.size() - before).isEqualTo(100 * 8 * 4);

            server.pass(LONG);
        }

        assertAllDelivered(pipeline.report(), 100_000);
        assertThat(server.openMax).isEqualTo(18);
        assertThat(server.taken).doesNotHaveDuplicates();
    }

    @Test
    void aFailureHalvesTheLimitAndTheBatchIsWrittenAgainWhileOthersGoOn() {
        var server = server(64);
        Pipeline<Cell> pipeline = pipeline(server, RETRY, 4_000);
        try (pipeline) {
            server.pass(SERVICE.multipliedBy(8));
            int before = limit(pipeline);
            server.failing = (number, first) -> first == 160 && server.calls.isEmpty() ? failOnce(server) : null;
            server.pass(SERVICE);
            assertThat(limit(pipeline)).isEqualTo(before / 2);
            server.pass(LONG);
        }

        assertAllDelivered(pipeline.report(), 4_000);
        assertThat(pipeline.report().sinks().get(0).failed()).isEqualTo(1);
        assertThat(server.taken).containsExactlyInAnyOrder(numbers(0, 4_000));
        assertThat(server.taken.indexOf(160L)).isGreaterThan(server.taken.indexOf(200L));
    }

    private Exception failOnce(AnsweringServer server) {
        server.calls.add("failed");
        return broken;
    }

    @Test
    void eventsAreSettledInOrderHoweverTheAnswersCome() {
        List<Completion> open = new ArrayList<>();
        Pipeline<Cell> pipeline = pipeline((batch, completion) -> open.add(completion), WhenFailed.stop(), 100);
        try (pipeline) {
            runner.stepWhilePossible();
            answer(open, 0);
            answer(open, 0, 1);
            assertThat(open).hasSize(3);

            answer(open, 2, 1);
            assertThat(pipeline.report().accounts().delivered()).isEqualTo(12);
            assertThat(open).hasSizeGreaterThan(1);
            open.get(0).done();
            runner.stepWhilePossible();
            assertThat(pipeline.report().accounts().delivered()).isEqualTo(24);
            open.remove(0);
            while (!open.isEmpty()) {
                answer(open, open.size() - 1);
            }
            runner.stepWhilePossible();
        }

        assertAllDelivered(pipeline.report(), 100);
    }

    private void answer(List<Completion> open, int... indexes) {
        List<Completion> answered = new ArrayList<>();
        for (int index : indexes) {
            open.get(index).done();
            answered.add(open.get(index));
        }
        open.removeAll(answered);
        runner.stepWhilePossible();
    }

    @Test
    void aSecondAnswerIsIgnoredHoweverLateItComes() {
        List<Completion> all = new ArrayList<>();
        Pipeline<Cell> pipeline = pipeline((batch, completion) -> all.add(completion), RETRY, 12);
        try (pipeline) {
            runner.stepWhilePossible();
            all.get(0).done();
            all.get(0).failed(broken);
            runner.stepWhilePossible();
            assertThat(all).hasSize(3);
            all.get(0).done();
            runner.stepWhilePossible();
            assertThat(out(pipeline).delivered()).isEqualTo(4);
            assertThat(out(pipeline).failed()).isZero();

            // The attempt that was given up answers after all, when the next one is under way.
            all.get(1).failed(broken);
            runner.stepWhilePossible();
            runner.clock().advance(Duration.ofMillis(25).toNanos());
            all.get(2).done();
            runner.stepWhilePossible();
            assertThat(all).hasSize(4);
            all.get(1).done();
            runner.stepWhilePossible();
            assertThat(out(pipeline).delivered()).isEqualTo(4);
            all.get(3).done();
            runner.stepWhilePossible();
        }

        assertAllDelivered(pipeline.report(), 12);
    }

    @Test
    void whatIsGivenUpIsDroppedOrBuriedAndTheOthersAreDelivered() {
        for (WhenFailed last : List.of(WhenFailed.skip(), WhenFailed.deadLetter())) {
            var own = new StepRunner(2);
            var server = new AnsweringServer(own, 4, SERVICE);
            server.failing = (number, first) -> first % 40 == 0 ? broken : null;
            Pipeline<Cell> pipeline = Pipeline.of("async", Cell.TYPE)
                    .source("numbers", new ScriptedSource<Cell>((cell, value) -> cell.value = value).give(400))
                    .sink("out", server, InFlight.DEFAULT, delivery())
                    .whenFailed(WhenFailed.retry(2, BACKOFF, last))
                    .deadLetters(letters, WhenLettersFull.STOP)
                    .runner(own)
                    .build()
                    .start();
            try (pipeline) {
                server.pass(LONG);
            }

            SinkReport out = pipeline.report().sinks().get(0);
            assertThat(out.delivered()).isEqualTo(360);
            assertThat(out.dropped() + out.deadLettered()).isEqualTo(40);
            assertThat(out.failed()).isEqualTo(30);
            assertThat(out.inFlight()).isZero();
        }
        assertThat(letters.letters())
                .hasSize(40)
                .extracting(DeadLetter::attempts)
                .containsOnly(3);
        assertThat(letters.letters()).extracting(DeadLetter::position).isSorted();
    }

    @Test
    void whatASinkNamesAsNotTakenIsWrittenAgainAlone() {
        List<String> written = new ArrayList<>();
        Pipeline<Cell> pipeline = pipeline(
                (batch, completion) -> {
                    StringBuilder text = new StringBuilder();
                    for (int i = 0; i < batch.size(); i++) {
                        text.append(batch.event(i)).append(' ');
                        if (written.isEmpty() && i % 2 == 1) {
                            batch.failed(i, broken);
                        }
                    }
                    written.add(text.toString());
                    completion.done();
                },
                RETRY,
                8);
        try (pipeline) {
            runner.stepWhilePossible();
            runner.clock().advance(Duration.ofMillis(25).toNanos());
            runner.stepWhilePossible();
        }

        assertThat(written).containsExactly("0 1 2 3 ", "4 5 6 7 ", "1 3 ");
        assertAllDelivered(pipeline.report(), 8);
    }

    @Test
    void itIsFlushedWhenNothingIsUnderWayAnyMore() {
        var server = server(4);
        Pipeline<Cell> pipeline = pipeline(server, WhenFailed.stop(), 50);
        try (pipeline) {
            server.pass(LONG);
        }

        assertThat(server.calls).containsExactly("flush after 50 with 0 open", "close");
    }

    @Test
    void atTheDeadlineWhatIsUnderWayStaysInFlight() {
        List<Completion> open = new ArrayList<>();
        AsyncSink<Cell> sink = new AsyncSink<>() {
            @Override
            public void write(Batch<Cell> batch, Completion completion) {
                open.add(completion);
            }

            @Override
            public void abort() {
                open.forEach(Completion::done);
            }
        };
        Pipeline<Cell> pipeline = Pipeline.of("async", Cell.TYPE)
                .sink("out", sink, InFlight.of(4), delivery())
                .whenFailed(WhenFailed.deadLetter())
                .deadLetters(letters, WhenLettersFull.STOP)
                .drainWithin(Duration.ofSeconds(1))
                .runner(runner)
                .build()
                .start();
        for (long value = 0; value < 6; value++) {
            pipeline.publisher().publish((cell, number) -> cell.value = number, value);
        }
        pipeline.close();

        Report report = pipeline.report();
        assertThat(report.succeeded()).isFalse();
        assertThat(report.accounts().inFlight()).isEqualTo(6);
        assertThat(report.sinks().get(0).delivered()).isZero();
        assertThat(letters.count()).isZero();
    }

    @Test
    void aFailureThatStopsThePipelineLeavesTheOthersInFlight() {
        List<Completion> open = new ArrayList<>();
        Pipeline<Cell> pipeline = pipeline((batch, completion) -> open.add(completion), WhenFailed.stop(), 20);
        runner.stepWhilePossible();
        answer(open, 0);
        assertThat(open).hasSize(2);
        open.get(1).failed(broken);
        pipeline.close();

        Report report = pipeline.report();
        assertThat(report.failed()).isTrue();
        assertThat(report.accounts().delivered()).isEqualTo(4);
        assertThat(report.accounts().inFlight()).isEqualTo(16);
    }

    @Test
    void aBreakerLetsOneBatchThroughAsAProbe() {
        var server = server(4);
        server.failing = (number, first) -> runner.nowNs() < 1_000_000_000L ? broken : null;
        Delivery delivery = delivery().breaker(Breaker.after(2, Duration.ofMillis(300), Duration.ofMillis(300)));
        Pipeline<Cell> pipeline = pipeline(server, WhenFailed.retry(99, BACKOFF, WhenFailed.stop()), 4_000, delivery);
        try (pipeline) {
            server.pass(Duration.ofMillis(900));
            assertThat(server.openMax).isEqualTo(1);
            server.pass(LONG);
        }

        assertAllDelivered(pipeline.report(), 4_000);
        var circuit = pipeline.report().sinks().get(0).circuit();
        assertThat(circuit).isNotNull().extracting("state", "opened").containsExactly("closed", 1L);
    }

    @Test
    void itMayStandBehindARingOfItsOwn() {
        var server = server(4);
        Delivery delivery = delivery().behind(new Edge(WhenFull.block(), 256));
        Pipeline<Cell> pipeline = pipeline(server, RETRY, 1_000, delivery);
        try (pipeline) {
            server.pass(LONG);
        }

        assertThat(pipeline.report().succeeded()).isTrue();
        assertThat(server.taken).containsExactlyInAnyOrder(numbers(0, 1_000));
        assertThat(limit(pipeline)).isGreaterThan(1);
    }

    @Test
    void asManyBatchesAsMayBeUnderWayMustFindRoomInTheRing() {
        var builder = Pipeline.of("async", Cell.TYPE)
                .bound(15)
                .sink("out", (batch, completion) -> completion.done(), InFlight.of(4), delivery())
                .whenFailed(WhenFailed.stop());

        assertThatThrownBy(builder::build)
                .hasMessageContaining("sink out: inFlight.limitMax: 4 batches of batching.countMax 4"
                        + " (expected: <= bound 15 events in all)");
    }

    @Test
    void answersMayComeFromOtherThreads() throws InterruptedException {
        List<Long> taken = Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(3);
        Pipeline<Cell> pipeline = Pipeline.of("async", Cell.TYPE)
                .source("numbers", new ScriptedSource<Cell>((cell, value) -> cell.value = value).give(20_000))
                .bound(64)
                .sink(
                        "out",
                        (batch, completion) -> threads.execute(() -> {
                            for (int i = 0; i < batch.size(); i++) {
                                taken.add(batch.event(i).value);
                            }
                            completion.done();
                        }),
                        InFlight.of(8),
                        Delivery.of(Batching.of(7, Duration.ZERO)))
                .whenFailed(WhenFailed.stop())
                .build()
                .start();
        try (pipeline) {
            pipeline.await();
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
        }

        assertAllDelivered(pipeline.report(), 20_000);
        assertThat(taken).containsExactlyInAnyOrder(numbers(0, 20_000));
    }
}
