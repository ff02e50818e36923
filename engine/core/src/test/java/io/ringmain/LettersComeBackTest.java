package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Backoff;
import io.ringmain.config.Edge;
import io.ringmain.config.Parking;
import io.ringmain.config.Pooling;
import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stage;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Letters go back to where they failed, and nowhere else. */
@Timeout(30)
class LettersComeBackTest extends LetterRuns {

    static Stream<Arguments> failingStages() {
        return Stream.of(
                way("a stage", (test, to) -> to.stage("failing", test::keepOrFailAtTwo)),
                way("a restoring stage", (test, to) -> to.stage("failing", new HalfDone(test))),
                way("a striped stage", (test, to) -> to.striped("failing", () -> test::keepOrFailAtTwo)),
                way("a pool", (test, to) -> to.pool("failing", Pooling.of(1, 3), () -> test::keepOrFailAtTwo)),
                way(
                        "a partition",
                        (test, to) -> to.partitionBy("failing", cell -> cell.value, 3, () -> test::keepOrFailAtTwo)),
                way(
                        "a key of a partition",
                        (test, to) -> to.partitionBy(
                                "all",
                                cell -> {
                                    test.failAtTwo(cell);
                                    return cell.value;
                                },
                                2,
                                () -> cell -> true)),
                way("a stage behind an edge", (test, to) -> to.edge(WhenFull.block())
                        .stage("failing", test::keepOrFailAtTwo)),
                way(
                        "a stage whose events are set aside",
                        (test, to) -> to.stage("failing", test::keepOrFailAtTwo, Parking.of(4))));
    }

    private final AtomicInteger copiesUntilBroken = new AtomicInteger(Integer.MAX_VALUE);

    private final EventType<Cell> breaking = new EventType<>() {

        @Override
        public Cell create() {
            return Cell.TYPE.create();
        }

        @Override
        public void clear(Cell event) {
            Cell.TYPE.clear(event);
        }

        @Override
        public void copy(Cell from, Cell to) {
            if (copiesUntilBroken.getAndDecrement() == 0) {
                throw new IllegalStateException("cannot be copied");
            }
            Cell.TYPE.copy(from, to);
        }
    };

    /** Changes the event, then fails. */
    private record HalfDone(LettersComeBackTest test) implements Stage<Cell> {

        @Override
        public boolean process(Cell event) {
            long value = event.value;
            event.value = -1;
            if (value == 2) {
                test.failIfBroken();
            }
            event.value = value;
            return true;
        }

        @Override
        public boolean restoring() {
            return true;
        }
    }

    private interface Part {
        PipelineBuilder<Cell, Cell> add(LettersComeBackTest test, PipelineBuilder<Cell, Cell> to);
    }

    private static Arguments way(String name, Part part) {
        return Arguments.argumentSet(name, part);
    }

