package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFailed;
import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.kit.Cell;
import io.ringmain.kit.PortableCell;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.JournalFoot;
import io.ringmain.spi.JournalHead;
import io.ringmain.testing.ScriptedSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Runs that are over make room for those that come; of the one that goes on nothing is dropped. */
@Timeout(60)
class JournalKeepingTest {

    private static final PortableCell TYPE = new PortableCell();
    private static final String NOTE = "x".repeat(1000);
    // Before what the file system says of files that are not set back.
    private static final Instant NOW = Instant.parse("2001-01-31T00:00:00Z");
    private static final Keeping AGED =
            new Keeping(Long.MAX_VALUE, Optional.of(Duration.ofDays(30)), WhenOutgrown.DROP_OLDEST);

    @TempDir
    private Path directory;

    private ChronicleJournal.Builder journal(Keeping keeping) {
        return ChronicleJournal.builder(directory).keeping(keeping).clock(() -> NOW.getEpochSecond() * 1_000_000_000);
    }

    private static Report record(ChronicleJournal.Builder journal, int count) {
        return Pipeline.of("kept", TYPE)
                .source(
                        "numbers",
                        new ScriptedSource<Cell>((cell, n) -> {
                                    cell.value = n;
                                    cell.note = NOTE;
                                })
                                .give(count))
                .sink("sink", new DigestSink<>(TYPE))
                .whenFailed(WhenFailed.stop())
                .journal(journal.build())
                .build()
                .start()
                .await();
    }

    private List<Long> events() throws IOException {
        return JournalRun.in(directory).stream().map(run -> run.size().events()).toList();
    }

    private void assertWhole(JournalRun run) throws IOException {
        assertThat(run.isWhole()).isTrue();
        var digest = new DigestSink<>(TYPE);
        Pipeline.of("kept", TYPE)
                .sink("sink", digest)
                .whenFailed(WhenFailed.stop())
                .replaying(ChronicleJournalReader.open(directory, run), Replaying.ALL)
                .build()
                .start()
                .await();
        assertThat(digest.digest())
                .isEqualTo(run.foot().orElseThrow().sinks().get(0).digest());
    }

    @Test
    void theOldestRunsGoWithAllTheirFilesWhenThereIsNoRoom() throws IOException {
        // Each takes three files.
        for (int count = 2200; count < 2210; count++) {
            assertThat(record(journal(Keeping.dropOldest(8 << 20)), count).succeeded())
                    .isTrue();
            int first = CycleFile.list(directory).get(0).cycle();
            assertThat(JournalRun.in(directory).get(0).id() >>> Integer.SIZE)
                    .as("nothing is left of a run that was dropped")
                    .isEqualTo(first);
        }

        List<JournalRun> runs = JournalRun.in(directory);
        assertThat(events()).endsWith(2208L, 2209L).hasSizeLessThan(4);
        for (JournalRun run : runs) {
            assertWhole(run);
        }
    }

    @Test
    void runsBeforeTheOneThatGoesOnAreDroppedWhenThatIsAsked() throws IOException {
        // Files of 1 MiB, so each of the first two takes three.
        ChronicleJournal.Builder journal = journal(Keeping.full(16 << 20)).runsApart();
        record(journal, 2200);
        record(journal, 2201);
        ChronicleJournal third = journal.build();
        Report report = Pipeline.of("kept", TYPE)
                .source(
                        "numbers",
                        new ScriptedSource<Cell>((cell, n) -> {
                                    third.dropRunsBefore();
                                })
                                .give(100))
                .sink("sink", new DigestSink<>(TYPE))
                .whenFailed(WhenFailed.stop())
                .journal(third)
                .build()
                .start()
                .await();

        assertThat(report.succeeded()).isTrue();
        assertThat(events()).containsExactly(100L);
        assertThat(CycleFile.list(directory)).hasSize(1);
        assertWhole(JournalRun.in(directory).get(0));
        record(journal, 7);
        assertThat(events()).as("a wish is for one run").containsExactly(100L, 7L);
    }

    @Test
    void aWishBetweenRunsDropsNothing() throws IOException {
        ChronicleJournal.Builder builder = journal(Keeping.full(16 << 20)).runsApart();
        record(builder, 10);
        ChronicleJournal journal = builder.build();
        journal.dropRunsBefore();

        journal.open(new JournalHead("kept", 1, 0, 0, 0));
        journal.close(new JournalFoot(true, 0, List.of()));

        assertThat(events()).containsExactly(10L, 0L);
    }

