package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFailed;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code --set path=value}. */
class OverridesTest {

    private static final String PLAN = """
            sources:
              web: {type: file, path: access.log}
            steps:
              - parse: combined
              - filter: status >= 400
              - {name: few, sample: 10}
              - filter: {condition: status >= 500}
            sinks:
              out: {type: console}
            when_failed: skip
            """;

    @Test
    void optionOfASourceIsReplaced() {
        assertThat(plan("sources.web.path", "other.log")
                        .sources()
                        .get(0)
                        .options()
                        .toString())
                .contains("path: other.log");
    }

    @Test
    void optionThatWasNotThereIsAdded() {
        Plan plan = plan("sources.web.line_bytes_max", "64KiB");

        assertThat(plan.sources().get(0).options().number(LineOptions.LINE_BYTES_MAX))
                .isEqualTo(64 << 10);
    }

    @Test
    void stepIsChosenByItsPlace() {
        assertThat(plan("steps[0].parse", "common").steps().get(0).options().toString())
                .contains("common");
    }

    @Test
    void stepIsChosenByItsName() {
        Plan plan =
                plan("steps.filter", "status >= 401", "steps.few", "5", "steps.filter-2.condition", "status == 404");

        assertThat(plan.steps())
                .extracting(step -> step.options().toString())
                .containsExactly(
                        "[format: combined]",
                        "[condition: status >= 401]",
                        "[one_in: 5]",
                        "[condition: status == 404]");
    }

    @Test
    void theWorkOfAStepThatIsChosenByItsNameIsSpread() {
        Spread spread =
                plan("steps.parse.pool.max", "3").steps().get(0).spread().orElseThrow();

        assertThat(spread.way()).isEqualTo(Spread.Way.POOL);
        assertThat(spread.options().number(Spread.MAX)).isEqualTo(3);
    }

    @Test
    void shortFormBecomesAMappingWhenAnOptionIsAdded() {
        Reading reading = read("steps.parse.budget", "5");

        assertThat(Diagnostics.render(reading.problems())).isEqualTo("""
                        error: steps[0].parse.budget: not for combined (expected: with format: regex only)
                          --> --set:1:20
                             1 | steps.parse.budget=5
                               |                    ^ remove it, or set format: regex
                        """);
    }

    @Test
    void valueThatBeginsWithABraceOrBracketIsYaml() {
        Plan plan = plan("when_failed", "{retry: 2, then: stop}", "sources.web.path", "[a.log, b.log]");

        assertThat(plan.settings().whenFailed()).isInstanceOf(WhenFailed.Retry.class);
        assertThat(plan.sources().get(0).options().toString()).contains("a list");
    }

    @Test
    void anyOtherValueIsTextAsItStands() {
        assertThat(plan("steps.filter", "path == \"/a: b # c\"").steps()).isNotEmpty();
    }

    @Test
    void wholeSectionIsReplaced() {
        assertThat(plan("sinks", "{none: {type: discard}}").sinks())
                .extracting(Part::name)
                .containsExactly("none");
    }

    @Test
    void unknownPartIsRefusedWithTheNearestName() {
        assertThat(Diagnostics.render(read("sources.wbe.path", "x").problems())).isEqualTo("""
                        error: --set: no source wbe (expected: web)
                          --> --set:1:9
                             1 | sources.wbe.path=x
                               |         ^^^ did you mean web?
                        """);
    }

    @Test
    void stepBehindTheLastIsRefused() {
        assertThat(Diagnostics.render(read("steps[4].parse", "json").problems()))
                .isEqualTo("""
                        error: --set: no step steps[4] (expected: steps[0] to steps[3])
                          --> --set:1:1
                             1 | steps[4].parse=json
                               | ^^^^^^^^ an override changes parts that the plan has
                        """);
    }

    @Test
    void unknownStepNameIsRefused() {
        assertThat(Diagnostics.render(read("steps.fliter", "x").problems()))
                .contains("no step fliter (expected: parse, filter, few or filter-2)")
                .contains("did you mean filter?");
    }

    @Test
    void unknownSettingIsRefusedAtItsPlace() {
        assertThat(Diagnostics.render(read("when_ful", "block").problems())).isEqualTo("""
                        error: when_ful: no such setting (expected: name, sources, steps, sinks, routes, when_full, when_failed, dead_letters, journal or drain_within)
                          --> --set:1:1
                             1 | when_ful=block
                               | ^^^^^^^^ did you mean when_full?
                        """);
    }

    @Test
    void placeInsideATextIsRefused() {
        assertThat(Diagnostics.render(read("when_failed.then", "stop").problems()))
                .isEqualTo("""
                        error: --set: cannot set then in skip (expected: a mapping)
                          --> --set:1:13
                             1 | when_failed.then=stop
                               |             ^^^^ set the whole value: --set when_failed=…
                        """);
    }

    @Test
    void whatIsNoPathIsRefused() {
        assertThat(Diagnostics.render(read("sources..path", "x").problems()))
                .contains("sources..path: not a path (expected: names with dots between them)");
    }

    @Test
    void mistakesInValuesPointIntoTheOverride() {
        assertThat(Diagnostics.render(read("steps.filter", "statsu >= 1", "when_failed", "{retry: x, then: stop}")
                        .problems()))
                .isEqualTo("""
                        error: steps[1].filter: unknown field statsu
                          --> --set:1:14
                             1 | steps.filter=statsu >= 1
                               |              ^^^^^^ did you mean status?

                        error: when_failed.retry: x (expected: a whole number from 1 to 2147483647)
                          --> --set:1:21
                             1 | when_failed={retry: x, then: stop}
                               |                     ^ such as retry: 3
                        """);
    }

    private static Plan plan(String... pathsAndValues) {
        Reading reading = read(pathsAndValues);
        assertThat(Diagnostics.render(reading.problems())).isEmpty();
        return reading.plan().orElseThrow();
    }

    private static Reading read(String... pathsAndValues) {
        Map<String, String> overrides = new LinkedHashMap<>();
        for (int i = 0; i < pathsAndValues.length; i += 2) {
            overrides.put(pathsAndValues[i], pathsAndValues[i + 1]);
        }
        return PlanFile.read(PLAN, "shop.yaml", overrides);
    }
}
