package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Batching;
import io.ringmain.config.Delivery;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.FailedEvent;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import io.ringmain.spi.Source.Status;
import io.ringmain.spi.Stage;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A wrong description is refused when it is built, with everything that is wrong. */
class PipelineCheckTest {

    private static final EventType<Cell> NOT_COPYABLE = EventType.of(Cell::new);
    private static final PortableCell PORTABLE = new PortableCell();
    private static final Source<Cell> SOURCE = (intake, max) -> Status.END;
    private static final Sink<Cell> SINK = batch -> {};

    private static final PushSource<Cell> PUSH = new PushSource<>() {
        @Override
        public void run(Publisher<Cell> publisher) {}

        @Override
        public void abort() {}
    };

    private static final class Restoring implements Stage<Cell> {
        @Override
        public boolean process(Cell cell) {
            return true;
        }

        @Override
        public boolean restoring() {
            return true;
        }
    }

    private static PipelineBuilder<Cell, Cell> builder(EventType<Cell> type) {
        return Pipeline.of("checked", type).whenFailed(WhenFailed.stop());
    }

    private static void assertProblems(PipelineBuilder<?, ?> builder, String... problems) {
        assertThatThrownBy(builder::build)
                .isInstanceOf(PipelineException.class)
                .hasMessageStartingWith("pipeline checked:\n  ")
                .extracting(
                        problem -> ((PipelineException) problem).problems(),
                        InstanceOfAssertFactories.list(String.class))
                .containsExactly(problems);
    }

