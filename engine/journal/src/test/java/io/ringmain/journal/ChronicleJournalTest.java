package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.Durability;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.kit.Cell;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import io.ringmain.spi.JournalReader;
import io.ringmain.spi.Sink;
import io.ringmain.spi.SinkDigest;
import io.ringmain.testing.CollectingSink;
import io.ringmain.testing.ScriptedSource;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Runs are kept in files, found again, checked and replayed. */
@Timeout(60)
class ChronicleJournalTest {

    private static final PortableCell TYPE = new PortableCell();
    private static final int COUNT = 100_000;

    // More than goes into a file.
    private static final int MANY = 7_000;
    private static final String LONG = "x".repeat(10_000);

    private Path directory = Path.of("");

    @BeforeEach
    void inADirectory(@TempDir Path temp) {
        directory = temp.resolve("journal");
    }

    private ChronicleJournal.Builder journal() {
        return ChronicleJournal.builder(directory)
                .plan("a plan")
                .names(List.of("level", "status"))
                .clock(() -> 1_500_000_000L);
    }

    private static Report record(ChronicleJournal journal, int count) {
        return Pipeline.of("kept", TYPE)
                .source("numbers", new ScriptedSource<Cell>((cell, n) -> cell.value = n).give(count))
                .stage("odd", cell -> cell.value % 2 == 1)
                .sink("sink", new DigestSink<>(TYPE, Sink.each(cell -> {})))
                .whenFailed(WhenFailed.stop())
                .journal(journal)
                .build()
                .start()
                .await();
    }

    private static Report replay(JournalReader reader, Sink<Cell> sink) {
        return Pipeline.of("kept", TYPE)
                .stage("odd", cell -> cell.value % 2 == 1)
                .sink("sink", sink)
                .whenFailed(WhenFailed.stop())
                .replaying(reader, Replaying.ALL)
                .build()
                .start()
                .await();
    }

    private JournalRun onlyRun() throws IOException {
        List<JournalRun> runs = JournalRun.in(directory);
        assertThat(runs).hasSize(1);
        return runs.get(0);
    }

    @ParameterizedTest
    @EnumSource
    void aRunIsFoundAgainAndItsReplayGivesTheSame(Durability durability) throws IOException {
        Report recorded = record(journal().durability(durability).build(), COUNT);
        assertThat(recorded.succeeded()).isTrue();
        assertThat(recorded.edges().get(0).blocked())
                .extracting(Report.Blocked::why)
                .as("whoever opens it, writes and closes may be three threads")
                .doesNotContain("journal_full");

        JournalRun run = onlyRun();

        assertThat(run.isWhole()).isTrue();
        assertThat(run.plan()).isEqualTo("a plan");
        assertThat(run.names()).containsExactly("level", "status");
        assertThat(run.begun()).isEqualTo(Instant.ofEpochMilli(1500));
        assertThat(run.head().pipeline()).isEqualTo("kept");
        assertThat(run.size().events()).isEqualTo(COUNT);
        assertThat(run.size().slots()).isEqualTo(COUNT + 1);
        assertThat(run.size().blocks()).isLessThan(COUNT / 100);
        JournalFoot foot = run.foot().orElseThrow();
        assertThat(foot.complete()).isTrue();

        var digest = new DigestSink<>(TYPE);
        assertThat(replay(ChronicleJournalReader.open(directory, run), digest).succeeded())
                .isTrue();
        SinkDigest expected = foot.sinks().get(0);
        assertThat(digest.digest()).isEqualTo(expected.digest());
        assertThat(expected.digest().events()).isEqualTo(COUNT / 2);
    }

    @Test
    void runsFollowOneAnotherAndEachIsReadAlone() throws IOException {
        record(journal().build(), 10);
        record(journal().build(), 30);
        record(journal().build(), 20);

        List<JournalRun> runs = JournalRun.in(directory);

        assertThat(runs).extracting(run -> run.size().events()).containsExactly(10L, 30L, 20L);
        for (JournalRun run : runs) {
            assertThat(run.isWhole()).isTrue();
            var digest = new DigestSink<>(TYPE);
            replay(ChronicleJournalReader.open(directory, run), digest);
            assertThat(digest.digest())
                    .isEqualTo(run.foot().orElseThrow().sinks().get(0).digest());
        }
    }

    @Test
    void aRunThatIsUnderWayCanBeReadAsFarAsItIs() throws Exception {
        List<Long> seen = new ArrayList<>();
        Sink<Cell> reading = Sink.each(cell -> {
            if (cell.value == COUNT - 1) {
                seen.add(JournalRun.in(directory).get(0).size().events());
            }
        });
        Pipeline.of("kept", TYPE)
                .source("numbers", new ScriptedSource<Cell>((cell, n) -> cell.value = n).give(COUNT))
                .sink("sink", reading)
                .whenFailed(WhenFailed.stop())
                .journal(journal().build())
                .build()
                .start()
                .await();

        assertThat(seen).containsExactly((long) COUNT);
    }

