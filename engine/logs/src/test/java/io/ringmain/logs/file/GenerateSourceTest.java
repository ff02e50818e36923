package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.GenerateSource.Amount;
import io.ringmain.spi.Source.Status;
import io.ringmain.testing.SourceContract;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GenerateSourceTest {

    private static final LineSettings SETTINGS = LineSettings.of("sources.made");
    private static final Pattern COMBINED = Pattern.compile(
            "([0-9a-f.:]+) - (\\w+|-) \\[(\\d\\d/\\w{3}/\\d{4}:\\d\\d:\\d\\d:\\d\\d) \\+0000] "
                    + "\"(GET|POST|HEAD|PUT|DELETE) (/\\S*) HTTP/[12]\\.[01]\" (\\d{3}) (\\d+|-) \"([^\"]*)\" \"([^\"]+)\"");

    private long nowNs = 5_000_000_000L;

    private GenerateSource source(long seed, long count, long linesPerSecond) {
        return new GenerateSource(new Amount(seed, count, linesPerSecond), () -> nowNs, SETTINGS);
    }

    @Test
    void linesAreThoseOfACombinedLogWithPlausibleShares() throws Exception {
        Map<String, Integer> statuses = new TreeMap<>();

        List<Line> lines = Line.all(source(1, 20_000, GenerateSource.UNLIMITED));

        assertThat(lines).hasSize(20_000);
        for (Line line : lines) {
            Matcher match = COMBINED.matcher(line.text());
            assertThat(match.matches()).as(line.text()).isTrue();
            statuses.merge(match.group(6), 1, Integer::sum);
        }
        assertThat(statuses).containsKeys("200", "301", "304", "404", "500", "503");
        assertThat(statuses.get("200")).isBetween(16_800, 17_600);
        assertThat(statuses.get("404")).isBetween(500, 900);
    }

    @Test
    void timeAdvancesEvenlyFromAFixedStart() throws Exception {
        List<Line> lines = Line.all(source(3, 6001, GenerateSource.UNLIMITED));

        assertThat(lines.get(0).text()).contains("[01/Jan/2026:00:00:00 +0000]");
        assertThat(lines.get(100).text()).contains("[01/Jan/2026:00:00:01 +0000]");
        assertThat(lines.get(6000).text()).contains("[01/Jan/2026:00:01:00 +0000]");
    }

    @Test
    void sameSeedGivesTheSameLinesAndAnotherOneOthers() throws Exception {
        List<Line> lines = Line.all(source(1, 1000, GenerateSource.UNLIMITED));

        assertThat(Line.all(source(1, 1000, GenerateSource.UNLIMITED))).isEqualTo(lines);
        assertThat(Line.all(source(2, 1000, GenerateSource.UNLIMITED))).isNotEqualTo(lines);
        // Written down, so that a change of the generator is seen: people compare runs of different versions.
        assertThat(lines.get(0).text())
                .isEqualTo("198.51.100.190 - - [01/Jan/2026:00:00:00 +0000] \"GET /search?q=4387 HTTP/1.1\" 200 13442"
                        + " \"https://shop.example/cart\""
                        + " \"Mozilla/5.0 (X11; Linux x86_64; rv:127.0) Gecko/20100101 Firefox/127.0\"");
    }

    @Test
    void rateGivesWhatIsDueAndNoMore() throws Exception {
        GenerateSource source = source(1, 25, 10);
        source.open();
        var taker = new Line.Taker();

        assertThat(due(source, taker)).isEqualTo(1);
        nowNs += 99_999_999;
        assertThat(due(source, taker)).isEqualTo(1);
        nowNs += 1;
        assertThat(due(source, taker)).isEqualTo(2);
        nowNs += 1_000_000_000;
        assertThat(due(source, taker)).isEqualTo(12);
        nowNs += 60_000_000_000L;
        assertThat(due(source, taker)).isEqualTo(25);
        assertThat(source.fill(taker, 100)).isEqualTo(Status.END);
    }

    private static int due(GenerateSource source, Line.Taker taker) throws Exception {
        Status status = Status.READY;
        while (status == Status.READY) {
            status = source.fill(taker, 100);
            taker.endOfCall();
        }
        return taker.lines.size();
    }

    @Test
    void keepsTheContractOfSources() {
        SourceContract.of(
                        () -> new GenerateSource(
                                new Amount(9, 700, GenerateSource.UNLIMITED),
                                () -> nowNs,
                                SETTINGS.withLineBytesMax(300).withPool(8192)),
                        LogEvent.TYPE,
                        event -> Line.of(0, event))
                .check();
    }

    @Test
    void amountsThatCannotBeAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Amount(1, -1, 1))
                .withMessage("generate.count: -1 (expected: >= 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Amount(1, 1, 0))
                .withMessage("generate.rate: 0 (expected: from 1 to 1000000000 lines per second)");
    }
}
