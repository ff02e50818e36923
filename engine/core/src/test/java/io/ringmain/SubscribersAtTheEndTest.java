package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Backoff;
import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Duty;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of who joins when there is no thread left, or when the pipeline has run out of time. */
@Timeout(30)
@ExtendWith(NoThreadLeft.class)
class SubscribersAtTheEndTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    private final StepRunner runner = new StepRunner(1);
    private final CollectingSink<Cell, Long> out = new CollectingSink<>(cell -> cell.value);

    private static PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("late", Cell.TYPE).bound(8);
    }

    private static void publish(Pipeline<Cell> pipeline, int count) {
        for (int i = 0; i < count; i++) {
            assertThat(pipeline.publisher().publish(cell -> cell.value = 1)).isEqualTo(Publication.PUBLISHED);
        }
    }

    /** Has threads for what it is given at the start only. */
    private record NoThreadMore(Runner runner) implements Runner {

        @Override
        public long nowNs() {
            return runner.nowNs();
        }

        @Override
        public void start(List<? extends Duty> duties) {
            runner.start(duties);
        }

        @Override
        public void join(Duty duty) {
            throw new OutOfMemoryError("no thread");
        }

        @Override
        public void spawn(String name, Runnable task) {
            throw new OutOfMemoryError("no thread");
        }

        @Override
        public void await(BooleanSupplier condition) {
            runner.await(condition);
        }

        @Override
        public boolean help() {
            return runner.help();
        }
    }

    @Test
    void aSubscriberWithoutAThreadDoesNotJoinAndHoldsNothing() {
        var lost = new CollectingSink<Cell, Long>(cell -> cell.value);
        var pipeline = builder()
                .runner(new NoThreadMore(runner))
                .sink("out", out)
                .whenFailed(WhenFailed.stop())
                .build()
                .start();

        for (Subscribing way : List.of(Subscribing.lossless(), Subscribing.lossy(4, count -> {}))) {
            assertThatThrownBy(() -> pipeline.subscribe("lost", lost, way))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("subscriber lost: could not join: java.lang.OutOfMemoryError: no thread");
        }
        assertThat(lost.closes()).isEqualTo(2);
        publish(pipeline, 100);
        pipeline.endInput();
        Report report = pipeline.await();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().delivered()).isEqualTo(100);
        assertThat(report.subscribers()).isEmpty();
        assertThat(report.ran()).isZero();
    }

    @Test
    void aPushSourceWithoutAThreadEndsBeforeItBegins() {
        PushSource<Cell> source = new PushSource<>() {
            @Override
            public void run(Publisher<Cell> publisher) {
                publisher.publish(cell -> cell.value = 2);
            }

            @Override
            public void abort() {}
        };
        var pipeline = builder()
                .runner(new NoThreadMore(runner))
                .merging()
                .sink("out", out)
                .whenFailed(WhenFailed.stop())
                .build()
                .start();

        assertThatThrownBy(() -> pipeline.addPushSource("push", source))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("push: could not be run: java.lang.OutOfMemoryError: no thread");
        assertThat(pipeline.removeSource("push")).isFalse();
        publish(pipeline, 1);
        pipeline.endInput();
        Report report = pipeline.await();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.ran()).isZero();
        assertThat(out.values()).containsExactly(1L);
    }

    @Test
    void whoComesWhileThePipelineIsAbortedIsClosedAtOnce() {
        var late = new CollectingSink<Cell, Long>(cell -> cell.value);
        List<Pipeline<Cell>> self = new ArrayList<>();
        List<Subscription> joined = new ArrayList<>();
        Sink<Cell> failing = new Sink<>() {
            @Override
            public void write(Batch<Cell> batch) {
                throw new IllegalStateException("down");
            }

            @Override
            public void abort() {
                joined.add(self.get(0).subscribe("late", late, Subscribing.lossless()));
            }
        };
        var hour = new Backoff(Duration.ofHours(1), Duration.ofHours(1)).withoutJitter();
        var pipeline = builder()
                .runner(runner)
                .sink("failing", failing)
                .whenFailed(WhenFailed.retry(3, hour, WhenFailed.stop()))
                .build()
                .start();
        self.add(pipeline);
        publish(pipeline, 1);
        runner.stepWhilePossible();

        Report report = pipeline.drain(SOON);

        assertThat(joined).singleElement().matches(subscription -> !subscription.isOpen());
        assertThat(late.closes()).isEqualTo(1);
        assertThat(report.subscribers()).isEmpty();
        assertThat(report.accounts().inFlight()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatTheOthersHaveDoneIsSettledAlthoughASubscriberHangs(boolean behindASink) throws InterruptedException {
        List<Cell> released = new CopyOnWriteArrayList<>();
        PipelineBuilder<Cell, Cell> builder =
                Pipeline.of("late", releasing(released)).bound(64).whenFailed(WhenFailed.stop());
        if (behindASink) {
            builder.transform("touch", cell -> {}).sink("out", out);
        }
        var hanging = new FaultySink<>(new CollectingSink<Cell, Long>(cell -> cell.value))
                .blockWhen(call -> true)
                .ignoreAbort();
        var pipeline = builder.build();
        Subscription subscription = pipeline.subscribe("hanging", hanging, Subscribing.lossless());
        publish(pipeline, 64);
        pipeline.start();
        hanging.awaitBlocked();

        Report report = pipeline.drain(Duration.ofMillis(10));
        hanging.unblock();

        assertThat(report.abandoned()).containsExactly("hanging");
        assertThat(
                        behindASink
                                ? report.accounts().delivered()
                                : report.accounts().absorbed())
                .isEqualTo(64);
        assertThat(report.accounts().inFlight()).isZero();
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(report.subscribers()).singleElement().satisfies(hung -> assertThat(hung.inFlight())
                .isEqualTo(hung.offered())
                .isPositive());
        assertThat(released).as("what the hanging sink may still read").isEmpty();
        assertThat(subscription.report().delivered()).isZero();
    }

    private static EventType<Cell> releasing(List<Cell> released) {
        return new EventType<>() {
            @Override
            public Cell create() {
                return new Cell();
            }

            @Override
            public void clear(Cell cell) {
                cell.value = 0;
            }

            @Override
            public void copy(Cell from, Cell to) {
                to.value = from.value;
            }

            @Override
            public boolean releases() {
                return true;
            }

            @Override
            public void release(Cell cell) {
                released.add(cell);
            }
        };
    }
}
