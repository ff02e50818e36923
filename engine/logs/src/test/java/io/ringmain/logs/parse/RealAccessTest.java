package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Access logs that nobody here wrote: the counts are those of plain Java, and each line that is not taken is listed with its reason. */
@Tag("data")
@Timeout(60)
class RealAccessTest {

    private static final Pattern LINE =
            Pattern.compile("^(\\S+) .*? \\[([^]]+)] \"(.*?)(?<!\\\\)\" (\\d{3}|-) (\\d+|-)( \"(.*?)\" \"(.*?)\")?$");
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("dd/MMM/uuuu:HH:mm:ss xx", Locale.ENGLISH);

    private final Keys keys = new Keys();
    private final AccessParser common = AccessParser.common(keys);
    private final AccessParser combined = AccessParser.combined(keys);
    private final Map<Integer, ParseResult> refused = new TreeMap<>();

    private static byte[] read(String name) throws IOException {
        return Files.readAllBytes(Path.of(System.getProperty("ringmain.data"), "access", name));
    }

    /** Parses each line where it stands in the file and counts; notes the numbers of those that are refused. */
    private Map<String, Long> countParsed(AccessParser parser, byte[] file) {
        Map<String, Long> counts = new TreeMap<>();
        LogEvent event = new LogEvent();
        int number = 0;
        for (int from = 0; from < file.length; ) {
            int end = from;
            while (end < file.length && file[end] != '\n') {
                end++;
            }
            number++;
            event.clear();
            event.wrapLine(file, from, end - from);
            from = end + 1;
            ParseResult result = parser.parse(event);
            if (result != ParseResult.PARSED) {
                refused.put(number, result);
                continue;
            }
            Map<String, Object> facts = Facts.read(keys, event);
            add(counts, "lines", 1);
            add(counts, "status " + facts.get("status"), 1);
            add(counts, "method " + facts.get("method"), 1);
            add(counts, "protocol " + facts.get("protocol"), 1);
            add(counts, "client " + facts.get("client"), 1);
            add(counts, "path " + facts.get("path"), 1);
            add(counts, "bytes", (Long) facts.getOrDefault("bytes", 0L));
            add(counts, "seconds", event.timeNs() / 1_000_000_000);
            add(counts, "referrer " + facts.get("referrer"), 1);
            add(counts, "agent " + facts.get("agent"), 1);
        }
        return counts;
    }

    /** The same of strings, by a regular expression and {@link String#split}. */
    private static Map<String, Long> countPlainly(byte[] file) {
        Map<String, Long> counts = new TreeMap<>();
        for (String line : new String(file, StandardCharsets.UTF_8).split("\n", -1)) {
            Matcher match = LINE.matcher(line);
            if (!match.find()) {
                continue;
            }
            String[] words = match.group(3).split(" ", -1);
            boolean isRequest = words.length > 1;
            add(counts, "lines", 1);
            add(counts, "status " + absent(match.group(4)), 1);
            add(counts, "method " + (isRequest ? words[0] : null), 1);
            add(counts, "protocol " + (words.length > 2 ? words[2] : null), 1);
            add(counts, "client " + match.group(1), 1);
            add(counts, "path " + (isRequest ? words[1] : null), 1);
            add(counts, "bytes", match.group(5).equals("-") ? 0 : Long.parseLong(match.group(5)));
            add(counts, "seconds", OffsetDateTime.parse(match.group(2), TIME).toEpochSecond());
            add(counts, "referrer " + absent(match.group(7)), 1);
            add(counts, "agent " + absent(match.group(8)), 1);
        }
        return counts;
    }

    private static String absent(String text) {
        return text == null || text.equals("-") ? "null" : text;
    }

    private static void add(Map<String, Long> counts, String name, long count) {
        counts.merge(name, count, Long::sum);
    }

    @Test
    void anApacheLogOfTenThousandLines() throws IOException {
        byte[] file = read("apache_combined_10k.log");

        Map<String, Long> counts = countParsed(combined, file);

        assertThat(counts).isEqualTo(countPlainly(file));
        assertThat(counts).containsEntry("lines", 9999L);
        // The last quote is missing.
        assertThat(refused).isEqualTo(Map.of(8899, ParseResult.BAD_REFERRER));
    }

    @Test
    void aLogOfNasa() throws IOException {
        byte[] file = read("nasa_http_aug95_5k.log");

        Map<String, Long> counts = countParsed(common, file);

        assertThat(counts).isEqualTo(countPlainly(file));
        assertThat(counts).containsEntry("lines", 5000L);
        assertThat(refused).isEmpty();
    }

    @Test
    void samplesOfOtherPrograms() throws IOException {
        for (String name : List.of(
                "apache_combined_how_sample.log",
                "lnav_logfile_access_log_0.log",
                "lnav_logfile_bad_access_log_0.log",
                "logstash_httpd_spec_lines.log")) {
            byte[] file = read(name);

            assertThat(countParsed(combined, file)).as(name).isEqualTo(countPlainly(file));
        }
        // Of lnav's a line without ident and user; of Logstash's the lines of an error log.
        assertThat(refused)
                .isEqualTo(Map.of(
                        2, ParseResult.BAD_CLIENT,
                        4, ParseResult.BAD_TIME,
                        5, ParseResult.BAD_TIME,
                        6, ParseResult.BAD_TIME,
                        7, ParseResult.BAD_TIME));
    }

    @Test
    void aRequestThatIsADashIsKept() throws IOException {
        byte[] file = read("lnav_logfile_access_log_1.log");

        assertThat(Facts.of(combined, keys, new String(file, StandardCharsets.UTF_8).trim()))
                .containsEntry("request", "-")
                .containsEntry("status", 400L)
                .containsEntry("bytes", 0L)
                .doesNotContainKeys("method", "path", "protocol", "referrer", "agent");
    }

    @Test
    void aLogWithMoreFieldsThanTheFormatIsRefused() throws IOException {
        assertThat(countParsed(combined, read("alp_combined_access.log"))).isEmpty();

        assertThat(refused).hasSize(14).containsValue(ParseResult.TRAILING_TEXT);
        assertThat(refused.values()).containsOnly(ParseResult.TRAILING_TEXT);
    }

    @Test
    void filesOfOtherFormatsAreRefused() throws IOException {
        for (String name : List.of("alp_json_access.log", "alp_ltsv_access.log", "lnav_logfile_w3c_big_0.log")) {
            assertThat(countParsed(combined, read(name))).as(name).isEmpty();
        }
    }
}
