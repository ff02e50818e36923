package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Report.SubscriberReport;
import io.ringmain.config.Backoff;
import io.ringmain.config.Subscribing;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Sinks join and leave a running pipeline; each sees everything from then on, or learns how much it has missed. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class SubscriptionTest {

    private static final int COUNT = 50;

    private static PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("fanned", Cell.TYPE).bound(16).whenFailed(WhenFailed.stop());
    }

    private static CollectingSink<Cell, Long> collecting() {
        return new CollectingSink<>(cell -> cell.value, true);
    }

    private static void publish(Pipeline<Cell> pipeline, long from, long to) {
        Publisher<Cell> publisher = pipeline.publisher();
        for (long value = from; value < to; value++) {
            long number = value;
            assertThat(publisher.publish(cell -> cell.value = number)).isEqualTo(Publication.PUBLISHED);
        }
    }

    private static List<Long> range(long from, long to) {
        return LongStream.range(from, to).boxed().toList();
    }

    @Test
    void threeSubscribersSeeTheSameFive() {
        List<CollectingSink<Cell, Long>> sinks = List.of(collecting(), collecting(), collecting());
        Pipeline<Cell> pipeline = builder().build();
        try (pipeline) {
            sinks.forEach(sink -> pipeline.subscribe("three", sink, Subscribing.lossless()));
            pipeline.start();
            publish(pipeline, 0, 5);
        }

        Report report = pipeline.report();
        assertThat(sinks).allSatisfy(sink -> {
            assertThat(sink.values()).containsExactly(0L, 1L, 2L, 3L, 4L);
            assertThat(sink.flushes()).isEqualTo(1);
            assertThat(sink.closes()).isEqualTo(1);
        });
        assertThat(report.succeeded()).isTrue();
        assertThat(report.subscribers())
                .hasSize(3)
                .allMatch(joined -> joined.offered() == 5 && joined.delivered() == 5 && joined.inFlight() == 0);
    }

    @Test
    void whoJoinsLaterSeesWhatIsPublishedFromThenOn() {
        for (int seed = 0; seed < 200; seed++) {
            for (Threading threading : List.of(Threading.auto(), Threading.perStage())) {
                var runner = new StepRunner(seed);
                var random = new SplittableRandom(seed);
                var all = collecting();
                var early = collecting();
                var late = collecting();
                var pipeline = builder()
                        .runner(runner)
                        .threading(threading)
                        .filter("odd", cell -> cell.value % 2 == 1)
                        .sink("all", all)
                        .build()
                        .start();
                Subscription first = pipeline.subscribe("early", early, Subscribing.lossless());
                publish(pipeline, 0, 40);
                steps(runner, random);
                Subscription second = pipeline.subscribe("late", late, Subscribing.lossless());
                publish(pipeline, 40, 80);
                steps(runner, random);
                first.close();
                publish(pipeline, 80, 120);
                pipeline.close();

                assertThat(all.values()).hasSize(60);
                assertThat(early.values())
                        .as("seed %s", seed)
                        .isEqualTo(all.values().subList(0, early.values().size()));
                assertThat(late.values())
                        .as("seed %s", seed)
                        .endsWith(all.values().subList(20, 60).toArray(Long[]::new));
                assertThat(all.values()).endsWith(late.values().toArray(Long[]::new));
                assertThat(first.isOpen() || second.isOpen()).isFalse();
                assertThat(second.report().inFlight()).isZero();
                assertThat(pipeline.report().succeeded()).isTrue();
                assertThat(pipeline.report().subscribers())
                        .extracting(SubscriberReport::name)
                        .containsExactly("late");
            }
        }
    }

    private static void steps(StepRunner runner, SplittableRandom random) {
        for (int i = random.nextInt(60); i > 0; i--) {
            runner.step();
        }
    }

    @Test
    void aLosslessSubscriberHoldsTheRingBackUntilItLeaves() throws InterruptedException {
        var slow = new FaultySink<>(collecting()).blockWhen(call -> true);
        var pipeline = builder().whenFull(WhenFull.dropNewest()).build();
        Subscription subscription = pipeline.subscribe("slow", slow, Subscribing.lossless());
        pipeline.start();
        publish(pipeline, 0, 1);
        slow.awaitBlocked();

        Publisher<Cell> publisher = pipeline.publisher();
        int taken = 0;
        while (publisher.tryPublish(cell -> cell.value = 1) == Publication.PUBLISHED) {
            taken++;
        }
        assertThat(taken).isEqualTo(15);

        subscription.close();
        slow.unblock();
        pipeline.close();
        Report report = pipeline.report();
        assertThat(report.accounts().absorbed()).isEqualTo(16);
        assertThat(report.accounts().inFlight()).isZero();
        assertThat(subscription.isOpen()).isFalse();
    }

    @Test
    void aLossySubscriberStoppedForASecondSeesWhatWasReceivedLessWhatItLagged() {
        var runner = new StepRunner(5);
        var seen = collecting();
        AtomicLong lagged = new AtomicLong();
        List<Long> order = new ArrayList<>();
        Sink<Cell> stopping = new Sink<>() {
            @Override
            public void write(Batch<Cell> batch) throws Exception {
                for (int i = 0; i < batch.size(); i++) {
                    order.add(batch.event(i).value);
                }
                if (seen.values().isEmpty()) {
                    runner.spend(Duration.ofSeconds(1));
                }
                seen.write(batch);
            }
        };
        var pipeline = builder().runner(runner).build();
        Subscription subscription = pipeline.subscribe("slow", stopping, Subscribing.lossy(8, count -> {
            lagged.addAndGet(count);
            order.add(-count);
        }));
        pipeline.start();
        for (int i = 0; i < 1_500; i++) {
            // One a millisecond: for the first second the subscriber is busy with the first.
            publish(pipeline, i, i + 1);
            runner.stepWhilePossible();
            runner.clock().advance(1_000_000);
        }
        pipeline.close();

        SubscriberReport report = subscription.report();
        assertThat(report.offered()).isEqualTo(1_500);
        assertThat(report.lagged()).isEqualTo(lagged.get()).isBetween(980L, 1_000L);
        assertThat(seen.values()).hasSize((int) (1_500 - lagged.get())).isSorted();
        assertThat(report.delivered()).isEqualTo(seen.values().size());
        assertThat(report.inFlight()).isZero();
        // Exactly where the gap is, it was told of.
        assertThat(order.subList(0, 9)).isEqualTo(range(0, 9));
        assertThat(order.get(9)).isEqualTo(-lagged.get());
        assertThat(order.get(10)).isEqualTo(9 + lagged.get());
    }

    @Test
    void aLossySubscriberNeverHoldsTheRingBack() throws InterruptedException {
        var slow = new FaultySink<>(collecting()).blockWhen(call -> call == 1);
        AtomicLong lagged = new AtomicLong();
        var pipeline = builder().build();
        Subscription subscription = pipeline.subscribe("slow", slow, Subscribing.lossy(4, lagged::addAndGet));
        pipeline.start();
        publish(pipeline, 0, 1);
        slow.awaitBlocked();

        publish(pipeline, 1, 10_000);
        slow.unblock();
        pipeline.close();

        SubscriberReport report = subscription.report();
        assertThat(pipeline.report().accounts().absorbed()).isEqualTo(10_000);
        assertThat(report.offered()).isEqualTo(10_000);
        assertThat(report.lagged()).isEqualTo(lagged.get()).isGreaterThan(9_000);
        assertThat(report.delivered()).isEqualTo(10_000 - lagged.get());
    }

    @Test
    void fanOutOfWorkOf10And5And20MillisecondsCosts20AStep() {
        var runner = new StepRunner(3);
        List<CollectingSink<Cell, Long>> sinks = List.of(collecting(), collecting(), collecting());
        int[] millis = {10, 5, 20};
        PipelineBuilder<Cell, Cell> builder = builder().runner(runner);
        for (int i = 0; i < 3; i++) {
            Duration work = Duration.ofMillis(millis[i]);
            CollectingSink<Cell, Long> sink = sinks.get(i);
            builder.sink("work" + i, batch -> {
                runner.spend(work.multipliedBy(batch.size()));
                sink.write(batch);
            });
        }
        var pipeline = builder.build().start();
        publish(pipeline, 0, 50);
        pipeline.endInput();
        Report report = pipeline.await();

        assertThat(report.ran()).isEqualTo(Duration.ofMillis(COUNT * 20L));
        assertThat(sinks).allSatisfy(sink -> assertThat(sink.values()).isEqualTo(range(0, 50)));
    }

    @Test
    void fanOutToSubscribersOf10And5And20MillisecondsCosts20AStep() {
        var runner = new StepRunner(3);
        var pipeline = builder().runner(runner).build();
        for (int millis : new int[] {10, 5, 20}) {
            pipeline.subscribe(
                    "work" + millis,
                    batch -> runner.spend(Duration.ofMillis(millis * (long) batch.size())),
                    Subscribing.lossless());
        }
        pipeline.start();
        publish(pipeline, 0, 50);
        pipeline.endInput();

        assertThat(pipeline.await().ran()).isEqualTo(Duration.ofMillis(COUNT * 20L));
    }

    @Test
    void aSubscriberThatFailsIsTriedAgainAndThenLeavesTheOthersAlone() {
        var good = collecting();
        var patient = collecting();
        var runner = new StepRunner(7);
        var pipeline = Pipeline.of("fanned", Cell.TYPE)
                .runner(runner)
                .whenFailed(
                        WhenFailed.retry(2, new Backoff(Duration.ofMillis(1), Duration.ofMillis(4)), WhenFailed.stop()))
                .build();
        pipeline.subscribe("good", good, Subscribing.lossless());
        Subscription failing = pipeline.subscribe(
                "bad", new FaultySink<>(collecting()).failWhen(call -> true), Subscribing.lossless());
        Subscription retried = pipeline.subscribe(
                "patient", new FaultySink<>(patient).failWhen(call -> call == 1), Subscribing.lossy(64, count -> {}));
        pipeline.start();
        publish(pipeline, 0, 50);
        pipeline.close();

        assertThat(good.values()).isEqualTo(range(0, 50));
        assertThat(patient.values()).isEqualTo(range(0, 50));
        assertThat(retried.report().failed()).isEqualTo(1);
        assertThat(failing.report().failed()).isEqualTo(3);
        assertThat(failing.report().delivered()).isZero();
        assertThat(pipeline.report().succeeded()).isTrue();
        assertThat(pipeline.report().failures())
                .anyMatch(failure -> failure.where().equals("bad"));
    }

    /** Wants all but the 2, and fails so many times to choose about the 5. */
    private static final class Undecided implements Sink<Cell> {

        private final List<Long> taken = new ArrayList<>();
        private int failuresLeft;
        private int flushes;

        Undecided(int failures) {
            failuresLeft = failures;
        }

        @Override
        public boolean chooses() {
            return true;
        }

        @Override
        public boolean wants(Cell cell) {
            if (cell.value == 5 && failuresLeft > 0) {
                failuresLeft--;
                throw new IllegalStateException("cannot choose");
            }
            return cell.value != 2;
        }

        @Override
        public void write(Batch<Cell> batch) {
            for (int i = 0; i < batch.size(); i++) {
                taken.add(batch.event(i).value);
            }
        }

        @Override
        public void flush() {
            flushes++;
        }
    }

    @Test
    void whoFailsToChooseIsAskedAgainAndHasWhatCameBefore() {
        var once = new Undecided(2);
        var always = new Undecided(Integer.MAX_VALUE);
        var pipeline = Pipeline.of("fanned", Cell.TYPE)
                .runner(new StepRunner(7))
                .whenFailed(
                        WhenFailed.retry(2, new Backoff(Duration.ofMillis(1), Duration.ofMillis(4)), WhenFailed.stop()))
                .build();
        Subscription patient = pipeline.subscribe("patient", once, Subscribing.lossless());
        Subscription failing = pipeline.subscribe("failing", always, Subscribing.lossy(64, count -> {}));
        pipeline.start();
        publish(pipeline, 0, 10);
        pipeline.close();

        assertThat(once.taken).containsExactly(0L, 1L, 3L, 4L, 5L, 6L, 7L, 8L, 9L);
        assertThat(patient.report())
                .isEqualTo(new SubscriberReport(
                        "patient", 10, 9, 1, 0, 2, patient.report().blocked()));
        assertThat(always.taken).containsExactly(0L, 1L, 3L, 4L);
        assertThat(always.flushes).isEqualTo(1);
        assertThat(failing.report().failed()).isEqualTo(3);
        assertThat(failing.report().delivered()).isEqualTo(4);
        assertThat(failing.isOpen()).isFalse();
    }

    @Test
    void whatAFailedSubscriberHadTakenIsFlushed() {
        var good = collecting();
        var pipeline = builder().build().start();
        Subscription failing = pipeline.subscribe(
                "failing", new FaultySink<>(good).failWhen(call -> call > 1), Subscribing.lossless());
        publish(pipeline, 0, 1);
        while (good.values().isEmpty()) {
            Thread.onSpinWait();
        }
        publish(pipeline, 1, 2);
        pipeline.close();

        assertThat(failing.report().delivered()).isEqualTo(1);
        assertThat(good.flushes()).isEqualTo(1);
        assertThat(good.closes()).isEqualTo(1);
    }

    @Test
    void anErrorOfASubscriberStopsThePipeline() {
        var pipeline = builder().build();
        var hard = collecting();
        pipeline.subscribe("hard", new FaultySink<>(hard).failHardWhen(call -> true), Subscribing.lossless());
        pipeline.start();
        publish(pipeline, 0, 1);

        Report report = pipeline.await();
        assertThat(report.failed()).isTrue();
        assertThat(report.accounts().inFlight()).isZero();
        assertThat(hard.closes()).isEqualTo(1);
    }

    @Test
    void whoJoinsAPipelineThatHasEndedIsClosedAtOnce() {
        var late = collecting();
        var pipeline = builder().build().start();
        pipeline.close();

        Subscription subscription = pipeline.subscribe("late", late, Subscribing.lossless());

        assertThat(subscription.isOpen()).isFalse();
        assertThat(late.opens()).isEqualTo(1);
        assertThat(late.closes()).isEqualTo(1);
        subscription.close();
    }

    @Test
    void whoJoinsAPipelineThatIsNeverStartedIsClosedWithIt() {
        var waiting = collecting();
        var pipeline = builder().build();
        Subscription subscription = pipeline.subscribe("waiting", waiting, Subscribing.lossless());

        pipeline.close();

        assertThat(waiting.closes()).isEqualTo(1);
        assertThat(subscription.isOpen()).isFalse();
    }

    @Test
    void subscribersStandBehindEdgesAndBeforeResults() {
        var behindEdge = collecting();
        var pipeline = builder()
                .transform("double", cell -> cell.value *= 2)
                .edge(WhenFull.block())
                .transform("add", cell -> cell.value += 1)
                .into("half", Cell.TYPE, (cell, outlet) -> Progress.DONE)
                .build();
        try (pipeline) {
            pipeline.subscribe("here", behindEdge, Subscribing.lossless());
            pipeline.start();
            publish(pipeline, 0, 3);
        }

        assertThat(behindEdge.values()).containsExactly(1L, 3L, 5L);
    }

    @Test
    void aSinkThatCannotBeOpenedDoesNotJoin() {
        try (var pipeline = builder().build().start()) {
            Sink<Cell> closed = new Sink<>() {
                @Override
                public void write(Batch<Cell> batch) {}

                @Override
                public void open() {
                    throw new IllegalStateException("shut");
                }
            };

            assertThatThrownBy(() -> pipeline.subscribe("shut", closed, Subscribing.lossless()))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("shut");
            assertThat(pipeline.report().subscribers()).isEmpty();
        }
    }
}
