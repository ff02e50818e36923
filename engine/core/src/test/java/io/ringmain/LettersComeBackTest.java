package io.ringmain;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Backoff;
import io.ringmain.config.Batching;
import io.ringmain.config.Delivery;
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
import io.ringmain.spi.Emitter;
import io.ringmain.spi.EventType;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.LetterSource;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stage;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters go back to where they failed, and nowhere else. */
@Timeout(30)
class LettersComeBackTest {

    private static final Delivery ONE_BY_ONE = Delivery.of(Batching.of(1, Duration.ZERO));

    private final MemoryDeadLetters letters = MemoryDeadLetters.retrying(100, 1 << 20);
    private final AtomicBoolean broken = new AtomicBoolean(true);
    private final List<Long> before = new ArrayList<>();
    private final List<Long> behind = new ArrayList<>();
    private final List<String> out = new ArrayList<>();

    private PipelineBuilder<Cell, Cell> builder(int events) {
        return Pipeline.of("letters", Cell.TYPE)
                .source("in", new ScriptedSource<Cell>((cell, number) -> cell.value = number).give(events))
                .runner(new StepRunner(11))
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.retry(1, WhenFailed.deadLetter()));
    }

    private void failAtTwo(Cell cell) {
        if (cell.value == 2) {
            failIfBroken();
        }
    }

    private void failIfBroken() {
        if (broken.get()) {
            throw new IllegalStateException("broken");
        }
    }

    private boolean keepOrFailAtTwo(Cell cell) {
        failAtTwo(cell);
        return true;
    }

    private Sink<Cell> collecting(String name) {
        return Sink.each(cell -> out.add(name + cell.value));
    }

    /** Runs it, then, mended, once more with nothing but the letters. */
    private Report runTwice(UnaryOperator<PipelineBuilder<Cell, Cell>> parts) {
        run(parts.apply(builder(4)));
        assertThat(letters.count()).isEqualTo(1);
        broken.set(false);
        before.clear();
        behind.clear();
        out.clear();
        assertThat(letters.retry(letter -> true)).isEqualTo(1);
        return run(parts.apply(builder(0)));
    }

    private static Report run(PipelineBuilder<Cell, ?> builder) {
        try (Pipeline<Cell> pipeline = builder.build()) {
            return pipeline.start().await();
        }
    }

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
                .into("sum", Cell.TYPE, new Sum())
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

    /** Adds up, and gives the sum at the end. */
    private static final class Sum implements Emitter<Cell, Cell> {

        private long sum;

        @Override
        public Progress emit(Cell event, Outlet<Cell> outlet) {
            sum += event.value;
            return Progress.DONE;
        }

        @Override
        public Progress finish(Outlet<Cell> outlet) {
            Cell result = outlet.claim();
            if (result == null) {
                return Progress.MORE;
            }
            result.value = sum;
            return Progress.DONE;
        }
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

    private PipelineBuilder<Cell, Cell> sums(PipelineBuilder<Cell, Cell> to, long failsAt) {
        return to.transform("before", cell -> before.add(cell.value))
                .into("sum", Cell.TYPE, new Sum())
                .transform("failing", cell -> {
                    if (cell.value == failsAt) {
                        throw new IllegalStateException("three");
                    }
                })
                .sink("late", collecting("late "));
    }

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
