package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.Blocked;
import io.ringmain.config.Backoff;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Stage;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A lane that stands at a failed event: attempts, copies, letters, and the order of what waits behind. */
@Timeout(10)
@ExtendWith(NoThreadLeft.class)
class StandingTest {

    private static final Duration PAUSE = Duration.ofMillis(10);
    private static final Backoff BACKOFF = new Backoff(PAUSE, PAUSE).withoutJitter();

    private final CollectingSink<Cell, String> out = new CollectingSink<>(Cell::toString);
    private final StepRunner runner = new StepRunner(3);

    /** Adds one, and fails after that on chosen numbers as often as it was told. */
    private static final class AddThenFail implements Stage<Cell> {
        private final boolean restoring;
        private int failuresLeft;

        private AddThenFail(boolean restoring, int failures) {
            this.restoring = restoring;
            failuresLeft = failures;
        }

        @Override
        public boolean process(Cell cell) {
            cell.value += 100;
            if (cell.value % 10 == 3 && failuresLeft > 0) {
                failuresLeft--;
                throw new IllegalStateException("three");
            }
            return true;
        }

        @Override
        public boolean restoring() {
            return restoring;
        }
    }

    private PipelineBuilder<Cell, Cell> builder() {
        return Pipeline.of("standing", Cell.TYPE)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(6))
                .runner(runner);
    }

    private static Report run(PipelineBuilder<Cell, ?> builder) {
        try (Pipeline<Cell> pipeline = builder.build()) {
            return pipeline.start().await();
        }
    }

    @Test
    void aRestoringStageStartsEachAttemptFromTheSameEvent() {
        List<Long> before = new ArrayList<>();

        Report report = run(builder()
                .transform("watch", cell -> before.add(cell.value))
                .stage("add", new AddThenFail(true, 2))
                .sink("out", out)
                .whenFailed(WhenFailed.retry(2, BACKOFF, WhenFailed.stop())));

        assertThat(report.succeeded()).isTrue();
        assertThat(out.values()).containsExactly("100", "101", "102", "103", "104", "105");
        // The fused lane resumes at the failed stage: those before it saw each event once.
        assertThat(before).containsExactly(0L, 1L, 2L, 3L, 4L, 5L);
        assertThat(report.stages().get(1).failed()).isEqualTo(2);
        assertThat(report.stages().get(1).blocked()).containsExactly(new Blocked("retry", 2, 2 * PAUSE.toNanos()));
    }

    @Test
    void aStageThatDoesNotRestoreMeetsWhatItsAttemptLeft() {
        run(builder()
                .stage("add", new AddThenFail(false, 2))
                .sink("out", out)
                .whenFailed(WhenFailed.retry(2, BACKOFF, WhenFailed.stop())));

        assertThat(out.values()).containsExactly("100", "101", "102", "303", "104", "105");
    }

    @Test
    void aSkippedEventIsDroppedAndCounted() {
        Report report = run(builder()
                .stage("add", new AddThenFail(false, 9))
                .sink("out", out)
                .whenFailed(WhenFailed.retry(1, BACKOFF, WhenFailed.skip())));

        assertThat(out.values()).containsExactly("100", "101", "102", "104", "105");
        assertThat(report.accounts().dropped()).containsEntry("skipped", 1L).hasSize(1);
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(report.errorRate()).isEqualTo(1.0 / 6);
    }

    @Test
    void aDeadLetterSaysWhatFailedWhereAndHowOften() {
        var letters = new MemoryDeadLetters();

        Report report = run(builder()
                .stage("add", new AddThenFail(true, 9))
                .sink("out", out)
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.retry(2, BACKOFF, WhenFailed.deadLetter())));

        assertThat(report.accounts().deadLettered()).isEqualTo(1);
        assertThat(letters.letters()).singleElement().satisfies(letter -> {
            assertThat(letter)
                    .extracting(DeadLetter::pipeline, DeadLetter::stage, DeadLetter::source)
                    .containsExactly("standing", "add", "in");
            assertThat(letter.reason()).isEqualTo("exception");
            assertThat(letter.message()).isEqualTo("java.lang.IllegalStateException: three");
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.position()).isEqualTo(3);
            // As it was before the attempt: it may be tried again.
            assertThat(letter.event()).hasToString("3");
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aLetterWithoutRoomHoldsTheLaneAndSaysSo(boolean inEmitter) {
        var letters = new MemoryDeadLetters(1);
        var builder = inEmitter
                ? builder().into("fail", Cell.TYPE, (cell, outlet) -> fail(cell.value) ? Progress.DONE : Progress.MORE)
                : builder().transform("fail", cell -> fail(cell.value));
        try (Pipeline<Cell> pipeline = builder.sink("out", out)
                .deadLetters(letters, WhenLettersFull.BLOCK)
                .whenFailed(WhenFailed.deadLetter())
                .build()
                .start()) {
            runner.stepWhilePossible();
            assertThat(letters.takeAll()).extracting(DeadLetter::position).containsExactly(0L);

            runner.clock().advance(Duration.ofSeconds(1).toNanos());
            runner.stepWhilePossible();
            assertThat(letters.takeAll()).extracting(DeadLetter::position).containsExactly(1L);

            Report report = pipeline.report();
            assertThat(report.stages().get(0).blocked())
                    .extracting(Blocked::why)
                    .contains("dead_letters");
            pipeline.drain(Duration.ZERO);
        }
    }

    private static boolean fail(long value) {
        throw new IllegalArgumentException("no " + value);
    }

    @Test
    void aLetterWithoutRoomStopsThePipelineIfThatIsTheChoice() {
        Report report = run(builder()
                .transform("fail", cell -> fail(cell.value))
                .sink("out", out)
                .deadLetters(new MemoryDeadLetters(2), WhenLettersFull.STOP)
                .whenFailed(WhenFailed.deadLetter()));

        assertThat(report.failed()).isTrue();
        assertThat(report.accounts().deadLettered()).isEqualTo(2);
        assertThat(report.accounts().inFlight()).isEqualTo(4);
        assertThat(report.failures()).anySatisfy(failure -> assertThat(failure.message())
                .startsWith("deadLetters: full with 2 letters (expected: room)"));
    }
}
