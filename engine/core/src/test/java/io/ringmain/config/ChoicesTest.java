package io.ringmain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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
        assertThat(WhenFailed.retry(3, WhenFailed.skip()))
                .isEqualTo(new WhenFailed.Retry(3, Backoff.DEFAULT, new WhenFailed.Skip()));
    }

    @Test
    void threadingNeedsACore() {
        assertThatThrownBy(() -> new Threading.Auto(0)).hasMessage("threading.cores: 0 (expected: >= 1)");
        assertThat(Threading.auto())
                .isEqualTo(new Threading.Auto(Runtime.getRuntime().availableProcessors()));
        assertThat(Threading.perStage()).isEqualTo(new Threading.PerStage());
    }
}
