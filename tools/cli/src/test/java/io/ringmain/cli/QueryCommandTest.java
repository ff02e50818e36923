package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryCommandTest {

    private static final String ACCESS = Examples.file("access.log");

    @Test
    void theAnswerIsATable() {
        Outcome outcome = Outcome.of("query", ACCESS, "status >= 200 | count(), sum(bytes) by status | top 2");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo("""
                          status  count  sum_bytes
                             200      3      16973
                             500      2        174
                        """);
        assertThat(outcome.err())
                .contains("parsed as combined, which fits the first lines", "8 lines, 854 B in", "1 not parsed: bad_");
    }

    @Test
    void withoutAnAggregateTheLinesAreTheAnswer() {
        Outcome outcome = Outcome.of("query", Examples.file("app.log"), "level >= ERROR");

        assertThat(outcome.out())
                .isEqualTo("ERROR Failed to connect to database\nERROR Timeout waiting for response\n");
    }

    @Test
    void programsGetAnObjectPerRow() {
        Outcome outcome = Outcome.of(
                "query", "--format", "json", "--parse", "combined", ACCESS, "avg(bytes) by method | sort method");

        assertThat(outcome.out())
                .isEqualTo(
                        "{\"method\":\"GET\",\"avg_bytes\":2909.8333333333335}\n{\"method\":\"POST\",\"avg_bytes\":0}\n");
        assertThat(outcome.err()).doesNotContain("parsed as");
    }

    @Test
    void standardInputIsReadFromItsFirstLineThoughTheFormatIsGuessed() {
        assertThat(Outcome.reading("INFO a\nWARN b\nINFO c\n", "query", "count() by level")
                        .out())
                .isEqualTo("  level  count\n  INFO       2\n  WARN       1\n");
        assertThat(Outcome.reading("INFO a", "query", "-", "count()").out()).isEqualTo("  count\n      1\n");
        assertThat(Outcome.reading("", "query", "count()").code()).isZero();
    }

    @Test
    void aSignalBetweenTheFirstLinesAndTheInputDoesNotSpoilTheAnswer() {
        Outcome outcome = Outcome.signalledAfter("parsed as", "SIGINT", "query", ACCESS, "count()");

        assertThat(outcome.out()).isEqualTo("  count\n      7\n");
        assertThat(outcome.code()).isZero();
    }

    @Test
    void whatCouldNotBeWrittenIsNotCountedAsLines() {
        Outcome outcome = Outcome.full("query", ACCESS, "status >= 200");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .containsPattern(
                        "; failed( [0-9]+ times)?: standard output: cannot be written: No space left on device")
                .contains("ringmain query: standard output: No space left on device");
    }

    @Test
    void anEmptyInputHasAnEmptyAnswer() {
        Outcome outcome = Outcome.reading("", "query", "status >= 500 | count() by path");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err()).isEqualTo("ringmain query: standard input: empty; no line to answer from\n");
    }

    @Test
    void aFieldThatNoLineHasKeepsItsColumn() {
        String line = "{\"a\":1}\n";

        assertThat(Outcome.reading(line, "query", "count() by b").out()).isEqualTo("  b  count\n  -      1\n");
        assertThat(Outcome.reading(line, "query", "--format", "json", "count() by b")
                        .out())
                .isEqualTo("{\"b\":null,\"count\":1}\n");
    }

    @Test
    void aFileWhereTheQuestionBelongsIsWrongUsage() {
        Outcome forgotten = Outcome.of("query", ACCESS);
        Outcome swapped = Outcome.of("query", "count() by path", ACCESS);

        assertThat(forgotten.code()).isEqualTo(2);
        assertThat(forgotten.err())
                .contains(ACCESS + " is a file; the question is missing: ringmain query " + ACCESS
                        + " 'count() by status'");
        assertThat(swapped.code()).isEqualTo(2);
        assertThat(swapped.err())
                .contains(ACCESS + " is a file; the question comes last: ringmain query " + ACCESS
                        + " 'count() by path'");
    }

    @Test
    void aReaderThatHasSeenEnoughEndsTheAnswerQuietly() {
        Outcome outcome = Outcome.failing("Broken pipe", "query", Examples.file("app.log"), "level >= DEBUG");

        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).hasLineCount(1).contains("parsed as level");
    }

    @Test
    void textWithAnEqualsSignIsNotLogfmt() {
        Outcome text = Outcome.reading("started with x=1 in a while\n", "query", "count()");
        Outcome pairs = Outcome.reading("at=info msg=\"all is well = fine\" n=1\n", "query", "count() by at");

        assertThat(text.code()).isEqualTo(1);
        assertThat(text.err()).contains("no format fits");
        assertThat(pairs.out()).contains("info");
    }

    @Test
    void aWrongQuestionIsShownWithAllItsProblems() {
        Outcome outcome = Outcome.of("query", ACCESS, "statsu >= 500 and byts > 1 | count()");

        assertThat(outcome.code()).isEqualTo(78);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .contains(
                        "error: unknown field statsu",
                        "^^^^^^ did you mean status?",
                        "did you mean bytes?",
                        "query: 2 problems");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "count() by; 11; by without a field (expected; such as count() by status",
                "count(), sum(bytes) by top 3; 24; top 3 (expected: a field; such as count() by status",
                "count() by level top 3; 12; level top 3 (expected: a field; put a bar before top",
                "count() by level,; 12; level, (expected: a field; such as count() by status"
            })
    void byIsFollowedByFields(String question, int column, String message, String hint) {
        Outcome outcome = Outcome.reading("INFO a\n", "query", question);

        assertThat(outcome.code()).isEqualTo(78);
        assertThat(outcome.err()).contains("error: " + message, "--> query:1:" + column + "\n", hint);
    }

    @Test
    void aTerminalIsNotAskedAgainOnceItHasEnded() {
        // A terminal gives its end, and the next read waits for what is typed then.
        AtomicInteger ends = new AtomicInteger();
        InputStream terminal =
                new FilterInputStream(new ByteArrayInputStream("INFO a".getBytes(StandardCharsets.UTF_8))) {
                    @Override
                    public int read(byte[] to, int offset, int length) throws IOException {
                        int count = super.read(to, offset, length);
                        ends.addAndGet(count < 0 ? 1 : 0);
                        return count;
                    }
                };

        Outcome outcome = Outcome.reading(terminal, "query", "count() by level");

        assertThat(outcome.out()).isEqualTo("  level  count\n  INFO       1\n");
        assertThat(ends).hasValue(1);
    }

    @Test
    void whatCannotBeReadIsOneSentence() {
        Outcome outcome = Outcome.of("query", "gone.log", "count()");
        Outcome parsed = Outcome.of("query", "--parse", "json", "gone.log", "count()");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("ringmain query: gone.log: no such file")
                .hasLineCount(1);
        assertThat(parsed.err())
                .startsWith("ringmain query: gone.log: no such file")
                .hasLineCount(1);
        assertThat(Outcome.of("query", "--parse", "combined", "gone.log", "count()")
                        .code())
                .isEqualTo(1);
    }

    @Test
    void linesThatFitNoFormatNeedAPlan() {
        Outcome outcome = Outcome.reading("some text\nmore text\n", "query", "count()");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("--parse: no format fits the first 2 lines");
    }

    @Test
    void wrongOptionsAreWrongUsage() {
        assertThat(Outcome.of("query", "--parse", "xml", ACCESS, "count()").err())
                .contains("--parse: xml (expected: auto,");
        assertThat(Outcome.of("query", "-", ACCESS, "count()").code()).isEqualTo(2);
        assertThat(Outcome.of("query").code()).isEqualTo(2);
    }

    @Test
    void aTerminalGetsATableThatFits() {
        Screen.Traits narrow = new Screen.Traits(true, false, false, StandardCharsets.UTF_8, 50);

        Outcome outcome =
                Outcome.of(narrow, "query", ACCESS, "set agent = concat(path, path, path, path) | count() by agent");

        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 50);
        assertThat(outcome.out()).contains("...");
    }
}
