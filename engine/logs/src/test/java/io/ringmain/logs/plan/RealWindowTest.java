package io.ringmain.logs.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report;
import io.ringmain.config.WhenFailed;
import io.ringmain.logs.file.StandardOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Windows over the lines of a real access log, some of them out of order, against counts made another way. */
@Tag("data")
@Timeout(120)
class RealWindowTest {

    private static final int PASSES = 6;
    private static final int LINES_PER_SECOND = 25;
    private static final int LATE_PERCENT = 5;
    private static final int LATE_SECONDS = 20;
    private static final int DISORDER_SECONDS = 30;
    private static final long FIRST_SECOND =
            Instant.parse("2015-05-17T10:05:03Z").getEpochSecond();
    private static final Pattern TIME =
            Pattern.compile("\\[(\\d{2}/[A-Z][a-z]{2}/\\d{4}:\\d{2}:\\d{2}:\\d{2} [+-]\\d{4})]");
    private static final Pattern TAIL = Pattern.compile("\" (\\d{3}) (?:\\d+|-) \".*\" \".*\"$");
    private static final DateTimeFormatter FORM = DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH);

    @TempDir
    private Path folder;

    private SplittableRandom random = new SplittableRandom();

    private record Line(long second, String text) {}

    @BeforeEach
    void seed() {
        long seed = random.nextLong();
        System.getLogger("test").log(System.Logger.Level.INFO, "seed " + seed);
        random = new SplittableRandom(seed);
    }

    /** The log, several times, with a time that runs on evenly, but for the lines that are late. */
    private List<Line> lines() throws IOException {
        Path log = Path.of(System.getProperty("ringmain.data"), "access", "apache_combined_10k.log");
        List<String> real = Files.readAllLines(log, ISO_8859_1);
        List<Line> lines = new ArrayList<>();
        for (int i = 0; i < PASSES * real.size(); i++) {
            long second = FIRST_SECOND + i / LINES_PER_SECOND;
            if (random.nextInt(100) < LATE_PERCENT) {
                second -= random.nextInt(LATE_SECONDS + 1);
            }
            String time = FORM.format(Instant.ofEpochSecond(second).atOffset(ZoneOffset.UTC));
            String text = TIME.matcher(real.get(i % real.size())).replaceFirst('[' + time + ']');
            lines.add(new Line(second, text));
        }
        return lines;
    }

    /** The same lines, each up to where nothing has come that is younger by more than the disorder. */
    private List<Line> moved(List<Line> lines) {
        record Moved(Line line, double at) {}
        return lines.stream()
                .map(line -> new Moved(line, line.second + random.nextDouble(DISORDER_SECONDS)))
                .sorted(Comparator.comparingDouble(Moved::at))
                .map(Moved::line)
                .toList();
    }

    /** The rows that there should be: which windows each line is in, looked at one by one. */
    private static List<String> expected(List<Line> lines, int everySeconds, int slideSeconds) {
        Map<Long, Map<Integer, Integer>> windows = new TreeMap<>();
        for (Line line : lines) {
            Matcher time = TIME.matcher(line.text);
            Matcher tail = TAIL.matcher(line.text);
            if (time.find() && tail.find()) {
                long second = OffsetDateTime.parse(time.group(1), FORM).toEpochSecond();
                for (long start = second / slideSeconds * slideSeconds;
                        start > second - everySeconds;
                        start -= slideSeconds) {
                    windows.computeIfAbsent(start, none -> new TreeMap<>())
                            .merge(Integer.valueOf(tail.group(1)), 1, Integer::sum);
                }
            }
        }
        List<String> rows = new ArrayList<>();
        windows.forEach((start, counts) ->
                counts.forEach((status, count) -> rows.add("{\"window_start\":\"" + Instant.ofEpochSecond(start)
                        + "\",\"window_end\":\"" + Instant.ofEpochSecond(start + everySeconds) + "\",\"status\":"
                        + status + ",\"requests\":" + count + '}')));
        return rows;
    }

    /** The rows without what is said of those that were cut short; the keys of a window have an order of their own. */
    private static List<String> rows(Path out) throws IOException {
        return Files.readAllLines(out).stream()
                .map(row -> row.replace(",\"window_kind\":\"final\"", ""))
                .sorted()
                .toList();
    }

    private record Run(Path out, long late, Report report) {}

    private Run run(List<Line> lines, Map<String, ?> windows, int disorderSeconds) throws IOException {
        return run(lines, windows, disorderSeconds, 1);
    }

    private Run run(List<Line> lines, Map<String, ?> windows, int disorderSeconds, int lanes) throws IOException {
        Path in = Files.write(
                folder.resolve("in.log"), lines.stream().map(Line::text).toList(), ISO_8859_1);
        Path out = Files.createTempFile(folder, "rows", ".jsonl");
        Plan plan = Plan.builder("real")
                .source("web", "file", Map.of("path", in, "disorder", disorderSeconds + "s"))
                .step("parse", "combined")
                .step("window", windows)
                .partition(lanes)
                .sink("rows", "file", Map.of("path", out))
                .whenFailed(WhenFailed.skip())
                .build();
        Surroundings nothing = new Surroundings(
                InputStream.nullInputStream(),
                new StandardOutput(OutputStream.nullOutputStream(), false),
                "here",
                () -> 0,
                System::nanoTime);
        PlanPipeline pipeline = PlanPipeline.build(plan, nothing, false);
        Report report = pipeline.pipeline().start().await();
        assertThat(report.segments()).allMatch(segment -> segment.balanced());
        return new Run(
                out,
                report.stages().stream().mapToLong(Report.StageReport::late).sum(),
                report);
    }

    private void countsAreThose(Map<String, ?> windows, int everySeconds, int slideSeconds) throws IOException {
        List<Line> lines = lines();

        Run run = run(lines, windows, DISORDER_SECONDS);
        Run moved = run(moved(lines), windows, DISORDER_SECONDS);
        Run hasty = run(lines, windows, 0);

        List<String> expected = expected(lines, everySeconds, slideSeconds);
        expected.sort(null);
        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(rows(run.out)).isEqualTo(expected);
        assertThat(run.late).isZero();
        assertThat(run.report.accounts().received()).isEqualTo(lines.size());
        assertThat(moved.out).hasSameBinaryContentAs(run.out);
        assertThat(moved.late).isZero();
        for (int lanes : List.of(2, 4)) {
            Run shared = run(moved(lines), windows, DISORDER_SECONDS, lanes);
            assertThat(shared.out).as("%d lanes", lanes).hasSameBinaryContentAs(run.out);
            Run alsoHasty = run(lines, windows, 0, lanes);
            assertThat(alsoHasty.out).as("%d lanes, with late lines", lanes).hasSameBinaryContentAs(hasty.out);
            assertThat(alsoHasty.late).isEqualTo(hasty.late);
        }
        // Without it they would differ: the lines are out of order indeed.
        assertThat(rows(hasty.out)).isNotEqualTo(expected);
    }

    @Test
    void requestsByMinuteAndStatusAreThoseOfAnIndependentCount() throws IOException {
        countsAreThose(Map.of("every", "1m", "by", "status", "compute", Map.of("requests", "count()")), 60, 60);
    }

    @Test
    void requestsByFiveMinutesThatSlideAreThoseOfAnIndependentCount() throws IOException {
        countsAreThose(
                Map.of("every", "5m", "slide", "1m", "by", "status", "compute", Map.of("requests", "count()")),
                300,
                60);
    }
}
