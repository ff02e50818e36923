package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ScriptedSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

@Timeout(10)
@ExtendWith(NoThreadLeft.class)
class TakeAndCollectTest {

    @Test
    void takeStopsTheSourceAndDrains() {
        List<Long> taken = new ArrayList<>();
        var numbers = new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(1_000_000);
        try (Pipeline<Cell> pipeline = Pipeline.of("take", Cell.TYPE)
                .bound(64)
                .source("numbers", numbers)
                .filter("even", cell -> cell.value % 2 == 0)
                .take("take", 10)
                .sink("end", Sink.each(cell -> taken.add(cell.value)))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            Report report = pipeline.await();

            assertThat(taken).containsExactly(0L, 2L, 4L, 6L, 8L, 10L, 12L, 14L, 16L, 18L);
            assertThat(numbers.given()).isLessThan(1_000_000);
            assertThat(report.succeeded()).isTrue();
            assertThat(report.accounts().delivered()).isEqualTo(10);
            assertThat(report.accounts().filtered()).isEqualTo(report.accounts().received() - 10);
        }
    }

    @Test
    void takeClosesThePublisher() {
        try (Pipeline<Cell> pipeline = Pipeline.of("take", Cell.TYPE)
                .take("take", 2)
                .sink("end", Sink.each(cell -> {}))
                .whenFailed(WhenFailed.stop())
                .build()
                .start()) {
            int published = 0;
            while (pipeline.publisher().publish(cell -> cell.value = 1) == Publication.PUBLISHED) {
                published++;
            }

            Report report = pipeline.await();

            assertThat(published).isGreaterThanOrEqualTo(2);
            assertThat(report.accounts().delivered()).isEqualTo(2);
            assertThat(report.accounts().balanced()).isTrue();
        }
    }

    @Test
    void takingNothingIsRefused() {
        assertThatThrownBy(() -> Pipeline.of("take", Cell.TYPE).take("take", 0))
                .hasMessage("take.count: 0 (expected: >= 1)");
    }

    @Test
    void collectGivesResultsAndFailuresSideBySide() {
        List<Long> items = LongStream.range(0, 100_000).boxed().toList();

        Collected<Long> collected = Pipeline.of("collect", Cell.TYPE)
                .transform("root", cell -> {
                    if (cell.value % 1000 == 7) {
                        throw new IllegalArgumentException("no root of " + cell.value);
                    }
                    cell.value *= 2;
                })
                .collect(items, (cell, item) -> cell.value = item, cell -> cell.value);

        assertThat(collected.results()).hasSize(99_900).isSorted().startsWith(0L, 2L, 4L);
        assertThat(collected.failures()).hasSize(100);
        assertThat(collected.failures().stream().map(DeadLetter::position)).startsWith(7L, 1007L, 2007L);
        assertThat(collected.report().accounts().balanced()).isTrue();
    }

    @Test
    void collectTriesAgainIfToldTo() {
        int[] failures = new int[1];

        Collected<Long> collected = Pipeline.of("collect", Cell.TYPE)
                .transform("flaky", cell -> {
                    if (cell.value == 2 && failures[0]++ < 2) {
                        throw new IllegalStateException("not yet");
                    }
                })
                .whenFailed(WhenFailed.retry(2, WhenFailed.deadLetter()))
                .collect(List.of(1L, 2L, 3L), (cell, item) -> cell.value = item, cell -> cell.value);

        assertThat(collected.results()).containsExactly(1L, 2L, 3L);
        assertThat(collected.failures()).isEmpty();
    }

    @Test
    void collectRefusesAFateThatHidesFailures() {
        assertThatThrownBy(() -> Pipeline.of("collect", Cell.TYPE)
                        .whenFailed(WhenFailed.skip())
                        .collect(List.of(1L), (cell, item) -> cell.value = item, cell -> cell.value))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("expected: deadLetter");
    }

    @Test
    void collectRefusesToDrop() {
        assertThatThrownBy(() -> Pipeline.of("collect", Cell.TYPE)
                        .whenFull(WhenFull.dropNewest())
                        .collect(List.of(1L), (cell, item) -> cell.value = item, cell -> cell.value))
                .hasMessageContaining("expected: block");
    }

    @Test
    void aResultThatIsNullIsAFailureOfItsItem() {
        List<Long> nothing = new ArrayList<>();
        nothing.add(null);

        Collected<Long> collected = Pipeline.of("collect", Cell.TYPE)
                .collect(
                        List.of(1L, 2L),
                        (cell, item) -> cell.value = item,
                        cell -> cell.value == 1 ? nothing.get(0) : cell.value);

        assertThat(collected.results()).containsExactly(2L);
        assertThat(collected.failures()).hasSize(1);
    }
}
