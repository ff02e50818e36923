package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report;
import io.ringmain.logs.file.StandardOutput;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A plan that gathers events into batches. */
@Timeout(30)
class BatchPlanTest {

    @Test
    void whatFollowsSeesBatchesWithTheirFields() {
        Plan plan = PlanTexts.read("""
                sources: {in: {type: stdin}}
                steps:
                  - parse: level
                  - filter: level >= WARN
                  - batch: {count: 2, bytes: 64KiB, time: 1h}
                  - filter: batch_bytes > 9
                  - enrich: {copy: {line: lines}}
                sinks: {out: {type: console, format: json}}
                when_failed: stop
                """).plan().orElseThrow();
        var out = new ByteArrayOutputStream();
        String input = "WARN one\nINFO two\nERROR three\nWARN x\nWARN y\nWARN four\n";
        Surroundings surroundings = new Surroundings(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new StandardOutput(out, false),
                "here",
                () -> 0,
                () -> 0);

        Report report;
        try (var pipeline =
                PlanPipeline.build(plan, surroundings, false, StandIns.NONE).pipeline()) {
            report = pipeline.start().await();
        }

        assertThat(report.failed()).as("%s", report.failures()).isFalse();
        assertThat(out.toString(StandardCharsets.UTF_8)
                        .lines()
                        .map(line -> line.replaceAll("\"batch_created\":\"[^\"]+\",?", "")))
                .containsExactly(
                        "{\"batch_id\":1,\"batch_events\":2,\"batch_bytes\":20,\"lines\":\"WARN one\\nERROR three\"}",
                        "{\"batch_id\":2,\"batch_events\":2,\"batch_bytes\":13,\"lines\":\"WARN x\\nWARN y\"}");
    }
}
