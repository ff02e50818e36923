package io.ringmain.internal.assembly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.Report;
import io.ringmain.config.Backoff;
import io.ringmain.config.Replaying;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.internal.stage.IntoLane;
import io.ringmain.internal.stage.SlotEmitter;
import io.ringmain.kit.Cell;
import io.ringmain.kit.MemoryJournal;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Runner;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An emitter of the engine's own may owe results, and is told when a source has ended. */
@Timeout(30)
class OwedResultsTest {

    private static final PortableCell TYPE = new PortableCell();
    private static final Duration PAUSE = Duration.ofMillis(1);

    /** Owes as many results for an event as its value says, and gives at most so many at a time. */
    private static class Owing implements SlotEmitter<Cell, Cell> {

        private static final int AT_A_TIME = 3;

        final Deque<String> owed = new ArrayDeque<>();
        final List<String> met = new ArrayList<>();
        int failures;

        @Override
        public Progress emit(Cell event, int source, Outlet<Cell> outlet) {
            met.add(source + ":" + event.value);
            for (int i = 0; i < event.value; i++) {
                owed.add(source + ":" + event.value + "#" + i);
            }
            return Progress.DONE;
        }

        @Override
        public Progress sourceEnded(int source, Outlet<Cell> outlet) {
            owed.add("end of " + source);
            return Progress.DONE;
        }

        @Override
        public boolean isBehind() {
            return !owed.isEmpty();
        }

        @Override
        public Progress proceed(Outlet<Cell> outlet) {
            for (int i = 0; i < AT_A_TIME && !owed.isEmpty(); i++) {
                Cell result = outlet.claim();
                if (result == null) {
                    return Progress.MORE;
                }
                result.note = owed.getFirst();
                if (failures > 0) {
                    failures--;
                    throw new IllegalStateException("not yet");
                }
                owed.removeFirst();
            }
            return owed.isEmpty() ? Progress.DONE : Progress.MORE;
        }

        @Override
        public Progress finish(Outlet<Cell> outlet) {
            Cell result = outlet.claim();
            if (result == null) {
                return Progress.MORE;
            }
            result.note = "over";
            return Progress.DONE;
        }
    }

    private final Owing emitter = new Owing();

    private static String notes(HandBuilt built) {
        StringBuilder notes = new StringBuilder();
        for (long sequence = 0; sequence <= built.ring.cursor(); sequence++) {
            int kind = Slot.kind(built.ring.columns().mark(sequence));
            notes.append(sequence == 0 ? "" : " ")
                    .append(kind == Slot.DATA ? built.ring.event(sequence).note : "!" + kind);
        }
        return notes.toString();
    }

    @Test
    void eventsDoNotWaitForResultsThatAreOwed() throws Exception {
        var first = new HandBuilt(16, WhenFailed.stop());
        var second = new HandBuilt(64, WhenFailed.stop());
        IntoLane<Cell, Cell> into = first.into(emitter, second);
        first.settle();
        second.settle();
        // The first one is timed, and so met alone.
        first.publish(0, 0);
        into.work(0);
        first.publish(20, 0);
        first.publish(1, 0);
        first.publish(0, 0);

        int worked = into.work(0);

        assertThat(emitter.met).containsExactly("0:0", "0:20", "0:1", "0:0");
        assertThat(into.cursor().last()).isEqualTo(3);
        assertThat(second.ring.cursor()).isEqualTo(2);
        assertThat(worked).isPositive();
    }

    @Test
    void whatIsOwedIsGivenABatchACallAlsoWhenNoEventComes() throws Exception {
        var first = new HandBuilt(16, WhenFailed.stop());
        var second = new HandBuilt(64, WhenFailed.stop());
        IntoLane<Cell, Cell> into = first.into(emitter, second);
        first.settle();
        second.settle();
        first.publish(7, 0);

        List<Integer> given = new ArrayList<>();
        while (into.work(0) > 0) {
            given.add((int) second.ring.cursor() + 1);
        }

        assertThat(given).containsExactly(3, 6, 7);
        assertThat(notes(second)).isEqualTo("0:7#0 0:7#1 0:7#2 0:7#3 0:7#4 0:7#5 0:7#6");
    }

    @ParameterizedTest
    @ValueSource(ints = {Slot.BARRIER, Slot.TICK, Slot.REPARTITION, Slot.END})
    void nothingIsOwedWhenAControlEventGoesOn(int kind) throws Exception {
        var first = new HandBuilt(16, WhenFailed.stop());
        var second = new HandBuilt(64, WhenFailed.stop());
        IntoLane<Cell, Cell> into = first.into(emitter, second);
        first.settle();
        second.settle();
        first.publish(4, 0);
        first.writer.control(kind, 1, 0);
        first.publish(1, 0);

        HandBuilt.moveAll(0, into);

        String end = kind == Slot.END ? " over !" + kind : " !" + kind + " 0:1#0";
        assertThat(notes(second)).isEqualTo("0:4#0 0:4#1 0:4#2 0:4#3" + end);
    }

    @Test
    void whatASourceLeavesComesWhenItHasEndedAndTheEndStaysInTheSegment() throws Exception {
        var first = new HandBuilt(16, WhenFailed.stop());
        var second = new HandBuilt(64, WhenFailed.stop());
        IntoLane<Cell, Cell> into = first.into(emitter, second);
        first.settle();
        second.settle();
        first.publish(1, 0);
        first.writer.control(Slot.WATERMARK, 5, 0);
        first.writer.control(Slot.BARRIER, 1, 0);
        first.publish(1, 0);

        HandBuilt.moveAll(0, into);

        assertThat(notes(second)).isEqualTo("0:1#0 end of 5 !" + Slot.BARRIER + " 0:1#0");
    }

