package io.ringmain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.LetterSource;
import io.ringmain.spi.Source;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of letters that come back, in the end and in their store. */
@Timeout(30)
class LettersAgainTest extends LetterRuns {

    @Test
    void whatFailsAgainIsALetterWithTheAttemptsOfBoth() {
        UnaryOperator<PipelineBuilder<Cell, Cell>> parts =
                to -> to.stage("failing", this::keepOrFailAtTwo).sink("late", collecting("late "));
        run(parts.apply(builder(4)));
        letters.retry(letter -> true);

        Report report = run(parts.apply(builder(0)));

        assertThat(report.accounts().deadLettered()).isEqualTo(1);
        assertThat(letters.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.attempts()).isEqualTo(4);
            assertThat(letter.source()).isEqualTo("in");
            assertThat(letter.position()).isEqualTo(2);
        });
        assertThat(letters.underWay()).isZero();
    }

    @Test
    void oneStoreServesOneRunAfterTheOther() {
        UnaryOperator<PipelineBuilder<Cell, Cell>> parts =
                to -> to.stage("failing", this::keepOrFailAtTwo).sink("late", collecting("late "));
        run(parts.apply(builder(4)));
        letters.retry(letter -> true);
        run(parts.apply(builder(0)));
        letters.retry(letter -> true);

        run(parts.apply(builder(0)));

        assertThat(letters.underWay()).isZero();
        assertThat(letters.letters()).singleElement().satisfies(letter -> {
            assertThat(letter.attempts()).isEqualTo(6);
            assertThat(letter.source()).isEqualTo("in");
        });
    }

    @Test
    void aLetterThatMayNotHaveBeenDeliveredIsALetterAgain() {
        run(builder(4).stage("failing", this::keepOrFailAtTwo).sink("late", collecting("late ")));
        letters.retry(letter -> true);
        broken.set(false);

        Report report = run(builder(0).stage("failing", this::keepOrFailAtTwo).sink("late", batch -> {
            throw new AssertionError("gone");
        }));

        assertThat(report.failed()).isTrue();
        assertThat(letters.letters()).extracting(DeadLetter::position).containsExactly(2L);
        assertThat(letters.underWay()).isZero();
    }

    @Test
    void aLetterWhoseEventCannotBeCopiedStays() {
        AtomicBoolean copies = new AtomicBoolean(true);
        EventType<Cell> type = EventType.of(Cell::new, cell -> cell.value = 0, (from, to) -> {
            if (!copies.get()) {
                throw new IllegalStateException("cannot be copied");
            }
            to.value = from.value;
        });
        UnaryOperator<PipelineBuilder<Cell, Cell>> parts = to -> to.runner(new StepRunner(11))
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.deadLetter())
                .stage("failing", this::keepOrFailAtTwo)
                .sink("late", collecting("late "));
        run(parts.apply(Pipeline.of("letters", type)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(4))));
        letters.retry(letter -> true);
        copies.set(false);

        Report report = run(parts.apply(Pipeline.of("letters", type).source("in", (intake, max) -> Source.Status.END)));

        assertThat(report.failures()).extracting(Report.Failure::where).containsExactly("dead_letters");
        assertThat(report.accounts().received()).isZero();
        assertThat(letters.letters()).extracting(DeadLetter::position).containsExactly(2L);
    }

    @Test
    void theSinkSeesTheLetterAsSource() {
        List<String> origins = new ArrayList<>();
        runTwice(to -> to.stage("failing", this::keepOrFailAtTwo)
                .sink("late", batch -> origins.add(batch.source(0) + ' ' + batch.position(0))));

        assertThat(origins).last().isEqualTo(DeadLetters.SOURCE + " 1");
    }

    /** Letters of this run, as if they outlived it. */
    private final class Lasting implements DeadLetters {

        private final List<String> places = new ArrayList<>();

        @Override
        public boolean add(FailedEvent<?> failed) {
            places.add(failed.stage() + ' ' + failed.source() + ' ' + failed.positionLasts());
            return letters.add(failed);
        }

        @Override
        public long count() {
            return letters.count();
        }

        @Override
        public boolean isDurable() {
            return true;
        }

        @Override
        public LetterSource retries() {
            return requireNonNull(letters.retries());
        }
    }

    @Test
    void theNumbersOfDurableLettersLast() {
        var lasting = new Lasting();
        for (int i = 0; i < 2; i++) {
            run(Pipeline.of("letters", Cell.TYPE)
                    .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(2 - 2 * i))
                    .runner(new StepRunner(11))
                    .deadLetters(lasting, WhenLettersFull.STOP)
                    .whenFailed(WhenFailed.deadLetter())
                    .transform("first", cell -> {
                        if (cell.value == 0) {
                            failIfBroken();
                        }
                    })
                    .into("sum", Cell.TYPE, new Sum())
                    .transform("last", cell -> {
                        if (cell.value == 1) {
                            failIfBroken();
                        }
                    }));
            letters.retry(letter -> true);
        }

        assertThat(lasting.places)
                .containsExactlyInAnyOrder(
                        "first in true", "last sum false", "first dead_letters true", "last dead_letters true");
    }

    @Test
    void aLetterOfAStageThatIsGoneStays() {
        run(builder(4).stage("failing", this::keepOrFailAtTwo).sink("late", collecting("late ")));
        letters.retry(letter -> true);

        Report report = run(builder(0).stage("other", cell -> true).sink("late", collecting("late ")));

        assertThat(report.accounts().received()).isZero();
        assertThat(letters.count()).isEqualTo(1);
    }

    /** Whether the letters are asked once more while events are under way, which would wake the intake, is a matter of the seed. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7})
    void theInputEndsWhenLettersAreAskedBehindTheLastSource(long seed) {
        Report report = run(Pipeline.of("letters", Cell.TYPE)
                .source("in", (intake, max) -> {
                    intake.claim(0);
                    return Source.Status.END;
                })
                .bound(1)
                .runner(new StepRunner(seed))
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.deadLetter())
                .sink("out", collecting("")));

        assertThat(report.succeeded()).isTrue();
    }

    @Test
    void lettersThatNobodyAsksForDoNotKeepTheInputOpen() {
        Report report = run(builder(4).stage("failing", this::keepOrFailAtTwo).sink("late", collecting("late ")));

        assertThat(report.succeeded()).isTrue();
        assertThat(letters.count()).isEqualTo(1);
        assertThat(report.checkpoint()).isNull();
    }
}
