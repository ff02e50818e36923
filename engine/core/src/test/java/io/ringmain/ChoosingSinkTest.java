package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.SinkReport;
import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Batch;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Sink;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** A sink may choose: what it does not want is no delivery, and what it cannot choose about is nobody else's failure. */
@Timeout(10)
@ExtendWith(NoThreadLeft.class)
class ChoosingSinkTest {

    private static final int EVENTS = 100;

    private MemoryDeadLetters letters = new MemoryDeadLetters();

    /** Wants what {@code wanted} says, and keeps it; fails to choose about some numbers at the first attempts. */
    private static class Choosy implements Sink<Cell> {

        private final LongPredicate wanted;
        private final List<Long> kept = new ArrayList<>();
        private LongPredicate failing = number -> false;
        private final Map<Long, Integer> attempts = new HashMap<>();
        private int failures;

        Choosy(LongPredicate wanted) {
            this.wanted = wanted;
        }

        Choosy failingOn(LongPredicate numbers, int times) {
            failing = numbers;
            failures = times;
            return this;
        }

        @Override
        public boolean chooses() {
            return true;
        }

        @Override
        public boolean wants(Cell cell) {
            if (failing.test(cell.value) && attempts.merge(cell.value, 1, Integer::sum) <= failures) {
                throw new IllegalStateException("cannot choose about " + cell.value);
            }
            return wanted.test(cell.value);
        }

        @Override
        public void write(Batch<Cell> batch) {
            for (int i = 0; i < batch.size(); i++) {
                kept.add(batch.event(i).value);
            }
        }
    }

    private PipelineBuilder<Cell, Cell> builder(WhenFailed whenFailed) {
        return Pipeline.of("choosing", Cell.TYPE)
                .source("numbers", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(EVENTS))
                .bound(16)
                .whenFailed(whenFailed)
                .deadLetters(letters, WhenLettersFull.STOP)
                .runner(new StepRunner(3));
    }

    private static Report run(PipelineBuilder<Cell, Cell> builder) {
        try (Pipeline<Cell> pipeline = builder.build().start()) {
            return pipeline.await();
        }
    }

