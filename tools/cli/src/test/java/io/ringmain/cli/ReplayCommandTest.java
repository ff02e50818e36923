package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A run that a journal has kept is looked at, and repeated to the same results. */
@Timeout(60)
class ReplayCommandTest {

    @TempDir
    private Path directory;

    private Path plan;
    private Path log;
    private String journal;

    @BeforeEach
    void run() throws IOException {
        log = Files.write(
                directory.resolve("access.log"),
                IntStream.rangeClosed(1, 2000)
                        .mapToObj(i -> i % 100 == 0 ? "bad" : DlqCommandTest.GOOD.formatted(i % 7))
                        .toList());
        journal = directory.resolve("journal").toString();
        plan = Files.writeString(directory.resolve("plan.yaml"), """
                name: shop
                sources: {web: {type: file, path: "%s"}}
                steps:
                  - parse: common
                    pool: {min: 1, max: 3}
                  - sample: 3
                  - aggregate: {by: [path], compute: {requests: count()}}
                sinks:
                  all: {type: file, after: sample, path: "%s"}
                  totals: {type: file, path: "%s"}
                when_failed: skip
                journal: {path: "%s"}
                """.formatted(
                        log, directory.resolve("all.jsonl"), directory.resolve("totals.jsonl"), journal));
        Outcome outcome = Outcome.of("run", plan.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private Outcome replay(String... more) {
        String[] args = new String[4 + more.length];
        args[0] = "replay";
        args[1] = journal;
        args[2] = "--pipeline";
        args[3] = plan.toString();
        System.arraycopy(more, 0, args, 4, more.length);
        return Outcome.of(args);
    }

    @Test
    void infoShowsTheRun() {
        assertThat(Outcome.of("journal", "info", journal).out())
                .contains("run 0-0 of shop, begun ", ", whole", "2,000 events in 2,001 slots")
                .contains("sink all: 660 events, digest ", "sink totals: 7 events, digest ");
        assertThat(Outcome.of("journal", "verify", journal, "--format", "json")).satisfies(verified -> {
            assertThat(verified.code()).isZero();
            assertThat(verified.out()).contains("\"whole\":true", "\"repeats\":\"in_order\"");
        });
        assertThat(Outcome.of("journal", "dump", journal, "--from", "99", "--limit", "1")
                        .out())
                .matches("99  \\S+ us  event  web:\\d+  bad\n");
    }

    @Test
    void aReplayGivesTheSameResultsWithoutItsInput() throws IOException {
        Files.delete(log);
        byte[] before = Files.readAllBytes(directory.resolve("all.jsonl"));

        Outcome replayed = replay("--verify");

        assertThat(replayed.code()).as(replayed.err()).isZero();
        assertThat(replayed.out().lines()).hasSize(2).allMatch(line -> line.endsWith(", as in the run"));
        assertThat(Files.readAllBytes(directory.resolve("all.jsonl"))).isEqualTo(before);
    }

    @Test
    void aRunWithMoreLettersOnDiskThanFitIntoMemoryIsRepeated() throws IOException {
        Files.write(log, IntStream.range(0, 10_500).mapToObj(i -> "bad").toList());
        Path letters = directory.resolve("letters");
        Files.writeString(
                plan,
                Files.readString(plan)
                        .replace(
                                "when_failed: skip",
                                "when_failed: dead_letter\ndead_letters: {path: \"" + letters + "\"}"));
        assertThat(Outcome.of("run", plan.toString()).code()).isZero();

        Outcome replayed = replay("--verify");

        assertThat(replayed.code()).as(replayed.err()).isZero();
        assertThat(replayed.err()).contains("dead letters: 10,500, of which the first 10,000\n");
    }

    @Test
    void aReportTakesThePlaceOfNothingAndIsTriedFirst() throws IOException {
        String text = Files.readString(plan);
        String nowhere = directory.resolve("none/report.json").toString();

        assertThat(replay("--report", plan.toString())).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err()).contains("--report: " + plan + ": is the plan itself");
        });
        assertThat(Files.readString(plan)).isEqualTo(text);
        assertThat(replay("--report", nowhere)).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(1);
            assertThat(refused.err())
                    .contains("--report: " + nowhere + ": cannot be written")
                    .doesNotContain("events");
        });
    }

    @Test
    void windowsAreTheSameAtAnyNumberOfLanes() throws IOException {
        var random = new SplittableRandom(3);
        Files.write(
                log,
                IntStream.range(0, 5000)
                        .mapToObj(i -> "t=" + Instant.ofEpochSecond(1_700_000_000 + i / 20 - random.nextInt(8))
                                + " user=u" + random.nextInt(300))
                        .toList());
        String windows = """
                name: shop
                sources: {web: {type: file, path: "%s", disorder: 2s}, none: {type: file, path: "%s"}}
                steps:
                  - parse: logfmt
                  - window: {every: 5s, by: user, compute: {n: count()}}
                    partition: {lanes: LANES}
                sinks: {rows: {type: file, path: "%s"}}
                when_failed: skip
                journal: {path: "%s"}
                """.formatted(
                log, Files.createFile(directory.resolve("empty.log")), directory.resolve("rows.jsonl"), journal);
        Files.writeString(plan, windows.replace("LANES", "2"));
        Outcome run = Outcome.of("run", plan.toString());
        assertThat(run.code()).as(run.err()).isZero();
        assertThat(run.err()).contains("late");

        for (String lanes : List.of("1", "2", "4")) {
            Files.writeString(plan, windows.replace("LANES", lanes));
            Outcome replayed = replay("--verify");

            assertThat(replayed.code()).as(lanes + " lanes: " + replayed.err()).isZero();
            assertThat(replayed.out()).contains("rows").endsWith(", as in the run\n");
        }
    }

    @Test
    void anotherPlanGivesOtherResults() throws IOException {
        Files.writeString(plan, Files.readString(plan).replace("sample: 3", "sample: 4"));

        Outcome replayed = replay("--verify");

        assertThat(replayed.code()).isEqualTo(1);
        assertThat(replayed.err()).contains("is not as it was in the run");
        assertThat(replayed.out()).contains("NOT as in the run");
    }

    @Test
    void aPartIsNotCompared() {
        Outcome replayed = replay("--until", "299");

        assertThat(replayed.code()).isZero();
        assertThat(replayed.err()).contains("shop: 300 events");
        assertThat(replayed.out()).contains("nothing to compare with");
        assertThat(replay("--until", "299", "--verify").code()).isEqualTo(1);
    }

    @Test
    void whatAnAggregateRemembersIsShownAsRows() {
        Outcome shown = replay("--until", "299", "--state", "aggregate");

        assertThat(shown.code()).as(shown.err()).isZero();
        assertThat(shown.err()).doesNotContain("checkpoint");
        assertThat(shown.out().replaceAll(" +", " "))
                .contains("aggregate: 7 rows\n", "path requests\n")
                .contains("/0 14\n", "/2 13\n", "/3 15\n");
        assertThat(replay("--until", "299", "--state", "aggregate", "--format", "json")
                        .out())
                .startsWith("{\"sinks\":[{\"name\":\"all\",\"events\":99,\"in_order\":\"")
                .contains("\"verdict\":\"not_compared\"")
                .contains(
                        "\"state\":{\"step\":\"aggregate\",\"bytes\":", "\"rows\":[{\"path\":\"/0\",\"requests\":14},")
                .hasLineCount(1);
    }

    @Test
    void anAggregateIsShownAsOfTheLastSlotAlsoBehindAnother() throws IOException {
        Files.writeString(
                plan,
                Files.readString(plan).replace("sinks:\n", "  - aggregate: {compute: {paths: count()}}\nsinks:\n"));

        assertThat(replay("--until", "299", "--state", "aggregate-2").out())
                .contains("aggregate-2: 1 row\n  paths\n      0\n");
    }

    @Test
    void thePartsOfAPartitionAreAddedUp() throws IOException {
        Files.writeString(
                plan,
                Files.readString(plan)
                        .replace("  - sample: 3\n", "  - sample: 3\n    partition: {by: path, lanes: 2}\n"));

        assertThat(replay("--state", "sample").out()).containsPattern("sample: remembers [\\d,]+ bytes in 128 parts\n");
    }

    @Test
    void ofOtherStepsItIsSaidHowMuchTheyRemember() {
        assertThat(replay("--until", "299", "--state", "sample").out())
                .containsPattern("\nsample: remembers \\d+ bytes\n");
        assertThat(replay("--state", "sample", "--format", "json").out())
                .containsPattern("\"state\":\\{\"step\":\"sample\",\"bytes\":\\d+}}")
                .contains("\"verdict\":\"as_in_the_run\"");
    }

    @Test
    void theReportHasTheResults() throws IOException {
        Path report = directory.resolve("report.json");

        replay("--report", report.toString());

        assertThat(Files.readString(report)).contains("\"received\":2000", "\"requests\":");
    }

    @Test
    void aRunThatWentOnFromACheckpointIsNotReplayedWithoutItsBegin() throws IOException {
        String checkpoint = "{type: file, checkpoint: \"" + directory.resolve("checkpoint") + "\",";
        Files.writeString(plan, Files.readString(plan).replace("web: {type: file,", "web: " + checkpoint));
        for (int i = 0; i < 2; i++) {
            Files.writeString(log, DlqCommandTest.GOOD.formatted("new") + '\n', StandardOpenOption.APPEND);
            Outcome run = Outcome.of("run", plan.toString());
            assertThat(run.code()).as(run.err()).isZero();
        }

        Outcome refused = replay("--verify");
        Outcome forced = replay("--force");
        Outcome forcedToVerify = replay("--force", "--verify");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.out()).isEmpty();
        assertThat(refused.err().replaceAll("checkpoint \\d+", "checkpoint N"))
                .contains(
                        "run 0-",
                        " went on from checkpoint N of an earlier one, and what its steps remembered is not in")
                .containsPattern("replay that with --run 0-\\d+, or begin with nothing and other results with --force");
        assertThat(forced.code()).as(forced.err()).isZero();
        assertThat(forced.err()).contains("shop: 1 event");
        assertThat(forced.out()).contains("nothing to compare with").doesNotContain("as in the run");
        assertThat(forcedToVerify.code()).isEqualTo(1);
        assertThat(forcedToVerify.err()).contains("--verify: the run went on from a checkpoint");
    }

    @Test
    void wrongUsageIsSaidWithWhatIsExpected() {
        assertThat(replay("--speed", "fast").err())
                .contains("--speed: fast (expected: max, real, or a number such as 10x)");
        assertThat(replay("--state", "parse")).satisfies(wrong -> {
            assertThat(wrong.code()).isEqualTo(2);
            assertThat(wrong.err())
                    .contains("--state: parse (expected: a part that remembers something: [sample, aggregate])");
        });
        assertThat(replay("--run", "7-7").err()).contains("--run: 7-7 (expected: one of info)");
        assertThat(Outcome.of("journal", "info", directory.resolve("none").toString())
                        .err())
                .contains("no directory");
        assertThat(Outcome.of("journal").err()).contains("no verb (expected: info, dump, verify)");
    }

    @Test
    void runsThatAreTooOldAreDroppedByTheNext() throws IOException {
        Files.writeString(plan, Files.readString(plan).replace("journal: {", "journal: {age: 30d, "));
        Files.setLastModifiedTime(onlyFile(), FileTime.fromMillis(0));

        assertThat(Outcome.of("run", plan.toString()).code()).isZero();

        assertThat(Outcome.of("journal", "info", journal).out())
                .contains("run 1-0 of shop, ")
                .doesNotContain("run 0-0");
    }

    private Path onlyFile() throws IOException {
        try (var files = Files.list(Path.of(journal))) {
            return files.filter(one -> one.toString().endsWith(".cq4"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void whatIsCutIsSaid() throws IOException {
        Path file = onlyFile();
        try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
            channel.truncate(channel.size() / 8);
        }
        Outcome cut = Outcome.of("journal", "verify", journal);
        Files.write(file, new byte[0]);
        Outcome empty = Outcome.of("journal", "verify", journal);

        assertThat(cut.code()).isEqualTo(1);
        assertThat(cut.out()).containsAnyOf("damaged", "not ended");
        assertThat(empty.code()).isEqualTo(1);
        assertThat(empty.out()).isEqualTo("no run\n");
    }
}
