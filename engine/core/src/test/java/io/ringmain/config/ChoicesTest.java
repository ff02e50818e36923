package io.ringmain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What an embedder decides is checked where it is said. */
class ChoicesTest {

    @Test
    void batchingNeedsACountAndAWait() {
        assertThatThrownBy(() -> Batching.of(0, Duration.ZERO)).hasMessage("batching.countMax: 0 (expected: >= 1)");
        assertThatThrownBy(() -> Batching.of(1, Duration.ofMillis(-1)))
                .hasMessage("batching.waitMax: PT-0.001S (expected: >= 0)");
        assertThatThrownBy(() -> Batching.of(1, null)).hasMessage("waitMax");
    }

    @Test
    void retryNeedsAtLeastOneAndEndsInSomethingElse() {
        assertThatThrownBy(() -> WhenFailed.retry(0, WhenFailed.stop()))
                .hasMessage("whenFailed.retry: 0 (expected: >= 1)");
        assertThatThrownBy(() -> WhenFailed.retry(1, WhenFailed.retry(1, WhenFailed.stop())))
                .hasMessage("whenFailed.then: retry (expected: stop, skip or dead letters)");
        assertThatThrownBy(() -> WhenFailed.retry(1, WhenFailed.stop()).within(Duration.ZERO))
                .hasMessage("whenFailed.within: PT0S (expected: > 0)");
        assertThat(WhenFailed.retry(3, WhenFailed.skip()))
                .isEqualTo(new WhenFailed.Retry(3, Backoff.DEFAULT, null, new WhenFailed.Skip()));
    }

    @Test
    void threadingNeedsACore() {
        assertThatThrownBy(() -> new Threading.Auto(0)).hasMessage("threading.cores: 0 (expected: >= 1)");
        assertThat(Threading.auto())
                .isEqualTo(new Threading.Auto(Runtime.getRuntime().availableProcessors()));
        assertThat(Threading.perStage()).isEqualTo(new Threading.PerStage());
    }

    @Test
    void policiesNeedSharesTimesAndSizesThatMakeSense() {
        for (double rate : new double[] {0, -0.1, 1.1, Double.NaN}) {
            assertThatThrownBy(() -> WhenFull.sample(rate, 1))
                    .hasMessage("whenFull.sample.rate: " + rate + " (expected: more than 0 and at most 1)");
        }
        assertThatThrownBy(() -> new WhenFull.AdaptiveSample(0.9, 0.8, 0.5, 0.1, 1))
                .hasMessage("whenFull.adaptiveSample: busyAt 0.9, crowdedAt 0.8"
                        + " (expected: 0 <= busyAt <= crowdedAt <= 1)");
        assertThatThrownBy(() -> new WhenFull.AdaptiveSample(0.5, 0.8, 0, 0.1, 1))
                .hasMessageContaining("busyRate: 0.0");
        assertThatThrownBy(() -> new WhenFull.AdaptiveSample(0.5, 0.8, 1, 2, 1))
                .hasMessageContaining("crowdedRate: 2.0");
        assertThatThrownBy(() -> WhenFull.blockFor(Duration.ofMillis(-1)))
                .hasMessage("whenFull.blockFor: PT-0.001S (expected: >= 0)");
        assertThatThrownBy(() -> WhenFull.spill(Path.of("spill"), 4095))
                .hasMessage("whenFull.spill.bytesMax: 4095 (expected: >= 4096)");
        assertThatThrownBy(() -> WhenFull.shed(String.class, null)).hasMessage("priority");
        assertThat(WhenFull.adaptiveSample(3)).isEqualTo(new WhenFull.AdaptiveSample(0.5, 0.8, 0.5, 0.1, 3));
    }
}
