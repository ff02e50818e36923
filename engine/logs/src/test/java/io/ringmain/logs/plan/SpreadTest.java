package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.spi.Runner;
import io.ringmain.testing.StepRunner;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans whose steps are spread over workers or lanes, or wait their turn. */
@Timeout(60)
class SpreadTest {

    private static final int LINES = 5_000;
    private static final String[] LEVELS = {"DEBUG", "INFO", "WARN", "ERROR"};

    private record Outcome(String out, Report report) {}

    private static Outcome run(String steps, String input, StandIns standIns) {
        return run("{type: stdin}", steps, input, standIns);
    }

    private static Outcome run(String source, String steps, String input, StandIns standIns) {
        Plan plan = PlanTexts.read("sources: {in: " + source + "}\nsteps:\n" + steps
                        + "sinks: {out: {type: console}}\nwhen_failed: dead_letter\n")
                .plan()
                .orElseThrow();
        var out = new ByteArrayOutputStream();
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new StandardOutput(out, false),
                "here",
                () -> 0,
                () -> 0);
        try (var pipeline =
                PlanPipeline.build(plan, surroundings, false, standIns).pipeline()) {
            Report report = pipeline.start().await();
            return new Outcome(out.toString(StandardCharsets.UTF_8), report);
        }
    }

    private static String lines() {
        var random = new SplittableRandom(4);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            text.append(LEVELS[random.nextInt(LEVELS.length)])
                    .append(" user=")
                    .append(random.nextInt(40))
                    .append(" n=")
                    .append(i)
                    .append(i % 500 == 499 ? "\nno level at all\n" : "\n");
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pool: 1",
                "pool: {min: 3, max: 4}",
                "partition: {by: source, lanes: 1}",
                "partition: {by: [line, source], lanes: 3}"
            })
    void aStepThatIsSpreadGivesWhatItGivesAlone(String spread) {
        String steps =
                "  - {parse: level, %1$s}\n  - {filter: level >= INFO, %1$s}\n  - {enrich: {copy: {message: text}}, %1$s}\n";

        Outcome spreadOut = run(steps.formatted(spread), lines(), StandIns.NONE);

        assertThat(spreadOut.out)
                .isEqualTo(run("  - parse: level\n  - filter: level >= INFO\n", lines(), StandIns.NONE).out);
        assertThat(spreadOut.report.succeeded()).isTrue();
        assertThat(spreadOut.report.accounts().deadLettered()).isEqualTo(LINES / 500);
        assertThat(spreadOut.report.accounts().balanced()).isTrue();
    }

    @Test
    void aSampleByKeyIsTheSameAtAnyNumberOfLanes() {
        String steps =
                "  - parse: {format: regex, pattern: '(?<level>\\w+) user=(?<user>\\d+) (?<message>.*)'}\n  - {sample: 10, partition: {by: user, lanes: %d}}\n";

        String alone = run(steps.formatted(1), lines(), StandIns.NONE).out;

        assertThat(run(steps.formatted(2), lines(), StandIns.NONE).out).isEqualTo(alone);
        assertThat(run(steps.formatted(4), lines(), StandIns.NONE).out).isEqualTo(alone);
        assertThat(firstsOf(alone)).as("users of whom the first line was kept").isGreaterThan(20);
    }

    @Test
    void windowsAreTheSameAtAnyNumberOfLanes() {
        String steps =
                "  - parse: logfmt\n  - {window: {every: 10s, slide: 5s, by: user, compute: {n: count(), sum: sum(n)}}%s}\n";
        var random = new SplittableRandom(7);
        StringBuilder in = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            in.append("t=")
                    .append(Instant.ofEpochSecond(1_700_000_000 + i / 20 - random.nextInt(8)))
                    .append(" user=u")
                    .append(random.nextInt(300))
                    .append(" n=")
                    .append(i)
                    .append('\n');
        }

        Outcome alone = run(steps.formatted(""), in.toString(), StandIns.NONE);

        assertThat(alone.out.lines().count()).isGreaterThan(LINES / 10);
        for (int lanes : List.of(1, 2, 4)) {
            Outcome shared = run(steps.formatted(", partition: {lanes: " + lanes + "}"), in.toString(), StandIns.NONE);
            assertThat(shared.out).as("%d lanes", lanes).isEqualTo(alone.out);
            assertThat(shared.report.accounts().balanced()).isTrue();
            assertThat(late(shared)).isEqualTo(late(alone)).isPositive();
        }
    }

    private static long late(Outcome outcome) {
        return outcome.report.stages().stream()
                .mapToLong(Report.StageReport::late)
                .sum();
    }

    @Test
    void lanesOfAWindowNeedKeysAndGoByNoOthers() {
        Reading reading = PlanTexts.read(PlanTexts.withSteps("""
                  - parse: combined
                  - {window: {every: 1m, compute: {n: count()}}, partition: {lanes: 2}}
                  - {window: {every: 1m, by: n, compute: {m: count()}}, partition: {by: n, lanes: 2}}
                """));

        assertThat(Diagnostics.render(reading.problems()))
                .contains("steps[1].partition: lanes without keys to share (expected: beside a window with by)")
                .contains("steps[2].partition.by");
    }

    /** How many users have the first of their lines in {@code out}: one in each group at least, of which there are more than of users. */
    private static long firstsOf(String out) {
        Map<String, String> first = new HashMap<>();
        lines().lines()
                .filter(line -> line.contains("user="))
                .forEach(line -> first.putIfAbsent(line.split(" ", 3)[1], line));
        List<String> kept = new ArrayList<>(out.lines().toList());
        return first.values().stream().filter(kept::contains).count();
    }

    @Test
    void aThrottledPlanTakesItsTime(@TempDir Path folder) throws IOException {
        var runner = new StepRunner(3);
        StandIns onOneThread = new StandIns() {
            @Override
            public Optional<Runner> runner() {
                return Optional.of(runner);
            }
        };

        // A file is read by the lanes themselves; who reads standard input has a thread, and real time.
        Path file = Files.writeString(folder.resolve("in.log"), "a\n".repeat(111));
        String steps = "  - throttle: {per_second: 100, burst: 11}\n";

        Outcome outcome = run("{type: file, path: '" + file + "'}", steps, "", onOneThread);

        assertThat(outcome.out).hasLineCount(111);
        assertThat(outcome.report.ran()).isBetween(Duration.ofSeconds(1), Duration.ofMillis(1_010));
    }
}