    @Test
    void aFileThatRunsShareStaysWhenOneGoesOnInIt() throws IOException {
        ChronicleJournal.Builder journal = journal(Keeping.full(16 << 20));
        record(journal, 2200);
        record(journal, 10);
        ChronicleJournal third = journal.build();
        third.open(new JournalHead("kept", 1, 0, 0, 0));
        third.dropRunsBefore();
        third.close(new JournalFoot(true, 0, List.of()));

        assertThat(events()).as("the first began in a file that is gone").containsExactly(10L, 0L);
        assertThat(CycleFile.list(directory)).hasSize(1);
    }

    @Test
    void aRunThatTakesAllAloneStopsAndIsThereFromItsBegin() throws IOException {
        Keeping keeping = Keeping.dropOldest(4 << 20);
        record(journal(keeping), 10);

        Report report = record(journal(keeping), 10_000);

        assertThat(report.failed()).isTrue();
        assertThat(report.failures().get(0).message())
                .startsWith("journal: " + directory + ": there is no room within 4194304 bytes")
                .contains("no part of the run that goes on is dropped");
        List<JournalRun> runs = JournalRun.in(directory);
        assertThat(runs).as("the one before made room").hasSize(1);
        assertThat(runs.get(0).damage()).isEmpty();
        assertThat(runs.get(0).size().events()).isBetween(3_000L, 4_000L);
        assertThat(runs.get(0).foot().orElseThrow().complete()).isFalse();

        assertThat(record(journal(keeping), 1_000).succeeded()).isTrue();
        assertThat(events()).containsExactly(1_000L);
    }

    @Test
    void nothingIsDroppedUnlessThatIsWanted() throws IOException {
        Keeping keeping = Keeping.full(4 << 20);
        record(journal(keeping), 10);

        assertThat(record(journal(keeping), 10_000).failed()).isTrue();

        List<JournalRun> runs = JournalRun.in(directory);
        assertThat(runs).hasSize(2);
        assertWhole(runs.get(0));
    }

    @Test
    void runsThatAreTooOldGoWhenTheNextBegins() throws IOException {
        for (int count = 1; count < 4; count++) {
            record(journal(AGED), count);
        }
        List<CycleFile> files = CycleFile.list(directory);
        assertThat(files).hasSize(3);
        written(files.get(0), Duration.ofDays(32));
        written(files.get(1), Duration.ofDays(31));
        written(files.get(2), Duration.ofDays(29));

        record(journal(AGED), 4);

        assertThat(events()).containsExactly(3L, 4L);
    }

    @Test
    void whoReadsWhileRunsAreDroppedGoesOnWithThoseThatAreLeft() throws IOException {
        for (int count = 1; count < 4; count++) {
            record(journal(AGED), count);
        }
        List<CycleFile> files = CycleFile.list(directory);

        int heads = 0;
        List<String> damage;
        try (var walk = new ExcerptWalk(directory, 0)) {
            for (CycleCursor at = walk.next(); at != null; at = walk.next()) {
                heads += at.kind() == RunFormat.HEAD ? 1 : 0;
                Files.deleteIfExists(files.get(0).path());
                Files.deleteIfExists(files.get(1).path());
            }
            damage = walk.damage();
        }

        assertThat(heads).isEqualTo(2);
        assertThat(damage).singleElement().asString().startsWith(files.get(1).path() + ": was deleted");
    }

    private static void written(CycleFile file, Duration ago) throws IOException {
        Files.setLastModifiedTime(file.path(), FileTime.from(NOW.minus(ago)));
    }

    @Test
    void aRunThatGoesOnIsKeptHoweverOldItGets() throws IOException {
        Keeping keeping = new Keeping(64 << 20, AGED.ageMax(), WhenOutgrown.DROP_OLDEST);
        var days = new AtomicLong();

        record(journal(keeping).clock(() -> TimeUnit.DAYS.toNanos(days.addAndGet(100))), 20_000);

        JournalRun run = JournalRun.in(directory).get(0);
        assertThat(CycleFile.list(directory)).hasSizeGreaterThan(4);
        assertThat(days.get()).as("it was looked at with each file").isGreaterThan(500);
        assertThat(run.size().events()).isEqualTo(20_000);
        assertWhole(run);
    }
}
