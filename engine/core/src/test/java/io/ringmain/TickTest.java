package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Backoff;
import io.ringmain.config.Checkpointing;
import io.ringmain.config.Replaying;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.kit.Cell;
import io.ringmain.kit.MemoryJournal;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.CheckpointStore;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.JournalBlock;
import io.ringmain.spi.JournalReader;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Stateful;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import io.ringmain.testing.StepRunner;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What time it is travels in the ring, for emitters that want to know. */
@Timeout(30)
@ExtendWith(NoThreadLeft.class)
class TickTest {

    private static final PortableCell TYPE = new PortableCell();
    private static final long MS = 1_000_000;

    private final StepRunner runner = new StepRunner(1);
    private final CollectingSink<Cell, String> out = new CollectingSink<>(Cell::toString);

    /** How events come in. */
    private enum Inlet {
        /** Threads publish into the first ring. */
        DIRECT,
        /** Threads publish into a room before it. */
        WAITING,
        /** One lane merges; there is nothing that it asks again and again. */
        MERGED
    }

    /** Gives each event with the time it knows, in ms, and each tick that brings another millisecond. */
    private static class Telling implements Emitter<Cell, Cell>, Stateful {

        private final long tickNs;
        long timeNs = -1;
        int ticks;

        Telling(long tickNs) {
            this.tickNs = tickNs;
        }

        @Override
        public long tickNs() {
            return tickNs;
        }

        @Override
        public Progress emit(Cell event, Outlet<Cell> outlet) {
            return give(event.value, "at " + Math.floorDiv(timeNs, MS), outlet);
        }

        @Override
        public Progress tick(long timeNs, Outlet<Cell> outlet) throws Exception {
            this.timeNs = timeNs;
            ticks++;
            return Progress.DONE;
        }

        static Progress give(long value, String note, Outlet<Cell> outlet) {
            Cell result = outlet.claim();
            if (result == null) {
                return Progress.MORE;
            }
            result.value = value;
            result.note = note;
            return Progress.DONE;
        }

        @Override
        public void save(DataOutput out) throws IOException {
            out.writeLong(timeNs);
        }

        @Override
        public void load(DataInput in) throws IOException {
            timeNs = in.readLong();
        }
    }

    private static PipelineBuilder<Cell, Cell> describe(Inlet inlet) {
        PipelineBuilder<Cell, Cell> builder =
                Pipeline.of("ticking", TYPE).bound(16).whenFailed(WhenFailed.stop());
        return switch (inlet) {
            case DIRECT -> builder;
            case WAITING -> builder.whenFull(WhenFull.dropOldest());
            case MERGED -> builder.merging();
        };
    }

    private Pipeline<Cell> start(Inlet inlet, Emitter<Cell, Cell> emitter) {
        return describe(inlet)
                .runner(runner)
                .into("telling", TYPE, emitter)
                .sink("out", out)
                .build()
                .start();
    }

    private static void publish(Pipeline<Cell> pipeline, long value) {
        assertThat(pipeline.publisher().publish(cell -> cell.value = value)).isEqualTo(Publication.PUBLISHED);
    }

    /** Lets time pass as it does on threads: nobody sleeps longer than it asked for. */
    private static void pass(StepRunner runner, long ns) {
        long untilNs = runner.nowNs() + ns;
        runner.stepWhilePossible();
        while (runner.wakeAtNs() <= untilNs) {
            runner.clock().advanceTo(runner.wakeAtNs());
            runner.stepWhilePossible();
        }
        runner.clock().advanceTo(untilNs);
        runner.stepWhilePossible();
    }

    @ParameterizedTest
    @EnumSource(Inlet.class)
    void timeComesAlsoWhenNoEventComes(Inlet inlet) {
        var emitter = new Telling(10 * MS);
        try (Pipeline<Cell> pipeline = start(inlet, emitter)) {
            pass(runner, 0);
            assertThat(emitter.timeNs).isZero();

            pass(runner, 95 * MS);

            assertThat(emitter.timeNs).isEqualTo(90 * MS);
            assertThat(emitter.ticks).isEqualTo(10);

            publish(pipeline, 7);
            pass(runner, 10 * MS);
            publish(pipeline, 8);
        }
        assertThat(out.values()).containsExactly("7:at 90", "8:at 100");
    }

