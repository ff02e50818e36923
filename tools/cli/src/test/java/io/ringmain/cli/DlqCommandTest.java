package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters of a run that has ended, from its first look to the last purge. */
@Timeout(60)
class DlqCommandTest {

    static final String GOOD = "1.2.3.4 - - [17/May/2015:10:05:03 +0000] \"GET /%s HTTP/1.1\" 200 5";

    @TempDir
    private Path directory;

    private Path plan;
    private Path out;
    private String letters;

    /** 40 lines of which the 20th and the 40th are bad. */
    @BeforeEach
    void run() throws IOException {
        Path log = directory.resolve("access.log");
        Files.write(
                log,
                IntStream.rangeClosed(1, 40)
                        .mapToObj(i -> i % 20 == 0 ? "bad line " + i : GOOD.formatted(i))
                        .toList());
        out = directory.resolve("out.jsonl");
        letters = directory.resolve("letters").toString();
        plan = Files.writeString(directory.resolve("plan.yaml"), """
                name: shop
                sources: {web: {type: file, path: "%s"}}
                steps:
                  - parse: common
                sinks: {out: {type: file, path: "%s"}}
                when_failed: dead_letter
                dead_letters: {path: "%s"}
                """.formatted(log, out, letters));
        Outcome outcome = Outcome.of("run", plan.toString());
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.err()).contains("dead letters: 2 in " + letters + "; see ringmain dlq list");
    }

    private Outcome dlq(String verb, String... more) {
        return Outcome.of(
                Stream.concat(Stream.of("dlq", verb, letters), Stream.of(more)).toArray(String[]::new));
    }

    private String mend(String id) throws IOException {
        Path good = Files.writeString(directory.resolve("good"), GOOD.formatted("mended") + '\n');
        Outcome edited = dlq("edit", id, "--payload", good.toString());
        assertThat(edited.code()).as(edited.err()).isZero();
        return edited.out().strip();
    }

    @Test
    void listShowsThemAndCountsThem() {
        assertThat(dlq("list").out().lines()).hasSize(2).first().asString().contains("0-0", "parse", "bad line 20");
        assertThat(dlq("list", "--count").out()).isEqualTo("2\n");
        assertThat(dlq("list", "--by", "reason").out()).contains("bad_time").contains("2");
        assertThat(dlq("list", "--by", "stage", "--format", "json").out())
                .isEqualTo("{\"count\":2,\"by\":{\"parse\":2}}\n");
        assertThat(dlq("list", "--limit", "1").err()).contains("the first 1 of 2");
    }

    @Test
    void lettersAreChosenByWhatTheyAre() {
        assertThat(dlq("list", "--text", "line 40").out()).contains("0-1").doesNotContain("0-0");
        assertThat(dlq("list", "--stage", "filter").err()).contains("no such letter");
        assertThat(dlq("list", "--reason", "bad_time", "--source", "web", "--count")
                        .out())
                .isEqualTo("2\n");
        assertThat(dlq("list", "--since", "1h", "--count").out()).isEqualTo("2\n");
        assertThat(dlq("list", "--until", "2020-01-01", "--count").out()).isEqualTo("0\n");
        assertThat(dlq("list", "--where", "contains(line, \"40\")", "--count").out())
                .isEqualTo("1\n");
    }

    @Test
    void wrongUsageIsSaidWithWhatIsExpected() {
        assertThat(dlq("list", "--where", "status >=")).satisfies(wrong -> {
            assertThat(wrong.code()).isEqualTo(2);
            assertThat(wrong.err()).contains("--where");
        });
        assertThat(dlq("show", "zero").err()).contains("ID: zero (expected: a letter's number such as 0-17)");
        assertThat(dlq("show").err()).contains("ID: 0 given (expected: the number of one letter)");
        assertThat(dlq("list", "--since", "yesterday").err()).contains("--since: yesterday (expected: a time such as");
        assertThat(dlq("list", "--state", "new").err()).contains("--state: new (expected: open, ");
        assertThat(dlq("purge").err()).contains("no letter is named or chosen");
        assertThat(Outcome.of("dlq", "list", directory.resolve("none").toString())
                        .err())
                .contains("no directory");
        assertThat(Outcome.of("dlq").err()).contains("no verb (expected: list, show");
    }

    @Test
    void showHasTheExactBytes() {
        assertThat(dlq("show", "0-0").out())
                .contains("failed at  parse")
                .contains("source     web, position ")
                .endsWith("\nbad line 20\n");
        assertThat(dlq("show", "0-0", "--payload").out()).isEqualTo("bad line 20");
        assertThat(dlq("show", "0-7").code()).isEqualTo(1);
    }

    @Test
    void aMendedLineReachesItsSinkOnce() throws IOException {
        String child = mend("0-0");
        assertThat(dlq("show", "0-0").out()).contains("edited at ").contains("see letter " + child);

        Outcome retried = dlq("retry", child, "--plan", plan.toString());
        Outcome again = dlq("retry", child, "--plan", plan.toString());

        assertThat(retried.code()).as(retried.err()).isZero();
        assertThat(retried.out()).contains("1 letter, 1 done with");
        assertThat(again.code()).isZero();
        assertThat(again.out()).contains("was resolved before").contains("nothing done");
        List<String> lines = Files.readAllLines(out);
        assertThat(lines).hasSize(39).last().asString().contains("/mended");
        assertThat(dlq("edit", "0-0", "--payload", plan.toString()).err())
                .contains("letter 0-0 is edited (expected: open)");
    }

    @Test
    void whatFailsAgainIsANewLetter() {
        Outcome retried = dlq("retry", "--plan", plan.toString());

        assertThat(retried.code()).isEqualTo(1);
        assertThat(retried.out()).contains("has failed again", "2 letters, 0 done with");
        assertThat(dlq("list", "--count").out()).isEqualTo("2\n");
        assertThat(dlq("list", "--state", "retried", "--count").out()).isEqualTo("2\n");
        String second = dlq("list", "--limit", "1").out().split(" ", 2)[0];
        assertThat(dlq("show", second).out()).contains("attempts   2").contains("was        letter 0-0");
    }

    @Test
    void aNamedLetterThatIsNotThereIsSaidBesideThoseThatAre() throws IOException {
        assertThat(dlq("retry", "0-0", "0-77", "--dry-run")).satisfies(dry -> {
            assertThat(dry.code()).isEqualTo(1);
            assertThat(dry.out()).startsWith("would try again 1 letter\n");
            assertThat(dry.err()).contains("ringmain dlq: 0-77: no such letter\n");
        });
        String child = mend("0-0");
        assertThat(dlq("retry", child, "0-77", "--plan", plan.toString())).satisfies(tried -> {
            assertThat(tried.code()).isEqualTo(1);
            assertThat(tried.out()).contains("1 letter, 1 done with");
            assertThat(tried.err()).contains("0-77: no such letter");
        });
    }

    @Test
    void retryNeedsThePlanThatTheLettersAreOf() throws IOException {
        assertThat(dlq("retry").err()).contains("--plan: missing, and no run writes to");
        Path other = Files.writeString(
                directory.resolve("other.yaml"), Files.readString(plan).replace(letters, letters + "-2"));
        assertThat(dlq("retry", "--plan", other.toString())).satisfies(wrong -> {
            assertThat(wrong.code()).isEqualTo(78);
            assertThat(wrong.err()).contains("give the plan that the letters are of");
        });
        Path renamed = Files.writeString(
                directory.resolve("renamed.yaml"), Files.readString(plan).replace("name: shop", "name: mine"));
        assertThat(dlq("retry", "--plan", renamed.toString())).satisfies(wrong -> {
            assertThat(wrong.code()).isEqualTo(78);
            assertThat(wrong.err()).contains("name: mine (expected: shop, as the letters say)");
        });
        assertThat(dlq("retry", "--dry-run").out()).isEqualTo("would try again 2 letters\n  parse: 2\n");
    }

    @Test
    void exportHasAnObjectPerLetter() {
        assertThat(dlq("export").out().lines()).hasSize(2).allSatisfy(line -> assertThat(line)
                .startsWith("{\"id\":\"0-")
                .contains("\"payload\":\"bad line ", "\"event_base64\":\"", "\"reason\":\"bad_time\""));
    }

    @Test
    void purgeFreesTheFiles() {
        assertThat(dlq("purge", "0-0").out()).isEqualTo("purged 1 letter\n");
        assertThat(dlq("list", "--count").out()).isEqualTo("1\n");
        assertThat(dlq("purge", "--all", "--dry-run").out()).isEqualTo("would purge 1 letter\n");
        assertThat(dlq("purge", "--all").out()).isEqualTo("purged 1 letter\n");
        assertThat(dlq("stats").out()).startsWith("0 letters, files of ");
    }

    @Test
    void verifySaysThatAllIsWhole() throws IOException {
        assertThat(dlq("verify").out()).startsWith("1 file, 2 letters, 0 marks");
        Path saved = directory.resolve("saved");

        assertThat(dlq("verify", "--salvage", saved.toString()).code()).isZero();

        assertThat(Outcome.of("dlq", "list", saved.toString(), "--count").out()).isEqualTo("2\n");
    }

    @Test
    void explainSaysWhereTheyAre() {
        assertThat(Outcome.of("explain", plan.toString()).out().replaceAll("\\s+", " "))
                .contains("dead letters, in " + letters + ", at most 1.07 GB")
                .contains("kept on disk: kill -9 loses none whose event is acknowledged");
    }
}
