package io.ringmain.cli.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.ringmain.cli.rows.Row;
import io.ringmain.logs.plan.Diagnostic;
import io.ringmain.logs.plan.Mark;
import io.ringmain.logs.plan.Reading;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QueryTest {

    private static Reading read(String question) throws QueryException {
        return Query.of(question)
                .plan(List.of("a.log"), "combined", "{type: discard}")
                .read();
    }

    private static List<Diagnostic> problems(String question) throws QueryException {
        return read(question).problems();
    }

    private static List<Row> rows(Object... values) {
        return Stream.of(values)
                .map(value -> new Row("", Map.of("count", value)))
                .toList();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "status >= 500 # parse, filter",
                "where status >= 500 | take 5 # parse, filter, take",
                "limit 5 # parse, take",
                "filter method in ('GET', \"PO|ST\") # parse, filter",
                "status == 404 || status == 500 # parse, filter",
                "set kib = bytes / 1024 | sum(kib) by path # parse, enrich, aggregate",
                "count() # parse, aggregate",
                "n = count(), sum(bytes), max(bytes) by status, method | top 3 by n # parse, aggregate",
                "count() by status | where count > 5 | sort status desc # parse, aggregate, filter",
                "max(1, 2) > 1 # parse, filter",
                "'' # parse"
            })
    void stagesBecomeSteps(String question, String steps) throws QueryException {
        Reading reading = read(question);

        assertThat(reading.problems()).isEmpty();
        assertThat(reading.plan().orElseThrow().steps().stream()
                        .map(step -> step.kind().name()))
                .containsExactly(steps.split(", "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "status >= 500 | | take 5 # an empty stage # 16",
                "status > 1 | # an empty stage # 12",
                "top 5 # top of lines # 0",
                "sort status # sort of lines # 0",
                "count() by status | top 5 by cuont # no column cuont # 20",
                "count() | sum(bytes) # a second aggregate # 10",
                "count() | top 5 | where count > 1 # a stage behind sort, top or take # 18",
                "take many # not understood # 0",
                "take 0 # take 0 # 0",
                "set x # not understood # 0"
            })
    void whatCannotBeUnderstoodIsSaidWithItsPlace(String question, String message, int offset) {
        assertThatExceptionOfType(QueryException.class)
                .isThrownBy(() -> Query.of(question))
                .satisfies(wrong -> assertThat(wrong.getMessage()).contains(message))
                .satisfies(wrong -> assertThat(wrong.offset()).isEqualTo(offset));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "statsu >= 500 # 1 # statsu",
                "status >= 500 and metod == 'GET' # 19 # metod",
                "method == 'GET' and statsu > 1 # 21 # statsu",
                "where   statsu > 1 # 9 # statsu",
                "set x = byts + 1 | count() # 9 # byts",
                "take 3 | set x = concat('it', 'is', pth) # 37 # pth"
            })
    void aProblemOfThePlanIsShownInTheQuestion(String question, int column, String word) throws QueryException {
        List<Diagnostic> problems = problems(question);

        assertThat(problems).hasSize(1);
        Mark mark = Objects.requireNonNull(problems.get(0).mark());
        assertThat(mark.column()).isEqualTo(column);
        assertThat(mark.length()).isEqualTo(word.length());
        assertThat(mark.text()).isEqualTo(question);
    }

    @Test
    void aQuoteBeforeTheProblemDoesNotMoveItsPlace() throws QueryException {
        Diagnostic problem = problems("method == 'G''' and statsu > 1").get(0);

        assertThat(Objects.requireNonNull(problem.mark()).file()).isEqualTo("query");
    }

    @Test
    void aProblemOfAnAggregateIsShownAtTheStage() throws QueryException {
        Mark mark = Objects.requireNonNull(
                problems("status > 1 | count() by pth | top 3").get(0).mark());

        assertThat(mark.column()).isEqualTo(14);
        assertThat(mark.length()).isEqualTo("count() by pth".length());
    }

    @Test
    void topTakesTheHighestAndSortTheLowestFirst() throws QueryException {
        List<Row> rows = rows(3L, 11L, 2.5, 7L);

        assertThat(Query.of("count() | top 2").arrange(rows)).isEqualTo(rows(11L, 7L));
        assertThat(Query.of("count() | sort count").arrange(rows)).isEqualTo(rows(2.5, 3L, 7L, 11L));
        assertThat(Query.of("count() | sort count desc | take 1").arrange(rows)).isEqualTo(rows(11L));
        assertThat(Query.of("count()").arrange(rows)).isEqualTo(rows);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '#',
            value = {
                "INFO started # level",
                "level=info msg=\"a b\" # logfmt",
                "{\"a\": 1} # json",
                "192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 # common",
                "192.0.2.1 - - [17/May/2015:10:05:03 +0000] \"GET / HTTP/1.1\" 200 1 \"-\" \"curl\" # combined"
            })
    void theFormatIsGuessedFromTheLines(String line, String format) {
        assertThat(FormatGuess.of(List.of(line, line, "something else"))).contains(format);
    }

    @Test
    void noFormatIsGuessedWhereNoneFitsHalfOfTheLines() {
        assertThat(FormatGuess.of(List.of("some text", "more of it", "INFO x"))).isEmpty();
        assertThat(FormatGuess.of(List.of())).isEmpty();
    }
}