    @ParameterizedTest
    @EnumSource(Inlet.class)
    void nobodyIsWokenWhereNobodyWantsToKnow(Inlet inlet) {
        try (Pipeline<Cell> pipeline = start(inlet, new Telling(0))) {
            pass(runner, 0);
            publish(pipeline, 7);
            pass(runner, 0);

            assertThat(runner.wakeAtNs()).isEqualTo(Long.MAX_VALUE);
        }
        assertThat(out.values()).containsExactly("7:at -1");
    }

    @ParameterizedTest
    @EnumSource(Inlet.class)
    void aTickThatFindsTheRingFullComesOnceThereIsRoom(Inlet inlet) {
        var emitter = new Telling(10 * MS) {
            @Override
            public Progress emit(Cell event, Outlet<Cell> outlet) {
                runner.spend(Duration.ofMillis(25));
                return super.emit(event, outlet);
            }
        };
        try (Pipeline<Cell> pipeline = start(inlet, emitter)) {
            pass(runner, 0);
            for (int i = 0; i < 16; i++) {
                publish(pipeline, i);
            }

            pass(runner, 1000 * MS);
        }
        assertThat(out.values()).hasSize(16);
        // All of them were there before the ring was full, but for one whose place a tick has taken.
        assertThat(out.values().get(0)).isEqualTo("0:at 0");
        assertThat(emitter.timeNs).isGreaterThanOrEqualTo(900 * MS);
    }

    @Test
    void theTimeIsThatOfTheWallClockAsItWasAtTheBeginning() {
        long epochNs = 1_700_000_000_000L * MS;
        runner.clock().setEpochNs(epochNs);
        var emitter = new Telling(10 * MS);
        try (Pipeline<Cell> pipeline = start(Inlet.MERGED, emitter)) {
            pass(runner, 20 * MS);
            assertThat(emitter.timeNs).isEqualTo(epochNs + 20 * MS);

            runner.clock().setEpochNs(0);
            pass(runner, 10 * MS);

            assertThat(emitter.timeNs).isEqualTo(epochNs + 30 * MS);
            assertThat(pipeline.state()).isEqualTo(PipelineState.STARTED);
        }
    }

