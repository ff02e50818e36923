package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.WhenFull;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a full ring does, in plans that are run: one sink stands still until the other has had every line. */
@Timeout(60)
class OverflowTest {

    private static final int LINES = 2000;

    private final CountDownLatch otherIsDone = new CountDownLatch(1);
    private final List<String> taken = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void dropOldestKeepsWhatCameLast() {
        Report report = run("when_full: drop_oldest, bound: 4");

        assertThat(taken).hasSizeLessThan(LINES).endsWith(line(1996), line(1997), line(1998), line(1999));
        assertThat(drops(report)).isEqualTo(Map.of("dropped_oldest", (long) LINES - taken.size()));
    }

    @Test
    void dropNewestKeepsWhatCameFirst() {
        Report report = run("when_full: drop_newest, bound: 4");

        assertThat(taken).hasSizeLessThan(LINES).startsWith(line(0), line(1), line(2), line(3));
        assertThat(drops(report)).isEqualTo(Map.of("dropped_newest", (long) LINES - taken.size()));
    }

    @Test
    void blockForDropsWhenItsTimeIsOver() {
        Report report = run("when_full: {block_for: 0s}, bound: 4");

        assertThat(taken).hasSizeLessThan(LINES).startsWith(line(0));
        assertThat(drops(report)).isEqualTo(Map.of("dropped_newest", (long) LINES - taken.size()));
    }

    @Test
    void sheddingByLevelKeepsThoseThatMatterMost() {
        Report report = run("when_full: shed, bound: 4");

        assertThat(taken).hasSizeLessThan(LINES).contains(line(500), line(1000), line(1500));
        assertThat(drops(report)).isEqualTo(Map.of("shed", (long) LINES - taken.size()));
    }

    @Test
    void sheddingByAConditionKeepsThoseForWhichItHolds() {
        run("when_full: {shed: 'contains(message, \"777\")'}, bound: 4");

        assertThat(taken).hasSizeLessThan(LINES).contains(line(777), line(1777));
    }

    @Test
    void aSampleTakesTheSameOnesEachTimeAndIsNotMissedBySlowness() {
        Report report = run("when_full: {sample: {rate: 0.1, seed: 7}}");
        List<String> first = List.copyOf(taken);
        taken.clear();

        run("when_full: {sample: {rate: 0.1, seed: 7}}");

        assertThat(taken).isEqualTo(first).hasSizeBetween(LINES / 20, LINES / 5);
        assertThat(drops(report)).isEqualTo(Map.of("sampled", (long) LINES - first.size()));
    }

    @Test
    void anAdaptiveSampleDropsTheMoreTheFullerItIs() {
        Report report = run("when_full: {adaptive_sample: {busy_at: 0.25}}, bound: 64");

        assertThat(taken).hasSizeLessThan(LINES).startsWith(line(0), line(1));
        assertThat(drops(report)).containsKey("sampled");
    }

    @Test
    void aSpillKeepsAllInOrder() {
        Report report = run("when_full: {spill: {path: '%s/slow.spill', bytes_max: 1MiB}}, bound: 4".formatted(folder));

        assertThat(taken).hasSize(LINES).startsWith(line(0)).endsWith(line(LINES - 1));
        assertThat(drops(report)).isEmpty();
        assertThat(Files.exists(folder.resolve("slow.spill"))).isFalse();
    }

    @Test
    void aSourceMayHaveAPolicyOfItsOwn() {
        Reading reading = PlanTexts.read("""
                sources:
                  kept: {type: generate, count: 3000}
                  sampled: {type: generate, count: 3000, when_full: {sample: {rate: 0.5, seed: 7}}}
                sinks: {out: {type: discard}}
                when_failed: stop
                """);
        Report report;
        try (Pipeline<LogEvent> pipeline = PlanPipeline.build(reading.plan().orElseThrow(), surroundings(), false)
                .pipeline()
                .start()) {
            report = pipeline.await();
        }

        assertThat(report.sources().get(0).dropped()).isEmpty();
        assertThat(report.sources().get(1).dropped().get("sampled")).isBetween(1000L, 2000L);
        assertThat(report.accounts().dropped())
                .isEqualTo(report.sources().get(1).dropped());
        assertThat(report.accounts().received()).isEqualTo(6000);
        assertThat(report.accounts().balanced()).isTrue();
    }

