package io.ringmain.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.ringmain.window.Windows.Aligned;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where windows begin and end. */
class WindowsTest {

    private static final long SEED = 20261122;

    /** Starts of all windows that have {@code timeNs}, youngest first. */
    private static List<Long> starts(Aligned windows, long timeNs) {
        List<Long> starts = new ArrayList<>();
        for (long start = windows.lastStart(timeNs); windows.contains(start, timeNs); start -= windows.slideNs()) {
            starts.add(start);
        }
        return starts;
    }

    @ParameterizedTest
    @CsvSource({"0,0", "6,0", "7,7", "-1,-7", "-7,-7", "-8,-14", "-14,-14", "-15,-21"})
    void anEventAtABoundaryBeginsAWindowAlsoBeforeTheEpoch(long timeNs, long start) {
        assertThat(starts(new Aligned(7, 7, 0), timeNs)).containsExactly(start);
    }

    @ParameterizedTest
    @CsvSource({"3,2,-4", "3,3,3", "3,9,3", "3,10,10", "-2,-3,-9", "-2,4,-2", "-2,5,5", "-6,-7,-13", "-6,-6,-6"})
    void anOffsetMovesAllWindows(long offset, long timeNs, long start) {
        assertThat(starts(new Aligned(7, 7, offset), timeNs)).containsExactly(start);
    }

    @Test
    void aDayEastOfGreenwichBeginsAtItsOwnMidnight() {
        Aligned days = Windows.tumbling(Duration.ofDays(1)).offset(Duration.ofHours(-8));
        long timeNs = 1470902048450L * 1_000_000;

        assertThat(Instant.ofEpochMilli(days.lastStart(timeNs) / 1_000_000))
                .isEqualTo(Instant.ofEpochMilli(1470844800000L));
    }

    @Test
    void slidingWindowsOverlap() {
        assertThat(starts(new Aligned(5000, 1000, 0), 0)).containsExactly(0L, -1000L, -2000L, -3000L, -4000L);
    }

    @Test
    void aSizeNeedBeNoMultipleOfTheSlide() {
        assertThat(starts(new Aligned(3, 2, 0), 0)).containsExactly(0L, -2L);
        assertThat(starts(new Aligned(3, 2, 0), 1)).containsExactly(0L);
    }

    @Test
    void aSlideThatIsLongerThanTheSizeLeavesGaps() {
        assertThat(starts(new Aligned(2, 5, 0), 1)).containsExactly(0L);
        assertThat(starts(new Aligned(2, 5, 0), 3)).isEmpty();
    }

    @Test
    void whatMakesNoWindowIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Windows.tumbling(Duration.ZERO))
                .withMessage("windows.size: PT0S (expected: > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Windows.sliding(Duration.ofSeconds(1), Duration.ofSeconds(-1)))
                .withMessage("windows.slide: PT-1S (expected: > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Windows.tumbling(Duration.ofSeconds(1)).offset(Duration.ofSeconds(1)))
                .withMessage("windows.offset: PT1S (expected: shorter than PT1S, to either side)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Windows.session(Duration.ZERO))
                .withMessage("windows.gap: PT0S (expected: > 0)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Windows.tumbling(Duration.ofDays(200_000)))
                .withMessage("windows.size: PT4800000H (expected: < 292 years)");
    }

    @ParameterizedTest
    @CsvSource({"0,0", "1,1000", "999,1000", "1000,1000", "-1,0", "-1000,-1000"})
    void theFirstWindowThatBeginsAtATimeOrBehindIt(long timeNs, long start) {
        assertThat(new Aligned(5000, 1000, 0).firstStart(timeNs)).isEqualTo(start);
    }

    /** What is computed of a pane serves each window that has it, only if no window cuts it. */
    @Test
    void noWindowCutsAPane() {
        System.getLogger("test").log(System.Logger.Level.INFO, "seed " + SEED);
        var random = new SplittableRandom(SEED);
        for (int i = 0; i < 10_000; i++) {
            long slide = random.nextLong(1, 50);
            var windows = new Aligned(random.nextLong(1, 100), slide, random.nextLong(-slide + 1, slide));
            long timeNs = random.nextLong(-500, 500);

            Aligned panes = windows.panes();
            long pane = panes.lastStart(timeNs);

            assertThat(pane).isLessThanOrEqualTo(timeNs).isGreaterThan(timeNs - panes.sizeNs());
            assertThat(starts(windows, pane)).as("%s at %s", windows, timeNs).isEqualTo(starts(windows, timeNs));
            assertThat(starts(windows, pane + panes.sizeNs() - 1)).isEqualTo(starts(windows, timeNs));
        }
    }
}
