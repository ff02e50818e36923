package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Accounts;
import io.ringmain.Report;
import io.ringmain.logs.RawJson;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.spi.DeadLetter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans that are run. */
@Timeout(60)
class PlanPipelineTest {

    private static final String EIGHT_LINES = """
            INFO Server started on port 8080
            DEBUG Loaded configuration
            WARN High memory usage detected
            ERROR Failed to connect to database
            INFO Request processed successfully
            DEBUG Cache hit for user 123
            ERROR Timeout waiting for response
            INFO Shutdown initiated
            """;

    private static final String ACCESS = """
            10.0.0.1 - - [17/May/2015:10:05:03 +0000] "GET /a HTTP/1.1" 200 100 "-" "curl"
            10.0.0.2 - ann [17/May/2015:10:05:43 +0000] "GET /b HTTP/1.1" 404 20 "-" "curl"
            10.0.0.1 - - [17/May/2015:10:06:00 +0000] "POST /a HTTP/1.1" 500 - "-" "Mozilla"
            not an access log at all
            10.0.0.3 - - [17/May/2015:10:06:01 +0000] "GET /a HTTP/1.1" 200 300 "-" "curl"
            """;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    @TempDir
    private Path folder;

    @Test
    void eightLinesOfTheFirstTextByLevel() {
        Run run = run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: level
                  - filter: level >= INFO
                  - aggregate: {by: level, compute: {count: count()}}
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                """, EIGHT_LINES);

        assertThat(run.report.accounts().filtered()).isEqualTo(2);
        assertThat(run.report.accounts().balanced()).isTrue();
        assertThat(shown())
                .containsExactly(
                        "{\"level\":\"INFO\",\"count\":3}",
                        "{\"level\":\"WARN\",\"count\":1}",
                        "{\"level\":\"ERROR\",\"count\":2}");
        assertThat(run.pipeline.rows())
                .containsExactly(Map.entry(
                        "aggregate",
                        List.of(
                                Map.of("level", "INFO", "count", 3L),
                                Map.of("level", "WARN", "count", 1L),
                                Map.of("level", "ERROR", "count", 2L))));
    }

    @Test
    void everyEventSaysWhichSourceItIsFromWhereThePlanAsks() throws IOException {
        Path web = Files.writeString(folder.resolve("web.log"), "INFO a\nERROR b\n");
        Path app = Files.writeString(folder.resolve("app.log"), "INFO c\nINFO d\nERROR e\n");
        Run run = run("""
                sources:
                  web: {type: file, path: '%s'}
                  app: {type: file, path: '%s'}
                  in: {type: stdin}
                steps:
                  - parse: level
                  - filter: source.type != "stdin" or level == ERROR
                  - aggregate: {by: [source.name, source.type], compute: {count: count()}}
                sinks:
                  errors: {type: file, path: '%s', after: parse, where: source.name == "app" and level == ERROR}
                  out: {type: console, format: json}
                when_failed: stop
                """.formatted(web, app, folder.resolve("errors.json")), "INFO x\nERROR y\n");

        assertThat(shown())
                .containsExactlyInAnyOrder(
                        "{\"source.name\":\"web\",\"source.type\":\"file\",\"count\":2}",
                        "{\"source.name\":\"app\",\"source.type\":\"file\",\"count\":3}",
                        "{\"source.name\":\"in\",\"source.type\":\"stdin\",\"count\":1}");
        assertThat(Files.readString(folder.resolve("errors.json")))
                .contains("\"source.name\":\"app\"", "\"message\":\"e\"");
        assertThat(run.report.sources())
                .extracting(Report.SourceReport::received)
                .containsExactly(2L, 3L, 2L);
        assertThat(run.pipeline.absentFields()).isEmpty();
    }

    @Test
    void eventsOfSeveralSourcesSayWhichTheyAreFromAlsoWhereThePlanDoesNotAsk() throws IOException {
        Path web = Files.writeString(folder.resolve("web.log"), "INFO a\n");
        run("""
                sources:
                  web: {type: file, path: '%s'}
                  in: {type: stdin}
                steps: [{parse: level}]
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                """.formatted(web), "INFO b\n");

        assertThat(shown())
                .containsExactlyInAnyOrder(
                        "{\"level\":\"INFO\",\"source.name\":\"web\",\"source.type\":\"file\",\"message\":\"a\",\"source\":\"unknown\"}",
                        "{\"level\":\"INFO\",\"source.name\":\"in\",\"source.type\":\"stdin\",\"message\":\"b\",\"source\":\"unknown\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "routes: [{when: source.name == 'in', to: out}]",
                "steps: [{enrich: {set: {a: b}}, partition: {by: [source.name], lanes: 2}}]"
            })
    void aRouteAndAPartitionMayAskForTheOnlySource(String asking) {
        run("""
                sources: {in: {type: stdin}}
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                %s
                """.formatted(asking), "as it is\n");

        assertThat(shown()).singleElement().asString().contains("\"source.name\":\"in\"");
    }

    @Test
    void aLineThatIsNotParsedIsStillWrittenBesideItsSource() {
        run("""
                sources: {in: {type: stdin}}
                steps: [{filter: 'source.name == "in"'}]
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                """, "as it is\n");

        assertThat(shown()).singleElement().asString().contains("\"line\":\"as it is\"", "\"source.type\":\"stdin\"");
    }

    @Test
    void accessLogByMinuteOfEventTime() {
        Run run = run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: combined
                  - enrich:
                      compute: {minute: 'truncate(timestamp, 1m)'}
                  - aggregate:
                      by: minute
                      compute: {requests: count(), bytes: sum(bytes), statuses: counts(status)}
                sinks: {out: {type: console}}
                when_failed: dead_letter
                """, ACCESS);

