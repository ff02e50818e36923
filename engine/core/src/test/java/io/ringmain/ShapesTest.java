package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.SourceReport;
import io.ringmain.config.Batching;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Pipelines of several shapes give the same results on threads of any number and step by step. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class ShapesTest {

    private static final int COUNT = 1000;

    private final CollectingSink<Cell, Long> out = new CollectingSink<>(cell -> cell.value);

    /** How a pipeline is run. */
    private interface Drive {
        <I, E> PipelineBuilder<I, E> apply(PipelineBuilder<I, E> builder);
    }

    private record Named(String name, Drive drive) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Named> drives() {
        List<Named> drives = new ArrayList<>();
        for (Threading threading : List.of(new Threading.Auto(1), new Threading.Auto(8), Threading.perStage())) {
            drives.add(new Named("threads " + threading, new Drive() {
                @Override
                public <I, E> PipelineBuilder<I, E> apply(PipelineBuilder<I, E> builder) {
                    return builder.threading(threading);
                }
            }));
        }
        for (int seed = 0; seed < 5; seed++) {
            long fixed = seed;
            drives.add(new Named("steps, seed " + seed, new Drive() {
                @Override
                public <I, E> PipelineBuilder<I, E> apply(PipelineBuilder<I, E> builder) {
                    return builder.threading(fixed % 2 == 0 ? Threading.perStage() : Threading.auto())
                            .runner(new StepRunner(fixed));
                }
            }));
        }
        return drives.stream();
    }

    private static ScriptedSource<Cell> numbers(int count) {
        return new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(count);
    }

    private static PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("shaped", Cell.TYPE)
                .bound(16)
                .source("in", numbers(COUNT))
                .whenFailed(WhenFailed.stop());
    }

    private static Report run(Named drive, PipelineBuilder<Cell, ?> builder) {
        try (Pipeline<Cell> pipeline = drive.drive.apply(builder).build()) {
            Report report = pipeline.start().await();
            assertThat(report.failures()).isEmpty();
            assertThat(report.succeeded()).isTrue();
            assertThat(report.segments()).allMatch(Accounts::balanced);
            return report;
        }
    }

    private static Long[] range(long from, long to, long step) {
        return LongStream.range(from, to)
                .filter(value -> (value - from) % step == 0)
                .boxed()
                .toArray(Long[]::new);
    }

    @ParameterizedTest
    @MethodSource("drives")
    void severalSinksBehindTheSameStagesAllTakeEverything(Named drive) {
        var other = new CollectingSink<Cell, Long>(cell -> cell.value, true);
        var third = new CollectingSink<Cell, Long>(cell -> cell.value);

        Report report = run(
                drive,
                builder()
                        .filter("even", cell -> cell.value % 2 == 0)
                        .sink("out", out)
                        .sink("other", other, Batching.of(7, Duration.ofMillis(1)))
                        .sink("third", third, Batching.of(1, Duration.ZERO)));

        assertThat(out.values()).containsExactly(range(0, COUNT, 2));
        assertThat(other.values()).isEqualTo(out.values());
        assertThat(third.values()).isEqualTo(out.values());
        assertThat(report.accounts()).isEqualTo(new Accounts(COUNT, 500, 0, 500, Map.of(), 0, 0, 0, 0));
        assertThat(report.sinks()).allMatch(sink -> sink.delivered() == 500 && sink.offered() == 500);
    }

    @ParameterizedTest
    @MethodSource("drives")
    void aTapSeesTheEventsAsTheyAreWhereItStands(Named drive) {
        var tap = new CollectingSink<Cell, Long>(cell -> cell.value, true);
        var late = new CollectingSink<Cell, String>(Cell::toString);

        Report report = run(
                drive,
                builder()
                        .transform("ten", cell -> cell.value += 10)
                        .sink("tap", tap)
                        .transform("negate", cell -> cell.value = -cell.value)
                        .filter("some", cell -> cell.value % 10 == 0)
                        .sink("late", late)
                        .transform("more", cell -> cell.value -= 1)
                        .sink("out", out));

        assertThat(tap.values()).containsExactly(range(10, COUNT + 10, 1));
        assertThat(late.values()).hasSize(COUNT / 10).startsWith("-10", "-20").endsWith("-" + COUNT);
        assertThat(out.values()).hasSize(COUNT / 10).startsWith(-11L, -21L).endsWith(-COUNT - 1L);
        // The tap took what the filter then ended: delivered is what some sink took and none gave up.
        assertThat(report.accounts().delivered()).isEqualTo(COUNT);
        assertThat(report.accounts().filtered()).isZero();
    }

    @ParameterizedTest
    @MethodSource("drives")
    void anEdgeCopiesIntoAnotherRing(Named drive) {
        Report report = run(
                drive,
                builder()
                        .transform("ten", cell -> cell.value += 10)
                        .edge(WhenFull.block())
                        .bound(3)
                        .transform("note", cell -> cell.note = "x")
                        .edge(WhenFull.block())
                        .bound(1)
                        .sink("out", out));

        assertThat(out.values()).containsExactly(range(10, COUNT + 10, 1));
        assertThat(report.segments()).hasSize(3);
        assertThat(report.segments().get(0)).isEqualTo(new Accounts(COUNT, 0, COUNT, 0, Map.of(), 0, 0, 0, 0));
        assertThat(report.segments().get(2)).isEqualTo(new Accounts(COUNT, COUNT, 0, 0, Map.of(), 0, 0, 0, 0));
    }

    @ParameterizedTest
    @MethodSource("drives")
    void anEdgeThatDropsLosesNothingUncounted(Named drive) {
        Report report = run(
                drive, builder().edge(WhenFull.dropNewest()).bound(2).sink("out", out, Batching.of(1, Duration.ZERO)));

        Accounts behind = report.segments().get(1);
        assertThat(behind.received()).isEqualTo(COUNT);
        assertThat(behind.delivered() + behind.droppedInAll()).isEqualTo(COUNT);
        assertThat(out.values()).hasSize((int) behind.delivered()).isSorted().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("drives")
    void anEmitterMayGiveNoneOneOrManyResults(Named drive) {
        run(
                drive,
                builder()
                        .into("explode", Cell.TYPE, new Explode())
                        .bound(5)
                        .transform("double", cell -> cell.value *= 2)
                        .sink("out", out));

        List<Long> expected = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            for (int j = 0; j < i % 4; j++) {
                expected.add(2L * i);
            }
        }
        expected.add(-2L);
        assertThat(out.values()).isEqualTo(expected);
    }

    /** Gives each number as often as its remainder by four says, and -1 at the end. */
    private static final class Explode implements Emitter<Cell, Cell> {
        private int given;
        private boolean lastGiven;

        @Override
        public Progress emit(Cell cell, Outlet<Cell> outlet) {
            for (; given < cell.value % 4; given++) {
                Cell result = outlet.claim();
                if (result == null) {
                    return Progress.MORE;
                }
                result.value = cell.value;
            }
            given = 0;
            return Progress.DONE;
        }

        @Override
        public Progress finish(Outlet<Cell> outlet) {
            Cell result = lastGiven ? null : outlet.claim();
            if (result == null) {
                return lastGiven ? Progress.DONE : Progress.MORE;
            }
            result.value = -1;
            lastGiven = true;
            return Progress.DONE;
        }
    }

    @ParameterizedTest
    @MethodSource("drives")
    void twoSourcesTakeTurnsAndKeepTheirOrder(Named drive) {
        var odd = new ScriptedSource<Cell>((cell, number) -> cell.value = -1 - number)
                .give(COUNT / 2)
                .pause()
                .give(COUNT / 2);

        Report report = run(drive, builder().source("odd", odd).sink("out", out));

        assertThat(out.values().stream().filter(value -> value >= 0)).containsExactly(range(0, COUNT, 1));
        assertThat(out.values().stream().filter(value -> value < 0).map(value -> -1 - value))
                .containsExactly(range(0, COUNT, 1));
        assertThat(report.sources()).extracting(SourceReport::name).containsExactly("in", "odd");
        assertThat(report.sources()).extracting(SourceReport::received).containsExactly((long) COUNT, (long) COUNT);
    }

    @Test
    void noSourceStarvesAnother() {
        var second = new ScriptedSource<Cell>((cell, number) -> cell.value = -1 - number).give(COUNT);
        try (Pipeline<Cell> pipeline = builder()
                .source("second", second)
                .sink("out", out)
                .runner(new StepRunner(7))
                .build()) {
            pipeline.start().await();
        }

        // Each may fill its share of the room: neither gets far ahead while both have events.
        long lead = 0;
        for (int i = 0; i < COUNT; i++) {
            lead += out.values().get(i) >= 0 ? 1 : -1;
            assertThat(Math.abs(lead)).as("lead after %s events", i + 1).isLessThanOrEqualTo(16);
        }
    }

    @ParameterizedTest
    @MethodSource("drives")
    void aPushSourceEndsThePipelineWhenItReturns(Named drive) {
        var source = new PushSource<Cell>() {
            @Override
            public void run(Publisher<Cell> publisher) {
                for (long i = 0; i < COUNT; i++) {
                    assertThat(publisher.publish((cell, number) -> cell.value = number, i))
                            .isEqualTo(Publication.PUBLISHED);
                }
            }

            @Override
            public void abort() {}
        };

        Report report = run(
                drive,
                Pipeline.of("pushed", Cell.TYPE)
                        .bound(16)
                        .pushSource("push", source)
                        .sink("out", out)
                        .whenFailed(WhenFailed.stop()));

        assertThat(out.values()).containsExactly(range(0, COUNT, 1));
        assertThat(report.sources()).extracting(SourceReport::name).containsExactly("push");
    }

    @Test
    void aPushSourceIsAbortedWhenThePipelineDrains() {
        var aborted = new CountDownLatch(1);
        var published = new CountDownLatch(1);
        var source = new PushSource<Cell>() {
            @Override
            public void run(Publisher<Cell> publisher) throws InterruptedException {
                publisher.publish(cell -> cell.value = 5);
                published.countDown();
                aborted.await();
            }

            @Override
            public void abort() {
                aborted.countDown();
            }
        };
        try (Pipeline<Cell> pipeline = Pipeline.of("pushed", Cell.TYPE)
                .pushSource("push", source)
                .sink("out", out)
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            awaitQuietly(published);

            Report report = pipeline.drain(Duration.ofSeconds(10));

            assertThat(report.succeeded()).isTrue();
            assertThat(report.abandoned()).isEmpty();
        }
        assertThat(out.values()).containsExactly(5L);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
