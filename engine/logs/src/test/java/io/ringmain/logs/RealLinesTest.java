package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.parse.LevelParser;
import io.ringmain.logs.parse.Parse;
import io.ringmain.spi.Sink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Lines that nobody here wrote: each is accounted for, and the levels are those that plain Java counts. */
@Tag("data")
@Timeout(60)
class RealLinesTest {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final Pattern ZOOKEEPER = Pattern.compile("\\S+ \\S+ - (\\w+) +(.*)");

    private final Map<String, Long> levels = new TreeMap<>();

    private static Path logs() {
        return Path.of(System.getProperty("ringmain.data"), "loghub");
    }

    private Report run(List<String> lines) {
        try (Pipeline<LogEvent> pipeline = Pipeline.of("real", LogEvent.TYPE)
                .transform("parse", new Parse(new LevelParser()))
                .sink("count", Sink.each(event -> levels.merge(String.valueOf(event.level()), 1L, Long::sum)))
                .whenFailed(WhenFailed.skip())
                .build()
                .start()) {
            lines.forEach(line -> pipeline.publisher().publish(LogEvent::setLine, line));
            return pipeline.drain(SOON);
        }
    }

    @Test
    void everyLineOfEveryLogIsAccountedFor() throws IOException {
        try (Stream<Path> files = Files.list(logs())) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".log")).toList()) {
                List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);

                Report report = run(lines);

                assertThat(report.accounts().received()).as(file.toString()).isEqualTo(lines.size());
                assertThat(report.accounts().delivered() + report.accounts().droppedInAll())
                        .as(file.toString())
                        .isEqualTo(lines.size());
                assertThat(report.accounts().balanced()).isTrue();
            }
        }
    }

    @Test
    void levelsOfALogAreThoseThatPlainJavaCounts() throws IOException {
        List<Matcher> matches = Files.readAllLines(logs().resolve("Zookeeper_2k.log"), StandardCharsets.UTF_8).stream()
                .map(ZOOKEEPER::matcher)
                .filter(Matcher::matches)
                .toList();
        Map<String, Long> expected = matches.stream()
                .map(match -> match.group(1))
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));

        Report report = run(matches.stream()
                .map(match -> match.group(1) + ' ' + match.group(2))
                .toList());

        assertThat(expected).hasSizeGreaterThan(1);
        assertThat(levels).isEqualTo(expected);
        assertThat(report.accounts().delivered()).isEqualTo(matches.size());
    }
}
