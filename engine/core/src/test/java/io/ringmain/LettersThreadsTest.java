package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Batching;
import io.ringmain.config.Delivery;
import io.ringmain.config.Edge;
import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import io.ringmain.testing.ScriptedSource;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Letters that come back while their pipeline runs, on real threads. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class LettersThreadsTest {

    private static final int EVENTS = 20_000;
    private static final Delivery FEW = Delivery.of(Batching.of(16, Duration.ofMillis(1)));

    private final MemoryDeadLetters letters = MemoryDeadLetters.retrying(EVENTS, 1 << 30);
    private final AtomicInteger delivered = new AtomicInteger();

    /** Counts by event, and fails the first attempts of some. */
    private static final class Counting implements Stage<Cell> {

        private final AtomicIntegerArray times = new AtomicIntegerArray(EVENTS);
        private final int remainder;
        private final int failures;

        /** One of a hundred events fails so often. */
        Counting(int remainder, int failures) {
            this.remainder = remainder;
            this.failures = failures;
        }

        @Override
        public boolean process(Cell cell) {
            fail(cell);
            return true;
        }

        void fail(Cell cell) {
            int before = times.getAndIncrement((int) cell.value);
            if (cell.value % 100 == remainder && before < failures) {
                throw new IllegalStateException("not yet");
            }
        }

        void checkThatEachWasMetOnce() {
            assertThat(IntStream.range(0, EVENTS)
                            .filter(value -> times.get(value) != 1 + (value % 100 == remainder ? failures : 0)))
                    .isEmpty();
        }
    }

    /** Takes what it does not refuse. */
    private final class Taking implements Sink<Cell> {

        private final Counting counting;

        Taking(int remainder, int failures) {
            counting = new Counting(remainder, failures);
        }

        @Override
        public void write(Batch<Cell> batch) {
            for (int i = 0; i < batch.size(); i++) {
                try {
                    counting.fail(batch.event(i));
                    delivered.incrementAndGet();
                } catch (IllegalStateException refused) {
                    batch.failed(i, refused);
                }
            }
        }
    }

    @Test
    void everythingArrivesOnceWhenLettersAreTriedAgainWhileThePipelineRuns() {
        var before = new Counting(-1, 0);
        var pooled = new Counting(7, 1);
        var early = new Taking(11, 2);
        var keyed = new Counting(23, 2);
        var late = new Taking(31, 1);
        var behindEdge = new Taking(43, 3);
        long retried = 0;

        try (Pipeline<Cell> pipeline = Pipeline.of("letters", Cell.TYPE)
                .source(
                        "in",
                        new ScriptedSource<Cell>((cell, number) -> cell.value = number)
                                .give(EVENTS)
                                .neverEnd())
                .bound(256)
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.deadLetter())
                .stage("before", before)
                .pool("pooled", Pooling.of(2, 3), () -> pooled)
                .sink("early", early, FEW)
                .edge(WhenFull.block())
                .bound(64)
                .partitionBy("keyed", cell -> cell.value, 2, () -> keyed)
                .sink("late", late, FEW)
                .sink("behind", behindEdge, FEW.behind(Edge.of(WhenFull.block())))
                .build()) {
            pipeline.start();
            while (delivered.get() < 3 * EVENTS) {
                retried += letters.retry(letter -> true);
                Thread.onSpinWait();
            }
            Report report = pipeline.drain(Duration.ofSeconds(30));

            assertThat(report.succeeded()).isTrue();
            assertThat(report.accounts().replayed()).isEqualTo(retried).isEqualTo(EVENTS / 100 * 9L);
            assertThat(report.accounts().received()).isEqualTo(EVENTS + retried);
            assertThat(report.accounts().balanced()).isTrue();
        }

        before.checkThatEachWasMetOnce();
        pooled.checkThatEachWasMetOnce();
        early.counting.checkThatEachWasMetOnce();
        keyed.checkThatEachWasMetOnce();
        late.counting.checkThatEachWasMetOnce();
        behindEdge.counting.checkThatEachWasMetOnce();
        assertThat(letters.count()).isZero();
        assertThat(letters.underWay()).isZero();
    }

    /** Publishes all events, and stays. */
    private static final class Publishing implements PushSource<Cell> {

        private final CountDownLatch aborted = new CountDownLatch(1);

        @Override
        public void run(Publisher<Cell> publisher) throws InterruptedException {
            for (long i = 0; i < EVENTS; i++) {
                publisher.publish((cell, number) -> cell.value = number, i);
            }
            aborted.await();
        }

        @Override
        public void abort() {
            aborted.countDown();
        }
    }

    @Test
    void lettersComeBackBesideAPushSourceThatIsAlone() {
        var failing = new Counting(7, 1);
        var taking = new Taking(-1, 0);

        try (Pipeline<Cell> pipeline = Pipeline.of("letters", Cell.TYPE)
                .pushSource("in", new Publishing())
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.deadLetter())
                .stage("failing", failing)
                .sink("out", taking, FEW)
                .build()) {
            pipeline.start();
            assertThat(pipeline.removeSource(DeadLetters.SOURCE)).isFalse();
            while (delivered.get() < EVENTS) {
                letters.retry(letter -> true);
                Thread.onSpinWait();
            }
            Report report = pipeline.drain(Duration.ofSeconds(30));

            assertThat(report.succeeded()).isTrue();
            assertThat(report.accounts().replayed()).isEqualTo(EVENTS / 100);
        }
        failing.checkThatEachWasMetOnce();
        assertThat(letters.count()).isZero();
    }
}
