package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.expression.Functions;
import io.ringmain.logs.plan.Kind;
import io.ringmain.logs.plan.Kinds;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanCommandsTest {

    private static final Screen.Traits UTF_8 =
            new Screen.Traits(false, false, false, StandardCharsets.UTF_8, Screen.COLUMNS_DEFAULT);

    @TempDir
    Path directory;

    private Path wrong() throws IOException {
        return Files.writeString(directory.resolve("wrong.yaml"), """
                sources: {app: {type: file, paht: app.log}}
                steps:
                  - parse: level
                  - filter: levl >= INFO
                sinks: {out: {type: console}}
                when_failed: dead_letter
                """);
    }

    @Test
    void checkShowsWhatItChecked() {
        Outcome outcome = Outcome.of("check", Examples.file("level-counts.yaml"));

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).isEqualTo(Examples.file("level-counts.yaml") + ": ok\n" + """
                  sources   app (file)
                  steps     parse, filter, aggregate
                  sinks     table (console)
                  settings  when_full block, when_failed dead_letter, drain_within 10.00 s
                """);
    }

    @Test
    void checkShowsAllProblemsOfAllFiles() throws IOException {
        Path plan = wrong();

        Outcome outcome = Outcome.of("check", plan.toString(), Examples.file("level-counts.yaml"), "none.yaml");

        assertThat(outcome.code()).isEqualTo(78);
        assertThat(outcome.out()).contains("level-counts.yaml: ok").doesNotContain("wrong.yaml: ok");
        assertThat(outcome.err())
                .contains("wrong.yaml:4:13", "^^^^ did you mean level?", "did you mean path?", "wrong.yaml: 2 problems")
                .contains("none.yaml: no such file");
    }

    @Test
    void hintsAreAsWideAsTheScreen() throws IOException {
        Path plan = Files.writeString(directory.resolve("wide.yaml"), """
                sources: {app: {type: stdin}}
                steps: [{filter: status > 1}]
                sinks: {out: {type: discard}}
                when_failed: skip
                """);
        Screen.Traits narrow = new Screen.Traits(false, false, false, StandardCharsets.UTF_8, 50);
        Screen.Traits wide = new Screen.Traits(false, false, false, StandardCharsets.UTF_8, 200);

        assertThat(Outcome.of(narrow, "check", plan.toString()).err()).contains("""
                       |                  ^^^^^^
                       = nothing before it parses the lines; put a
                         step such as - parse: combined first
                """);
        assertThat(Outcome.of(wide, "check", plan.toString()).err())
                .contains("^^^^^^ nothing before it parses the lines; put a step such as - parse: combined first\n");
    }

    @Test
    void anEmptyPlanIsShownASmallOneThatIsRight() throws IOException {
        Path plan = Files.writeString(directory.resolve("empty.yaml"), "");

        String hint = Outcome.of("check", plan.toString())
                .err()
                .lines()
                .filter(line -> line.startsWith("           "))
                .collect(Collectors.joining("\n"));
        Files.writeString(plan, hint);

        assertThat(hint).hasLineCount(4);
        assertThat(Outcome.of("check", plan.toString()).code()).isZero();
    }

    @Test
    void checkTellsProgramsWhereProblemsAre() throws IOException {
        Outcome outcome = Outcome.of("check", "--format", "json", wrong().toString());

        assertThat(outcome.code()).isEqualTo(78);
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out())
                .hasLineCount(1)
                .contains("\"line\":4,\"column\":13,\"length\":4", "\"ok\":false", "\"hint\":\"did you mean level?\"");
    }

    @Test
    void explainNamesThreadsBoundsAndLosses() {
        Outcome outcome = Outcome.of("explain", Examples.file("errors-apart.yaml"));

        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .contains("  from  app (file): path: app.log")
                .contains("        parse: level")
                .contains("  to    errors (file): path: errors.log, where: level >= ERROR")
                .contains("1 ring of 8,192 events", "lines: at most 16 MiB", "holds the source back")
                .contains("kill -9", "dead letters, at most 10,000", "supervisor");
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(Outcome.of("explain", "--format", "json", Examples.file("errors-apart.yaml"))
                        .out())
                .hasLineCount(1)
                .contains("\"rings\":1,\"ring_slots\":8192");
    }

    @Test
    void checkExplainAndDescribeShowHowWorkIsSpread() {
        String pool = Examples.file("slow-regex-pool.yaml");
        String partition = Examples.file("sample-by-client.yaml");

        assertThat(Outcome.of("check", pool, partition).out())
                .contains("steps     parse (pool of 1 to 4), filter")
                .contains("steps     parse, sample (by client over 4 lanes), throttle");
        assertThat(Outcome.of("explain", pool).out()).contains(", pool of 1 to 4");
        assertThat(Outcome.of("explain", partition).out())
                .contains("        sample: 3, by client over 4 lanes")
                .contains("        throttle: per_second: 1000, burst: 100")
                .contains("  sample#4");
        assertThat(Outcome.of("explain", "--format", "json", pool, "--set", "steps[0].pool={max: 6, min: 2}")
                        .out())
                .contains("\"kind\":\"parse\",\"pool\":{\"max\":6,\"min\":2}}");
        assertThat(Outcome.of("explain", "--format", "json", partition).out())
                .contains("\"kind\":\"sample\",\"partition\":{\"by\":[\"client\"],\"lanes\":4}}");
        assertThat(Outcome.of("describe", "sample").out())
                .contains("beside sample: partition: {by: client, lanes: 4}")
                .doesNotContain("pool");
    }

    @Test
    void explainSaysWhatBecomesOfLateEvents() throws IOException {
        String dropped = """
                sources: {in: {type: stdin, disorder: 5s}}
                steps: [{parse: json}, {window: {every: 1m, allowed_lateness: 10s, compute: {events: count()}}}]
                sinks: {out: {type: discard}}
                when_failed: skip
                """;
        Path plan = Files.writeString(directory.resolve("late.yaml"), dropped);

        assertThat(Outcome.of("explain", plan.toString()).out().replaceAll("\\s+", " "))
                .contains(
                        "Events that come late window waits 5.00 s for in (disorder), and gives a row again for 10.00 s"
                                + " (allowed_lateness); what comes later still is dropped as late, and counted");

        Files.writeString(plan, dropped.replace("discard}", "discard}, tardy: {type: discard, after: window.late}"));

        assertThat(Outcome.of("explain", plan.toString()).out().replaceAll("\\s+", " "))
                .contains("what comes later still goes to tardy");
        assertThat(Outcome.of("explain", "--format", "json", plan.toString()).out())
                .contains("\"late_events\":[{\"window\":\"window\",\"waits_seconds\":{\"in\":5},"
                        + "\"allowed_lateness_seconds\":10,\"late_to\":[\"tardy\"]}]");
        assertThat(Outcome.of("explain", plan.toString(), "--set", "steps[1].window.time=processing")
                        .err())
                .contains("no event comes too late for window, which asks for no time of events, or has no end");
    }

    @Test
    void explainShowsRoutesAndTheRingsOfSinks() {
        Outcome outcome = Outcome.of("explain", Examples.file("routes-by-level.yaml"));

        assertThat(outcome.out())
                .contains("  to    errors (file): path: errors.log, when_full: drop_newest")
                .contains("  route when level >= ERROR to errors")
                .contains("  route else to rest")
                .contains("2 rings of 8,192 events each");
        assertThat(Outcome.of("explain", "--format", "json", Examples.file("routes-by-level.yaml"))
                        .out())
                .contains(
                        "\"routes\":[{\"when\":\"level >= ERROR\",\"to\":[\"errors\"]},{\"when\":\"else\",\"to\":[\"rest\"]}]");
    }

    @Test
    void explainShowsWhenASinkIsLeftAlone() {
        String plan = Examples.file("routes-by-level.yaml");
        String set = "sinks.errors.breaker={after: 3, pause: 100ms, cap: 2s}";

        assertThat(Outcome.of("explain", "--set", set, plan).out())
                .contains("errors is left alone after 3 failed attempts in a row, for 0.10 s at");
        assertThat(Outcome.of("explain", "--format", "json", "--set", set, plan).out())
                .contains("\"breaker\":{\"after\":3,\"pause_seconds\":0.1,\"cap_seconds\":2}");
        assertThat(Outcome.of("describe", "discard").out())
                .contains("breaker: {after: 5, pause: 1s, cap: 1m}")
                .contains("          after: After how many failed attempts in a row.")
                .contains("batch: {count: 100, wait: 1s}");
    }

    @Test
    void explainSaysWhatBecomesOfEventsThatFail() {
        String plan = Examples.file("routes-by-level.yaml");
        String set =
                "sinks.errors.when_failed={retry: 3, backoff: 100ms, cap: 2s, within: 1m, jitter: false, then: skip}";

        String once = "what is behind it waits while it is tried again, up to 1 time,"
                + " after pauses drawn from none to 0.01 s at first, at most 30.00 s; then the run stops";

        assertThat(Outcome.of("explain", "--set", set, "--set", "when_failed={retry: 1, then: stop}", plan)
                        .out()
                        .replaceAll("\\s+", " "))
                .contains("in a step: " + once)
                .contains("at errors: what is behind it waits while it is tried again, up to 3 times, after pauses of"
                        + " 0.10 s at first, at most 2.00 s, within 60.00 s of the first failure;"
                        + " then it is dropped and counted")
                .contains("at rest: " + once)
                .contains("a sink whose disk is full waits for room");
        assertThat(Outcome.of("explain", "--format", "json", "--set", set, "--set", "when_failed=stop", plan)
                        .out())
                .contains("\"when_failed\":{\"retry\":3,\"backoff_seconds\":0.1,\"cap_seconds\":2,\"jitter\":false,"
                        + "\"within_seconds\":60,\"then\":\"skip\"}")
                .contains("\"when_failed\":{\"then\":\"stop\"}");
        assertThat(Outcome.of("describe", "discard").out())
                .contains("when_failed: stop, skip, dead_letter or {retry: 3, then: dead_letter}")
                .contains("          then: What happens when the last attempt failed.");
    }

    @Test
    void explainNamesTheDeadLettersThatOnlyASinkKeeps() {
        String plan = Examples.file("routes-by-level.yaml");

        assertThat(Outcome.of("explain", "--set", "when_failed=stop", plan).out())
                .doesNotContain("dead letters, at most");
        assertThat(Outcome.of(
                                "explain",
                                "--set",
                                "when_failed=stop",
                                "--set",
                                "sinks.rest.when_failed=dead_letter",
                                plan)
                        .out())
                .contains("at rest: it is kept as a dead letter")
                .contains("dead letters, at most");
    }

    @Test
    void policiesAreShownWithWhatTheyDo() {
        String plan = Examples.file("routes-by-level.yaml");
        String[] sets = {
            "--set", "when_full={block_for: 250ms}",
            "--set", "sinks.errors.when_full={spill: {path: never-made.spill, bytes_max: 1MiB}}",
            "--set", "sinks.errors.bound=64",
            "--set", "sinks.rest.when_full=shed"
        };

        assertThat(Outcome.of(with(sets, "check", plan)).out()).contains("settings  when_full block_for 0.25 s, ");
        assertThat(Outcome.of(with(sets, "explain", plan)).out())
                .contains("when_full: {spill: {path:", "never-made.spill, bytes_max: 1MiB}}, bound: 64")
                .contains("3 rings of 8,192 events each, but for those below")
                .contains("a full ring or memory (block_for 0.25 s): holds the source back for so")
                .contains("the ring of errors, at most 64 events: keeps what finds no room in a file")
                .contains("the ring of rest, at most 8,192 events: drops what matters least");
        assertThat(Outcome.of(with(sets, "explain", "--format", "json", plan)).out())
                .contains("{\"name\":\"errors\",\"when_full\":\"spill\",\"bound\":64,\"guarantee\":");
        assertThat(Path.of("never-made.spill")).doesNotExist();
        assertThat(Outcome.of("explain", plan, "--set", "sources.app.when_full=drop_newest")
                        .out())
                .contains("app (file): path: app.log, when_full: drop_newest")
                .contains("a full ring to app: drops what arrives, and counts it");
        assertThat(Outcome.of("explain", plan, "--set", "when_full=drop_oldest").out())
                .contains("before the first ring: as many events wait; it has itself at most 1,024");
        assertThat(Outcome.of("check", plan, "--set", "when_full={sample: 0.1}").out())
                .contains("when_full sample 0.1,");
        assertThat(Outcome.of("describe", "discard").out())
                .contains(
                        "when_full: block, block_for, drop_newest, drop_oldest, sample, adaptive_sample, shed or spill")
                .contains("drop_oldest: drops what has waited longest, and counts it")
                .contains("limit: How long the source is held back at most.");
    }

    private static String[] with(String[] sets, String... words) {
        return Stream.concat(Arrays.stream(words), Arrays.stream(sets)).toArray(String[]::new);
    }

    @Test
    void explainAddsUpWhatTheSourcesHold() throws IOException {
        assertThat(explained(3)).contains("lines: at most 16 MiB in memory");
        assertThat(explained(20)).contains("lines: at most 21 MiB in memory");
    }

    private String explained(int sources) throws IOException {
        StringBuilder yaml =
                new StringBuilder("name: many\nwhen_failed: stop\nsinks: {out: {type: discard}}\nsources:\n");
        for (int i = 0; i < sources; i++) {
            yaml.append("  s").append(i).append(": {type: file, path: x.log}\n");
        }
        Path plan = Files.writeString(directory.resolve("many.yaml"), yaml);
        return Outcome.of("explain", plan.toString()).out();
    }

    @Test
    void explainOfAWrongPlanIsItsProblems() throws IOException {
        assertThat(Outcome.of("explain", wrong().toString()).code()).isEqualTo(78);
    }

    @ParameterizedTest
    @ValueSource(strings = {"run", "explain"})
    void whatCannotBeBuiltIsAWrongPlanInOneSentence(String verb) throws IOException {
        // No check counts the names of fields: there are more of them than there can be numbers.
        String fields = IntStream.range(0, 4200)
                .mapToObj(i -> "field_" + i + ": x")
                .collect(Collectors.joining(", ", "{", "}"));
        Path plan = Files.writeString(directory.resolve("many.yaml"), """
                sources: {in: {type: stdin}}
                steps: [{enrich: {set: %s}}]
                sinks: {out: {type: discard}}
                when_failed: skip
                """.formatted(fields));

        Outcome outcome = Outcome.of(verb, plan.toString());

        assertThat(outcome.code()).isEqualTo(78);
        assertThat(outcome.out()).isEmpty();
        assertThat(outcome.err())
                .hasLineCount(1)
                .startsWith("ringmain " + verb + ": keys: 4096 and another one, field_4");
    }

    @Test
    void listNamesEverything() {
        String all = Outcome.of("list").out();

        Kinds.all().forEach(kind -> assertThat(all).contains("  " + kind.name()));
        Functions.all().forEach(function -> assertThat(all).contains("  " + function.name()));
        assertThat(all.lines()).allMatch(line -> line.length() <= 80);
        assertThat(Outcome.of("list", "sinks").out()).startsWith("sinks\n").doesNotContain("aggregate");
        assertThat(Outcome.of("list", "--format", "json").out()).startsWith("{\"sources\":[{\"name\":\"file\"");
        assertThat(Outcome.of("list", "sincs").code()).isEqualTo(2);
    }

    @Test
    void everyKindAndFunctionCanBeDescribed() {
        for (Kind kind : Kinds.all()) {
            String text = Outcome.of("describe", kind.name()).out();
            assertThat(text).contains(kind.role().word() + ' ' + kind.name());
            kind.options().forEach(option -> assertThat(text).contains("  " + option.name() + ": "));
        }
        Functions.all().forEach(function -> assertThat(
                        Outcome.of(UTF_8, "describe", function.name()).out())
                .contains(function.signature(), function.example()));
        assertThat(Outcome.of("describe", "--format", "json", "file").out())
                .contains("\"role\":\"source\"", "\"role\":\"sink\"", "\"default\":\"1MiB\"");
        assertThat(Outcome.of("describe", "agregate").err()).contains("did you mean aggregate?");
    }

    @Test
    void theSchemaIsPrinted() {
        assertThat(Outcome.of("schema").out())
                .startsWith("{")
                .contains("json-schema.org", "\"aggregate\"")
                .endsWith("}\n");
    }

    @Test
    void anUnknownVerbNamesTheNearest() {
        Outcome outcome = Outcome.of("chekc", "x.yaml");

        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err())
                .contains("ringmain: chekc: no such command", "did you mean check?", "See 'ringmain --help'.");
    }

    @Test
    void everyVerbHasHelpThatFitsAScreen() {
        for (String verb : Verbs.NAMES) {
            Outcome outcome = Outcome.of(verb, "--help");
            assertThat(outcome.code()).isZero();
            assertThat(outcome.out()).contains("Usage: ringmain " + verb);
            assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
        }
        assertThat(Outcome.of("--help").out()).contains(Verbs.NAMES);
    }

    @Test
    void explainPromisesOfASinkNoMoreThanTheRingsOnItsWayDo() throws IOException {
        Path plan = Files.writeString(directory.resolve("dropping.yaml"), """
                sources: {in: {type: stdin}}
                sinks: {all: {type: file, path: all.log}, some: {type: console, when_full: drop_newest}}
                when_failed: skip
                """);

        assertThat(Outcome.of("explain", plan.toString()).out())
                .contains("  all\n      each event is written once")
                .contains("  some\n      each event that no full ring drops is written once");
    }

    @Test
    void describeTellsAWordOfThePlanFromAMisspeltKind() {
        assertThat(Outcome.of("describe", "when_full").err()).contains("a word of the plan itself: 'ringmain schema'");
    }
}
