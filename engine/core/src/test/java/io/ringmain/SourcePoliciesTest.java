package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ringmain.Report.SourceReport;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.internal.edge.Coin;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sources with policies of their own before one ring, which a throttle keeps full: on the virtual clock. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class SourcePoliciesTest {

    private static final int PER_SECOND = 1000;

    private final Map<String, List<Long>> taken = new TreeMap<>();
    private final StepRunner runner = new StepRunner(1);

    private final Sink<Cell> out = new Sink<>() {
        @Override
        public void write(Batch<Cell> batch) {
            for (int i = 0; i < batch.size(); i++) {
                taken.computeIfAbsent(batch.source(i), name -> new ArrayList<>())
                        .add(batch.event(i).value);
            }
        }

        @Override
        public boolean blocking() {
            return false;
        }
    };

    private PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("policies", Cell.TYPE)
                .runner(runner)
                .threading(Threading.perStage())
                .bound(4)
                .whenFailed(WhenFailed.stop())
                .throttle("slow", PER_SECOND, 1)
                .sink("out", out);
    }

    private static ScriptedSource<Cell> numbers() {
        return new ScriptedSource<>((cell, number) -> cell.value = number);
    }

    private static Long[] range(long count) {
        return LongStream.range(0, count).boxed().toArray(Long[]::new);
    }

    private static SourceReport source(Report report, String name) {
        return report.sources().stream()
                .filter(source -> source.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    /** Lets the lanes work until nothing moves, then the clock go on by a millisecond, and again. */
    private void run(Pipeline<Cell> pipeline) {
        for (int ms = 0; ms < 100_000 && pipeline.state() != PipelineState.CLOSED; ms++) {
            runner.stepWhilePossible();
            runner.clock().advance(1_000_000);
        }
        assertThat(pipeline.state()).isEqualTo(PipelineState.CLOSED);
        assertThat(pipeline.report().accounts().balanced()).isTrue();
        assertThat(pipeline.report().accounts().inFlight()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLoudSourceThatDropsIsNeverHeldBackAndCostsOneThatBlocksNothing(boolean isPolicyOfThePipeline) {
        ScriptedSource<Cell> loud = numbers().give(50_000);
        PipelineBuilder<Cell, Cell> builder =
                isPolicyOfThePipeline ? builder().whenFull(WhenFull.dropNewest()) : builder();
        Pipeline<Cell> pipeline = (isPolicyOfThePipeline
                        ? builder.source("loud", loud).source("quiet", numbers().give(300), WhenFull.block())
                        : builder.source("loud", loud, WhenFull.dropNewest())
                                .source("quiet", numbers().give(300)))
                .build()
                .start();

        runner.stepWhilePossible();

        assertThat(loud.given()).as("before the clock has moved").isEqualTo(50_000);
        assertThat(taken.values().stream().mapToInt(List::size).sum()).isLessThanOrEqualTo(1);
        run(pipeline);
        Report report = pipeline.report();
        assertThat(taken.get("quiet")).containsExactly(range(300));
        assertThat(taken.get("loud")).isSorted().doesNotHaveDuplicates();
        long dropped = 50_000L - taken.get("loud").size();
        assertThat(report.accounts().received()).isEqualTo(50_300);
        assertThat(report.accounts().dropped()).isEqualTo(Map.of("dropped_newest", dropped));
        assertThat(report.edges().get(0).dropped()).isEqualTo(Map.of("dropped_newest", dropped));
        assertThat(source(report, "loud").received()).isEqualTo(50_000);
        assertThat(source(report, "loud").dropped())
                .isEqualTo(isPolicyOfThePipeline ? Map.of() : Map.of("dropped_newest", dropped));
        assertThat(source(report, "quiet").dropped()).isEmpty();
        assertThat(report.edges().get(0).blocked())
                .anySatisfy(blocked -> assertThat(blocked.ns()).isGreaterThan(100_000_000));
    }

    @Test
    void oneThatDropsWithoutEndLeavesOneThatBlocksItsShare() {
        Pipeline<Cell> pipeline = builder()
                .source("loud", numbers().give(Long.MAX_VALUE / 2), WhenFull.dropNewest())
                .source("quiet", numbers().give(Long.MAX_VALUE / 2))
                .build()
                .start();

        for (int ms = 0; ms < 1000; ms++) {
            for (int step = 0; step < 100; step++) {
                runner.step();
            }
            runner.clock().advance(1_000_000);
        }

        assertThat(taken.get("quiet")).hasSizeBetween(300, 700).startsWith(range(300));
        assertThat(taken.get("loud")).hasSizeBetween(300, 700).isSorted();
        pipeline.drain(Duration.ofSeconds(1));
    }

    @Test
    void eachIsHeldBackForItsOwnTime() {
        Pipeline<Cell> pipeline = builder()
                .whenFull(WhenFull.blockFor(Duration.ofMillis(100)))
                .throttle("shut", 0.001, 1)
                .source("short", numbers().give(1000), WhenFull.blockFor(Duration.ofMillis(10)))
                .source("long", numbers().give(1000))
                .source("ever", numbers().give(1000), WhenFull.block())
                .build()
                .start();

        Map<String, Long> goneAtMs = new TreeMap<>();
        for (long ms = 0; ms < 200; ms++) {
            runner.stepWhilePossible();
            for (SourceReport source : pipeline.report().sources()) {
                if (source.received() == 1000) {
                    goneAtMs.putIfAbsent(source.name(), ms);
                }
            }
            runner.clock().advance(1_000_000);
        }

        assertThat(goneAtMs).isEqualTo(Map.of("short", 10L, "long", 100L));
        assertThat(pipeline.report().sources())
                .extracting(SourceReport::name, source -> source.dropped().containsKey("dropped_newest"))
                .containsExactly(tuple("short", true), tuple("long", false), tuple("ever", false));
        pipeline.drain(Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 5})
    void aSampleTakesTheSameEventsWhoeverIsBeside(int others) {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("sample", Cell.TYPE)
                .runner(runner)
                .bound(64)
                .whenFailed(WhenFailed.stop())
                .sink("out", out)
                .source("sampled", numbers().give(200).pause().give(200), WhenFull.sample(0.25, 9));
        for (int i = 0; i < others; i++) {
            builder.source("other" + i, numbers().give(100), i == 0 ? WhenFull.sample(0.5, 3) : WhenFull.block());
        }
        Pipeline<Cell> pipeline = builder.build().start();
        run(pipeline);

        var coin = new Coin(0.25, 9);
        Long[] expected = LongStream.range(0, 400).filter(coin::takes).boxed().toArray(Long[]::new);
        assertThat(taken.get("sampled")).containsExactly(expected);
        assertThat(source(pipeline.report(), "sampled").dropped()).isEqualTo(Map.of("sampled", 400L - expected.length));
    }

    /** Publishes so many numbers and counts what it is told. */
    private static final class Telling implements PushSource<Cell> {

        private final long count;
        private final Map<Publication, Long> told = new EnumMap<>(Publication.class);

        Telling(long count) {
            this.count = count;
        }

        @Override
        public void run(Publisher<Cell> publisher) {
            for (long i = 0; i < count; i++) {
                told.merge(publisher.publish((cell, number) -> cell.value = number, i), 1L, Long::sum);
            }
        }

        @Override
        public void abort() {}
    }

    @Test
    void aPushSourceIsToldAtItsDoorWhatItsPolicyDrops() {
        var dropping = new Telling(20_000);
        var waiting = new Telling(100);
        Pipeline<Cell> pipeline = builder()
                .pushSource("dropping", dropping, WhenFull.dropNewest())
                .pushSource("waiting", waiting)
                .build()
                .start();
        run(pipeline);

        Report report = pipeline.report();
        assertThat(taken.get("waiting")).containsExactly(range(100));
        long dropped = dropping.told.get(Publication.DROPPED);
        assertThat(taken.get("dropping")).hasSize((int) (20_000 - dropped)).isSorted();
        assertThat(dropped).isGreaterThan(10_000);
        assertThat(source(report, "dropping").dropped()).isEqualTo(Map.of("dropped_newest", dropped));
        assertThat(report.accounts().dropped()).isEqualTo(Map.of("dropped_newest", dropped));
        assertThat(waiting.told).isEqualTo(Map.of(Publication.PUBLISHED, 100L));
    }

    @Test
    void aPushSourceOfItsOwnPolicyIsHeldBackWhereThePipelineWouldDrop() {
        var waiting = new Telling(1000);
        Pipeline<Cell> pipeline = builder()
                .whenFull(WhenFull.dropNewest())
                .pushSource("waiting", waiting, WhenFull.block())
                .source("dropping", numbers().give(1000))
                .build()
                .start();
        run(pipeline);

        assertThat(taken.get("waiting")).containsExactly(range(1000));
        assertThat(pipeline.report().accounts().dropped()).containsOnlyKeys("dropped_newest");
    }

    @Test
    void aPushSourceAloneMayHaveAnyPolicy() {
        var only = new Telling(1000);
        Pipeline<Cell> pipeline = builder()
                .pushSource("only", only, WhenFull.dropOldest())
                .build()
                .start();
        run(pipeline);

        assertThat(taken.get("only")).endsWith(996L, 997L, 998L, 999L);
        assertThat(source(pipeline.report(), "only").dropped()).containsOnlyKeys("dropped_oldest");
    }

    @Test
    void whoComesLaterMayHaveItsOwn() {
        var pushed = new Telling(5000);
        Pipeline<Cell> pipeline = builder().merging().build().start();
        pipeline.addSource("kept", numbers().give(50));
        pipeline.addSource("loud", numbers().give(5000), WhenFull.dropNewest());
        pipeline.addPushSource("pushed", pushed, WhenFull.dropNewest());
        for (int ms = 0; ms < 1000; ms++) {
            runner.stepWhilePossible();
            runner.clock().advance(1_000_000);
        }
        Report report = pipeline.drain(Duration.ofSeconds(10));

        assertThat(taken.get("kept")).containsExactly(range(50));
        assertThat(source(report, "loud").received()).isEqualTo(5000);
        assertThat(source(report, "loud").dropped()).containsOnlyKeys("dropped_newest");
        assertThat(source(report, "pushed").dropped())
                .isEqualTo(Map.of("dropped_newest", pushed.told.get(Publication.DROPPED)));
        assertThat(report.accounts().dropped().get("dropped_newest"))
                .isEqualTo(source(report, "loud").dropped().get("dropped_newest")
                        + source(report, "pushed").dropped().get("dropped_newest"));
        assertThat(report.accounts().balanced()).isTrue();
    }

    @Test
    void controlEventsComeThroughWhereASourceDropsWithoutEnd() {
        Pipeline<Cell> pipeline = builder()
                .partitionBy("keyed", cell -> cell.value, 4, () -> cell -> true)
                .source("loud", numbers().give(Long.MAX_VALUE / 2), WhenFull.dropNewest())
                .build()
                .start();
        pipeline.partitions("keyed").lanes(2);

        for (int ms = 0; ms < 200 && pipeline.partitions("keyed").lanes() != 2; ms++) {
            for (int step = 0; step < 100; step++) {
                runner.step();
            }
            runner.clock().advance(1_000_000);
        }

        assertThat(pipeline.partitions("keyed").lanes()).isEqualTo(2);
        Report report = pipeline.drain(Duration.ofSeconds(10));
        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().inFlight()).isZero();
    }

    @Test
    void aWaitingRoomIsForAllSourcesOrNone() {
        UnaryOperator<PipelineBuilder<Cell, Cell>> own =
                builder -> builder.source("web", numbers().give(1), WhenFull.dropOldest());
        UnaryOperator<PipelineBuilder<Cell, Cell>> beside = builder ->
                builder.whenFull(WhenFull.dropOldest()).source("web", numbers().give(1), WhenFull.block());

        assertThatThrownBy(() -> own.apply(builder()).build())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(
                        "source web.whenFull: DropOldest[] needs a waiting room (expected: block, block for, drop"
                                + " newest or sample); choose it as the pipeline's whenFull, for all sources");
        assertThatThrownBy(() -> beside.apply(builder()).build())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining(
                        "source web.whenFull: Block[] beside the pipeline's DropOldest[] (expected: one without a"
                                + " waiting room); in a room all events are under one policy");
    }

    @Test
    void whoComesLaterIsRefusedAPolicyWhereThereCanBeNone() {
        Pipeline<Cell> uniform = builder().source("a", numbers().give(1)).build();
        Pipeline<Cell> merging = builder().merging().build();

        assertThatThrownBy(() -> uniform.addSource("b", numbers(), WhenFull.dropNewest()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("source b.whenFull: DropNewest[] in a pipeline with one policy for all");
        assertThatThrownBy(() -> merging.addPushSource("b", new Telling(1), WhenFull.dropOldest()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("source b.whenFull: DropOldest[] needs a waiting room");
        uniform.close();
        merging.close();
    }
}
