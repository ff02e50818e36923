package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Batching;
import io.ringmain.config.Delivery;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.MemoryJournal;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.MemoryDeadLetters;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Stage;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Letters that came back are part of the input: a replay gives them again, where they went on. */
@Timeout(30)
class ReplayOfLettersTest {

    private static final PortableCell TYPE = new PortableCell();
    private static final Delivery ONE_BY_ONE = Delivery.of(Batching.of(1, Duration.ZERO));

    private final MemoryJournal journal = new MemoryJournal();
    private final MemoryDeadLetters letters = MemoryDeadLetters.retrying(100, 1 << 20);

    /** Fails at some events the first time, and leaves a trace at those that it passes. */
    private static Stage<Cell> failingOnce(long remainder, String trace) {
        Set<Long> seen = new HashSet<>();
        return cell -> {
            if (cell.value % 5 == remainder && seen.add(cell.value)) {
                throw new IllegalStateException("not yet");
            }
            cell.note += trace;
            return true;
        };
    }

    private static PipelineBuilder<Cell, Cell> describe(
            StepRunner runner, MemoryDeadLetters letters, DigestSink<Cell> middle, DigestSink<Cell> last) {
        return Pipeline.of("letters", TYPE)
                .runner(runner)
                .bound(8)
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.deadLetter())
                .stage("first", failingOnce(1, "a"))
                .sink("middle", middle, ONE_BY_ONE)
                .edge(WhenFull.block())
                .stage("second", failingOnce(2, "b"))
                .sink("last", last, ONE_BY_ONE);
    }

    private static void settle(StepRunner runner) {
        for (int i = 0; i < 200; i++) {
            runner.stepWhilePossible();
            runner.clock().advance(1_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void lettersGoOnWhereTheyHadFailedInEachSegmentAndInSinks(long seed) throws Exception {
        Set<Long> refused = new HashSet<>();
        Sink<Cell> failing = new Sink<>() {
            @Override
            public void write(Batch<Cell> batch) {
                if (batch.event(0).value % 5 == 3 && refused.add(batch.event(0).value)) {
                    throw new IllegalStateException("not yet");
                }
            }

            @Override
            public boolean blocking() {
                return false;
            }
        };
        var runner = new StepRunner(seed);
        Pipeline<Cell> pipeline = describe(
                        runner, letters, new DigestSink<>(TYPE, failing), new DigestSink<>(TYPE, Sink.each(cell -> {})))
                .source(
                        "in",
                        new ScriptedSource<Cell>((cell, n) -> cell.value = n)
                                .give(20)
                                .neverEnd())
                .journal(journal)
                .build()
                .start();
        settle(runner);
        assertThat(letters.count()).isEqualTo(12);
        assertThat(letters.retry(letter -> true)).isEqualTo(12);
        settle(runner);
        pipeline.endInput();
        Report recorded = pipeline.await();
        assertThat(recorded.accounts().replayed()).isEqualTo(12);
        assertThat(journal.slots()).anyMatch(slot -> slot.endsWith("=" + DeadLetters.SOURCE));

        var middle = new DigestSink<>(TYPE);
        var last = new DigestSink<>(TYPE);
        var again = new MemoryDeadLetters();
        Report replayed = describe(new StepRunner(seed + 100), again, middle, last)
                .replaying(journal.reader(), Replaying.ALL)
                .build()
                .start()
                .await();

        assertThat(replayed.failed()).as("%s", replayed.failures()).isFalse();
        assertThat(replayed.accounts().replayed()).isEqualTo(12);
        assertThat(journal.foot().sinks()).hasSize(2);
        assertThat(middle.digest()).isEqualTo(journal.foot().sinks().get(0).digest());
        assertThat(last.digest()).isEqualTo(journal.foot().sinks().get(1).digest());
        // A sink is asked once more whether it wants what it could not take, when that comes back: the middle one could
        // not take four.
        assertThat(middle.digest().events()).isEqualTo(24);
        assertThat(last.digest().events()).isEqualTo(20);
        // The sinks of a replay do not fail.
        assertThat(again.count()).isEqualTo(8);
    }

    @Test
    void whatComesBackMustBeWrittenDownToo() {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("letters", TYPE)
                .source("in", new ScriptedSource<Cell>((cell, n) -> cell.value = n))
                .deadLetters(letters, WhenLettersFull.STOP)
                .whenFailed(WhenFailed.deadLetter())
                .journal(journal)
                .into("into", Cell.TYPE, (cell, outlet) -> Progress.DONE);

        assertThatThrownBy(builder::build).hasMessageContaining("journal: beside letters that come back");
    }
}
