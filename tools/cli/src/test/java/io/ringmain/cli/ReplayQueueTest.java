package io.ringmain.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.RollCycles;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A plan is run with what another program has written into a queue. */
@Timeout(60)
class ReplayQueueTest {

    static {
        System.setProperty("chronicle.analytics.disable", "true");
        System.setProperty("chronicle.disk.monitor.disable", "true");
        System.setProperty("slf4j.internal.verbosity", "ERROR");
    }

    @TempDir
    private Path directory;

    private Path plan;
    private Path queue;
    private List<String> lines;

    @BeforeEach
    void plan() throws IOException {
        queue = directory.resolve("queue");
        lines = IntStream.rangeClosed(1, 500)
                .mapToObj(i -> i % 100 == 0 ? "größer" : DlqCommandTest.GOOD.formatted(i % 7))
                .toList();
        plan = Files.writeString(directory.resolve("plan.yaml"), """
                name: shop
                sources: {web: {type: file, path: "%s"}}
                steps:
                  - parse: common
                  - aggregate: {by: [path], compute: {requests: count()}}
                sinks:
                  all: {type: file, after: parse, path: "%s"}
                  totals: {type: file, path: "%s"}
                when_failed: dead_letter
                """.formatted(
                directory.resolve("none.log"), directory.resolve("all.jsonl"), directory.resolve("totals.jsonl")));
    }

    private void write(boolean text) {
        try (ChronicleQueue written = SingleChronicleQueueBuilder.single(queue.toFile())
                .rollCycle(RollCycles.FAST_HOURLY)
                .build()) {
            ExcerptAppender appender = written.createAppender();
            for (String line : lines) {
                if (text) {
                    appender.writeText(line);
                } else {
                    appender.writeBytes(Bytes.wrapForRead(line.getBytes(UTF_8)));
                }
            }
        }
    }

    private Outcome replay(String... more) {
        String[] args = new String[4 + more.length];
        args[0] = "replay";
        args[1] = queue.toString();
        args[2] = "--pipeline";
        args[3] = plan.toString();
        System.arraycopy(more, 0, args, 4, more.length);
        return Outcome.of(args);
    }

    @Test
    void eachExcerptIsALineOfThePlansSource() throws IOException {
        write(true);
        Path report = directory.resolve("report.json");

        Outcome replayed = replay("--queue", "text", "--report", report.toString());

        assertThat(replayed.code()).as(replayed.err()).isZero();
        assertThat(replayed.err())
                .contains("shop: 500 events", "received 500 = delivered", "dead letters: 5", "parse, bad_client: 5");
        assertThat(replayed.out())
                .containsPattern("all: 495 events, \\p{XDigit}{32}, nothing to compare with\n")
                .contains("totals: 7 events, ");
        assertThat(Files.readString(report)).contains("\"received\":500", "{\"path\":\"/0\",\"requests\":71}");
        assertThat(directory.resolve("all.jsonl")).doesNotExist();
    }

    @Test
    void nothingIsWrittenIntoTheQueue() throws IOException {
        write(true);
        Map<Path, Integer> before = files();

        assertThat(replay("--queue", "text").code()).isZero();

        assertThat(files()).isNotEmpty().isEqualTo(before);
    }

    private Map<Path, Integer> files() throws IOException {
        Map<Path, Integer> hashes = new HashMap<>();
        try (Stream<Path> files = Files.list(queue)) {
            for (Path file : files.toList()) {
                hashes.put(file, Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return hashes;
    }

    @Test
    void bytesGiveTheSameAsTextAndAFile() throws IOException {
        write(false);
        Outcome ofBytes = replay("--queue", "bytes");
        queue = directory.resolve("other");
        write(true);
        Outcome ofText = replay("--queue", "text");
        Files.write(directory.resolve("none.log"), lines);
        Path journal = directory.resolve("journal");
        Path kept = Files.writeString(
                directory.resolve("kept.yaml"), Files.readString(plan) + "journal: {path: \"" + journal + "\"}\n");
        assertThat(Outcome.of("run", kept.toString()).code()).isZero();
        Outcome ofRun = Outcome.of("replay", journal.toString(), "--pipeline", kept.toString());

        assertThat(ofText.out()).isNotEmpty().isEqualTo(ofBytes.out());
        assertThat(ofRun.out().replace("as in the run", "nothing to compare with"))
                .isEqualTo(ofBytes.out());
    }

    @Test
    void whatOnlyARunHasIsRefused() {
        write(true);

        assertThat(replay("--queue", "text", "--verify")).satisfies(refused -> {
            assertThat(refused.code()).isEqualTo(2);
            assertThat(refused.err())
                    .contains("--verify: beside --queue (expected: the run of a journal); leave it out");
        });
        assertThat(replay("--queue", "text", "--from", "0").err()).contains("--from: beside --queue");
        assertThat(replay("--queue", "text", "--until", "7").err()).contains("--until: beside --queue");
        assertThat(replay("--queue", "lines").err())
                .contains("--queue: lines (expected: text or bytes, as its excerpts were written)");
    }

    @Test
    void aPlanOfSeveralSourcesIsRefused() throws IOException {
        write(true);
        Files.writeString(plan, Files.readString(plan).replace("sources: {", "sources: {in: {type: stdin}, "));

        Outcome refused = replay("--queue", "text");

        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).contains("--queue: beside a plan of 2 sources (expected: one, in whose place");
    }

    @Test
    void whatIsNoQueueIsSaid() throws IOException {
        assertThat(replay("--queue", "text").err())
                .contains("queue: no queue (expected: a directory with files that end with .cq4)");
        Files.createDirectory(queue);
        assertThat(replay("--queue", "bytes")).satisfies(empty -> {
            assertThat(empty.code()).isEqualTo(2);
            assertThat(empty.err()).contains("queue: no queue");
        });
        write(true);
        assertThat(replay().err()).contains("no run (expected: at least one); replay --queue reads what another");
    }
}
