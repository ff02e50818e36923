package io.ringmain.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Backoff;
import io.ringmain.config.WhenFailed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A lane's side of the policy: how often it has tried, when it may try again, what comes last. */
class AttemptsTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofNanos(100), Duration.ofNanos(300));

    @Test
    void withoutRetryTheFirstFailureDecides() {
        assertThat(new Attempts(WhenFailed.stop()).failed(5)).isEqualTo(Decision.STOP);
        assertThat(new Attempts(WhenFailed.skip()).failed(5)).isEqualTo(Decision.SKIP);
        assertThat(new Attempts(WhenFailed.deadLetter()).failed(5)).isEqualTo(Decision.BURY);
    }

    @Test
    void retriesPauseAndThenTheLastChoiceHolds() {
        var attempts = new Attempts(WhenFailed.retry(2, BACKOFF, WhenFailed.deadLetter()));

        assertThat(attempts.failed(1000)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.resumeAtNs()).isEqualTo(1100);
        assertThat(attempts.pausing(1099)).isTrue();
        assertThat(attempts.pausing(1100)).isFalse();
        assertThat(attempts.resumeAtNs()).isEqualTo(Long.MAX_VALUE);

        assertThat(attempts.failed(1100)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.resumeAtNs()).isEqualTo(1300);
        assertThat(attempts.pausing(5000)).isFalse();

        assertThat(attempts.failed(5000)).isEqualTo(Decision.BURY);
        assertThat(attempts.count()).isEqualTo(3);
        assertThat(attempts.pausing(5000)).isFalse();
    }

    @Test
    void somethingNewStartsFromTheFirstPause() {
        var attempts = new Attempts(WhenFailed.retry(2, BACKOFF, WhenFailed.stop()));
        attempts.failed(0);
        attempts.pausing(100);
        attempts.failed(100);
        attempts.pausing(300);
        attempts.reset();

        assertThat(attempts.any()).isFalse();
        assertThat(attempts.failed(1000)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.resumeAtNs()).isEqualTo(1100);
    }

    @Test
    void thePausesAreCountedAsTimeHeldBack() {
        var attempts = new Attempts(WhenFailed.retry(2, BACKOFF, WhenFailed.stop()));
        attempts.failed(0);
        attempts.pausing(40);
        attempts.pausing(100);
        attempts.failed(150);
        attempts.pausing(400);

        assertThat(attempts.blocked().why()).isEqualTo("retry");
        assertThat(attempts.blocked().count()).isEqualTo(2);
        assertThat(attempts.blocked().ns()).isEqualTo(100 + 250);
    }
}
