package io.ringmain.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report.StageReport;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Duty;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Which lanes share a thread; read from the names of the duties, the ones nearest to the sinks first. */
@Timeout(10)
@ExtendWith(NoThreadLeft.class)
class GroupingTest {

    private static final Sink<Cell> QUICK = Sink.each(cell -> {});
    private static final Sink<Cell> BLOCKING = batch -> {};
    private static final Emitter<Cell, Cell> EMITTER = (cell, outlet) -> Progress.DONE;

    /** Takes the duties and never calls them. */
    private static final class NameTaker implements Runner {
        private final List<String> names = new ArrayList<>();

        @Override
        public long nowNs() {
            return 0;
        }

        @Override
        public void start(List<? extends Duty> duties) {
            duties.forEach(duty -> names.add(duty.name()));
        }

        @Override
        public void spawn(String name, Runnable task) {}

        @Override
        public void await(BooleanSupplier condition) {}

        @Override
        public boolean help() {
            return false;
        }
    }

    private static List<String> threads(
            Threading threading, UnaryOperator<PipelineBuilder<Cell, Cell>> middle, Sink<Cell> sink) {
        var runner = new NameTaker();
        middle.apply(Pipeline.of("grouped", Cell.TYPE))
                .sink("out", sink)
                .whenFailed(WhenFailed.stop())
                .threading(threading)
                .runner(runner)
                .build()
                .start();
        return runner.names;
    }

    private static Threading cores(int cores) {
        return new Threading.Auto(cores);
    }

    private static PipelineBuilder<Cell, Cell> sourceAndTwoStages(PipelineBuilder<Cell, Cell> builder) {
        return builder.source("in", new ScriptedSource<>((cell, number) -> {}))
                .transform("a", cell -> {})
                .transform("b", cell -> {});
    }

    @Test
    void onOneCoreEverythingSharesOneThread() {
        assertThat(threads(cores(1), GroupingTest::sourceAndTwoStages, QUICK))
                .containsExactly("intake+a+b+out+settle", "supervisor");
    }

    @Test
    void onTwoCoresTheSourcesHaveTheirOwnThread() {
        assertThat(threads(cores(2), GroupingTest::sourceAndTwoStages, QUICK))
                .containsExactly("a+b+out+settle", "intake", "supervisor");
        assertThat(threads(cores(8), GroupingTest::sourceAndTwoStages, QUICK))
                .containsExactly("a+b+out+settle", "intake", "supervisor");
    }

    @Test
    void aBlockingSinkHasItsOwnThreadWhateverTheCores() {
        assertThat(threads(cores(1), GroupingTest::sourceAndTwoStages, BLOCKING))
                .containsExactly("out+settle", "intake+a+b", "supervisor");
        assertThat(threads(cores(8), GroupingTest::sourceAndTwoStages, BLOCKING))
                .containsExactly("out+settle", "a+b", "intake", "supervisor");
    }

    @Test
    void severalBlockingSinksAreSettledByALaneOfTheirOwn() {
        assertThat(threads(
                        cores(8), builder -> builder.transform("a", cell -> {}).sink("first", BLOCKING), BLOCKING))
                .containsExactly("settle", "out", "first", "a", "supervisor");
    }

    @Test
    void perStageEachLaneHasAThread() {
        assertThat(threads(Threading.perStage(), GroupingTest::sourceAndTwoStages, QUICK))
                .containsExactly("out+settle", "b", "a", "intake", "supervisor");
    }

    @Test
    void withoutSourcesThereIsNoIntakeThread() {
        assertThat(threads(cores(2), builder -> builder.transform("a", cell -> {}), QUICK))
                .containsExactly("a+out+settle", "supervisor");
    }

    @Test
    void aBoundaryEndsTheSharing() {
        assertThat(threads(
                        cores(1),
                        builder -> builder.transform("a", cell -> {}).boundary().transform("b", cell -> {}),
                        QUICK))
                .containsExactly("b+out+settle", "a", "supervisor");
    }

    @Test
    void theNextSegmentHasAThreadIfThereIsACoreForIt() {
        UnaryOperator<PipelineBuilder<Cell, Cell>> twoSegments = builder -> builder.transform("a", cell -> {})
                .into("split", Cell.TYPE, EMITTER)
                .transform("b", cell -> {});

        assertThat(threads(cores(1), twoSegments, QUICK))
                .containsExactly("a+split+settle+b+out+settle-2", "supervisor");
        assertThat(threads(cores(2), twoSegments, QUICK))
                .containsExactly("b+out+settle-2", "a+split+settle", "supervisor");
    }

    @Test
    void behindAnEdgeThereIsAlwaysAThread() {
        assertThat(threads(
                        cores(1),
                        builder -> builder.transform("a", cell -> {})
                                .edge(WhenFull.block())
                                .transform("b", cell -> {}),
                        QUICK))
                .containsExactly("b+out+settle-2", "a+edge-1+settle", "supervisor");
    }

    @Test
    void threadsAreNamedAfterThePipelineAndTheirLanes() {
        List<String> names = new ArrayList<>();
        Pipeline<Cell> pipeline = Pipeline.of("shop", Cell.TYPE)
                .source("in", new ScriptedSource<Cell>((cell, number) -> {}).give(1))
                .transform("a", cell -> names.add(Thread.currentThread().getName()))
                .sink("out", Sink.each(cell -> names.add(Thread.currentThread().getName())))
                .whenFailed(WhenFailed.stop())
                .threading(Threading.perStage())
                .build();

        pipeline.start().await();
        pipeline.close();

        assertThat(names).containsExactly("shop/a", "shop/out+settle");
    }

    private static PipelineBuilder<Cell, Cell> stripedThenOne(PipelineBuilder<Cell, Cell> builder) {
        return builder.source("in", new ScriptedSource<>((cell, number) -> {}))
                .striped("parse", () -> cell -> true)
                .striped("keep", () -> cell -> true)
                .transform("count", cell -> {});
    }

    @Test
    void onTwoCoresTheStripesShareTheirThreadsWithTheSourceAndTheLanesBehind() {
        assertThat(threads(cores(2), GroupingTest::stripedThenOne, QUICK))
                .containsExactly("parse+keep#2+count+out+settle", "intake+parse+keep#1", "supervisor");
    }

    @Test
    void onManyCoresTheStripesHaveThreadsOfTheirOwn() {
        assertThat(threads(cores(4), GroupingTest::stripedThenOne, QUICK))
                .containsExactly("count+out+settle", "parse+keep#2", "parse+keep#1", "intake", "supervisor");
    }

    @Test
    void reportHasOneRowPerStageThatNamesAllItsLanes() {
        try (Pipeline<Cell> pipeline = stripedThenOne(
                        Pipeline.of("shop", Cell.TYPE).threading(cores(3)))
                .whenFailed(WhenFailed.stop())
                .build()) {
            assertThat(pipeline.report().stages())
                    .extracting(StageReport::name, StageReport::lanes)
                    .containsExactly(
                            tuple("parse", List.of("parse+keep#1", "parse+keep#2", "parse+keep#3")),
                            tuple("keep", List.of("parse+keep#1", "parse+keep#2", "parse+keep#3")),
                            tuple("count", List.of("count")));
        }
    }

    @Test
    void onOneCoreAndWithAThreadPerStageNothingIsStriped() {
        assertThat(threads(cores(1), GroupingTest::stripedThenOne, QUICK))
                .containsExactly("intake+parse+keep+count+out+settle", "supervisor");
        assertThat(threads(Threading.perStage(), GroupingTest::stripedThenOne, QUICK))
                .contains("parse", "keep", "count");
    }
}
