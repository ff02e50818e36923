package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Report.SourceReport;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.kit.NotingSink;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Source;
import io.ringmain.spi.Source.Status;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many sources, one stream: each keeps its order, none waits for another, and they come and go. */
@Timeout(30)
@ExtendWith(NoThreadLeft.class)
class MergedSourcesTest {

    private static final Duration SOON = Duration.ofSeconds(10);

    /** Publishes so many numbers, then returns, or waits to be aborted. */
    private static final class Numbers implements PushSource<Cell> {

        private final long count;
        private final boolean stays;
        private final CountDownLatch aborted = new CountDownLatch(1);
        private volatile Publication last = Publication.PUBLISHED;
        private volatile boolean returned;

        Numbers(long count, boolean stays) {
            this.count = count;
            this.stays = stays;
        }

        @Override
        public void run(Publisher<Cell> publisher) throws InterruptedException {
            for (long i = 0; i < count && last == Publication.PUBLISHED; i++) {
                last = publisher.publish((cell, number) -> cell.value = number, i);
            }
            if (stays) {
                aborted.await();
                last = publisher.publish(cell -> cell.value = -1);
            }
            returned = true;
        }

        @Override
        public void abort() {
            aborted.countDown();
        }
    }

    private final NotingSink out = new NotingSink();

