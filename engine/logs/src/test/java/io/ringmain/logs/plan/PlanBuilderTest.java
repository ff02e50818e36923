package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Backoff;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import io.ringmain.logs.LogEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Plans in Java. */
class PlanBuilderTest {

    @Test
    void planInJavaIsThatOfTheFile() {
        WhenFailed retry =
                WhenFailed.retry(2, new Backoff(Duration.ofMillis(5), Duration.ofMillis(40)), WhenFailed.deadLetter());

        Plan plan = Plan.builder("shop")
                .source("web", "file", Map.of("path", List.of("a.log", "b.log")))
                .step("parse", "combined")
                .step("late", "filter", "status >= 500")
                .step("enrich", Map.of("set", Map.of("env", "prod"), "host", true))
                .step("take", 10)
                .sink("out", "console", Map.of("format", "json", "after", "late"))
                .sink("all", "discard", Map.of())
                .whenFailed(retry)
                .whenFull(WhenFull.dropNewest())
                .lettersMax(7)
                .lettersBytesMax(5000)
                .drainWithin(Duration.ofMillis(1500))
                .build();

        assertThat(plan.parts())
                .extracting(Part::name)
                .containsExactly("web", "parse", "late", "enrich", "take", "out", "all");
        assertThat(plan.settings())
                .isEqualTo(new Settings(
                        WhenFull.dropNewest(),
                        retry,
                        new LetterSettings.InMemory(7, 5000),
                        Optional.empty(),
                        Duration.ofMillis(1500)));
    }

    @Test
    void aStepMayBeSpreadOverWorkersOrLanes() {
        Plan plan = Plan.builder("spread")
                .source("in", "stdin", Map.of())
                .step("parse", "combined")
                .pool(2, 8)
                .step("sample", 10)
                .partition(List.of("client", "path"), 4)
                .step("take", 10)
                .sink("out", "console", Map.of())
                .whenFailed(WhenFailed.skip())
                .build();

        assertThat(plan.steps())
                .extracting(step -> step.spread().map(Spread::way).orElse(null))
                .containsExactly(Spread.Way.POOL, Spread.Way.PARTITION, null);
        Options partition = plan.steps().get(1).spread().orElseThrow().options();
        assertThat(partition.texts(Spread.BY)).containsExactly("client", "path");
        assertThat(partition.number(Spread.LANES)).isEqualTo(4);
    }

    @Test
    void whatIsSpreadIsAStep() {
        assertThatThrownBy(() -> Plan.builder("spread").pool(1, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("pool: no step (expected: behind the step that it is for)");
    }

    @Test
    void deadLettersThatWhenFailedDoesNotKeepAreRefused() {
        PlanBuilder builder = Plan.builder("copy")
                .source("in", "stdin", Map.of())
                .sink("out", "console", Map.of())
                .whenFailed(WhenFailed.skip())
                .lettersMax(7);

        assertThatThrownBy(builder::build)
                .isInstanceOf(PlanException.class)
                .hasMessageContaining("dead_letters: there are none, as when_failed does not keep them");
    }

    @Test
    void everyPolicyButSheddingCanBeChosen() {
        for (WhenFull whenFull : List.of(
                WhenFull.blockFor(Duration.ofDays(400_000)),
                WhenFull.dropOldest(),
                WhenFull.sample(1 / 3.0, -1),
                WhenFull.adaptiveSample(7),
                WhenFull.spill(Path.of("in.spill"), 4096))) {
            Plan plan = Plan.builder("copy")
                    .source("in", "stdin", Map.of())
                    .sink("out", "console", Map.of("when_full", Map.of("sample", Map.of("rate", 0.5))))
                    .whenFailed(WhenFailed.stop())
                    .whenFull(whenFull)
                    .build();

            assertThat(plan.settings().whenFull()).isEqualTo(whenFull);
            assertThat(OwnRing.of(plan.sinks().get(0))).contains(new OwnRing(Overflow.SAMPLE, 8192));
        }
    }

    @Test
    void sheddingLinesIsRefusedWithWhatToDo() {
        assertThatThrownBy(() -> Plan.builder("copy").whenFull(WhenFull.shed(LogEvent.class, event -> 1)))
                .hasMessage(
                        "whenFull: shed (expected: another policy); what a line matters is not known before it is parsed;"
                                + " give it to a sink behind parse, as its option when_full: shed");
    }

    @Test
    void stepsAreOptional() {
        Plan plan = Plan.builder("copy")
                .source("in", "stdin", Map.of())
                .sink("out", "console", Map.of())
                .whenFailed(WhenFailed.stop())
                .build();

        assertThat(plan.steps()).isEmpty();
    }

    @Test
    void wrongPlanNamesAllProblems() {
        PlanBuilder builder = Plan.builder("shop")
                .source("web", "file", Map.of("pth", "a.log"))
                .step("parse", "combined")
                .step("filter", "statsu >= 500")
                .sink("out", "consol", Map.of());

        assertThatThrownBy(builder::build)
                .isInstanceOf(PlanException.class)
                .hasMessage(
                        "plan shop: sinks.out.type: consol (expected: console, file or discard); did you mean console?;"
                                + " when_failed: missing (expected: stop, skip, dead_letter or {retry: 3, then: dead_letter});"
                                + " add when_failed: dead_letter, so that a failed event has a fate;"
                                + " sources.web.pth: no such option (expected: path, follow, checkpoint, line_bytes_max, when_full or disorder); did you mean path?;"
                                + " steps[1].filter: unknown field statsu; did you mean status?");
    }

    @Test
    void partGivenTwiceIsRefusedAtOnce() {
        PlanBuilder builder = Plan.builder("shop").source("web", "stdin", Map.of());

        assertThatThrownBy(() -> builder.source("web", "stdin", Map.of()))
                .hasMessage("sources.web: given twice (expected: once)");
    }
}
