package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

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

    @Test
    void whatCannotBeReadIsOneSentence() {
        Outcome outcome = Outcome.of("query", "gone.log", "count()");

        assertThat(outcome.code()).isEqualTo(1);
        assertThat(outcome.err()).contains("gone.log: no such file").doesNotContain("\tat ");
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
