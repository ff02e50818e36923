package io.ringmain.perf.nab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The rules of the benchmark, with what comes out by hand: 100 rows, of which 15 do not count, and one window from row 40 to 49. */
@Timeout(20)
class ScoringTest {

    private static final int ROWS = 100;
    private static final int WINDOW_START = 40;
    private static final int WINDOW_END = 49;

    private final Series series = new Series("made", new long[ROWS], new double[ROWS], WINDOW_START, WINDOW_END);
    private final double[] scores = new double[ROWS];

    private Scoring scoring() {
        return new Scoring(List.of(series), List.of(scores));
    }

    @Test
    void whoSaysNothingHasNought() {
        Scoring.Result result = scoring().at(0.5);

        assertThat(result.sum()).isEqualTo(-1);
        assertThat(result.normalised()).isZero();
    }

    @Test
    void whoFindsAWindowInItsFirstRowAndNothingElseHasAHundred() {
        scores[WINDOW_START] = 1;

        Scoring.Result result = scoring().at(0.5);

        assertThat(result.normalised()).isEqualTo(100, within(1e-9));
        assertThat(result.found()).isOne();
    }

    @Test
    void theLaterTheLess() {
        scores[WINDOW_END] = 1;

        // Position -0.1: (2 / (1 + e^-0.5) - 1) / (2 / (1 + e^-5) - 1).
        assertThat(scoring().at(0.5).sum()).isEqualTo(0.24491866 / 0.98661430, within(1e-8));
    }

    @Test
    void onlyTheFirstOfAWindowCounts() {
        scores[WINDOW_START + 2] = 1;
        double alone = scoring().at(0.5).sum();
        scores[WINDOW_START + 5] = 1;
        scores[WINDOW_END] = 1;

        assertThat(scoring().at(0.5).sum()).isEqualTo(alone);
    }

    @Test
    void aFalseAlarmCostsLessCloseBehindAWindow() {
        double[] worths = Scoring.worths(series);

        assertThat(worths[WINDOW_START - 1]).isEqualTo(-0.11);
        // One row behind, of nine: position 1/9.
        assertThat(worths[WINDOW_END + 1])
                .isEqualTo(0.11 * (2 / (1 + Math.exp(5.0 / 9)) - 1), within(1e-12))
                .isBetween(-0.03, -0.02);
        // Three lengths and more behind there is nothing to hold on to.
        assertThat(worths[WINDOW_END + 28]).isEqualTo(-0.11);
    }

    @Test
    void theFirstRowsDoNotCount() {
        for (int row = 0; row < 15; row++) {
            scores[row] = 1;
        }
        scores[15] = 0.9;

        assertThat(scoring().at(0.95).falseAlarms()).isZero();
        assertThat(scoring().at(0.9).falseAlarms()).isOne();
        assertThat(Scoring.probation(100)).isEqualTo(15);
        assertThat(Scoring.probation(16_000)).isEqualTo(750);
    }

    @Test
    void theThresholdIsTheOneThatGivesMost() {
        scores[20] = 0.9;
        scores[WINDOW_START] = 0.8;
        scores[60] = 0.7;

        Scoring.Result best = scoring().best();

        assertThat(best.threshold()).isEqualTo(0.8);
        assertThat(best.sum()).isEqualTo(1 - 0.11, within(1e-9));
        assertThat(best.falseAlarms()).isOne();
    }

    @Test
    void rowsOfTheSameScoreStandOrFallTogether() {
        for (int row = WINDOW_START; row < ROWS; row++) {
            scores[row] = 0.5;
        }

        // The 50 rows behind the window cost more than the window is worth.
        assertThat(scoring().best().threshold()).isEqualTo(Double.POSITIVE_INFINITY);
    }

    @Test
    void ofThresholdsThatGiveTheSameTheHighestIsTaken() {
        scores[WINDOW_START] = 0.8;
        scores[WINDOW_END] = 0.7;

        assertThat(scoring().best().threshold()).isEqualTo(0.8);
    }

    @Test
    void theWindowOfTheGaussianGoesOnByAHundredValues() {
        var gaussian = new WindowedGaussian();
        for (int i = 0; i < 6400; i++) {
            gaussian.score(0, i % 2 * 2);
        }
        double first = gaussian.score(0, 3);
        for (int i = 0; i < 99; i++) {
            assertThat(gaussian.score(0, 3)).isEqualTo(first);
        }

        // Mean 1, deviation 1.
        assertThat(first).isEqualTo(1 - WindowedGaussian.tail(2), within(1e-12));
        assertThat(gaussian.score(0, 3)).isLessThan(first);
    }

    @Test
    void theTailOfTheNormalDistributionIsThatOfTheTables() {
        assertThat(WindowedGaussian.tail(0)).isEqualTo(0.5);
        assertThat(WindowedGaussian.tail(1)).isEqualTo(0.15865525393145707, within(1e-15));
        assertThat(WindowedGaussian.tail(3)).isEqualTo(1.34989803163e-3, within(1e-14));
        assertThat(WindowedGaussian.tail(6)).isEqualTo(9.8658764504e-10, within(1e-19));
    }
}
