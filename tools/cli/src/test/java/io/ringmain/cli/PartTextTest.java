package io.ringmain.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Report.CircuitReport;
import io.ringmain.Report.LimitReport;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What parts and their accounts are called in words. */
class PartTextTest {

    @Test
    void aCircuitThatOpenedIsTold() {
        assertThat(PartText.circuit(new CircuitReport("half_open", 3, Duration.ofSeconds(2))))
                .isEqualTo(", circuit half open for 2.00 s, opened 3 times");
        assertThat(PartText.circuit(new CircuitReport("closed", 1, Duration.ofSeconds(2))))
                .isEqualTo(", circuit closed for 2.00 s, opened 1 time");
    }

    @Test
    void ofACircuitThatNeverOpenedNothingIsSaid() {
        assertThat(PartText.circuit(new CircuitReport("closed", 0, Duration.ofSeconds(2))))
                .isEmpty();
        assertThat(PartText.circuit(null)).isEmpty();
    }

    @Test
    void theLimitOfASinkThatAnswersLaterIsTold() {
        assertThat(PartText.limit(new LimitReport(8, 12))).isEqualTo(", limit of batches 8, most under way 12");
        assertThat(PartText.limit(null)).isEmpty();
    }
}