        assertThat(shown())
                .containsExactly(
                        "minute                requests  bytes  statuses",
                        "2015-05-17T10:05:00Z         2    120  {\"200\":1,\"404\":1}",
                        "2015-05-17T10:06:00Z         2    300  {\"200\":1,\"500\":1}");
        assertThat(run.report.accounts().deadLettered()).isEqualTo(1);
        assertThat(run.pipeline.letters().letters())
                .extracting(DeadLetter::stage)
                .containsExactly("parse");
        assertThat(run.pipeline.rows().get("aggregate").get(0))
                .isEqualTo(Map.of(
                        "minute",
                        "2015-05-17T10:05:00Z",
                        "requests",
                        2L,
                        "bytes",
                        120L,
                        "statuses",
                        new RawJson("{\"200\":1,\"404\":1}")));
    }

    @Test
    void eachLineTakesTheFirstRouteThatFits() {
        Run run = run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: level
                sinks:
                  all: {type: discard, where: level >= WARN}
                  out: {type: console, when_full: block}
                  warnings: {type: discard}
                  rest: {type: discard, when_full: block}
                routes:
                  - {when: level >= ERROR, to: out}
                  - {when: level >= WARN, to: warnings}
                  - else: rest
                when_failed: dead_letter
                """, "INFO a\nERROR b\nWARN c\nnothing\nFATAL d\n");

        assertThat(shown()).containsExactly("ERROR b", "FATAL d");
        assertThat(run.report.sinks())
                .extracting(sink -> sink.name() + ' ' + sink.delivered() + ' ' + sink.notWanted())
                .containsExactly("all 3 1", "out 2 2", "warnings 1 3", "rest 1 3");
        assertThat(run.report.segments()).hasSize(3).allMatch(Accounts::balanced);
        assertThat(run.report.accounts().deadLettered()).isEqualTo(1);
    }

    @Test
    void whatNoRouteTakesIsFiltered() {
        Run run = run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: level
                sinks: {out: {type: console}}
                routes:
                  - {when: level >= ERROR, to: out}
                when_failed: stop
                """, "INFO a\nERROR b\nWARN c\n");

        assertThat(shown()).containsExactly("ERROR b");
        assertThat(run.report.accounts().filtered()).isEqualTo(2);
        assertThat(run.report.accounts().delivered()).isEqualTo(1);
    }

    @Test
    void groupsOfAFieldThatNoLineHasKeepItsColumn() {
        run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: json
                  - aggregate: {by: [user, path], compute: {requests: count(), bytes: sum(bytes)}}
                  - enrich: {rename: {path: page}}
                sinks: {out: {type: console}}
                when_failed: stop
                """, "{\"path\":\"/a\"}\n{\"path\":\"/b\"}\n");

        assertThat(shown())
                .containsExactly("user  page  requests  bytes", "      /a           1", "      /b           1");
    }

    @Test
    void groupsOfTheSameLineShowIt() {
        run("""
                sources: {in: {type: stdin}}
                steps: [{aggregate: {by: line, compute: {times: count()}}}]
                sinks: {out: {type: console}}
                when_failed: stop
                """, "b\na\nb\n");

        assertThat(shown()).containsExactly("times  line", "    1  a", "    2  b");
    }

    @Test
    void errorsGoToOneFileAndTheRestToAnother() throws IOException {
        Run run = run("""
                sources: {in: {type: stdin}}
                steps: [{parse: level}]
                sinks:
                  errors: {type: file, path: "%1$s/errors.log", where: level >= ERROR}
                  rest: {type: file, path: "%1$s/rest.jsonl", where: not (level >= ERROR)}
                when_failed: skip
                """.formatted(folder), EIGHT_LINES);

        assertThat(Files.readAllLines(folder.resolve("errors.log")))
                .containsExactly("ERROR Failed to connect to database", "ERROR Timeout waiting for response");
        assertThat(Files.readAllLines(folder.resolve("rest.jsonl")))
                .hasSize(6)
                .element(0)
                .asString()
                .startsWith("{\"level\":\"INFO\",\"message\":\"Server started on port 8080\"");
        assertThat(run.report.accounts().delivered()).isEqualTo(8);
        assertThat(run.report.sinks()).extracting(sink -> sink.delivered()).containsExactly(2L, 6L);
        assertThat(run.report.sinks()).extracting(sink -> sink.notWanted()).containsExactly(6L, 2L);
    }

    @Test
    void whatTheOnlySinkDoesNotWantIsNotDelivered() {
        Run run = run("""
                sources: {in: {type: stdin}}
                steps: [{parse: level}]
                sinks: {errors: {type: console, where: level >= ERROR}}
                when_failed: skip
                """, EIGHT_LINES);

        assertThat(shown()).hasSize(2);
        assertThat(run.report.accounts().delivered()).isEqualTo(2);
        assertThat(run.report.accounts().filtered()).isEqualTo(6);
        assertThat(run.report.sinks().get(0).offered()).isEqualTo(8);
    }

    @Test
    void aRegexOverItsBudgetInASinkIsTheFailureOfItsEventAlone() {
        String lines = "INFO before\nINFO %s!\nINFO after\n".formatted("a".repeat(64));

        Run run = run("""
                sources: {in: {type: stdin}}
                steps: [{parse: level}]
                sinks: {out: {type: console, where: not (message matches '^(a|aa)+\\\\1?$')}}
                when_failed: dead_letter
                """, lines);

        assertThat(shown()).containsExactly("INFO before", "INFO after");
        assertThat(run.report.accounts().delivered()).isEqualTo(2);
        assertThat(run.report.accounts().deadLettered()).isEqualTo(1);
        assertThat(run.pipeline.letters().letters()).singleElement().satisfies(letter -> assertThat(
                        letter.reason() + " at " + letter.stage())
                .isEqualTo("regex_budget at out"));
    }

    @Test
    void sinkAfterAStepSeesWhatLeavesIt() {
        run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: level
                  - filter: level >= ERROR
                  - enrich: {set: {env: prod}, rename: {message: text}, remove: source}
                sinks:
                  all: {type: console, after: parse, format: json, where: exists(message)}
                  changed: {type: file, path: "%s/out.jsonl"}
                when_failed: {retry: 1, then: stop}
                """.formatted(folder), EIGHT_LINES);

        assertThat(shown())
                .hasSize(8)
                .contains("{\"level\":\"WARN\",\"message\":\"High memory usage detected\",\"source\":\"unknown\"}");
        assertThat(folder.resolve("out.jsonl"))
                .content()
                .startsWith("{\"level\":\"ERROR\",\"text\":\"Failed to connect to database\",\"env\":\"prod\"}\n");
    }

    @Test
    void lettersOverTheirBytesStopThePipelineAndSayHowMany() {
        // Each of about 1,100 bytes and what an event takes itself.
        String lines = ("nonsense " + "x".repeat(1000) + "\n").repeat(100);

        Run run = runToAnEnd("""
                sources: {in: {type: stdin}}
                steps: [{parse: level}]
                sinks: {out: {type: discard}}
                when_failed: dead_letter
                dead_letters: {bytes: 20KiB}
                """, lines);

        long kept = run.pipeline.letters().count();
        assertThat(kept).isBetween(8L, 18L);
        assertThat(run.pipeline.letters().bytes()).isBetween(18L << 10, 20L << 10);
        assertThat(run.report.failed()).isTrue();
        // A letter is kept before its event is settled: what a lane beside the one that stopped has kept may still
        // count as in flight.
        Accounts accounts = run.report.accounts();
        assertThat(kept).isBetween(accounts.deadLettered(), accounts.deadLettered() + accounts.inFlight());
        assertThat(accounts.balanced()).isTrue();
        assertThat(run.report.failures()).anyMatch(failure -> failure.message()
                .startsWith("deadLetters: full with " + kept + " letters (expected: room); they hold "
                        + run.pipeline.letters().bytes() + " bytes"));
    }

    @Test
    void takeEndsTheInput() {
        Run run = run("""
                sources: {in: {type: generate, seed: 3}}
                steps: [{take: 7}]
                sinks: {out: {type: console}}
                when_failed: stop
                """, "");

        assertThat(shown()).hasSize(7);
        assertThat(run.report.accounts().balanced()).isTrue();
    }

    @Test
    void sampleKeepsOneInSoMany() {
        run("""
                sources: {in: {type: generate, count: 100}}
                steps: [{parse: combined}, {sample: 10}]
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                """, "");

        assertThat(shown()).hasSize(10).allMatch(line -> line.startsWith("{\"timestamp\":\""));
    }

    @Test
    void lineOverTheLimitFailsAlsoWhereNothingParses() {
        Run run = run("""
                sources: {in: {type: stdin, line_bytes_max: 10}}
                sinks: {out: {type: console}}
                when_failed: dead_letter
                """, "short\n" + "x".repeat(100) + "\nlast\n");

        assertThat(shown()).containsExactly("short", "last");
        assertThat(run.pipeline.letters().letters())
                .extracting(DeadLetter::reason)
                .containsExactly("line_too_long");
    }

    @Test
    void lineOverTheLimitDoesNotParse() {
        Run run = run("""
                sources: {in: {type: stdin, line_bytes_max: 10}}
                steps: [{parse: level}]
                sinks: {out: {type: console}}
                when_failed: dead_letter
                """, "INFO abcdefghijklmnop\n");

        assertThat(run.pipeline.letters().letters())
                .extracting(DeadLetter::reason)
                .containsExactly("line_too_long");
    }

    @Test
    void hostAndTimeComeFromTheSurroundings() {
        run("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: level
                  - enrich: {host: true, ingest_time: true, remove: [source, message]}
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                """, "INFO x\n");

        assertThat(shown())
                .containsExactly("{\"level\":\"INFO\",\"ingest_time\":\"1970-01-01T00:00:05Z\",\"host\":\"testhost\"}");
    }

    @Test
    void rowsAreNotKeptUnlessWanted() {
        PlanPipeline pipeline = PlanPipeline.build(
                PlanTexts.read(PlanTexts.text(PlanTexts.in("right").get(0)))
                        .plan()
                        .orElseThrow(),
                surroundings(""),
                false);

        assertThat(pipeline.rows()).isEmpty();
    }

    private Run run(String text, String in) {
        Run run = runToAnEnd(text, in);
        assertThat(run.report.accounts().inFlight()).isZero();
        return run;
    }

    private Run runToAnEnd(String text, String in) {
        Reading reading = PlanTexts.read(text);
        assertThat(Diagnostics.render(reading.problems())).isEmpty();
        PlanPipeline pipeline = PlanPipeline.build(reading.plan().orElseThrow(), surroundings(in), true);
        Report report = pipeline.pipeline().start().await();
        return new Run(pipeline, report);
    }

    private Surroundings surroundings(String in) {
        return new Surroundings(
                new ByteArrayInputStream(in.getBytes(StandardCharsets.UTF_8)),
                new StandardOutput(out, false),
                "testhost",
                () -> 5_000_000_000L,
                System::nanoTime);
    }

    private List<String> shown() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private record Run(PlanPipeline pipeline, Report report) {}
}
