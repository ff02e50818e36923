package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import io.ringmain.testing.StepRunner;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Plans whose sinks have a policy of their own are run. */
@Timeout(30)
class OwnFateRunTest {

    private final StepRunner runner = new StepRunner(7);
    private final List<String> taken = new ArrayList<>();
    private final List<Long> attemptsAtNs = new ArrayList<>();

    /** A sink that fails at each line with {@code bad} in it, in the place of the one called {@code failing}. */
    private final class Failing implements StandIns {

        @Override
        public Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
            return part.name().equals("failing")
                    ? Optional.of(Sink.each(OwnFateRunTest.this::take))
                    : Optional.of(Sink.each(event -> taken.add(event.line())));
        }

        @Override
        public Optional<Runner> runner() {
            return Optional.of(runner);
        }
    }

    private void take(LogEvent event) {
        if (event.line().contains("bad")) {
            attemptsAtNs.add(runner.clock().nowNs());
            throw new IllegalStateException("no " + event.line());
        }
    }

    private Report run(String whenFailed, List<DeadLetter> letters) {
        Plan plan = PlanTexts.read("""
                sources: {in: {type: stdin}}
                sinks:
                  failing: {type: discard, batch: {count: 1}, when_failed: %s}
                  out: {type: discard, batch: {count: 1}}
                when_failed: stop
                """.formatted(whenFailed)).plan().orElseThrow();
        byte[] input = "one\nbad\ntwo\n".getBytes(StandardCharsets.UTF_8);
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(input),
                new StandardOutput(OutputStream.nullOutputStream(), false),
                "localhost",
                () -> 0,
                () -> 0);
        PlanPipeline built = PlanPipeline.build(plan, surroundings, false, new Failing());
        try (var pipeline = built.pipeline().start()) {
            Report report = pipeline.await();
            letters.addAll(built.letters().letters());
            return report;
        }
    }

    @Test
    void aSinkTriesAgainAndKeepsLettersWhereTheRunWouldStop() {
        List<DeadLetter> letters = new ArrayList<>();

        Report report = run("{retry: 2, backoff: 10ms, jitter: false, then: dead_letter}", letters);

        assertThat(report.succeeded()).isTrue();
        // Between the attempts only: when the line is read is up to the thread that reads, and time moves on meanwhile.
        assertThat(attemptsAtNs).hasSize(3);
        assertThat(attemptsAtNs.get(1) - attemptsAtNs.get(0)).isEqualTo(10_000_000);
        assertThat(attemptsAtNs.get(2) - attemptsAtNs.get(1)).isEqualTo(20_000_000);
        assertThat(letters).extracting(DeadLetter::stage).containsExactly("failing");
        assertThat(taken).containsExactly("one", "bad", "two");
    }

    @Test
    void aSinkSkipsWhereTheRunWouldStop() {
        List<DeadLetter> letters = new ArrayList<>();

        Report report = run("skip", letters);

        assertThat(report.succeeded()).isTrue();
        assertThat(report.accounts().dropped()).containsEntry("skipped", 1L);
        assertThat(letters).isEmpty();
        assertThat(taken).containsExactly("one", "bad", "two");
    }

    @Test
    void withThePolicyOfThePipelineTheRunStops() {
        assertThat(run("stop", new ArrayList<>()).succeeded()).isFalse();
    }
}
