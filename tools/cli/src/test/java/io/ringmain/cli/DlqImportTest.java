package io.ringmain.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.journal.ChronicleDeadLetters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Letters leave a directory as lines and come into another. */
@Timeout(60)
class DlqImportTest {

    private static final String BINARY = "\u0000\u0001 \u00ff\u00fe \"\\ \u0080";
    private static final String PAIR = "k\u00c3\u00a4se \u00f0\u009f\u0098\u0080 \u007f\u001b[1m";

    @TempDir
    private Path directory;

    private Path plan;
    private String there;
    private String here;

    /** A run that leaves four letters, one of which is no text, and one of which failed behind the step that has parsed it. */
    @BeforeEach
    void run() throws IOException {
        Path log = directory.resolve("app.log");
        String lines = "bad one\n" + BINARY + '\n' + PAIR + '\n'
                + DlqCommandTest.GOOD.formatted("good").replace(" 5", " -") + '\n';
        Files.write(log, lines.getBytes(ISO_8859_1));
        there = directory.resolve("there").toString();
        here = directory.resolve("new").resolve("here").toString();
        plan = Files.writeString(
                directory.resolve("plan.yaml"), """
                name: shop
                sources: {web: {type: file, path: "%s"}}
                steps:
                  - parse: common
                  - enrich: {compute: {kilo: bytes / 1000}}
                sinks: {out: {type: file, path: "%s"}}
                when_failed: dead_letter
                dead_letters: {path: "%s"}
                """.formatted(log, directory.resolve("out.jsonl"), there));
        Outcome outcome = Outcome.of("run", plan.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
    }

    private static String export(String from) {
        Outcome exported = Outcome.of("dlq", "export", from);
        assertThat(exported.code()).as(exported.err()).isZero();
        return exported.out();
    }

    private static String withoutIds(String lines) {
        return lines.replaceAll("\"id\":\"[0-9-]+\"", "\"id\":\"\"");
    }

    private Outcome importing(String lines, String... more) throws IOException {
        Path file = Files.writeString(directory.resolve("letters.jsonl"), lines);
        List<String> args = new ArrayList<>(List.of("dlq", "import", here, file.toString()));
        Collections.addAll(args, more);
        return Outcome.of(args.toArray(String[]::new));
    }

    @Test
    void whatIsExportedAndImportedIsTheSameButForItsNumbers() throws IOException {
        String lines = export(there);
        assertThat(lines).contains("\"payload_base64\":\"", "\"payload\":\"bad one\"", "\\ud83d\\ude00", "\\u001b");

        Outcome imported = importing(lines);
        Outcome again = Outcome.reading(lines, "dlq", "import", here);

        assertThat(imported.code()).as(imported.err()).isZero();
        assertThat(imported.out()).isEqualTo("imported 3 letters, 0-0 to 0-2\n");
        assertThat(imported.err()).isEmpty();
        assertThat(again.out()).isEqualTo("imported 3 letters, 0-3 to 0-5\n");
        assertThat(withoutIds(export(here))).isEqualTo(withoutIds(lines + lines));
        assertThat(Outcome.of("dlq", "show", here, "0-1", "--payload").out())
                .isEqualTo(Outcome.of("dlq", "show", there, "0-1", "--payload").out());
        assertThat(Outcome.of("dlq", "verify", here).code()).isZero();
    }

    @Test
    void whatIsImportedCanBeMendedAndTriedAgain() throws IOException {
        assertThat(importing(export(there)).code()).isZero();
        Path good = Files.writeString(directory.resolve("good"), DlqCommandTest.GOOD.formatted("mended"));
        Path other = Files.writeString(
                directory.resolve("other.yaml"), Files.readString(plan).replace(there, here));

        Outcome edited = Outcome.of("dlq", "edit", here, "0-0", "--payload", good.toString());
        Outcome retried = Outcome.of("dlq", "retry", here, edited.out().strip(), "--plan", other.toString());

        assertThat(retried.out()).as(retried.err()).contains("1 letter, 1 done with");
        assertThat(Files.readString(directory.resolve("out.jsonl"))).contains("/mended");
        assertThat(Outcome.of("dlq", "retry", here, "--plan", other.toString()).out())
                .contains("has failed again", "2 letters, 0 done with");
    }

    @Test
    void wrongLinesAreSaidWithTheirPlaceAndTheOthersImported() throws IOException {
        List<String> good = export(there).lines().toList();
        String first = good.get(0);
        List<String> lines = List.of(
                first,
                "{\"id\":\"0-1\", \"time\": true}",
                "",
                first.replace("\"attempts\":1", "\"attempts\":1.5"),
                first.replaceFirst("\"event_base64\":\"[^\"]+\"", "\"event_base64\":\"AAAA\""),
                first.replace("\"payload\":\"bad one\"", "\"payload\":\"mended\""),
                first.replaceFirst(",\"codec\":\"[^\"]+\"", ""),
                first.replace("\"stage\"", "\"stadge\""),
                first.replaceFirst("\"time\":\"[^\"]+\"", "\"time\":\"today\""),
                first.substring(0, 40),
                first + '}',
                good.get(2));

        Outcome imported = importing(String.join("\n", lines));

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.out()).isEqualTo("imported 2 letters, 0-0 to 0-1\n");
        String at = "ringmain dlq: " + directory.resolve("letters.jsonl") + ':';
        assertThat(imported.err().lines().toList())
                .hasSize(9)
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo(at + "2:22: found t (expected: a text or a whole number)"),
                        line -> assertThat(line).startsWith(at + "4:").endsWith("found 1 (expected: a whole number)"),
                        line -> assertThat(line)
                                .startsWith(at + "5:")
                                .contains("event_base64: \"AAAA\" (expected: a whole event of codec log, format 1)"),
                        line -> assertThat(line)
                                .startsWith(at + "6:")
                                .endsWith(
                                        "payload: \"mended\" (expected: the one in event_base64; import it as it was, then"
                                                + " change it with dlq edit)"),
                        line -> assertThat(line).endsWith("7:1: codec: missing (expected: all that dlq export writes)"),
                        line -> assertThat(line)
                                .contains("8:")
                                .contains("stadge: \"parse\" (expected: what dlq export"),
                        line -> assertThat(line).contains("time: \"today\" (expected: a time such as 2026-"),
                        line -> assertThat(line).contains("10:41: ends here (expected: "),
                        line -> assertThat(line).contains("found } (expected: nothing behind the object)"));
        assertThat(withoutIds(export(here))).isEqualTo(withoutIds(first + '\n' + good.get(2) + '\n'));
    }

    @Test
    void onlyTheFirstTenWrongLinesAreSaid() throws IOException {
        Outcome imported = importing("no\n".repeat(13));

        assertThat(imported.code()).isEqualTo(1);
        assertThat(imported.err().lines())
                .hasSize(11)
                .last()
                .asString()
                .isEqualTo("ringmain dlq: and 3 more wrong lines");
        assertThat(imported.out()).isEqualTo("imported 0 letters\n");
    }

    @Test
    void aDryRunWritesNothing() throws IOException {
        Outcome dry = importing(export(there) + "no\n", "--dry-run");

        assertThat(dry.code()).isEqualTo(1);
        assertThat(dry.out()).isEqualTo("would import 3 letters\n");
        assertThat(dry.err()).contains("letters.jsonl:4:1: found n (expected: an object, {...})");
        assertThat(Path.of(here)).doesNotExist();
    }

    @Test
    void whatWasDoneWithIsOpenAgainAndThatIsSaid() throws IOException {
        Outcome.of("dlq", "purge", there, "0-0", "0-1");

        Outcome imported = importing(export(there));

        assertThat(imported.code()).isZero();
        assertThat(imported.err())
                .contains(
                        "note: not all were open where they come from, purged 2; here they are open; dlq export --state open");
        assertThat(Outcome.of("dlq", "list", here, "--count").out()).isEqualTo("3\n");
    }

    @Test
    void aDirectoryToWhichSomebodyWritesIsLeftAlone() throws IOException {
        String lines = export(there);
        ChronicleDeadLetters store = ChronicleDeadLetters.in(Path.of(here));
        store.open();
        try {
            Outcome imported = importing(lines);

            assertThat(imported.code()).isEqualTo(1);
            assertThat(imported.err()).contains(here + ": another run writes there (expected: one at a time)");
        } finally {
            store.close();
        }
        assertThat(export(here)).isEmpty();
    }

    @Test
    void wrongUsageIsSaidWithWhatIsExpected() {
        assertThat(Outcome.of("dlq", "import", plan.toString(), plan.toString()).err())
                .contains("DIR: " + plan + ": no directory (expected: one, or a name that is free)");
        assertThat(Outcome.of("dlq", "import", here, "none.jsonl")).satisfies(wrong -> {
            assertThat(wrong.code()).isEqualTo(2);
            assertThat(wrong.err()).contains("FILE: none.jsonl: no file (expected: what dlq export has written, or -)");
        });
    }
}