    @Test
    void aFullOutletHoldsWhatIsOwedAndLosesNothing() throws Exception {
        var first = new HandBuilt(16, WhenFailed.stop());
        var second = new HandBuilt(2, WhenFailed.stop());
        IntoLane<Cell, Cell> into = first.into(emitter, second);
        var reader = new LaneCursor(second.ring, 16);
        second.ring.gateOn(reader.progress());
        first.settle();
        first.publish(5, 0);
        List<String> seen = new ArrayList<>();

        for (int i = 0; i < 4; i++) {
            HandBuilt.moveAll(0, into);
            long high = reader.poll();
            for (long sequence = reader.next(); sequence <= high; sequence++) {
                seen.add(second.ring.event(sequence).note);
            }
            reader.pass(high);
        }

        assertThat(seen).containsExactly("0:5#0", "0:5#1", "0:5#2", "0:5#3", "0:5#4");
        assertThat(into.work(0)).isZero();
    }

    @Test
    void whatFailsWhileItIsPaidBackIsTriedAgainAsOftenAsWasChosen() throws Exception {
        var retrying = WhenFailed.retry(2, new Backoff(PAUSE, PAUSE).withoutJitter(), WhenFailed.skip());
        var first = new HandBuilt(16, retrying);
        var second = new HandBuilt(64, retrying);
        IntoLane<Cell, Cell> into = first.into(emitter, second);
        first.settle();
        second.settle();
        emitter.failures = 2;
        first.publish(2, 0);
        into.work(0);
        // Between two attempts no event makes it forget how many there were.
        first.publish(0, 0);
        into.work(PAUSE.toNanos());
        assertThat(emitter.met).containsExactly("0:2");
        assertThat(second.ring.cursor()).isEqualTo(-1);

        HandBuilt.moveAll(2 * PAUSE.toNanos(), into);

        assertThat(notes(second)).isEqualTo("0:2#0 0:2#1");
        assertThat(emitter.met).containsExactly("0:2", "0:0");

        emitter.failures = 3;
        first.publish(1, 0);
        into.work(3 * PAUSE.toNanos());
        into.work(4 * PAUSE.toNanos());
        assertThatThrownBy(() -> into.work(5 * PAUSE.toNanos())).isInstanceOf(StoppedException.class);
    }

    private static ScriptedSource<Cell> source(int events) {
        ScriptedSource<Cell> source = new ScriptedSource<>((cell, n) -> cell.value = n % 5);
        for (int i = 0; i < events; i += 4) {
            source.give(4).pause();
        }
        return source;
    }

    private final MemoryJournal journal = new MemoryJournal();
    private final CollectingSink<Cell, String> out = new CollectingSink<>(cell -> cell.note);

    private Report run(@Nullable Runner runner, boolean replayed) {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("owing", TYPE)
                .bound(16)
                .threading(new Threading.Auto(2))
                .whenFailed(WhenFailed.stop());
        if (runner != null) {
            builder.runner(runner);
        }
        if (replayed) {
            builder.replaying(journal.reader(), Replaying.ALL);
        } else {
            builder.source("short", source(20)).source("long", source(200)).journal(journal);
        }
        return builder.edge(WhenFull.block())
                .into("owing", TYPE, new Owing())
                .bound(8)
                .sink("out", out)
                .build()
                .start()
                .await();
    }

    /** With any interleaving each event's results are there, in order, and those at the end of a source behind its last. */
    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aSourceThatEndsIsToldOfAndAReplayGivesTheSame(long seed) throws IOException {
        Report report = run(seed == 0 ? null : new StepRunner(seed), false);

        assertThat(report.failed()).as("seed %d: %s", seed, report.failures()).isFalse();
        List<String> recorded = new ArrayList<>(out.values());
        assertThat(recorded)
                .as("seed %d", seed)
                .contains("end of 0")
                .doesNotContain("end of 1")
                .hasSize(2 * 220 + 2);
        List<String> behind = recorded.subList(recorded.indexOf("end of 0"), recorded.size());
        assertThat(behind).hasSizeGreaterThan(2).noneMatch(note -> note.startsWith("0:"));
        assertThat(journal.slots())
                .filteredOn(slot -> slot.matches("[0-9]+:" + Slot.WATERMARK + ":.*"))
                .hasSize(1);

        run(seed == 0 ? new StepRunner(1) : null, true);
        assertThat(out.values().subList(recorded.size(), out.values().size())).isEqualTo(recorded);
    }

    @Test
    void nobodyIsToldOfSourcesWhereNobodyWantsToKnow() throws IOException {
        Pipeline.of("plain", TYPE)
                .whenFailed(WhenFailed.stop())
                .source("short", source(4))
                .source("long", source(40))
                .journal(journal)
                .into("copy", TYPE, (cell, outlet) -> Progress.DONE)
                .into("owing", TYPE, emitter)
                .sink("out", out)
                .build()
                .start()
                .await();

        assertThat(journal.slots()).noneMatch(slot -> slot.matches("[0-9]+:" + Slot.WATERMARK + ":.*"));
        assertThat(out.values()).containsExactly("over");
    }
}
