package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines that nobody here wrote: what is found in each is what another library finds, and what is refused stands here. */
@Tag("data")
@Timeout(120)
class JsonRealLinesTest {

    private static final Map<String, Map<ParseResult, Integer>> RESULTS = Map.ofEntries(
            taken("alp_json_access.log", 14),
            taken("hl_prometheus_json.log", 33),
            taken("lnav_logfile_bunyan_0.ndjson", 10),
            taken("lnav_logfile_ecs_log_json.ndjson", 5),
            // One line ends in the middle of a text.
            Map.entry("lnav_logfile_invalid_json_json.ndjson", Map.of(ParseResult.PARSED, 4, ParseResult.BAD_JSON, 1)),
            taken("lnav_logfile_json2_json.ndjson", 3),
            taken("lnav_logfile_json_json.ndjson", 14),
            taken("lnav_logfile_json_subsec_json.ndjson", 2),
            taken("lnav_logfile_pino_0.ndjson", 1),
            taken("nginxplus_status_first250.ndjson", 250),
            taken("winevents_cmd_bitsadmin_download_psh_script.ndjson", 424),
            taken("winevents_empire_shell_reg_dump_sam.ndjson", 738));

    private final Keys keys = new Keys();
    private final JsonParser parser = new JsonParser(keys);
    private final LogEvent event = new LogEvent();
    private final Map<String, Integer> levels = new TreeMap<>();
    private long timed;

    private static Map.Entry<String, Map<ParseResult, Integer>> taken(String file, int lines) {
        return Map.entry(file, Map.of(ParseResult.PARSED, lines));
    }

    private static Path data(String folder) {
        return Path.of(System.getProperty("ringmain.data"), folder);
    }

    private Map<ParseResult, Integer> read(Path file) throws IOException {
        Map<ParseResult, Integer> results = new TreeMap<>();
        for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
            event.clear();
            event.setLine(line);
            ParseResult result = parser.parse(event);
            results.merge(result, 1, Integer::sum);
            var model = new JacksonModel(line);
            assertThat(result == ParseResult.PARSED).as(line).isEqualTo(model.isObject());
            if (result == ParseResult.PARSED) {
                compare(model, line);
                levels.merge(String.valueOf(event.level()), 1, Integer::sum);
                timed += event.timeNs() == LogEvent.NO_TIME ? 0 : 1;
            }
        }
        return results;
    }

    private void compare(JacksonModel model, String line) {
        Map<String, String> found = JsonShown.byName(event, keys);
        Map<String, String> expected = new LinkedHashMap<>(model.fields());
        int missing = expected.size() - found.size();
        // What plays a part has another name, or is no field any more.
        JsonNames.ROLES.forEach(expected::remove);
        Map<String, String> others = new LinkedHashMap<>(found);
        others.keySet().retainAll(expected.keySet());

        assertThat(others).as(line).containsExactlyEntriesOf(expected);
        assertThat(missing)
                .as(line)
                .isEqualTo((event.timeNs() == LogEvent.NO_TIME ? 0 : 1)
                        + (event.level() == null || found.containsKey("level_word") ? 0 : 1));
    }

    @Test
    void everyLineReadsAsItDoesElsewhere() throws IOException {
        Map<String, Map<ParseResult, Integer>> results = new HashMap<>();
        try (Stream<Path> files = Files.list(data("json"))) {
            for (Path file : files.toList()) {
                results.put(file.getFileName().toString(), read(file));
            }
        }
        for (Path file : List.of(
                data("access").resolve("alp_json_access.log"), data("logfmt").resolve("hl_prometheus_json.log"))) {
            results.put(file.getFileName().toString(), read(file));
        }

        assertThat(results).containsExactlyInAnyOrderEntriesOf(RESULTS);
        // As a few lines of Python count them.
        assertThat(levels)
                .isEqualTo(Map.of("TRACE", 1, "DEBUG", 2, "INFO", 36, "WARN", 3, "ERROR", 2, "FATAL", 3, "null", 1451));
        assertThat(timed).isEqualTo(1495);
    }

    @Test
    void levelsAndTimesOfAFileAreWhatItSays() throws IOException {
        read(data("json").resolve("lnav_logfile_ecs_log_json.ndjson"));

        assertThat(levels).containsKey(Level.DEBUG.name());
        assertThat(timed).isEqualTo(5);
    }
}