    private static SinkReport sink(Report report, String name) {
        return report.sinks().stream()
                .filter(sink -> sink.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Choosy below(int limit) {
        return new Choosy(number -> number < limit);
    }

    @Test
    void whatNoSinkWantsIsFilteredAndWhatOneTakesIsDelivered() {
        Choosy small = below(30);
        Choosy smaller = below(10);

        Report report = run(builder(WhenFailed.stop()).sink("small", small).sink("smaller", smaller));

        assertThat(small.kept).hasSize(30);
        assertThat(smaller.kept).hasSize(10);
        assertThat(report.accounts().delivered()).isEqualTo(30);
        assertThat(report.accounts().filtered()).isEqualTo(70);
        assertThat(report.accounts().balanced()).isTrue();
        SinkReport account = sink(report, "small");
        assertThat(account.offered()).isEqualTo(EVENTS);
        assertThat(account.delivered()).isEqualTo(30);
        assertThat(account.notWanted()).isEqualTo(70);
        assertThat(account.inFlight()).isZero();
        assertThat(sink(report, "smaller").notWanted()).isEqualTo(90);
    }

    @Test
    void whatASinkDoesNotWantAndAnotherTakesIsDelivered() {
        CollectingSink<Cell, Long> all = new CollectingSink<>(cell -> cell.value);

        Report report = run(builder(WhenFailed.stop()).sink("none", below(0)).sink("all", all));

        assertThat(report.accounts().delivered()).isEqualTo(EVENTS);
        assertThat(sink(report, "none").delivered()).isZero();
        assertThat(sink(report, "all").delivered()).isEqualTo(EVENTS);
    }

    @Test
    void whatGoesIntoAResultIsAbsorbedThoughItsTapDoesNotWantIt() {
        PipelineBuilder<Cell, Cell> summed = builder(WhenFailed.stop())
                .sink("tap", below(10))
                .filter("small", cell -> cell.value < 50)
                .into("nothing", Cell.TYPE, (cell, outlet) -> Progress.DONE)
                .sink("out", new CollectingSink<>(cell -> cell.value));

        Report report = run(summed);

        assertThat(report.accounts().delivered()).isEqualTo(10);
        assertThat(report.accounts().absorbed()).isEqualTo(40);
        assertThat(report.accounts().filtered()).isEqualTo(50);
    }

    @Test
    void anEventThatCannotBeChosenAboutIsTheOnlyOneThatFails() {
        Choosy choosy = below(60).failingOn(number -> number % 20 == 7, Integer.MAX_VALUE);

        Report report = run(builder(WhenFailed.deadLetter()).sink("out", choosy, Batching.of(8, Duration.ofMillis(1))));

        assertThat(choosy.kept).hasSize(57).doesNotContain(7L, 27L, 47L).isSorted();
        assertThat(letters.letters()).extracting(letter -> letter.position()).containsExactly(7L, 27L, 47L, 67L, 87L);
        assertThat(letters.letters()).allMatch(letter -> letter.stage().equals("out") && letter.attempts() == 1);
        SinkReport account = sink(report, "out");
        assertThat(account.deadLettered()).isEqualTo(5);
        assertThat(account.failed()).isEqualTo(5);
        assertThat(account.notWanted()).isEqualTo(38);
        assertThat(account.inFlight()).isZero();
        assertThat(report.accounts().deadLettered()).isEqualTo(5);
        assertThat(report.accounts().filtered()).isEqualTo(38);
        assertThat(report.accounts().delivered()).isEqualTo(57);
    }

    @Test
    void aChoiceIsTriedAgainAndMayThenBeEither() {
        Choosy choosy = below(8).failingOn(number -> number == 7 || number == 8, 2);
        WhenFailed retry =
                WhenFailed.retry(2, new Backoff(Duration.ofMillis(1), Duration.ofMillis(1)), WhenFailed.stop());

        Report report = run(builder(retry).sink("out", choosy));

        assertThat(report.succeeded()).isTrue();
        assertThat(choosy.kept).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 6L, 7L);
        assertThat(sink(report, "out").failed()).isEqualTo(4);
        assertThat(sink(report, "out").offered()).isEqualTo(EVENTS);
        assertThat(sink(report, "out").notWanted()).isEqualTo(92);
        assertThat(report.accounts().filtered()).isEqualTo(92);
    }

    @Test
    void aChoiceThatFailsMayBeSkippedOrStop() {
        Report skipped = run(
                builder(WhenFailed.skip()).sink("out", below(60).failingOn(number -> number == 5, Integer.MAX_VALUE)));
        Choosy stopping = below(60).failingOn(number -> number == 5, Integer.MAX_VALUE);
        Report stopped = run(builder(WhenFailed.stop()).sink("out", stopping));

        assertThat(sink(skipped, "out").dropped()).isEqualTo(1);
        assertThat(skipped.accounts().dropped()).containsEntry("skipped", 1L);
        assertThat(skipped.accounts().delivered()).isEqualTo(59);
        assertThat(stopped.failed()).isTrue();
        assertThat(stopping.kept).containsExactly(0L, 1L, 2L, 3L, 4L);
        assertThat(sink(stopped, "out").inFlight()).isEqualTo(1);
        assertThat(stopped.accounts().balanced()).isTrue();
    }

    @Test
    void whatIsNotWantedBetweenLettersIsNotBuried() {
        // Room for two letters of a batch of four, then the pipeline stops.
        letters = new MemoryDeadLetters(2);
        Choosy odd = new Choosy(number -> number % 2 == 1) {
            @Override
            public void write(Batch<Cell> batch) {
                throw new IllegalStateException("nothing can be written");
            }
        };

        Report report = run(builder(WhenFailed.deadLetter()).sink("out", odd, Batching.of(4, Duration.ofSeconds(1))));

        assertThat(report.failed()).isTrue();
        assertThat(letters.letters()).extracting(letter -> letter.position()).containsExactly(1L, 3L);
        assertThat(report.accounts().deadLettered()).isEqualTo(2);
        assertThat(report.accounts().filtered()).isEqualTo(3);
        assertThat(report.accounts().balanced()).isTrue();
    }
}
