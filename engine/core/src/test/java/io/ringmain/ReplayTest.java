package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ringmain.config.Backoff;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Parking;
import io.ringmain.config.Replaying;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.MemoryJournal;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.Digest;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.Intake;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalReader;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import io.ringmain.spi.SinkDigest;
import io.ringmain.spi.Source;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.io.ByteArrayInputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A run is repeated from its journal: the same bytes at each sink, at any speed and with any number of lanes. */
@Timeout(60)
class ReplayTest {

    private static final PortableCell TYPE = new PortableCell();
    private static final int COUNT = 1000;

    private final MemoryJournal journal = new MemoryJournal();

    /** One run of the pipeline of these tests, with a digest at each sink. */
    private static final class Run {

        final Map<String, DigestSink<Cell>> sinks = new LinkedHashMap<>();
        private final Map<Long, Integer> attempts = new ConcurrentHashMap<>();
        private final int lanes;

        Run(int lanes) {
            this.lanes = lanes;
        }

        private DigestSink<Cell> sink(String name) {
            var sink = new DigestSink<>(TYPE);
            sinks.put(name, sink);
            return sink;
        }

        /** Fails at some events, the first times. */
        private boolean unsteady(Cell cell) {
            if (cell.value % 17 == 0 && attempts.merge(cell.value, 1, Integer::sum) <= 2) {
                throw new IllegalStateException("not yet");
            }
            return true;
        }

        PipelineBuilder<Cell, Cell> describe(@Nullable Runner runner) {
            PipelineBuilder<Cell, Cell> builder = Pipeline.of("repeated", TYPE)
                    .bound(64)
                    .threading(new Threading.Auto(lanes))
                    .whenFailed(WhenFailed.retry(
                            5, new Backoff(Duration.ofMillis(1), Duration.ofMillis(2)), WhenFailed.skip()));
            if (runner != null) {
                builder.runner(runner);
            }
            return builder.pool("pool", lanes, lanes, () -> cell -> cell.value % 7 != 3)
                    .striped("striped", () -> cell -> {
                        cell.note += "s";
                        return true;
                    })
                    .partitionBy("keyed", cell -> cell.value % 13, lanes, Counting::new)
                    .sink("ordered", sink("ordered"))
                    .edge(WhenFull.sample(0.7, 42))
                    .sink("sampled", sink("sampled"))
                    .into("doubled", TYPE, Run::twice)
                    .sink("results", sink("results"))
                    .stage("unsteady", this::unsteady, Parking.of(8))
                    .sink("parked", sink("parked"));
        }

        private static Progress twice(Cell cell, Outlet<Cell> outlet) {
            // Clear once it is claimed: the second comes with the next call.
            Cell result = outlet.claim();
            if (result == null) {
                return Progress.MORE;
            }
            result.value = 2 * cell.value;
            result.note = cell.note;
            return Progress.DONE;
        }

        Map<String, Digest> digests() {
            Map<String, Digest> digests = new LinkedHashMap<>();
            sinks.forEach((name, sink) -> digests.put(name, sink.digest()));
            return digests;
        }
    }

    /** Counts the events of its keys: their order matters. */
    private static final class Counting implements Stage<Cell>, Stateful {

        private long count;

        @Override
        public boolean process(Cell cell) {
            count++;
            cell.note += count;
            return true;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeLong(count);
        }

        @Override
        public void load(DataInput in) throws IOException {
            count = in.readLong();
        }
    }

    private static ScriptedSource<Cell> numbers(long from) {
        ScriptedSource<Cell> source = new ScriptedSource<>((cell, n) -> cell.value = from + n);
        for (int i = 0; i < COUNT / 10; i++) {
            source.give(10).pause();
        }
        return source;
    }

    /** Runs it with two sources and changes of lanes; returns what its journal says of the end. */
    private JournalFoot record(@Nullable StepRunner runner, int lanes) {
        Pipeline<Cell> pipeline = new Run(lanes)
                .describe(runner)
                .source("even", numbers(0))
                .source("odd", numbers(1_000_000))
                .journal(journal)
                .build();
        if (runner != null) {
            int[] steps = {0};
            runner.afterEachStep(() -> {
                steps[0]++;
                if (steps[0] % 500 == 0) {
                    pipeline.partitions("keyed").lanes(1 + steps[0] / 500 % lanes);
                }
                runner.clock().advance(10_000);
            });
        }
        Report report = pipeline.start().await();
        assertThat(report.accounts().delivered() + report.accounts().filtered()).isPositive();
        assertThat(report.failed()).as("%s", report.failures()).isFalse();
        return journal.foot();
    }

