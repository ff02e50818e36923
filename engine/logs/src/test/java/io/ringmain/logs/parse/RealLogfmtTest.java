package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Logfmt, and JSON that is turned into it by a simple rule, from programs that nobody here wrote. */
@Tag("data")
@Timeout(60)
class RealLogfmtTest {

    private final Keys keys = new Keys();
    private final LogfmtParser parser = new LogfmtParser(keys);

    private static List<String> lines(String name) throws IOException {
        return Files.readAllLines(Path.of(System.getProperty("ringmain.data"), "logfmt", name));
    }

    @Test
    void aLogOfKafka() throws IOException {
        List<String> facts = new ArrayList<>();
        for (String line : lines("angle_grinder_test_logfmt.log")) {
            facts.add(Facts.of(parser, keys, line).toString());
        }

        assertThat(facts)
                .containsExactly(
                        "{level=INFO, message=Stopping all fetchers, tag=stopping_fetchers,"
                                + " id=ConsumerFetcherManager-1382721708341,"
                                + " module=kafka.consumer.ConsumerFetcherManager}",
                        "{level=INFO, message=Starting all fetchers, tag=starting_fetchers,"
                                + " id=ConsumerFetcherManager-1382721708342,"
                                + " module=kafka.consumer.ConsumerFetcherManager}",
                        "{level=WARN, message=Fetcher failed to start, tag=errored_fetchers,"
                                + " id=ConsumerFetcherManager-1382721708342,"
                                + " module=kafka.consumer.ConsumerFetcherManager}");
    }

    @Test
    void aJsonLineIsRefused() throws IOException {
        assertThat(Facts.of(
                        parser,
                        keys,
                        lines("angle_grinder_test_nested_logfmt.log").get(0)))
                .isEqualTo(Map.of("result", ParseResult.BAD_LOGFMT));
    }

    @Test
    void prometheusWritesTheSameAsLogfmt() throws IOException {
        Map<String, Long> levels = new TreeMap<>();
        LogEvent event = new LogEvent();
        List<String> lines = lines("hl_prometheus_json.log");
        for (String line : lines) {
            // {"a":"b","n":1} is what go-kit/log writes as a="b" n=1 if it is told so.
            String logfmt = line.substring(1, line.length() - 1)
                    .replaceAll("\"(\\w+)\":", "$1=")
                    .replaceAll(",(\\w+=)", " $1");
            event.clear();
            event.setLine(logfmt);

            assertThat(parser.parse(event)).as(logfmt).isEqualTo(ParseResult.PARSED);

            assertThat(event.timeNs()).as(logfmt).isBetween(1_701_979_625_949_000_000L, 1_701_979_890_735_000_000L);
            assertThat(event.fieldText(keys.id("caller"))).as(logfmt).matches("\\w+\\.go:\\d+");
            levels.merge(String.valueOf(event.level()), 1L, Long::sum);
        }
        long warnings = lines.stream()
                .filter(line -> line.contains("\"level\":\"warn\""))
                .count();
        assertThat(levels).isEqualTo(Map.of("INFO", lines.size() - warnings, "WARN", warnings));
    }
}
