package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LiveLineTest {

    private static final long SECOND_NS = 1_000_000_000;
    private static final Reading HALF =
            new Reading(2_500_000, 5_000_000, Reading.UNKNOWN, Reading.UNKNOWN, 0.117, 0.001, 8_192, true, "events");

    @Test
    void theLineSaysRateRingErrorsAndBalance() {
        LiveLine line = new LiveLine(Glyphs.UNICODE, true);

        assertThat(line.next(HALF, SECOND_NS, 200))
                .isEqualTo("  ██████░░░░░░  50 %  2,500,000 events  2.50M/s  ETA  1 s  ring  12 %  errors 0.1 %"
                        + "  in = out + 8,192 ✓ balance");
    }

    @Test
    void inAPipeItHasNoBarAndNoPadding() {
        LiveLine line = new LiveLine(Glyphs.ASCII, false);

        assertThat(line.next(HALF, SECOND_NS, Integer.MAX_VALUE))
                .isEqualTo(" 50 %  2,500,000 events  2.50M/s  ETA 1 s  ring 12 %  errors 0.1 %"
                        + "  in = out + 8,192 ok balance");
    }

    @Test
    void withoutATotalThereIsNoShareAndNoEnd() {
        LiveLine line = new LiveLine(Glyphs.ASCII, true);
        Reading reading = HALF.withEventsTotal(Reading.UNKNOWN);

        assertThat(line.next(reading, SECOND_NS, 200))
                .isEqualTo("  2,500,000 events  2.50M/s  ring  12 %  errors 0.1 %  in = out + 8,192 ok balance");
    }

    @Test
    void bytesGiveTheShareAndTheEndIfTheirTotalIsKnown() {
        LiveLine line = new LiveLine(Glyphs.ASCII, true);
        Reading reading = HALF.withBytes(250_000_000, 1_000_000_000);

        assertThat(line.next(reading, SECOND_NS, 200))
                .startsWith("  ###.........  25 %  2,500,000 events  2.50M/s   250 MB   250 MB/s  ETA  3 s  ring");
        assertThat(line.next(HALF.withBytes(250_000_000, Reading.UNKNOWN), 2 * SECOND_NS, 200))
                .contains("  50 %  2,500,000 events", "   250 MB  ");
    }

    @Test
    void whatDoesNotFitIsLeftOutTheLeastImportantFirst() {
        List<String> lines = IntStream.of(130, 110, 80, 70, 58, 41)
                .mapToObj(columns -> new LiveLine(Glyphs.ASCII, true)
                        .next(HALF.withBytes(250_000_000, 1_000_000_000), SECOND_NS, columns))
                .toList();

        assertThat(lines.get(0)).doesNotContain("in = out").contains("###", "MB/s", "ring", "errors", "ETA");
        assertThat(lines.get(1)).doesNotContain("###").contains("MB/s", "ok balance");
        assertThat(lines.get(2)).doesNotContain("MB").contains("ring", "errors", "ETA");
        assertThat(lines.get(3)).doesNotContain("ring").contains("errors", "ETA");
        assertThat(lines.get(4)).doesNotContain("balance").contains("errors", "ETA");
        assertThat(lines.get(5)).isEqualTo("  25 %  2,500,000 events  2.50M/s");
    }

    @Test
    void noLineIsWiderThanTheScreenWhateverItsWidth() {
        Reading reading = new Reading(
                Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, 1, 1, Long.MAX_VALUE, false, "events");

        for (int columns = 1; columns < 300; columns++) {
            assertThat(new LiveLine(Glyphs.UNICODE, true)
                            .next(reading, 1, columns)
                            .length())
                    .isLessThanOrEqualTo(columns);
        }
    }

    @Test
    void whatDoesNotAddUpIsNeverLeftOut() {
        Reading reading = new Reading(2_500_000, 5_000_000, 1, 2, 0.117, 0.001, -3, false, "events");

        assertThat(new LiveLine(Glyphs.ASCII, true).next(reading, SECOND_NS, 60))
                .contains("WRONG balance");
    }

    @Test
    void theRateIsThatOfTheLastSecondOrSo() {
        LiveLine line = new LiveLine(Glyphs.ASCII, false);
        String fast = "";
        String slow = "";
        for (int look = 1; look <= 50; look++) {
            fast = line.next(events(look * 200_000L), look * SECOND_NS / 5, 200);
        }
        for (int look = 51; look <= 100; look++) {
            slow = line.next(events(10_000_000 + (look - 50) * 20L), look * SECOND_NS / 5, 200);
        }

        assertThat(fast).contains("1.00M/s");
        assertThat(slow).contains("145/s");
    }

    @Test
    void aRunThatStandsStillHasNoEndInSight() {
        LiveLine line = new LiveLine(Glyphs.ASCII, false);

        assertThat(line.next(new Reading(0, 100, -1, -1, 1, 0, 0, true, "events"), SECOND_NS, 200))
                .contains("  0/s  ETA ?");
    }

    private static Reading events(long events) {
        return new Reading(events, -1, -1, -1, 0, 0, 0, true, "events");
    }
}