    private static void replay(JournalReader reader, @Nullable Runner runner, int lanes, JournalFoot foot) {
        var again = new Run(lanes);
        Report report = again.describe(runner)
                .replaying(reader, Replaying.ALL)
                .build()
                .start()
                .await();

        assertThat(report.failed()).as("%s", report.failures()).isFalse();
        assertThat(report.accounts().received()).isEqualTo(2 * COUNT);
        Map<String, Digest> digests = again.digests();
        assertThat(foot.sinks()).hasSize(4);
        for (SinkDigest recorded : foot.sinks()) {
            Digest replayed = digests.get(recorded.sink());
            assertThat(replayed).isNotNull();
            assertThat(recorded.isContradictedBy(replayed))
                    .as("%s: %s, with %d lanes %s", recorded.sink(), recorded, lanes, replayed)
                    .isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aReplayGivesEachSinkTheSameWithAnyNumberOfLanesAndInAnyInterleaving(long seed) {
        JournalFoot foot = record(new StepRunner(seed), 1 + (int) seed % 4);

        assertThat(foot.complete()).isTrue();
        for (int lanes : List.of(1, 2, 4)) {
            replay(journal.reader(), new StepRunner(100 * seed + lanes), lanes, foot);
        }
    }

    @Test
    void aReplayOnThreadsGivesTheSame() {
        JournalFoot foot = record(null, 4);

        for (int lanes : List.of(1, 2, 4)) {
            replay(journal.reader(), null, lanes, foot);
        }
    }

    private final CollectingSink<Cell, Long> seen = new CollectingSink<>(cell -> cell.value);

    /** Records so many numbers, one each millisecond, with a barrier now and then. */
    private void recordNumbers(int count) {
        var runner = new StepRunner(1);
        runner.clock().advance(1_000_000_000);
        Source<Cell> ticking = new Source<>() {
            private long next;

            @Override
            public Status fill(Intake<Cell> intake, int max) {
                if (next == count) {
                    return Status.END;
                }
                runner.clock().advance(1_000_000);
                intake.claim(10 * next).value = next;
                next++;
                return Status.READY;
            }
        };
        Report report = Pipeline.of("numbers", TYPE)
                .runner(runner)
                .source("ticking", ticking)
                .sink("sink", Sink.each(cell -> {}))
                .checkpoints(Checkpointing.acknowledging(Duration.ofMillis(10)))
                .journal(journal)
                .whenFailed(WhenFailed.stop())
                .build()
                .start()
                .await();
        assertThat(report.succeeded()).isTrue();
    }

    private PipelineBuilder<Cell, Cell> again(Replaying how, Runner runner) {
        return Pipeline.of("numbers", TYPE)
                .runner(runner)
                .bound(8)
                .whenFailed(WhenFailed.stop())
                .replaying(journal.reader(), how);
    }

    private static Long[] range(long from, long to) {
        return LongStream.range(from, to).boxed().toArray(Long[]::new);
    }

    @Test
    void slotsKeepTheirSequencesSourcesPositionsAndTimes() throws IOException {
        recordNumbers(50);
        List<String> recorded = journal.slots();
        var second = new MemoryJournal();

        again(Replaying.ALL, new StepRunner(2))
                .sink("seen", seen)
                .journal(second)
                .build()
                .start()
                .await();

        List<String> replayed = second.slots();
        // A barrier, kind 2, is padding, kind 5; the end has its own time.
        List<String> expected = recorded.stream()
                .map(slot -> slot.replaceFirst("^(\\d+):2:", "$1:5:"))
                .toList();
        assertThat(recorded).anyMatch(slot -> slot.contains(":2:"));
        assertThat(replayed).hasSameSizeAs(expected);
        assertThat(replayed.subList(0, replayed.size() - 1)).isEqualTo(expected.subList(0, expected.size() - 1));
        assertThat(seen.values()).containsExactly(range(0, 50));
    }

    @ParameterizedTest
    @CsvSource({"1, 49", "10, 4", "0.5, 98"})
    void aReplayTakesAsLongAsTheRunOrAPartOfIt(double speed, long expectedMs) {
        recordNumbers(50);
        var runner = new StepRunner(3);

        again(Replaying.ALL.speed(speed), runner)
                .sink("seen", seen)
                .build()
                .start()
                .await();

        assertThat(seen.values()).containsExactly(range(0, 50));
        // The source is asked once more before the end, and the last batch is handed on.
        assertThat(runner.clock().nowNs() / 1_000_000).isBetween(expectedMs, expectedMs + 2);
    }

    @Test
    void atFullSpeedNoTimePasses() {
        recordNumbers(50);
        var runner = new StepRunner(3);

        Report report =
                again(Replaying.ALL, runner).sink("seen", seen).build().start().await();

        assertThat(runner.clock().nowNs()).isZero();
        assertThat(report.sources())
                .extracting(Report.SourceReport::name, Report.SourceReport::received)
                .containsExactly(tuple("ticking", 50L));
        assertThat(report.latency().count()).as("they entered another run").isZero();
    }

    @Test
    void aPartIsReplayedBySequenceOrByTime() {
        recordNumbers(50);

        again(Replaying.ALL.from(10).until(19), new StepRunner(1))
                .sink("seen", seen)
                .build()
                .start()
                .await();
        assertThat(seen.values()).hasSizeBetween(8, 10).isSubsetOf(range(8, 20));

        var others = new CollectingSink<Cell, Long>(cell -> cell.value);
        again(Replaying.ALL.since(Duration.ofMillis(20)).before(Duration.ofMillis(30)), new StepRunner(1))
                .sink("others", others)
                .build()
                .start()
                .await();
        // The lane that asked the source had the time from before it went on.
        assertThat(others.values()).containsExactly(range(20, 30));
    }

    @Test
    void aReplayThatIsStoppedEndsInOrder() {
        recordNumbers(50);
        Pipeline<Cell> pipeline = again(Replaying.ALL.speed(1), new StepRunner(3))
                .take("take", 20)
                .sink("seen", seen)
                .build();

        Report report = pipeline.start().await();

        assertThat(report.succeeded()).isTrue();
        assertThat(seen.values()).containsExactly(range(0, 20));
    }

    @Test
    void theStateOfAStageIsShownAsOfASequence() throws IOException {
        recordNumbers(50);
        Map<String, byte[]> shown = new LinkedHashMap<>();

        for (long until : List.of(19L, 40L)) {
            shown.clear();
            again(Replaying.ALL.until(until).showing("counting", shown::put), new StepRunner(3))
                    .stage("other", new Counting())
                    .stage("counting", new Counting())
                    .sink("seen", seen)
                    .build()
                    .start()
                    .await();

            assertThat(shown).containsOnlyKeys("counting");
            long events = journal.slots().stream()
                    .filter(slot ->
                            slot.contains(":0:") && Long.parseLong(slot.substring(0, slot.indexOf(':'))) <= until)
                    .filter(slot -> slot.matches("\\d+:0:.*"))
                    .count();
            assertThat(new DataInputStream(new ByteArrayInputStream(shown.get("counting"))).readLong())
                    .isEqualTo(events);
        }
    }

    @Test
    void theStateOfAPartitionIsShownGroupByGroup() throws IOException {
        recordNumbers(50);
        Map<String, byte[]> shown = new LinkedHashMap<>();

        again(Replaying.ALL.showing("keyed", shown::put), new StepRunner(3))
                .partitionBy("keyed", cell -> cell.value % 13, 3, Counting::new)
                .sink("seen", seen)
                .build()
                .start()
                .await();

        long total = 0;
        for (byte[] state : shown.values()) {
            total += new DataInputStream(new ByteArrayInputStream(state)).readLong();
        }
        assertThat(shown).hasSize(128).containsKey("keyed/0");
        assertThat(total).isEqualTo(50);
    }

    @Test
    void aBlockThatIsDamagedFailsTheReplayBehindWhatIsWhole() {
        recordNumbers(50);
        // The length of its first event, and what stands before it.
        byte[] damaged = journal.blocks().get(5);
        Arrays.fill(damaged, JournalBlock.HEAD_BYTES + 1, JournalBlock.HEAD_BYTES + 8, (byte) 0x7F);

        Report report = again(Replaying.ALL, new StepRunner(3))
                .sink("seen", seen)
                .build()
                .start()
                .await();

        assertThat(report.failed()).isTrue();
        assertThat(report.failures()).hasSize(1);
        assertThat(report.failures().get(0).where()).isEqualTo("replay");
        assertThat(report.failures().get(0).message()).contains("bytes at sequence");
        assertThat(seen.values())
                .isNotEmpty()
                .containsExactly(range(0, seen.values().size()));
        assertThat(report.accounts().balanced()).isTrue();
    }

    @Test
    void aReplayThatCannotBeIsRefused() {
        recordNumbers(1);
        PipelineBuilder<Cell, Cell> builder = again(
                        Replaying.ALL.showing("nobody", (name, state) -> {}), new StepRunner(1))
                .stage("counting", new Counting())
                .sink("seen", seen)
                .checkpoints(Checkpointing.acknowledging(Duration.ofSeconds(1)));
        assertThatThrownBy(builder::build)
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("replaying: beside checkpoints (expected: none)")
                .hasMessageContaining(
                        "replaying.showing: nobody (expected: a part that remembers something: [stage counting])");

        PipelineBuilder<Cell, Cell> unreadable = Pipeline.of("numbers", Cell.TYPE)
                .whenFailed(WhenFailed.stop())
                .replaying(journal.reader(), Replaying.ALL);
        assertThatThrownBy(unreadable::build).hasMessageContaining("an event type that cannot be read");
        assertThatThrownBy(() -> Replaying.ALL.speed(0)).hasMessageContaining("replaying.speed: 0.0");
        assertThatThrownBy(() -> Replaying.ALL.from(5).until(4)).hasMessageContaining("replaying.from, until: 5, 4");
        assertThatThrownBy(() -> Replaying.ALL.since(Duration.ofSeconds(-1))).hasMessageContaining("replaying.since");
    }
}