    @Test
    void whatIsDamagedIsSaidAndWhatIsWholeCanBeReplayed() throws IOException {
        record(journal().build(), COUNT);
        damage(directory);

        JournalRun run = onlyRun();
        assertThat(run.isWhole()).isFalse();
        assertThat(run.damage()).hasSize(2);
        assertThat(run.damage().get(0)).contains("checksum");
        assertThat(run.damage().get(1)).contains("are missing");
        assertThat(run.size().events()).isBetween(COUNT - 10_000L, COUNT - 1L);

        Report strict = replay(ChronicleJournalReader.open(directory, run), new DigestSink<>(TYPE));
        assertThat(strict.failed()).isTrue();
        assertThat(strict.failures().get(0).message()).contains("checksum");

        var seen = new CollectingSink<Cell, Long>(cell -> cell.value);
        ChronicleJournalReader past = ChronicleJournalReader.openPastDamage(directory, run);
        assertThat(replay(past, seen).succeeded()).isTrue();
        assertThat(past.damage()).hasSize(2);
        assertThat(seen.values()).isSorted().contains(1L, COUNT - 1L).hasSizeLessThan(COUNT / 2);
    }

    @Test
    void whatIsCutOffIsSaid() throws IOException {
        record(journal().build(), COUNT);
        Path file = CycleFile.list(directory).get(0).path();
        try (var cut = new RandomAccessFile(file.toFile(), "rw")) {
            cut.setLength(Files.size(file) / 3);
        }

        JournalRun run = onlyRun();

        assertThat(run.foot()).isEmpty();
        assertThat(run.isWhole()).isFalse();
        assertThat(run.damage()).singleElement().asString().contains("the file ends at");
    }

    /** Changes a byte in the middle of what is written. */
    private static void damage(Path directory) throws IOException {
        Path file = CycleFile.list(directory).get(0).path();
        try (var bytes = new RandomAccessFile(file.toFile(), "rw")) {
            bytes.seek(500_000);
            int old = bytes.read();
            bytes.seek(500_000);
            bytes.write(old ^ 0xFF);
        }
    }

    @Test
    void aRunThatIsNotThereCannotBeOpened() throws IOException {
        record(journal().build(), 1);
        JournalRun run = onlyRun();
        record(ChronicleJournal.in(directory.resolveSibling("other")), 1);

        assertThatThrownBy(() -> ChronicleJournalReader.open(directory.resolveSibling("nowhere"), run))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no run");
    }

    @Test
    void aFileInTheWayOfTheNextOneStopsThePipeline() {
        Report report = record(MANY, LONG, () -> Files.createDirectory(directory.resolve("19700102F.cq4")));

        assertThat(report.failed()).isTrue();
        assertThat(report.failures().get(0).message())
                .startsWith("journal: " + directory + ": cannot be written: ")
                .contains("FileAlreadyExistsException")
                .contains("19700102F.cq4")
                .contains("(expected: a directory that can be written and is left alone)");
    }

    @Test
    void aDirectoryThatIsMovedStopsThePipeline() {
        Report report = record(MANY, LONG, () -> Files.move(directory, directory.resolveSibling("moved")));

        assertThat(report.failed()).isTrue();
        assertThat(report.failures().get(0).message())
                .startsWith("journal: " + directory + ": cannot be written: ")
                .contains("NoSuchFileException");
    }

    @Test
    void aJournalThatIsTakenAwayWhileItIsWrittenFailsTheRunAtTheLatestAtItsEnd() {
        Report report = record(COUNT, "", () -> Files.move(directory, directory.resolveSibling("moved")));

        assertThat(report.failed()).isTrue();
        assertThat(report.failures().get(0).message()).contains("19700101F.cq4: was deleted, moved or replaced");
    }

    /** Records {@code count} events with that {@code note}; once the first is there, {@code meddling} happens. */
    private Report record(int count, String note, Callable<?> meddling) {
        return Pipeline.of("kept", TYPE)
                .source(
                        "numbers",
                        new ScriptedSource<Cell>((cell, n) -> {
                                    cell.value = n;
                                    cell.note = note;
                                })
                                .give(count))
                .sink("meddles", Sink.each(cell -> {
                    if (cell.value == 0) {
                        meddling.call();
                    }
                }))
                .whenFailed(WhenFailed.stop())
                .journal(journal().build())
                .build()
                .start()
                .await();
    }

    @Test
    void aSecondWriterIsRefused() throws IOException {
        var first = journal().build();
        first.open(new JournalHead("first", 1, 0, 0, 0));

        try {
            assertThatThrownBy(() -> record(journal().build(), 1)).hasMessageContaining("journal: could not be opened");
        } finally {
            first.close(new JournalFoot(false, 0, List.of()));
        }
    }
}