    @ParameterizedTest
    @MethodSource("failingStages")
    void aLetterGoesOnAtItsStage(Part part) {
        Report report = runTwice(to -> part.add(
                        this,
                        to.transform("before", cell -> before.add(cell.value)).sink("early", collecting("early ")))
                .transform("behind", cell -> behind.add(cell.value))
                .sink("late", collecting("late ")));

        assertThat(before).isEmpty();
        assertThat(behind).containsExactly(2L);
        assertThat(out).containsExactly("late 2");
        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().received()).isEqualTo(1);
        assertThat(report.accounts().replayed()).isEqualTo(1);
        assertThat(letters.count()).isZero();
        assertThat(letters.underWay()).isZero();
    }

    /** Nothing but the process has what is set aside where no checkpoints are kept. */
    @Test
    void aLetterThatIsSetAsideIsNotDoneWith() {
        run(builder(4).stage("failing", this::keepOrFailAtTwo).sink("late", collecting("late ")));
        letters.retry(letter -> true);
        List<Long> underWay = new ArrayList<>();

        Duration pause = Duration.ofSeconds(2);
        run(Pipeline.of("letters", Cell.TYPE)
                .source("in", (intake, max) -> Source.Status.END)
                .runner(new StepRunner(11))
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.retry(3, new Backoff(pause, pause), WhenFailed.deadLetter()))
                .stage(
                        "failing",
                        cell -> {
                            underWay.add(letters.underWay());
                            return keepOrFailAtTwo(cell);
                        },
                        Parking.of(4))
                .sink("late", collecting("late ")));

        assertThat(underWay).containsExactly(1L, 1L, 1L, 1L);
        assertThat(letters.letters()).extracting(DeadLetter::attempts).containsExactly(6);
        assertThat(letters.underWay()).isZero();
    }

    @Test
    void aLetterOfASinkIsForThatSinkOnly() {
        Report report = runTwice(to -> to.transform("before", cell -> before.add(cell.value))
                .sink("early", collecting("early "))
                .sink(
                        "failing",
                        Sink.each(cell -> {
                            failAtTwo(cell);
                            out.add("failing " + cell.value);
                        }),
                        ONE_BY_ONE)
                .transform("behind", cell -> behind.add(cell.value))
                .sink("late", collecting("late ")));

        assertThat(before).isEmpty();
        assertThat(behind).isEmpty();
        assertThat(out).containsExactly("failing 2");
        assertThat(report.accounts().delivered()).isEqualTo(1);
        assertThat(letters.underWay()).isZero();
    }

    @Test
    void aLetterOfASinkWithARingOfItsOwnIsForThatSinkOnly() {
        Report report = runTwice(to -> to.sink("early", collecting("early "))
                .sink(
                        "failing",
                        Sink.each(cell -> {
                            failAtTwo(cell);
                            out.add("failing " + cell.value);
                        }),
                        ONE_BY_ONE.behind(Edge.of(WhenFull.block()))));

        assertThat(out).containsExactly("failing 2");
        assertThat(report.succeeded()).isTrue();
    }

    @Test
    void aSinkThatCouldNotChooseIsAskedAgain() {
        var odd = new Sink<Cell>() {
            @Override
            public boolean chooses() {
                return true;
            }

            @Override
            public boolean wants(Cell cell) {
                failAtTwo(cell);
                return cell.value % 2 != 0;
            }

            @Override
            public void write(Batch<Cell> batch) {
                for (int i = 0; i < batch.size(); i++) {
                    out.add("odd " + batch.event(i).value);
                }
            }
        };

        Report report = runTwice(to -> to.sink("odd", odd));

        assertThat(out).isEmpty();
        assertThat(report.accounts().filtered()).isEqualTo(1);
    }

    static Stream<Subscribing> subscribings() {
        return Stream.of(Subscribing.lossless(), Subscribing.lossy(8, lost -> {}));
    }

    @ParameterizedTest
    @MethodSource("subscribings")
    void subscribersSeeWhatTheyHaveNotSeenBefore(Subscribing subscribing) {
        UnaryOperator<PipelineBuilder<Cell, Cell>> parts = to -> to.transform("stage", cell -> {
                    if (cell.value == 1) {
                        failIfBroken();
                    }
                })
                .sink("sink", Sink.each(this::failAtTwo), ONE_BY_ONE)
                .into("sum", breaking, new Sum())
                .transform("last", cell -> failIfBroken());
        run(parts.apply(builder(4)));
        assertThat(letters.letters()).extracting(DeadLetter::stage).containsExactlyInAnyOrder("stage", "sink", "last");
        broken.set(false);
        letters.retry(letter -> true);

        try (Pipeline<Cell> pipeline = parts.apply(builder(0)).build()) {
            pipeline.subscribe("seeing", Sink.each(cell -> behind.add(cell.value)), subscribing);
            pipeline.start().await();
        }

        assertThat(behind).containsExactly(1L);
        assertThat(letters.underWay()).isZero();
    }

    @Test
    void aLetterOfARoutedSinkNeedsNoRoute() {
        runTwice(to -> to.routes("way", routes -> routes.when(cell -> cell.value % 2 == 0)
                .sink(
                        "failing",
                        Sink.each(cell -> {
                            failAtTwo(cell);
                            out.add("failing " + cell.value);
                        }),
                        ONE_BY_ONE)
                .otherwise()
                .sink("odd", collecting("odd "))));

        assertThat(out).containsExactly("failing 2");
    }

    @Test
    void aConditionThatFailedIsAskedAgain() {
        runTwice(to -> to.routes("way", routes -> routes.when(cell -> {
                    failAtTwo(cell);
                    return cell.value % 2 == 0;
                })
                .sink("even", collecting("even "))
                .otherwise()
                .sink("odd", collecting("odd "))));

        assertThat(out).containsExactly("even 2");
    }

    @Test
    void aLetterOfAResultDoesNotMeetTheAggregate() {
        run(sums(builder(3), 3));
        assertThat(letters.letters()).extracting(DeadLetter::stage).containsExactly("failing");
        broken.set(false);
        letters.retry(letter -> true);

        Report report = run(sums(builder(0), -1));

        assertThat(before).containsExactly(0L, 1L, 2L);
        assertThat(out).containsExactlyInAnyOrder("late 3", "late 0");
        assertThat(report.segments().get(1).received()).isEqualTo(2);
        assertThat(letters.underWay()).isZero();
    }

    /** Its slot in the first segment is empty: a letter of that would be one of nothing. */
    @Test
    void aLetterThatCannotBeCopiedStopsThePipelineAndStays() {
        run(sums(builder(3), 3));
        letters.retry(letter -> true);
        // Into the door, then into the second ring.
        copiesUntilBroken.set(1);

        Report report = run(sums(builder(0), -1));

        assertThat(report.failures()).extracting(Report.Failure::where).containsExactly(DeadLetters.SOURCE);
        assertThat(letters.letters()).extracting(DeadLetter::stage).containsExactly("failing");
        assertThat(out).doesNotContain("late 3");
    }

    private PipelineBuilder<Cell, Cell> sums(PipelineBuilder<Cell, Cell> to, long failsAt) {
        return to.transform("before", cell -> before.add(cell.value))
                .into("sum", breaking, new Sum())
                .transform("failing", cell -> {
                    if (cell.value == failsAt) {
                        throw new IllegalStateException("three");
                    }
                })
                .sink("late", collecting("late "));
    }
}