    @Test
    void aFailedEventMustHaveAFate() {
        assertProblems(
                Pipeline.of("checked", Cell.TYPE).sink("out", SINK),
                "whenFailed: not chosen (expected: stop, skip, retry or deadLetter); a failed event must have a fate");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, Integer.MIN_VALUE, (1 << 30) + 1, Integer.MAX_VALUE})
    void aBoundOutOfRangeIsRefused(int bound) {
        assertProblems(
                builder(Cell.TYPE).bound(bound).sink("out", SINK),
                "bound: " + bound + " (expected: from 1 to 1073741824); remove it for the default 8192");
    }

    @Test
    void aNameMayBeGivenOnce() {
        assertProblems(
                builder(Cell.TYPE)
                        .source("in", SOURCE)
                        .transform("step", cell -> {})
                        .filter("step", cell -> true)
                        .sink("in", SINK)
                        .into("step", Cell.TYPE, (cell, outlet) -> Progress.DONE)
                        .sink(" ", SINK),
                "stage step: the name is taken (expected: unique); reports could not tell them apart",
                "sink in: the name is taken (expected: unique); reports could not tell them apart",
                "stage step: the name is taken (expected: unique); reports could not tell them apart",
                "sink: blank name (expected: a name)");
    }

    @Test
    void pushSourcesBesideOthersNeedACopyableType() {
        assertProblems(
                builder(NOT_COPYABLE)
                        .pushSource("first", PUSH)
                        .pushSource("second", PUSH)
                        .sink("out", SINK),
                "pushSource beside other sources or checkpoints: over an event type that cannot be copied (expected: copyable);"
                        + " give EventType.of a copy function");
        assertProblems(
                builder(NOT_COPYABLE).merging().sink("out", SINK),
                "merging: over an event type that cannot be copied (expected: copyable);"
                        + " give EventType.of a copy function");
    }

    @Test
    void thePublisherOfAMergingPipelineHasANameOfItsOwn() {
        assertProblems(
                builder(Cell.TYPE).merging().pushSource("publisher", PUSH).sink("out", SINK),
                "source publisher: the name is the engine's own (expected: another); reports use it");
    }

    @Test
    void whatNeedsCopiesNeedsACopyableType() {
        String give = " (expected: copyable); give EventType.of a copy function";
        assertProblems(
                Pipeline.of("checked", NOT_COPYABLE).sink("out", SINK).whenFailed(WhenFailed.deadLetter()),
                "whenFailed: deadLetter over an event type that cannot be copied" + give);
        assertProblems(
                Pipeline.of("checked", NOT_COPYABLE)
                        .sink("out", SINK)
                        .whenFailed(WhenFailed.retry(1, WhenFailed.deadLetter())),
                "whenFailed: deadLetter over an event type that cannot be copied" + give);
        assertProblems(
                builder(NOT_COPYABLE).sink("out", SINK, Delivery.DEFAULT.whenFailed(WhenFailed.deadLetter())),
                "sink out.whenFailed: deadLetter over an event type that cannot be copied" + give);
        assertProblems(
                builder(NOT_COPYABLE).stage("careful", new Restoring()).sink("out", SINK),
                "stage careful: restoring, but the event type cannot be copied" + give);
        assertProblems(
                builder(NOT_COPYABLE).edge(WhenFull.block()).sink("out", SINK),
                "edge-1: over an event type that cannot be copied" + give);
    }

    /** Keeps no events of its type. */
    private record Picky(EventType<?> type) implements DeadLetters {

        @Override
        public boolean keeps(EventType<?> other) {
            return other != type;
        }

        @Override
        public boolean add(FailedEvent<?> failed) {
            return true;
        }

        @Override
        public long count() {
            return 0;
        }
    }

    @Test
    void lettersNeedAStoreThatKeepsEveryTypeOfWhichAnEventMayFail() {
        String problem = "deadLetters: a store that cannot write events of io.ringmain.kit.Cell"
                + " (expected: one that can); implement Portable, or give the store a codec for them";
        DeadLetters picky = new Picky(Cell.TYPE);

        assertProblems(
                Pipeline.of("checked", PORTABLE)
                        .into("into", Cell.TYPE, (cell, outlet) -> Progress.DONE)
                        .edge(WhenFull.block())
                        .sink("out", SINK)
                        .deadLetters(picky, WhenLettersFull.STOP)
                        .whenFailed(WhenFailed.deadLetter()),
                problem);
        assertProblems(
                builder(Cell.TYPE)
                        .sink("out", SINK, Delivery.DEFAULT.whenFailed(WhenFailed.deadLetter()))
                        .deadLetters(picky, WhenLettersFull.STOP),
                problem);
        builder(PORTABLE)
                .sink("out", SINK, Delivery.DEFAULT.whenFailed(WhenFailed.deadLetter()))
                .into("into", Cell.TYPE, (cell, outlet) -> Progress.DONE)
                .sink("in", SINK)
                .deadLetters(picky, WhenLettersFull.STOP)
                .build()
                .close();
    }

    @Test
    void aBatchThatCanNeverFillIsRefusedWhereItWouldWait() {
        assertProblems(
                builder(Cell.TYPE).bound(8).sink("out", SINK, Batching.of(9, Duration.ofMillis(1))),
                "sink out: batching.countMax 9 (expected: <= bound 8); such a batch could never fill");
        builder(Cell.TYPE)
                .bound(8)
                .sink("out", SINK, Batching.of(9, Duration.ZERO))
                .build();
        builder(Cell.TYPE)
                .bound(8)
                .sink("out", SINK, Batching.of(8, Duration.ofMillis(1)))
                .build();
    }

    @Test
    void allProblemsAreNamedAtOnce() {
        assertThatThrownBy(() -> Pipeline.of("checked", NOT_COPYABLE)
                        .bound(0)
                        .transform("a", cell -> {})
                        .transform("a", cell -> {})
                        .edge(WhenFull.block())
                        .bound(-1)
                        .sink("a", SINK)
                        .build())
                .isInstanceOfSatisfying(PipelineException.class, problem -> assertThat(problem.problems())
                        .hasSize(6)
                        .allMatch(text -> text.contains("expected")));
    }

    @Test
    void missingPartsAreRefusedAtTheDoor() {
        PipelineBuilder<Cell, Cell> builder = builder(Cell.TYPE);
        assertThatThrownBy(() -> Pipeline.of(null, Cell.TYPE)).hasMessage("name");
        assertThatThrownBy(() -> builder.source("in", null)).hasMessage("source");
        assertThatThrownBy(() -> builder.sink(null, SINK)).hasMessage("name");
        assertThatThrownBy(() -> builder.transform("step", null)).hasMessage("transform");
        assertThatThrownBy(() -> builder.edge(null)).hasMessage("whenFull");
        assertThatThrownBy(() -> builder.runner(null)).hasMessage("runner");
    }

    @Test
    void thePublisherIsRefusedBesidePollableSources() {
        Pipeline<Cell> pipeline =
                builder(Cell.TYPE).source("in", SOURCE).sink("out", SINK).build();

        assertThatThrownBy(pipeline::publisher)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageStartingWith("pipeline checked: has sources that take turns (expected: none");
        assertThat(pipeline.state()).isEqualTo(PipelineState.BUILT);
    }
}
