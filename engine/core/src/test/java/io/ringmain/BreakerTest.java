package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.CircuitReport;
import io.ringmain.Report.SinkReport;
import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Breaker;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import io.ringmain.testing.StepRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A sink that does not answer is left alone, probed after pauses that grow, and given everything once it answers. */
@Timeout(10)
@ExtendWith(NoThreadLeft.class)
class BreakerTest {

    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final Breaker BREAKER = Breaker.after(3, PAUSE, Duration.ofSeconds(4));
    private static final Backoff QUICK = new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)).withoutJitter();

    private final CollectingSink<Cell, Long> inner = new CollectingSink<>(cell -> cell.value);
    private final StepRunner runner = new StepRunner(1);
    private final List<Long> calledAtMs = new ArrayList<>();
    private final MemoryDeadLetters letters = new MemoryDeadLetters(100, 1 << 20);
    private boolean down = true;

    private final Sink<Cell> sink = batch -> {
        calledAtMs.add(runner.nowNs() / 1_000_000);
        if (down) {
            throw new IllegalStateException("down");
        }
        inner.write(batch);
    };

    private Pipeline<Cell> pipeline(Delivery delivery, WhenFailed whenFailed) {
        return pipeline(sink, delivery, whenFailed);
    }

    private Pipeline<Cell> pipeline(Sink<Cell> sink, Delivery delivery, WhenFailed whenFailed) {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("broken", Cell.TYPE)
                .sink("out", sink, delivery)
                .whenFailed(whenFailed)
                .runner(runner);
        if (whenFailed.buries()) {
            builder.deadLetters(letters, WhenLettersFull.STOP);
        }
        return builder.build().start();
    }

    private static Delivery delivery() {
        return Delivery.of(Batching.of(2, Duration.ZERO)).breaker(BREAKER);
    }

    private static void publish(Pipeline<Cell> pipeline, long first, long last) {
        LongStream.rangeClosed(first, last)
                .forEach(value -> pipeline.publisher().publish((cell, number) -> cell.value = number, value));
    }

    /** Lets time go by in steps in which nothing is missed. */
    private void pass(Duration time) {
        long endNs = runner.nowNs() + time.toNanos();
        runner.stepWhilePossible();
        while (runner.wakeAtNs() <= endNs) {
            runner.clock().advanceTo(runner.wakeAtNs());
            runner.stepWhilePossible();
        }
        runner.clock().advanceTo(endNs);
        runner.stepWhilePossible();
    }

    private static SinkReport out(Pipeline<Cell> pipeline) {
        return pipeline.report().sinks().get(0);
    }

    @Test
    void itOpensProbesAfterPausesThatDoubleAndClosesWhenTheSinkAnswers() {
        try (Pipeline<Cell> pipeline = pipeline(delivery(), WhenFailed.retry(100, QUICK, WhenFailed.stop()))) {
            assertThat(out(pipeline).circuit()).isEqualTo(new CircuitReport("closed", 0, Duration.ZERO));
            publish(pipeline, 1, 4);
            pass(Duration.ofMillis(2));
            assertThat(calledAtMs).containsExactly(0L, 1L, 2L);
            assertThat(out(pipeline).circuit()).isEqualTo(new CircuitReport("open", 1, Duration.ZERO));

            pass(Duration.ofSeconds(15));
            assertThat(calledAtMs).containsExactly(0L, 1L, 2L, 1002L, 3002L, 7002L, 11002L, 15002L);
            assertThat(inner.values()).isEmpty();
            down = false;
            pass(Duration.ofSeconds(3));
            assertThat(inner.values()).isEmpty();
            pass(Duration.ofSeconds(1));

            assertThat(inner.values()).containsExactly(1L, 2L, 3L, 4L);
            assertThat(out(pipeline).circuit()).isEqualTo(new CircuitReport("closed", 1, Duration.ZERO));
            assertThat(out(pipeline).blocked()).anySatisfy(blocked -> {
                assertThat(blocked.why()).isEqualTo("circuit_open");
                assertThat(blocked.count()).isEqualTo(6);
                assertThat(blocked.ns()).isEqualTo(Duration.ofSeconds(19).toNanos());
            });
        }
    }

    @Test
    void aCircuitThatOpensAgainBeginsWithTheFirstPause() {
        try (Pipeline<Cell> pipeline = pipeline(delivery(), WhenFailed.retry(100, QUICK, WhenFailed.stop()))) {
            publish(pipeline, 1, 1);
            pass(Duration.ofSeconds(5));
            down = false;
            pass(Duration.ofSeconds(5));
            assertThat(inner.values()).containsExactly(1L);
            down = true;
            calledAtMs.clear();
            publish(pipeline, 2, 2);
            pass(Duration.ofSeconds(2));

            assertThat(calledAtMs).hasSize(4);
            assertThat(calledAtMs.get(3) - calledAtMs.get(2)).isEqualTo(1000);
            assertThat(out(pipeline).circuit())
                    .extracting(CircuitReport::opened)
                    .isEqualTo(2L);
            down = false;
        }
    }

    @Test
    void itCountsAttemptsOverBatchesAndASuccessBetweenBeginsAnew() {
        var faulty = new FaultySink<>(inner).failWhen(call -> call != 3);
        try (Pipeline<Cell> pipeline = Pipeline.of("broken", Cell.TYPE)
                .sink("out", faulty, Delivery.of(Batching.of(1, Duration.ZERO)).breaker(BREAKER))
                .whenFailed(WhenFailed.skip())
                .runner(runner)
                .build()
                .start()) {
            publish(pipeline, 1, 9);
            runner.stepWhilePossible();

            // Two fail, one is taken, three fail, and the others wait.
            SinkReport out = out(pipeline);
            assertThat(out.failed()).isEqualTo(5);
            assertThat(out.dropped()).isEqualTo(5);
            assertThat(inner.values()).containsExactly(3L);
            assertThat(out.circuit()).extracting(CircuitReport::state).isEqualTo("open");
            assertThat(pipeline.report().accounts().inFlight()).isEqualTo(3);
        }
    }

    @Test
    void whileItIsOpenNoAttemptOfARetryIsUsedUp() {
        try (Pipeline<Cell> pipeline = pipeline(delivery(), WhenFailed.retry(4, QUICK, WhenFailed.deadLetter()))) {
            publish(pipeline, 1, 2);
            pass(Duration.ofMillis(900));
            assertThat(out(pipeline).failed()).isEqualTo(3);

            // The first probe is the fourth attempt; the second one the last.
            pass(Duration.ofMillis(1100));
            assertThat(letters.letters()).isEmpty();
            pass(Duration.ofSeconds(2));
            assertThat(letters.letters()).hasSize(2).allMatch(letter -> letter.attempts() == 5);
            assertThat(out(pipeline).circuit()).extracting(CircuitReport::state).isEqualTo("open");

            // What comes then waits for the next probe, and is it.
            publish(pipeline, 3, 3);
            down = false;
            pass(Duration.ofSeconds(3));
            assertThat(inner.values()).isEmpty();
            pass(Duration.ofSeconds(1));
            assertThat(inner.values()).containsExactly(3L);
        }
    }

    @Test
    void aPauseOfTheRetryThatIsLongerHoldsToo() {
        Backoff slow = new Backoff(Duration.ofSeconds(10), Duration.ofSeconds(10)).withoutJitter();
        Breaker atOnce = Breaker.after(1, PAUSE, PAUSE);
        try (Pipeline<Cell> pipeline =
                pipeline(delivery().breaker(atOnce), WhenFailed.retry(4, slow, WhenFailed.stop()))) {
            publish(pipeline, 1, 1);
            pass(Duration.ofSeconds(10));

            assertThat(calledAtMs).containsExactly(0L, 10_000L);
            down = false;
        }
    }

    @Test
    void aPartThatWasTakenIsAnAnswer() {
        Sink<Cell> half = batch -> {
            for (int i = 0; i < batch.size(); i++) {
                if (batch.event(i).value == 2) {
                    batch.failed(i, new IllegalStateException("refused"));
                }
            }
        };
        try (Pipeline<Cell> pipeline = Pipeline.of("broken", Cell.TYPE)
                .sink("out", half, delivery())
                .whenFailed(WhenFailed.retry(3, QUICK, WhenFailed.skip()))
                .runner(runner)
                .build()
                .start()) {
            publish(pipeline, 1, 2);
            pass(Duration.ofMillis(2));

            // One attempt gave half, two gave nothing; that is one short of three.
            assertThat(out(pipeline).failed()).isEqualTo(3);
            assertThat(out(pipeline).circuit()).extracting(CircuitReport::state).isEqualTo("closed");
            pass(Duration.ofMillis(1));
            assertThat(out(pipeline).circuit()).extracting(CircuitReport::state).isEqualTo("open");
        }
    }

    /** A sink on a disk that is full as long as {@code full} says; otherwise down or not, as the others. */
    private final class OnDisk implements Sink<Cell> {

        private boolean full = true;
        private boolean says;

        @Override
        public void write(Batch<Cell> batch) throws Exception {
            if (full && says) {
                calledAtMs.add(runner.nowNs() / 1_000_000);
                for (int i = 0; i < batch.size(); i++) {
                    batch.failed(i, new IOException("No space left on device"));
                }
                return;
            }
            if (full) {
                calledAtMs.add(runner.nowNs() / 1_000_000);
                throw new IOException("No space left on device");
            }
            sink.write(batch);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void attemptsThatFailForWantOfRoomAreNotCounted(boolean saysWhichFailed) {
        OnDisk disk = new OnDisk();
        disk.says = saysWhichFailed;
        down = false;
        try (Pipeline<Cell> pipeline = pipeline(disk, delivery(), WhenFailed.retry(2, QUICK, WhenFailed.skip()))) {
            publish(pipeline, 1, 4);
            pass(Duration.ofMillis(50));

            assertThat(calledAtMs).hasSize(51);
            assertThat(out(pipeline).circuit()).isEqualTo(new CircuitReport("closed", 0, Duration.ofMillis(50)));

            disk.full = false;
            pass(Duration.ofMillis(1));
            assertThat(inner.values()).containsExactly(1L, 2L, 3L, 4L);
        }
    }

    @Test
    void aProbeThatFindsNoRoomSaysNothingAboutTheSink() {
        OnDisk disk = new OnDisk();
        disk.full = false;
        try (Pipeline<Cell> pipeline = pipeline(disk, delivery(), WhenFailed.retry(100, QUICK, WhenFailed.stop()))) {
            publish(pipeline, 1, 2);
            pass(Duration.ofMillis(2));
            assertThat(out(pipeline).circuit()).isEqualTo(new CircuitReport("open", 1, Duration.ZERO));

            disk.full = true;
            pass(PAUSE.plusMillis(10));
            assertThat(out(pipeline).circuit()).isEqualTo(new CircuitReport("half_open", 1, Duration.ofMillis(10)));
            assertThat(calledAtMs).hasSize(3 + 11);

            disk.full = false;
            down = false;
            pass(Duration.ofMillis(1));
            assertThat(out(pipeline).circuit()).isEqualTo(new CircuitReport("closed", 1, Duration.ZERO));
            assertThat(inner.values()).containsExactly(1L, 2L);
        }
    }

    @Test
    void aSinkWithARingOfItsOwnHoldsNobodyBackWhileItIsOpen() {
        Delivery own = delivery().behind(new Edge(WhenFull.dropNewest(), 4));
        try (Pipeline<Cell> pipeline = pipeline(own, WhenFailed.retry(100, QUICK, WhenFailed.stop()))) {
            publish(pipeline, 1, 100);
            pass(Duration.ofMillis(100));

            assertThat(pipeline.report().accounts().inFlight()).isZero();
            assertThat(out(pipeline).circuit()).extracting(CircuitReport::state).isEqualTo("open");
            down = false;
            pass(Duration.ofSeconds(1));
            assertThat(inner.values()).hasSize(4);
        }
    }

    @Test
    void aDrainThatMeetsAnOpenCircuitEndsAtItsDeadline() {
        Pipeline<Cell> pipeline = pipeline(delivery(), WhenFailed.retry(100, QUICK, WhenFailed.stop()));
        publish(pipeline, 1, 2);
        pass(Duration.ofMillis(10));

        Report report = pipeline.drain(Duration.ofMillis(500));

        assertThat(report.accounts().inFlight()).isEqualTo(2);
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(report.succeeded()).isFalse();
    }

    @Test
    void eachChangeIsSaidOnce() {
        List<String> said = new ArrayList<>();
        Handler listener = new Handler() {
            @Override
            public void publish(LogRecord line) {
                said.add(line.getLevel() + " " + line.getMessage());
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        Logger engine = Logger.getLogger("io.ringmain");
        engine.addHandler(listener);
        try (Pipeline<Cell> pipeline = pipeline(delivery(), WhenFailed.retry(100, QUICK, WhenFailed.stop()))) {
            publish(pipeline, 1, 4);
            pass(Duration.ofSeconds(20));
            down = false;
            pass(Duration.ofSeconds(5));
        } finally {
            engine.removeHandler(listener);
        }
        assertThat(said)
                .containsExactly(
                        "WARNING The sink is left alone for a while; its circuit is open. pipeline=broken sink=out failed_in_row=3 pause_ms=1000",
                        "INFO The sink answers again; its circuit is closed. pipeline=broken sink=out");
    }
}
