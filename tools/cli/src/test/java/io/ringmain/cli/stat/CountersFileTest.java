package io.ringmain.cli.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.Accounts;
import io.ringmain.Report;
import io.ringmain.Report.Failure;
import io.ringmain.Report.StageReport;
import io.ringmain.cli.stat.RunSnapshot.DistinctError;
import io.ringmain.cli.stat.RunSnapshot.Part;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CountersFileTest {

    private static final long PID = 4711;
    private static final int LOOKS = 5_000;

    @TempDir
    private Path directory;

    private final AtomicLong clockMs = new AtomicLong(1_000_000);

    @Test
    void whatIsReportedIsSeen() throws IOException {
        try (CountersFile file = file("shop");
                RunView view = RunView.open(path())) {
            clockMs.set(1_000_400);
            file.update(Reports.of(1_000, 2), 123_456);

            RunSnapshot seen = view.look();

            assertThat(seen.pid()).isEqualTo(PID);
            assertThat(seen.pipeline()).isEqualTo("shop");
            assertThat(seen.startedMs()).isEqualTo(1_000_000);
            assertThat(seen.heartbeatMs()).isEqualTo(1_000_400);
            assertThat(seen.ended()).isFalse();
            assertThat(seen.whole()).isTrue();
            assertThat(seen.balanced()).isTrue();
            assertThat(seen.errors()).isEmpty();
            assertThat(seen.counters())
                    .containsEntry("received", 1_000L)
                    .containsEntry("absorbed", 500L)
                    .containsEntry("filtered", 250L)
                    .containsEntry("dead_lettered", 150L)
                    .containsEntry("in_flight", 100L)
                    .containsEntry("bytes", 123_456L)
                    .containsEntry("ran_ns", 2_000_000_000L)
                    .doesNotContainKey("counters_left_out");
            assertThat(seen.parts())
                    .containsExactly(
                            new Part(
                                    PartKind.SOURCE,
                                    "web",
                                    Map.of("received", 1_000L, "blocked_ns.ring_full", 1_500_000_000L)),
                            new Part(PartKind.STAGE, "parse", counters(1_000, 998, 1, 1, 0, 1, 512)),
                            new Part(
                                    PartKind.SINK,
                                    "print",
                                    Map.of(
                                            "offered", 13L,
                                            "delivered", 9L,
                                            "not_wanted", 3L,
                                            "failed", 1L,
                                            "dropped", 0L,
                                            "dead_lettered", 1L,
                                            "depth_max", 7L)));
        }
    }

    @Test
    void aRunWithoutBytesShowsNone() throws IOException {
        try (CountersFile file = file("shop");
                RunView view = RunView.open(path())) {
            file.update(Reports.of(8, 1));

            assertThat(view.look().counters()).doesNotContainKey("bytes");
        }
    }

    @Test
    void whyEventsWereDroppedIsSeenFromTheFirstDropOn() throws IOException {
        try (CountersFile file = file("shop");
                RunView view = RunView.open(path())) {
            file.update(Reports.with(new Accounts(1, 0, 0, 0, Map.of(), 0, 0, 1, 0), 1, List.of()));
            RunSnapshot first = view.look();
            file.update(Reports.with(
                    new Accounts(9, 0, 0, 0, Map.of("skipped", 2L, "late", 3L), 0, 0, 4, 0), 2, List.of()));
            RunSnapshot second = view.look();

            assertThat(first.counters().keySet()).noneMatch(name -> name.startsWith("dropped_why"));
            assertThat(second.counters())
                    .containsEntry("dropped", 5L)
                    .containsEntry("dropped_why.skipped", 2L)
                    .containsEntry("dropped_why.late", 3L);
            assertThat(second.balanced()).isTrue();
        }
    }

    @Test
    void closingTellsWhoLooksOnAndDeletesTheFile() throws IOException {
        CountersFile file = file("shop");
        try (RunView view = RunView.open(path())) {
            file.update(Reports.of(80, 1));

            file.close();
            file.update(Reports.of(90, 2));
            file.close();

            assertThat(view.look().ended()).isTrue();
            assertThat(view.look().counter("received")).isEqualTo(80);
            assertThat(directory).isEmptyDirectory();
        }
    }

    @Test
    void theFileIsForItsOwnerOnlyAndHasItsWholeLengthAtOnce() throws IOException {
        try (CountersFile file = file("shop")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path())))
                    .isEqualTo("rw-------");
            assertThat(Files.size(path())).isEqualTo(CountersLayout.FILE_BYTES);
            assertThatThrownBy(() -> file("another")).isInstanceOf(FileAlreadyExistsException.class);
            file.update(Reports.of(1, 1));
            assertThat(Files.size(path())).isEqualTo(CountersLayout.FILE_BYTES);
        }
    }

    @Test
    void aFailureStandsThereOnceWithHowOftenItHappened() throws IOException {
        try (CountersFile file = file("shop");
                RunView view = RunView.open(path())) {
            Failure level = new Failure("parse", "unknown_level", "the first word is no level", 3);
            Failure sink = new Failure("print", "java.io.IOException", "", 1);
            file.update(Reports.of(80, 1, level));
            clockMs.set(1_000_200);
            file.update(Reports.of(90, 2, level, sink));
            clockMs.set(1_000_400);
            file.update(Reports.of(99, 3, new Failure("parse", "unknown_level", "another text", 40_000), sink));

            assertThat(view.look().errors())
                    .containsExactly(
                            new DistinctError(
                                    "parse: unknown_level: the first word is no level", 40_000, 1_000_000, 1_000_400),
                            new DistinctError("print: java.io.IOException", 1, 1_000_200, 1_000_200));
        }
    }

    @Test
    void asManyFailuresAsAReportTellsApartFitInFull() throws IOException {
        String message = "\u20ac".repeat(100_000);
        Failure[] failures = IntStream.rangeClosed(1, 65)
                .mapToObj(i -> new Failure("stage " + i, "type", message, i))
                .toArray(Failure[]::new);
        try (CountersFile file = file("shop");
                RunView view = RunView.open(path())) {
            file.update(Reports.of(80, 1, failures));

            List<DistinctError> errors = view.look().errors();
            assertThat(errors).hasSize(65);
            assertThat(errors.get(64).text())
                    .startsWith("stage 65: type: \u20ac")
                    .endsWith("\u20ac...");
            assertThat(errors.get(64).count()).isEqualTo(65);
        }
    }

    @Test
    void namesMayHaveSlashesPointsAndAnyLength() throws IOException {
        List<String> names = List.of("a/b", "a.b/", "\u20ac".repeat(500));
        List<StageReport> stages =
                names.stream().map(name -> Reports.stage(name, 5)).toList();
        try (CountersFile file = file("\u20ac".repeat(500));
                RunView view = RunView.open(path())) {
            file.update(Reports.with(new Accounts(0, 0, 0, 0, Map.of(), 0, 0, 0, 0), 1, stages));

            RunSnapshot seen = view.look();
            assertThat(seen.parts(PartKind.STAGE))
                    .extracting(Part::name)
                    .containsExactly("a/b", "a.b/", "\u20ac".repeat(100));
            assertThat(seen.parts(PartKind.STAGE))
                    .allSatisfy(part -> assertThat(part.counter("depth_max")).isEqualTo(512));
            assertThat(seen.pipeline()).startsWith("\u20ac".repeat(64));
        }
    }

    @Test
    void countersWithoutRoomAreCounted() throws IOException {
        List<StageReport> stages = IntStream.range(0, 200)
                .mapToObj(i -> Reports.stage("stage " + i, 5))
                .toList();
        try (CountersFile file = file("shop");
                RunView view = RunView.open(path())) {
            Report report = Reports.with(new Accounts(0, 0, 0, 0, Map.of(), 0, 0, 0, 0), 1, stages);
            file.update(report);
            file.update(report);

            RunSnapshot seen = view.look();
            long ofParts = seen.parts().stream()
                    .mapToLong(part -> part.counters().size())
                    .sum();
            long shown = ofParts + seen.counters().size() - 1;
            assertThat(shown).isEqualTo(CountersLayout.COUNTERS_MAX - 1);
            // Those of the run, of 200 stages, of the source and of the sink.
            assertThat(shown + seen.counter("counters_left_out")).isEqualTo(11 + 200 * 7 + 2 + 7);
        }
    }

    @Test
    @Timeout(60)
    void whoLooksWhileTheRunWritesSeesCountsThatGrowAndBelongTogether() throws Exception {
        // An update per look: one that writes without a pause never shows two equal pictures.
        Semaphore updates = new Semaphore(0);
        try (CountersFile file = file("shop");
                RunView view = RunView.open(path())) {
            Thread writer = new Thread(
                    () -> {
                        for (int n = 1; n <= LOOKS; n++) {
                            updates.acquireUninterruptibly();
                            file.update(Reports.of(n, n, new Failure("parse", "type", "text", n)));
                        }
                    },
                    "writer");
            writer.start();
            long received = 0;
            try {
                for (int look = 1; look <= LOOKS; look++) {
                    updates.release();
                    RunSnapshot seen = view.look();
                    assertThat(seen.whole()).isTrue();
                    assertThat(seen.balanced()).isTrue();
                    assertThat(seen.counter("ran_ns")).isEqualTo(seen.counter("received") * 1_000_000_000);
                    seen.parts(PartKind.STAGE)
                            .forEach(part -> assertThat(part.counter("in")).isEqualTo(seen.counter("received")));
                    assertThat(seen.counter("received")).isBetween(received, (long) look);
                    received = seen.counter("received");
                }
            } finally {
                updates.release(LOOKS);
                writer.join(TimeUnit.SECONDS.toMillis(30));
            }
            assertThat(writer.isAlive()).isFalse();
            assertThat(view.look().counter("received")).isEqualTo(LOOKS);
        }
    }

    private static Map<String, Long> counters(long in, long out, long filtered, long failed, long... rest) {
        return Map.of(
                "in", in,
                "out", out,
                "filtered", filtered,
                "failed", failed,
                "dropped", rest[0],
                "dead_lettered", rest[1],
                "depth_max", rest[2]);
    }

    private CountersFile file(String pipeline) throws IOException {
        return CountersFile.create(path(), PID, pipeline, clockMs::get);
    }

    private Path path() {
        return directory.resolve("4711.cnc");
    }
}
