package io.ringmain.logs.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Accounts;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.spi.DeadLetter;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A plan over a real access log, against counts made another way. */
@Tag("data")
class RealPlanTest {

    private static final Pattern TAIL = Pattern.compile("\" (\\d{3}) (\\d+|-) \".*\" \".*\"$");

    @Test
    void requestsAndBytesByStatusAreThoseOfAnIndependentCount() throws IOException {
        Path log = Path.of(System.getProperty("ringmain.data"), "access", "apache_combined_10k.log");
        Map<Long, Long> requests = new HashMap<>();
        Map<Long, Long> bytes = new HashMap<>();
        int unfinished = 0;
        List<String> lines = Files.readAllLines(log, StandardCharsets.ISO_8859_1);
        for (String line : lines) {
            Matcher match = TAIL.matcher(line);
            if (!match.find()) {
                unfinished++;
                continue;
            }
            long status = Long.parseLong(match.group(1));
            requests.merge(status, 1L, Long::sum);
            bytes.merge(status, match.group(2).equals("-") ? 0 : Long.parseLong(match.group(2)), Long::sum);
        }

        Plan plan = Plan.builder("real")
                .source("web", "file", Map.of("path", log))
                .step("parse", "combined")
                .step(
                        "aggregate",
                        Map.of("by", "status", "compute", Map.of("requests", "count()", "bytes", "sum(bytes)")))
                .sink("none", "discard", Map.of())
                .whenFailed(WhenFailed.deadLetter())
                .build();
        Surroundings nothing = new Surroundings(
                InputStream.nullInputStream(),
                new StandardOutput(OutputStream.nullOutputStream(), false),
                "here",
                () -> 0,
                System::nanoTime);
        PlanPipeline pipeline = PlanPipeline.build(plan, nothing, true);
        Accounts accounts = pipeline.pipeline().start().await().accounts();

        assertThat(accounts.received()).isEqualTo(lines.size());
        assertThat(accounts.absorbed() + accounts.deadLettered()).isEqualTo(lines.size());
        assertThat(pipeline.letters().letters())
                .hasSize(unfinished)
                .extracting(DeadLetter::reason)
                .containsOnly("bad_referrer");
        List<Map<String, Object>> rows = pipeline.rows().get("aggregate");
        assertThat(rows).hasSameSizeAs(requests.keySet());
        for (Map<String, Object> row : rows) {
            Long status = (Long) row.get("status");
            assertThat(row.get("requests")).as("requests of %s", status).isEqualTo(requests.get(status));
            // A sum of nothing but absent numbers is absent.
            assertThat(row.getOrDefault("bytes", 0L)).as("bytes of %s", status).isEqualTo(bytes.get(status));
        }
    }
}