    @Test
    void whoTriesAPlanMayChooseAnotherPolicy() {
        Report report = run(
                "when_full: {spill: {path: '%s/slow.spill', bytes_max: 4KiB}}, bound: 4".formatted(folder),
                asked -> asked instanceof WhenFull.Spill ? WhenFull.dropNewest() : asked);

        assertThat(drops(report)).isEqualTo(Map.of("dropped_newest", (long) LINES - taken.size()));
    }

    @Test
    void theDefaultsAreThoseOfTheEngine() {
        Plan plan = plan("when_full: adaptive_sample");
        OverflowReader.Chosen chosen = OverflowReader.read(
                        SinkKind.WHEN_FULL, plan.sinks().get(0).options())
                .orElseThrow();

        assertThat(chosen.overflow().policy(chosen.options())).isEqualTo(WhenFull.adaptiveSample(0));
    }

    @Test
    void everyPolicyIsFoundByItsWordAndSaysWhatItDoes() {
        for (Overflow overflow : Overflow.values()) {
            Plan plan = plan("when_full: " + overflow.example());

            assertThat(OwnRing.of(plan.sinks().get(0)).orElseThrow().overflow()).isEqualTo(overflow);
            assertThat(overflow.fate()).matches("[a-z].*[^.]");
        }
    }

    private static String line(int index) {
        return (index % 500 == 0 ? "FATAL" : index % 3 == 0 ? "INFO" : "DEBUG") + " number " + index;
    }

    private static Map<String, Long> drops(Report report) {
        return report.edges().get(1).dropped().entrySet().stream()
                .filter(drop -> drop.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    private static Plan plan(String options) {
        Reading reading = PlanTexts.read("""
                sources: {in: {type: stdin}}
                steps: [{parse: level}, {enrich: {set: {env: prod}, compute: {status: 200}}}]
                sinks:
                  slow: {type: discard, %s}
                  fast: {type: discard}
                when_failed: stop
                """.formatted(options));
        assertThat(Diagnostics.render(reading.problems())).isEmpty();
        return reading.plan().orElseThrow();
    }

    private static Surroundings surroundings() {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < LINES; i++) {
            lines.append(line(i)).append('\n');
        }
        return new Surroundings(
                new ByteArrayInputStream(lines.toString().getBytes(StandardCharsets.UTF_8)),
                new StandardOutput(OutputStream.nullOutputStream(), false),
                "localhost",
                () -> 0,
                () -> 0);
    }

    private Report run(String options) {
        return run(options, UnaryOperator.identity());
    }

    private Report run(String options, UnaryOperator<WhenFull> policies) {
        StandIns sinks = new StandIns() {
            @Override
            public WhenFull whenFull(WhenFull asked) {
                return policies.apply(asked);
            }

            @Override
            public Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
                return Optional.of(part.name().equals("slow") ? new Slow(keys.id("env")) : new Fast());
            }
        };
        Report report;
        try (Pipeline<LogEvent> pipeline = PlanPipeline.build(plan(options), surroundings(), false, sinks)
                .pipeline()
                .start()) {
            report = pipeline.await();
        }
        assertThat(report.accounts().balanced()).isTrue();
        assertThat(report.accounts().inFlight()).isZero();
        assertThat(report.sinks().get(1).delivered()).isEqualTo(LINES);
        assertThat(Arrays.stream(taken.toArray(String[]::new)).distinct()).hasSameSizeAs(taken);
        return report;
    }

    private final class Slow implements Sink<LogEvent> {
        private final int env;

        Slow(int env) {
            this.env = env;
        }

        @Override
        public void write(Batch<LogEvent> batch) throws InterruptedException {
            otherIsDone.await();
            for (int i = 0; i < batch.size(); i++) {
                assertThat(batch.event(i).fieldText(env)).isEqualTo("prod");
                taken.add(batch.event(i).line());
            }
        }
    }

    private final class Fast implements Sink<LogEvent> {
        private int count;

        @Override
        public void write(Batch<LogEvent> batch) {
            count += batch.size();
            if (count == LINES) {
                otherIsDone.countDown();
            }
        }
    }
}
