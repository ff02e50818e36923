package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Backoff;
import io.ringmain.config.Parking;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Stage;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Failed events are set aside, others go on, and each has one fate. */
@Timeout(30)
class ParkingTest {

    private static final int COUNT = 100;

    private final StepRunner runner = new StepRunner(1);
    private final CollectingSink<Cell, Long> sink = new CollectingSink<>(cell -> cell.value);
    private final MemoryDeadLetters letters = new MemoryDeadLetters();
    private final Map<Long, Integer> attempts = new HashMap<>();

    /** Fails so often at each event that ten divides. */
    private Stage<Cell> failing(int times) {
        return cell -> {
            if (cell.value % 10 == 0 && attempts.merge(cell.value, 1, Integer::sum) <= times) {
                throw new IllegalStateException("not yet");
            }
            return cell.value % 2 == 0;
        };
    }

    private Pipeline<Cell> pipeline(Stage<Cell> stage, int bound, int retries) {
        return Pipeline.of("parked", Cell.TYPE)
                .runner(runner)
                .bound(16)
                .source("numbers", new ScriptedSource<Cell>((cell, n) -> cell.value = n).give(COUNT))
                .stage("lookup", stage, Parking.of(bound))
                .sink("sink", sink)
                .whenFailed(WhenFailed.retry(
                        retries,
                        new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)).withoutJitter(),
                        WhenFailed.deadLetter()))
                .deadLetters(letters, WhenLettersFull.BLOCK)
                .build();
    }

    /** Moves what can move without time. */
    private void settle() {
        runner.stepWhilePossible();
    }

    @Test
    void othersGoOnWhileFailedEventsWait() {
        Pipeline<Cell> pipeline = pipeline(failing(1), 50, 3).start();

        // A source is asked again after a pause that is much shorter than those between attempts.
        for (int i = 0; i < 100; i++) {
            settle();
            runner.clock().advance(1_000_000);
        }
        Accounts meanwhile = pipeline.measuredAccounts().get(0);
        assertThat(sink.values()).hasSize(40).noneMatch(value -> value % 10 == 0);
        assertThat(meanwhile.parked()).isEqualTo(10);
        assertThat(meanwhile.absorbed()).isEqualTo(40);
        assertThat(meanwhile.filtered()).isEqualTo(50);
        assertThat(meanwhile.balanced()).isTrue();

        Report report = pipeline.await();
        assertThat(report.succeeded()).as(report.toString()).isTrue();
        assertThat(report.accounts().parked()).isZero();
        assertThat(report.accounts().absorbed()).isEqualTo(50);
        assertThat(sink.values()).hasSize(50).endsWith(0L, 10L, 20L, 30L, 40L, 50L, 60L, 70L, 80L, 90L);
    }

    @Test
    void aFullParkingKeepsTheOrder() {
        Report report = pipeline(failing(1), 1, 3).start().await();

        assertThat(report.succeeded()).isTrue();
        assertThat(sink.values()).hasSize(50).doesNotHaveDuplicates();
        assertThat(sink.values().indexOf(10L))
                .as("10 is retried in its place: 0 is set aside")
                .isLessThan(sink.values().indexOf(12L));
    }

    @Test
    void whatFailsTooOftenBecomesALetterWithItsPlace() {
        Report report = pipeline(failing(Integer.MAX_VALUE), 50, 2).start().await();

        assertThat(report.accounts().deadLettered()).isEqualTo(10);
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(letters.letters()).hasSize(10).allSatisfy(letter -> {
            assertThat(letter.stage()).isEqualTo("lookup");
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.source()).isEqualTo("numbers");
            assertThat(((Cell) letter.event()).value).isEqualTo(letter.position());
        });
        assertThat(sink.values()).hasSize(40);
    }

    @Test
    void aRestoringStageMeetsTheEventAsItCame() {
        Stage<Cell> halfDone = new Stage<>() {
            @Override
            public boolean process(Cell cell) {
                long id = cell.value;
                cell.value += 1000;
                if (id % 10 == 0 && attempts.merge(id, 1, Integer::sum) <= 2) {
                    throw new IllegalStateException("half done");
                }
                return true;
            }

            @Override
            public boolean restoring() {
                return true;
            }
        };
        Report report = pipeline(halfDone, 3, 5).start().await();

        assertThat(report.succeeded()).isTrue();
        assertThat(sink.values()).hasSize(COUNT).allMatch(value -> value >= 1000 && value < 1000 + COUNT);
    }

    @Test
    void whatWentOnBeforeALaterFailureEndedTheLaneIsNotLost() {
        Stage<Cell> fatal = new Stage<>() {
            @Override
            public boolean process(Cell cell) {
                if ((cell.value == 0 || cell.value == 10) && attempts.merge(cell.value, 1, Integer::sum) == 1) {
                    throw new IllegalStateException("not yet");
                }
                if (cell.value == 10) {
                    throw new IllegalStateException("never again");
                }
                return true;
            }

            @Override
            public FailureKind kindOf(Exception failure) {
                return "not yet".equals(failure.getMessage()) ? FailureKind.TRANSIENT : FailureKind.FATAL;
            }
        };
        Report report = pipeline(fatal, 50, 3).start().await();

        assertThat(report.succeeded()).isFalse();
        assertThat(sink.values())
                .as("0 was tried again, and went on, before 10 was")
                .contains(0L);
        assertThat(report.accounts().balanced()).isTrue();
    }

    @Test
    void parkingWithoutARetryIsRefused() {
        assertThatThrownBy(() -> Pipeline.of("parked", Cell.TYPE)
                        .runner(runner)
                        .source("numbers", new ScriptedSource<Cell>((cell, n) -> cell.value = n))
                        .stage("lookup", cell -> true, Parking.of(1))
                        .sink("sink", sink)
                        .whenFailed(WhenFailed.skip())
                        .build())
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("stage lookup.parking: without a retry (expected: whenFailed: retry)");
    }
}