    private static PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("merged", Cell.TYPE).whenFailed(WhenFailed.stop());
    }

    private static ScriptedSource<Cell> numbers() {
        return new ScriptedSource<>((cell, number) -> cell.value = number);
    }

    private static Long[] range(long count) {
        return LongStream.range(0, count).boxed().toArray(Long[]::new);
    }

    private static void stepUntil(StepRunner runner, BooleanSupplier condition) {
        runner.await(condition);
    }

    private static SourceReport source(Report report, String name) {
        return report.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void threeStreamsOfFiveGiveFifteenInOrderPerStream(long seed) {
        Report report = builder()
                .runner(new StepRunner(seed))
                .source("a", numbers().give(2).pause().give(3))
                .source("b", numbers().give(5))
                .source("c", numbers().pause().give(1).pause().give(4))
                .sink("out", out)
                .build()
                .start()
                .await();

        assertThat(out.count()).isEqualTo(15);
        assertThat(List.of("a", "b", "c"))
                .allSatisfy(name -> assertThat(out.from(name)).containsExactly(range(5)));
        assertThat(report.succeeded()).isTrue();
        assertThat(report.sources()).extracting(SourceReport::received).containsExactly(5L, 5L, 5L);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 7, 1024})
    void pollableAndPushSourcesAreMergedOnThreads(int bound) {
        Report report = builder()
                .bound(bound)
                .source("polled", numbers().give(5000))
                .pushSource("pushed", new Numbers(5000, false))
                .pushSource("other", new Numbers(5000, false))
                .sink("out", out)
                .build()
                .start()
                .await();

        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().delivered()).isEqualTo(15_000);
        assertThat(List.of("polled", "pushed", "other")).allSatisfy(name -> {
            assertThat(out.from(name)).containsExactly(range(5000));
            assertThat(source(report, name).received()).isEqualTo(5000);
            assertThat(source(report, name).refused()).isZero();
        });
    }

    @Test
    void pushSourcesAloneAreMergedOnOneCore() {
        Report report = builder()
                .bound(4)
                .threading(new Threading.Auto(1))
                .pushSource("pushed", new Numbers(2000, false))
                .pushSource("other", new Numbers(3000, false))
                .sink("out", out)
                .build()
                .start()
                .await();

        assertThat(report.succeeded()).isTrue();
        assertThat(out.from("pushed")).containsExactly(range(2000));
        assertThat(out.from("other")).containsExactly(range(3000));
    }

    @Test
    void publishersAreHeldBackByTheirOwnRingAndCountedThere() {
        var runner = new StepRunner(3);
        Pipeline<Cell> pipeline = builder()
                .runner(runner)
                .bound(4)
                .merging()
                .source("polled", numbers().give(3).pause().neverEnd())
                .sink("out", out)
                .build();
        Publisher<Cell> publisher = pipeline.publisher();
        for (int i = 0; i < 4; i++) {
            assertThat(publisher.tryPublish(cell -> cell.value = 7)).isEqualTo(Publication.PUBLISHED);
        }
        assertThat(publisher.tryPublish(cell -> cell.value = 8)).isEqualTo(Publication.FULL);
        Report before = pipeline.report();
        assertThat(before.accounts().received()).isEqualTo(4);
        assertThat(before.accounts().inFlight()).isEqualTo(4);
        assertThat(before.edges().get(0).waiting()).isEqualTo(4);

        Report report = pipeline.start().drain(SOON);

        assertThat(report.accounts().delivered())
                .isEqualTo(4 + source(report, "polled").received());
        assertThat(report.refused()).isEqualTo(1);
        assertThat(source(report, "publisher").received()).isEqualTo(4);
        assertThat(source(report, "publisher").refused()).isEqualTo(1);
        assertThat(publisher.publish(cell -> {})).isEqualTo(Publication.CLOSED);
    }

    @Test
    void aPolicyDecidesBehindTheMerge() {
        var runner = new StepRunner(4);
        Pipeline<Cell> pipeline = builder()
                .runner(runner)
                .bound(2)
                .merging()
                .whenFull(WhenFull.dropOldest())
                .sink("out", batch -> {
                    out.write(batch);
                    runner.spend(Duration.ofMillis(1));
                })
                .build();
        for (long i = 0; i < 2; i++) {
            pipeline.publisher().publish((cell, number) -> cell.value = number, i);
        }
        pipeline.start();
        for (long i = 2; i < 100; i++) {
            pipeline.publisher().publish((cell, number) -> cell.value = number, i);
        }
        Report report = pipeline.drain(SOON);

        assertThat(report.accounts().received()).isEqualTo(100);
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().dropped()).containsOnlyKeys("dropped_oldest");
        assertThat(report.accounts().droppedInAll()).isGreaterThan(50);
        assertThat(report.refused()).isZero();
        assertThat(out.from("publisher"))
                .isSorted()
                .hasSize((int) report.accounts().delivered())
                .contains(98L, 99L);
    }

    @Test
    void sourcesComeWhileThePipelineRuns() {
        var runner = new StepRunner(5);
        Pipeline<Cell> pipeline =
                builder().runner(runner).merging().sink("out", out).build().start();
        ScriptedSource<Cell> late = numbers().give(5).neverEnd();

        assertThat(runner.stepWhilePossible()).isNotNegative();
        assertThat(pipeline.addSource("late", late)).isTrue();
        stepUntil(runner, () -> out.count() == 5);
        assertThat(late.isOpened()).isTrue();
        assertThat(pipeline.addPushSource("pushed", new Numbers(5, false))).isTrue();
        stepUntil(runner, () -> out.count() == 10);

        Report report = pipeline.drain(SOON);
        assertThat(report.succeeded()).isTrue();
        assertThat(late.isClosed()).isTrue();
        assertThat(report.sources())
                .extracting(SourceReport::name, SourceReport::received)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("publisher", 0L),
                        org.assertj.core.groups.Tuple.tuple("late", 5L),
                        org.assertj.core.groups.Tuple.tuple("pushed", 5L));
    }

    @Test
    void aRemovedSourceGivesWhatItHasHandedOverAndIsClosedOnTheIntakeThread() {
        var closedOn = new ArrayList<String>();
        Source<Cell> source = new Source<>() {
            @Override
            public Status fill(Intake<Cell> intake, int max) {
                intake.claim(0).value = 1;
                return Status.READY;
            }

            @Override
            public void close() {
                closedOn.add(Thread.currentThread().getName());
            }
        };
        Pipeline<Cell> pipeline = builder()
                .merging()
                .source("gone", source)
                .sink("out", out)
                .build()
                .start();
        while (out.count() < 100) {
            Thread.onSpinWait();
        }

        assertThat(pipeline.removeSource("gone")).isTrue();
        assertThat(pipeline.removeSource("gone")).isFalse();
        assertThat(pipeline.removeSource("unknown")).isFalse();
        pipeline.publisher().publish(cell -> cell.value = 2);
        while (out.from("publisher").isEmpty()) {
            Thread.onSpinWait();
        }

        assertThat(pipeline.state()).isEqualTo(PipelineState.STARTED);
        Report report = pipeline.drain(SOON);
        assertThat(closedOn).singleElement().asString().startsWith("merged/intake");
        assertThat(report.succeeded()).isTrue();
        assertThat((long) out.from("gone").size())
                .isEqualTo(source(report, "gone").received());
    }

    @Test
    void aRemovedPushSourceIsAbortedAndFindsThePipelineClosed() {
        var leaving = new Numbers(1000, true);
        var staying = new Numbers(1000, true);
        Pipeline<Cell> pipeline = builder()
                .bound(8)
                .pushSource("leaving", leaving)
                .pushSource("staying", staying)
                .sink("out", out)
                .build()
                .start();
        while (out.count() < 2000) {
            Thread.onSpinWait();
        }

        assertThat(pipeline.removeSource("leaving")).isTrue();
        while (!leaving.returned) {
            Thread.onSpinWait();
        }

        assertThat(leaving.last).isEqualTo(Publication.CLOSED);
        assertThat(pipeline.state()).isEqualTo(PipelineState.STARTED);
        assertThat(pipeline.removeSource("staying")).isTrue();
        Report report = pipeline.await();
        assertThat(report.succeeded()).isTrue();
        assertThat(source(report, "leaving").received()).isEqualTo(1000);
    }

    @Test
    void removingTheOnlyInputEndsIt() {
        Pipeline<Cell> pushed = builder()
                .pushSource("only", new Numbers(3, true))
                .sink("out", out)
                .build()
                .start();
        while (out.count() < 3) {
            Thread.onSpinWait();
        }
        assertThat(pushed.removeSource("only")).isTrue();
        assertThat(pushed.await().succeeded()).isTrue();

        Pipeline<Cell> polled = builder()
                .source("only", numbers().give(3).neverEnd())
                .sink("out", out)
                .build()
                .start();
        assertThat(polled.removeSource("only")).isTrue();
        assertThat(polled.await().succeeded()).isTrue();
    }

    @Test
    void aSourceThatComesTooLateIsToldAndIsNotOpen() {
        Pipeline<Cell> pipeline = builder().merging().sink("out", out).build().start();
        pipeline.close();
        ScriptedSource<Cell> late = numbers().give(1);

        assertThat(pipeline.addSource("late", late)).isFalse();
        assertThat(pipeline.addPushSource("pushed", new Numbers(1, false))).isFalse();
        assertThat(pipeline.removeSource("late")).isFalse();

        assertThat(late.isOpened()).isEqualTo(late.isClosed());
        Pipeline<Cell> unstarted = builder().merging().sink("out", out).build();
        unstarted.close();
        assertThat(unstarted.addSource("late", numbers())).isFalse();
        assertThat(unstarted.addPushSource("pushed", new Numbers(1, false))).isFalse();
    }

    @Test
    void sourcesAddedBeforeTheStartAreOpenedByIt() {
        ScriptedSource<Cell> early = numbers().give(2);
        Pipeline<Cell> pipeline =
                builder().source("first", numbers().give(1)).sink("out", out).build();

        assertThat(pipeline.addSource("early", early)).isTrue();
        assertThat(pipeline.addPushSource("pushed", new Numbers(3, false))).isTrue();
        assertThat(early.isOpened()).isFalse();
        Report report = pipeline.start().await();

        assertThat(report.succeeded()).isTrue();
        assertThat(early.isOpened()).isTrue();
        assertThat(early.isClosed()).isTrue();
        assertThat(report.accounts()).isEqualTo(new Accounts(6, 6, 0, 0, Map.of(), 0, 0, 0, 0));
    }

    @Test
    void aPushSourceRemovedBeforeTheStartIsNotRun() {
        var gone = new Numbers(1, false);
        Pipeline<Cell> pipeline =
                builder().source("first", numbers()).sink("out", out).build();
        pipeline.addPushSource("gone", gone);

        assertThat(pipeline.removeSource("gone")).isTrue();
        assertThat(pipeline.start().await().succeeded()).isTrue();

        assertThat(gone.returned).isFalse();
    }

    @Test
    void namesAreForOneSourceOnly() {
        Pipeline<Cell> pipeline = builder().merging().sink("out", out).build().start();
        try (pipeline) {
            assertThat(pipeline.addSource("one", numbers())).isTrue();

            for (String taken : List.of("one", "out", "publisher", "intake")) {
                assertThatThrownBy(() -> pipeline.addSource(taken, numbers()))
                        .isInstanceOf(IllegalArgumentException.class)
                        .hasMessageContaining("source " + taken + ": the name is taken");
            }
            assertThatThrownBy(() -> pipeline.addSource(" ", numbers())).hasMessageContaining("blank name");
            Source<Cell> broken = new Source<>() {
                @Override
                public void open() {
                    throw new IllegalStateException("no such file");
                }

                @Override
                public Status fill(Intake<Cell> intake, int max) {
                    return Status.END;
                }
            };
            assertThatThrownBy(() -> pipeline.addSource("broken", broken))
                    .isInstanceOf(PipelineException.class)
                    .hasMessageContaining("broken: could not be opened");
            assertThat(pipeline.addSource("broken", numbers())).isTrue();
            assertThat(pipeline.state()).isEqualTo(PipelineState.STARTED);
        }
    }

    @Test
    void whereNobodyTakesTurnsNobodyCanCome() {
        try (Pipeline<Cell> direct = builder().sink("out", out).build();
                Pipeline<Cell> plain = Pipeline.of("plain", EventType.of(Cell::new))
                        .source("polled", numbers())
                        .whenFailed(WhenFailed.stop())
                        .build()) {
            assertThatThrownBy(() -> direct.addSource("late", numbers()))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("build it as merging()");
            assertThatThrownBy(() -> plain.addPushSource("late", new Numbers(1, false)))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("cannot be copied");
            assertThatThrownBy(plain::publisher).hasMessageContaining("build it as merging() to publish beside");
        }
    }
}
