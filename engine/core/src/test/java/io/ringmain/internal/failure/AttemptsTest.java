package io.ringmain.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Backoff;
import io.ringmain.config.WhenFailed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A lane's side of the policy: how often it has tried, when it may try again, what comes last. */
class AttemptsTest {

    private static final Backoff BACKOFF = new Backoff(Duration.ofNanos(100), Duration.ofNanos(300)).withoutJitter();

    private static Attempts attempts(WhenFailed policy) {
        return new Retries(1).attempts(policy);
    }

    @Test
    void withoutRetryTheFirstFailureDecides() {
        assertThat(attempts(WhenFailed.stop()).failed(5)).isEqualTo(Decision.STOP);
        assertThat(attempts(WhenFailed.skip()).failed(5)).isEqualTo(Decision.SKIP);
        assertThat(attempts(WhenFailed.deadLetter()).failed(5)).isEqualTo(Decision.BURY);
    }

    @Test
    void retriesPauseAndThenTheLastChoiceHolds() {
        var attempts = attempts(WhenFailed.retry(2, BACKOFF, WhenFailed.deadLetter()));

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
    void noAttemptBeginsAfterTheTimeThatARetryHas() {
        var policy = WhenFailed.retry(100, BACKOFF, WhenFailed.skip()).within(Duration.ofNanos(700));
        var attempts = attempts(policy);

        assertThat(attempts.failed(1000)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.failed(1100)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.failed(1400)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.resumeAtNs()).isEqualTo(1700);
        assertThat(attempts.failed(1701)).isEqualTo(Decision.SKIP);

        attempts.reset();
        assertThat(attempts.failed(5000)).isEqualTo(Decision.AGAIN);
    }

    @Test
    void lanesOfOneSeedDrawTheSamePausesAndEachItsOwn() {
        var policy = WhenFailed.retry(1, WhenFailed.stop());
        long[] pausesNs = new long[4];
        for (int run = 0; run < 2; run++) {
            var retries = new Retries(9);
            for (int lane = 0; lane < 2; lane++) {
                var attempts = retries.attempts(policy);
                attempts.failed(0);
                pausesNs[2 * run + lane] = attempts.resumeAtNs();
            }
        }

        assertThat(pausesNs[0]).isEqualTo(pausesNs[2]).isNotEqualTo(pausesNs[1]);
        assertThat(pausesNs[1]).isEqualTo(pausesNs[3]);
    }

    @Test
    void somethingNewStartsFromTheFirstPause() {
        var attempts = attempts(WhenFailed.retry(2, BACKOFF, WhenFailed.stop()));
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
        var attempts = attempts(WhenFailed.retry(2, BACKOFF, WhenFailed.stop()));
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
