package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.SinkReport;
import io.ringmain.config.Batching;
import io.ringmain.config.Edge;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.FaultySink;
import io.ringmain.testing.ScriptedSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An output that is down, behind a ring of its own with each policy: the others are given everything meanwhile, and every event is accounted for. */
@Timeout(30)
@ExtendWith(NoThreadLeft.class)
class DownSinkTest {

    private static final int COUNT = 3_000;
    private static final int THIRD = COUNT / 3;
    private static final int BOUND = 16;

    private final CollectingSink<Cell, Long> threes = new CollectingSink<>(cell -> cell.value, true);

    @TempDir
    Path folder;

    /** Runs with the sink of every third event down until the other sink has all of its own. */
    private Report run(WhenFull whenFull) throws InterruptedException {
        var down = new FaultySink<>(threes).blockWhen(call -> call == 1);
        var others = new CountDownLatch(COUNT - THIRD);
        try (Pipeline<Cell> pipeline = Pipeline.of("down", new PortableCell())
                .bound(BOUND)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(COUNT))
                .whenFailed(WhenFailed.stop())
                .routes("part", to -> to.when(cell -> cell.value % 3 == 0)
                        .sink("threes", down, Batching.DEFAULT, new Edge(whenFull, BOUND))
                        .otherwise()
                        .sink("rest", Sink.each(cell -> others.countDown())))
                .build()) {
            pipeline.start();
            assertThat(others.await(10, TimeUnit.SECONDS))
                    .as("the others are given everything under %s", whenFull)
                    .isTrue();
            assertThat(threes.values()).isEmpty();
            down.unblock();
            return pipeline.await();
        }
    }

    private WhenFull policy(String name) {
        return switch (name) {
            case "block_for" -> WhenFull.blockFor(Duration.ofMillis(1));
            case "drop_newest" -> WhenFull.dropNewest();
            case "drop_oldest" -> WhenFull.dropOldest();
            case "adaptive_sample" -> WhenFull.adaptiveSample(7);
            case "shed" -> WhenFull.shed(Cell.class, cell -> (int) (cell.value / 3 % 8));
            case "spill" -> WhenFull.spill(folder.resolve("spill"), 1 << 20);
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @ValueSource(strings = {"block_for", "drop_newest", "drop_oldest", "adaptive_sample", "shed", "spill"})
    void itHoldsBackOnlyItsOwnRoute(String name) throws InterruptedException {
        Report report = run(policy(name));

        assertThat(report.succeeded()).isTrue();
        assertThat(report.segments()).hasSize(2).allMatch(Accounts::balanced);
        assertThat(report.accounts().delivered()).isEqualTo(COUNT - THIRD);
        SinkReport third = sink(report);
        assertThat(third.offered()).isEqualTo(COUNT);
        assertThat(third.notWanted()).isEqualTo(COUNT - THIRD);
        assertThat(third.delivered()).isPositive().isEqualTo(threes.values().size());
        assertThat(third.dropped()).isEqualTo(THIRD - third.delivered());
        assertThat(third.inFlight()).isZero();
        assertThat(report.segments().get(1).droppedInAll()).isEqualTo(third.dropped());
        assertThat(threes.values()).isSorted().doesNotHaveDuplicates().allMatch(value -> value % 3 == 0);
    }

    @Test
    void withASpillItLosesNothing() throws Exception {
        Report report = run(policy("spill"));

        assertThat(threes.values())
                .isEqualTo(LongStream.range(0, THIRD).mapToObj(i -> 3 * i).toList());
        assertThat(sink(report).dropped()).isZero();
        try (var left = Files.list(folder)) {
            assertThat(left.toList()).isEmpty();
        }
    }

    @Test
    void withDropOldestItGetsTheLast() throws InterruptedException {
        Report report = run(policy("drop_oldest"));

        List<Long> last =
                LongStream.range(THIRD - BOUND, THIRD).mapToObj(i -> 3 * i).toList();
        assertThat(threes.values()).containsAll(last);
        assertThat(report.segments().get(1).dropped()).containsOnlyKeys("dropped_oldest");
    }

    @Test
    void withASampleAndABoundThatHoldsItAllItGetsItsShare() {
        Report report;
        try (Pipeline<Cell> pipeline = Pipeline.of("down", Cell.TYPE)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(COUNT))
                .whenFailed(WhenFailed.stop())
                .sink("sampled", threes, Batching.DEFAULT, new Edge(WhenFull.sample(0.5, 11), COUNT))
                .build()) {
            report = pipeline.start().await();
        }

        assertThat(threes.values()).hasSizeBetween(COUNT * 2 / 5, COUNT * 3 / 5);
        assertThat(report.segments().get(1).dropped())
                .containsEntry("sampled", (long) COUNT - threes.values().size());
    }

    private static SinkReport sink(Report report) {
        return report.sinks().stream()
                .filter(sink -> sink.name().equals("threes"))
                .findFirst()
                .orElseThrow();
    }
}
