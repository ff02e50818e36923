package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.StandardOutput;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Fields that no line had, where no check can know. */
@Timeout(60)
class AbsentFieldsTest {

    private static final String LINES = """
            {"status":200,"path":"/a","http":{"method":"GET"},"severity":"INFO"}
            not an object
            {"status":500,"user":null}
            """;

    private static List<AbsentField> absent(String steps, String lines) {
        Reading reading = PlanTexts.read("sources: {in: {type: stdin}}\nsteps:\n" + steps.indent(2)
                + "sinks: {out: {type: discard, where: exists(path)}}\nwhen_failed: skip\n");
        assertThat(Diagnostics.render(reading.problems())).isEmpty();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)),
                new StandardOutput(OutputStream.nullOutputStream(), false),
                "testhost",
                () -> 0,
                System::nanoTime);
        PlanPipeline built = PlanPipeline.build(reading.plan().orElseThrow(), surroundings, false);
        try (Pipeline<LogEvent> pipeline = built.pipeline().start()) {
            pipeline.await();
        }
        return built.absentFields();
    }

    @Test
    void fieldThatNoLineHasIsNamedWithTheNearestThatOneHas() {
        assertThat(absent("- parse: json\n- filter: staus >= 400 or pth == \"/\"", LINES))
                .containsExactly(
                        new AbsentField("staus", 2, "did you mean \"status\"?"),
                        new AbsentField("pth", 2, "did you mean \"path\"?"));
    }

    @Test
    void fieldsOfAnyLineAreThereAlsoNullOnesAndThoseThatASkippedConditionDidNotRead() {
        assertThat(absent("- parse: json\n- filter: status == 1 and (exists(user) or http.method == \"PUT\")", LINES))
                .isEmpty();
    }

    @Test
    void everyPlaceThatReadsAFieldIsLookedAt() {
        String steps = """
                - parse: json
                - enrich: {compute: {a: c1 + 1}, copy: {c2: b}, rename: {c3: d}, remove: c4}
                - aggregate: {by: c5, compute: {sum: sum(c6)}}
                - enrich: {set: {path: x}}
                """;

        assertThat(absent(steps, "{}\n"))
                .extracting(AbsentField::name)
                .containsExactlyInAnyOrder("c1", "c2", "c3", "c4", "c5", "c6");
    }

    @Test
    void whatAStepGivesIsNotExpectedOfTheLines() {
        String steps = """
                - parse: logfmt
                - enrich: {set: {env: prod, level: INFO}, compute: {twice: n * 2, thrice: twice + n}, host: true}
                - filter: env == "prod" and thrice > 1 and host == "testhost" and level >= INFO
                """;

        assertThat(absent(steps, "n=1 path=/\n")).isEmpty();
    }

    @Test
    void levelIsMissedToo() {
        assertThat(absent("- parse: json\n- filter: level >= ERROR", "{\"levl\":\"ERROR\",\"path\":1}\n"))
                .containsExactly(new AbsentField("level", 1, "did you mean \"levl\"?"));
    }

    @Test
    void nameThatTheParserMakesAnotherOfIsExplained() {
        assertThat(absent("- parse: json\n- filter: severity == \"INFO\"", LINES))
                .containsExactly(new AbsentField("severity", 2, "events have it as \"level\""));
    }

    @Test
    void nameThatOnlyThePlanHasIsNoGuess() {
        String steps = """
                - parse: json
                - filter: reqests > 1
                - aggregate: {compute: {requests: count()}}
                - enrich: {set: {path: x}}
                """;

        assertThat(absent(steps, "{\"path\":1}\n")).containsExactly(new AbsentField("reqests", 1, ""));
    }

    @Test
    void fieldsThatAnEarlierParserFoundAreThere() {
        String steps = """
                - parse: {format: regex, pattern: '(?<path>/\\w+)'}
                - parse: logfmt
                - filter: path == "/a" and n == 1
                """;

        assertThat(absent(steps, "n=1 page=/a\n")).isEmpty();
    }

    @Test
    void withoutALineNothingIsMissed() {
        assertThat(absent("- parse: json\n- filter: staus >= 400", "")).isEmpty();
        assertThat(absent("- parse: json\n- filter: staus >= 400", "no object\n"))
                .isEmpty();
    }
}