    @Test
    void theMostEagerOfAllEmittersDecidesAndEachSegmentIsTold() {
        var first = new Telling(50 * MS);
        var none = new Telling(0);
        var last = new Telling(10 * MS);
        try (Pipeline<Cell> pipeline = describe(Inlet.MERGED)
                .runner(runner)
                .partitionBy("keyed", cell -> cell.value, 3, () -> cell -> true)
                .edge(WhenFull.dropOldest())
                .into("first", TYPE, first)
                .pool("pool", 2, 2, () -> cell -> true)
                .into("none", TYPE, none)
                .striped("striped", () -> cell -> true)
                .into("last", TYPE, last)
                .sink("out", out)
                .build()
                .start()) {
            pass(runner, 100 * MS);
            publish(pipeline, 7);
            pass(runner, 100 * MS);

            assertThat(first.ticks).isEqualTo(21);
            assertThat(last.ticks).isEqualTo(21);
            assertThat(none.ticks).isZero();
            Accounts accounts = pipeline.report().accounts();
            assertThat(accounts.received()).isEqualTo(1);
            assertThat(accounts.inFlight()).isZero();
        }
        assertThat(out.values()).containsExactly("7:at 100");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 16})
    void atAFullOutletATickComesAgainWithTheSameTime(int bound) {
        var emitter = new Telling(10 * MS) {
            private int given;

            @Override
            public Progress tick(long timeNs, Outlet<Cell> outlet) {
                for (; given < 5; given++) {
                    if (give(given, "tick " + timeNs / MS, outlet) == Progress.MORE) {
                        return Progress.MORE;
                    }
                }
                given = 0;
                return Progress.DONE;
            }
        };
        Pipeline<Cell> pipeline = describe(Inlet.MERGED)
                .runner(runner)
                .into("telling", TYPE, emitter)
                .bound(bound)
                .sink("out", out)
                .build()
                .start();
        pass(runner, 10 * MS);
        pipeline.close();

        assertThat(out.values())
                .containsExactly(
                        "0:tick 0",
                        "1:tick 0",
                        "2:tick 0",
                        "3:tick 0",
                        "4:tick 0",
                        "0:tick 10",
                        "1:tick 10",
                        "2:tick 10",
                        "3:tick 10",
                        "4:tick 10");
    }

    /** Fails so many times in a row at the second tick, when it has claimed a result. */
    private Report failing(int times) {
        var emitter = new Telling(10 * MS) {
            private int failures = times;

            @Override
            public Progress tick(long timeNs, Outlet<Cell> outlet) {
                Progress progress = give(timeNs / MS, "tick", outlet);
                if (timeNs >= 10 * MS && failures > 0) {
                    failures--;
                    throw new IllegalStateException("not yet");
                }
                return progress;
            }
        };
        var pause = Duration.ofMillis(1);
        Pipeline<Cell> pipeline = Pipeline.of("ticking", TYPE)
                .bound(16)
                .merging()
                .whenFailed(WhenFailed.retry(2, new Backoff(pause, pause).withoutJitter(), WhenFailed.skip()))
                .runner(runner)
                .into("telling", TYPE, emitter)
                .sink("out", out)
                .build()
                .start();
        pass(runner, 25 * MS);
        pipeline.close();
        return pipeline.await();
    }

    @Test
    void aTickThatFailedIsTriedAgainAndItsResultsAreTakenBack() {
        Report report = failing(2);

        assertThat(report.failed()).isFalse();
        assertThat(out.values()).containsExactly("0:tick", "10:tick", "20:tick");
    }

    @Test
    void aTickThatKeepsFailingStopsThePipelineBecauseItIsNoEventToSkip() {
        Report report = failing(3);

        assertThat(report.failed()).isTrue();
        assertThat(out.values()).containsExactly("0:tick");
    }

    @Test
    void ticksDoNotKeepTheEventsOut() {
        var emitter = new Telling(1);
        Report report = Pipeline.of("ticking", TYPE)
                .bound(16)
                .whenFailed(WhenFailed.stop())
                .source("in", new ScriptedSource<Cell>((cell, n) -> cell.value = n).give(1000))
                .runner(runner)
                .into("telling", TYPE, emitter)
                .sink("out", out)
                .build()
                .start()
                .await();

        assertThat(report.accounts().delivered() + report.accounts().absorbed()).isEqualTo(1000);
        assertThat(out.values()).hasSize(1000);
        assertThat(emitter.ticks).isLessThan(100);
    }

    @Test
    void howOftenIsCheckedWhenThePipelineIsBuilt() {
        assertThatThrownBy(() -> start(Inlet.DIRECT, new Telling(-1)))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("emitter telling.tickNs: -1 (expected: >= 0; 0 is never)");
    }

    /** Runs numbers that come now and then through an emitter that tells the time. */
    private List<String> record(MemoryJournal journal, StepRunner stepping) {
        var sink = new CollectingSink<Cell, String>(Cell::toString);
        ScriptedSource<Cell> source = new ScriptedSource<>((cell, n) -> cell.value = n);
        for (int i = 0; i < 30; i++) {
            source.give(3).pause().pause().pause();
        }
        stepping.clock().setEpochNs(1_700_000_000_000L * MS);
        stepping.afterEachStep(() -> stepping.clock().advance(MS / 10));
        Report report = describe(Inlet.DIRECT)
                .runner(stepping)
                .source("in", source)
                .journal(journal)
                .into("telling", TYPE, new Telling(2 * MS))
                .sink("out", sink)
                .build()
                .start()
                .await();
        assertThat(report.failed()).isFalse();
        return sink.values();
    }

    private static List<String> replay(MemoryJournal journal, @Nullable Runner runner, int lanes) {
        var sink = new CollectingSink<Cell, String>(Cell::toString);
        PipelineBuilder<Cell, Cell> builder =
                describe(Inlet.DIRECT).threading(new Threading.Auto(lanes)).replaying(journal.reader(), Replaying.ALL);
        if (runner != null) {
            builder.runner(runner);
        }
        Report report = builder.into("telling", TYPE, new Telling(2 * MS))
                .sink("out", sink)
                .build()
                .start()
                .await();
        assertThat(report.failed()).isFalse();
        return sink.values();
    }

    private static long ticks(MemoryJournal journal) throws IOException {
        long ticks = 0;
        var block = new JournalBlock();
        JournalReader reader = journal.reader();
        while (reader.next(block)) {
            while (block.next()) {
                ticks += block.kind() == JournalBlock.TICK ? 1 : 0;
            }
        }
        return ticks;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void aReplayTellsTheSameTimeInTheSamePlaces(long seed) throws IOException {
        var journal = new MemoryJournal();
        List<String> recorded = record(journal, new StepRunner(seed));
        assertThat(ticks(journal)).isGreaterThan(3);
        assertThat(recorded.get(recorded.size() - 1)).isNotEqualTo(recorded.get(0));

        var stepping = new StepRunner(seed + 100);
        stepping.clock().setEpochNs(5);

        assertThat(replay(journal, stepping, 1)).isEqualTo(recorded);
        assertThat(replay(journal, null, 3)).isEqualTo(recorded);
    }

    @Test
    void aCheckpointHasWhatATickHasTold() throws IOException {
        var saved = new ArrayList<byte[]>();
        CheckpointStore store = new CheckpointStore() {
            @Override
            public byte @Nullable [] read() {
                return saved.isEmpty() ? null : saved.get(saved.size() - 1);
            }

            @Override
            public void write(byte[] checkpoint) {
                saved.add(checkpoint);
            }
        };
        var emitter = new Telling(10 * MS);
        checkpointed(store, runner, emitter, pipeline -> pass(runner, 30 * MS));
        assertThat(emitter.timeNs).isEqualTo(30 * MS);
        var again = new Telling(0);
        checkpointed(store, new StepRunner(2), again, pipeline -> {});

        assertThat(again.timeNs).isEqualTo(30 * MS);
    }

    private void checkpointed(
            CheckpointStore store, StepRunner stepping, Emitter<Cell, Cell> emitter, Consumer<Pipeline<Cell>> during) {
        try (Pipeline<Cell> pipeline = describe(Inlet.MERGED)
                .runner(stepping)
                .checkpoints(new Checkpointing(store, Duration.ofMillis(5)))
                .into("telling", TYPE, emitter)
                .sink("out", out)
                .build()
                .start()) {
            during.accept(pipeline);
        }
    }

    @ParameterizedTest
    @EnumSource(Inlet.class)
    void timeComesOnThreads(Inlet inlet) throws InterruptedException {
        var told = new CountDownLatch(5);
        var emitter = new Telling(MS) {
            @Override
            public Progress tick(long timeNs, Outlet<Cell> outlet) throws Exception {
                assertThat(timeNs).isGreaterThan(this.timeNs);
                told.countDown();
                return super.tick(timeNs, outlet);
            }
        };
        Pipeline<Cell> pipeline = describe(inlet)
                .into("telling", TYPE, emitter)
                .sink("out", out)
                .build()
                .start();

        told.await();

        pipeline.close();
        assertThat(pipeline.await().failed()).isFalse();
        assertThat(emitter.timeNs).isGreaterThan(1_700_000_000_000L * MS);
    }
}
