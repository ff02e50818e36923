package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Backoff;
import io.ringmain.config.PoolPolicy;
import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Work spread over an elastic pool: order behind it, growing and shrinking, time limits. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class PoolTest {

    private static final int RESIZES_MIN = 100;

    private static ScriptedSource<Cell> numbers(int count) {
        return new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(count);
    }

    @Test
    void nothingIsLostDoubledOrOutOfOrderUnderConstantResizing() {
        assertThat(runUnderResizing(3_000_000)).isGreaterThan(RESIZES_MIN);
    }

    @Test
    @Tag("slow")
    @Timeout(300)
    void fiftyMillionEventsUnderConstantResizing() {
        assertThat(runUnderResizing(50_000_000)).isGreaterThan(RESIZES_MIN);
    }

    /** Returns how often the pool was resized meanwhile. */
    private static long runUnderResizing(int count) {
        long[] seen = new long[3];
        long resizes = 0;
        try (Pipeline<Cell> pipeline = Pipeline.of("resized", Cell.TYPE)
                .bound(1024)
                .source("numbers", numbers(count))
                .pool("double", Pooling.of(1, 4).policy((workers, depth, idleNs) -> workers), () -> cell -> {
                    cell.value *= 2;
                    return cell.value % 14 != 0;
                })
                .transform("order", cell -> {
                    seen[0] += cell.value > seen[1] ? 0 : 1;
                    seen[1] = cell.value;
                    seen[2] += cell.value;
                })
                .sink("end", Sink.each(cell -> {}))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            Pool pool = pipeline.pool("double");
            var random = new SplittableRandom(7);
            while (pipeline.state() == PipelineState.STARTED) {
                pool.resize(1 + random.nextInt(4));
                resizes++;
                Thread.onSpinWait();
            }
            Report report = pipeline.await();

            long multiples = (count + 6L) / 7;
            assertThat(report.accounts().filtered()).isEqualTo(multiples);
            assertThat(report.accounts().delivered()).isEqualTo(count - multiples);
            assertThat(report.accounts().balanced()).isTrue();
            assertThat(seen[2])
                    .as("sum of what came through")
                    .isEqualTo((long) count * (count - 1) - 7 * multiples * (multiples - 1));
        }
        assertThat(seen[0]).as("events out of order").isZero();
        return resizes;
    }

    /** A stage whose work on an event takes as long as the back-off of {@link #takes}: its first attempt always fails. */
    private static boolean slowly(Cell cell) throws Exception {
        if (cell.note.isEmpty()) {
            cell.note = "begun";
            throw new IllegalStateException("not done yet");
        }
        return true;
    }

    private static WhenFailed takes(Duration time) {
        return WhenFailed.retry(1, new Backoff(time, time).withoutJitter(), WhenFailed.stop());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aPoolGrowsWithWhatWaitsAndShrinksWhenIdle(long seed) {
        var runner = new StepRunner(seed);
        try (Pipeline<Cell> pipeline = Pipeline.of("elastic", Cell.TYPE)
                .runner(runner)
                .pool(
                        "work",
                        Pooling.of(1, 4).policy(PoolPolicy.byDepth(2)).idleAfter(Duration.ofSeconds(10)),
                        () -> PoolTest::slowly)
                .sink("end", Sink.each(cell -> {}))
                .whenFailed(takes(Duration.ofMillis(100)))
                .build()
                .start()) {
            Pool pool = pipeline.pool("work");
            assertThat(pool.workerCount()).isEqualTo(1);
            pipeline.publisher().publishBatch(3, (cell, index, none) -> cell.value = index, 0);
            runner.stepWhilePossible();
            assertThat(pool.workerCount()).as("three events").isEqualTo(1);
            assertThat(pool.activeWorkers()).isEqualTo(1);
            assertThat(pool.queueDepth()).isEqualTo(2);

            pipeline.publisher().publishBatch(100, (cell, index, none) -> cell.value = index, 0);
            runner.stepWhilePossible();
            assertThat(pool.workerCount()).as("many events").isEqualTo(4);
            assertThat(pool.activeWorkers()).isEqualTo(4);

            runUntilIdle(pool, runner);
            runner.clock().advance(Duration.ofSeconds(9).toNanos());
            runner.stepWhilePossible();
            assertThat(pool.workerCount()).as("after 9 s").isEqualTo(4);
            for (int i = 0; i < 3; i++) {
                runner.clock().advance(Duration.ofSeconds(11).toNanos());
                runner.stepWhilePossible();
            }
            assertThat(pool.workerCount()).as("idle").isEqualTo(1);

            pipeline.publisher().publish(cell -> cell.value = 1);
            assertThat(pipeline.drain(Duration.ofSeconds(1)).accounts().delivered())
                    .isEqualTo(104);
        }
    }

    private static void runUntilIdle(Pool pool, StepRunner runner) {
        runner.await(() -> pool.activeWorkers() == 0 && pool.queueDepth() == 0);
    }

    @Test
    void workersAddedToAnIdlePoolStayForTheIdleTime() {
        var runner = new StepRunner(5);
        try (Pipeline<Cell> pipeline = Pipeline.of("warmed", Cell.TYPE)
                .runner(runner)
                .pool("work", Pooling.of(1, 4).idleAfter(Duration.ofSeconds(10)), () -> cell -> true)
                .sink("end", Sink.each(cell -> {}))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            Pool pool = pipeline.pool("work");
            runner.stepWhilePossible();
            runner.clock().advance(Duration.ofSeconds(60).toNanos());
            runner.stepWhilePossible();

            pool.resize(4);
            runner.stepWhilePossible();
            runner.clock().advance(Duration.ofSeconds(9).toNanos());
            runner.stepWhilePossible();

            assertThat(pool.workerCount()).as("after 9 s").isEqualTo(4);
            runner.clock().advance(Duration.ofSeconds(1).toNanos());
            runner.stepWhilePossible();
            assertThat(pool.workerCount()).as("after 10 s").isLessThan(4);
        }
    }

    @Test
    void aPoolThatGrewByMoreThanItNeededShrinks() {
        var runner = new StepRunner(6);
        try (Pipeline<Cell> pipeline = Pipeline.of("jump", Cell.TYPE)
                .runner(runner)
                .pool(
                        "work",
                        Pooling.of(1, 4)
                                .policy((workers, depth, idleNs) -> idleNs > 0 ? workers - 1 : 4)
                                .idleAfter(Duration.ofSeconds(10)),
                        () -> PoolTest::slowly)
                .sink("end", Sink.each(cell -> {}))
                .whenFailed(takes(Duration.ofMillis(100)))
                .build()
                .start()) {
            Pool pool = pipeline.pool("work");
            runner.stepWhilePossible();
            pipeline.publisher().publishBatch(2, (cell, index, none) -> cell.value = index, 0);
            runner.stepWhilePossible();
            assertThat(pool.workerCount()).isEqualTo(4);

            runUntilIdle(pool, runner);
            for (int i = 0; i < 4; i++) {
                runner.clock().advance(Duration.ofSeconds(11).toNanos());
                runner.stepWhilePossible();
            }

            assertThat(pool.workerCount()).isEqualTo(1);
        }
    }

    @Test
    void timesWithoutEndAreTimesWithoutEnd() {
        Duration forEver = ChronoUnit.FOREVER.getDuration();
        var out = new CollectingSink<Cell, Long>(cell -> cell.value);
        try (Pipeline<Cell> pipeline = Pipeline.of("patient", Cell.TYPE)
                .pool("work", Pooling.of(1, 2).idleAfter(forEver).timeLimit(forEver), () -> cell -> true)
                .sink("out", out)
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            pipeline.publisher().publish(cell -> cell.value = 1);
            pipeline.endInput();
            pipeline.await();
        }
        assertThat(out.values()).containsExactly(1L);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"PT2562047H47M16.854775807S", "P100000D"})
    void aLongIdleTimeDoesNotKeepAWorkerAwake(Duration idleAfter) {
        var runner = new StepRunner(6);
        runner.clock().advance(Long.MAX_VALUE / 8);
        try (Pipeline<Cell> pipeline = Pipeline.of("long", Cell.TYPE)
                .runner(runner)
                .pool("work", Pooling.of(1, 2).idleAfter(idleAfter), () -> cell -> true)
                .sink("end", Sink.each(cell -> {}))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            pipeline.pool("work").resize(2);
            for (int i = 0; i < 1000; i++) {
                runner.step();
            }

            assertThat(runner.wakeAtNs()).isGreaterThan(runner.clock().nowNs());
        }
    }

    @Test
    void eightTasksOfAHundredMillisecondsOnFourWorkersTakeTwoHundred() {
        var runner = new StepRunner(8);
        List<Long> doneAtMs = new ArrayList<>();
        try (Pipeline<Cell> pipeline = Pipeline.of("tasks", Cell.TYPE)
                .runner(runner)
                .source("tasks", numbers(8))
                .pool("work", 4, 4, () -> PoolTest::slowly)
                .transform("done", cell -> doneAtMs.add(runner.nowNs() / 1_000_000))
                .sink("end", Sink.each(cell -> {}))
                .whenFailed(takes(Duration.ofMillis(100)))
                .build()
                .start()) {
            pipeline.await();
        }
        assertThat(doneAtMs).containsExactly(100L, 100L, 100L, 100L, 200L, 200L, 200L, 200L);
    }

    @Test
    void aSingleEventWakesOneWorkerOnly() {
        var runner = new StepRunner(3);
        List<Integer> instances = new ArrayList<>();
        var made = new AtomicInteger();
        try (Pipeline<Cell> pipeline = Pipeline.of("herd", Cell.TYPE)
                .runner(runner)
                .pool("work", 4, 4, () -> {
                    int instance = made.getAndIncrement();
                    return cell -> instances.add(instance);
                })
                .sink("end", Sink.each(cell -> {}))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            runner.stepWhilePossible();
            for (int i = 0; i < 50; i++) {
                pipeline.publisher().publish(cell -> cell.value = 1);
                runner.stepWhilePossible();
            }
            assertThat(made.get()).isEqualTo(4);
            assertThat(instances).hasSize(50).containsOnly(0);
        }
    }

    @Test
    void anAbandonedTaskNeverTouchesItsSlot() throws Exception {
        var letters = new MemoryDeadLetters();
        var release = new CountDownLatch(1);
        var late = new CountDownLatch(1);
        List<String> seen = new ArrayList<>();
        // The ring has four slots, so the seventh event lies where the third one was when that one's task comes back.
        Sink<Cell> out = batch -> {
            for (int i = 0; i < batch.size(); i++) {
                Cell cell = batch.event(i);
                if (cell.value == 7) {
                    release.countDown();
                    late.await();
                }
                seen.add(cell.value + cell.note);
            }
        };
        try (Pipeline<Cell> pipeline = Pipeline.of("timed", Cell.TYPE)
                .bound(4)
                .pool("slow", Pooling.of(1, 1).timeLimit(Duration.ofMillis(50)), () -> cell -> {
                    if (cell.value == 3) {
                        release.await();
                        cell.value = -3;
                        cell.note = " written late";
                        late.countDown();
                    } else {
                        cell.note = " ok";
                    }
                    return cell.value != 5;
                })
                .sink("out", out)
                .whenFailed(WhenFailed.deadLetter())
                .deadLetters(letters, WhenLettersFull.STOP)
                .build()
                .start()) {
            for (int i = 1; i <= 7; i++) {
                int number = i;
                pipeline.publisher().publish(cell -> cell.value = number);
            }
            Report report = pipeline.drain(Duration.ofSeconds(30));

            assertThat(report.accounts().deadLettered()).isEqualTo(1);
            assertThat(report.accounts().filtered()).isEqualTo(1);
            assertThat(seen).containsExactly("1 ok", "2 ok", "4 ok", "6 ok", "7 ok");
            assertThat(letters.letters()).singleElement().satisfies(letter -> {
                assertThat(letter.reason()).isEqualTo("time_limit");
                assertThat(letter.event()).hasToString("3");
            });
        }
    }

    @Test
    void aTimeLimitNeedsCopiesAndThreads() {
        assertThatThrownBy(() -> Pipeline.of("timed", Cell::new)
                        .runner(new StepRunner(1))
                        .pool("slow", Pooling.of(1, 1).timeLimit(Duration.ofMillis(5)), () -> cell -> true)
                        .sink("out", Sink.each(cell -> {}))
                        .whenFailed(WhenFailed.stop())
                        .build())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("pool slow: timeLimit, but the event type cannot be copied")
                .hasMessageContaining("pool slow: timeLimit with a runner of your own");
    }

    @Test
    void sizesOutsideOfThePoolAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pooling.of(0, 1))
                .withMessage("pool.min: 0 (expected: from 1 to 256)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Pooling.of(3, 2))
                .withMessage("pool.max: 2 (expected: from min, 3, to 256)");
        try (Pipeline<Cell> pipeline = Pipeline.of("p", Cell.TYPE)
                .pool("work", 2, 3, () -> cell -> true)
                .sink("out", Sink.each(cell -> {}))
                .whenFailed(WhenFailed.stop())
                .build()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipeline.pool("work").resize(4))
                    .withMessage("pool work: workers: 4 (expected: from 2 to 3)");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> pipeline.pool("other"))
                    .withMessage("pipeline p: pool: other (expected: a pool of this pipeline)");
        }
    }
}
