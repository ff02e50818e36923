package io.ringmain.internal.failure;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Backoff;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.spi.FailureKind;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A lane's side of the policy: how often it has tried, when it may try again, what comes last. */
class AttemptsTest {

    private final Exception failure = new Exception("failure");
    private static final Backoff BACKOFF = new Backoff(Duration.ofNanos(100), Duration.ofNanos(300)).withoutJitter();

    private static Attempts attempts(WhenFailed policy) {
        return new Retries("test", 1).attempts("lane", policy);
    }

    @Test
    void withoutRetryTheFirstFailureDecides() {
        assertThat(attempts(WhenFailed.stop()).failed(failure, FailureKind::of, 5))
                .isEqualTo(Decision.STOP);
        assertThat(attempts(WhenFailed.skip()).failed(failure, FailureKind::of, 5))
                .isEqualTo(Decision.SKIP);
        assertThat(attempts(WhenFailed.deadLetter()).failed(failure, FailureKind::of, 5))
                .isEqualTo(Decision.BURY);
    }

    @Test
    void retriesPauseAndThenTheLastChoiceHolds() {
        var attempts = attempts(WhenFailed.retry(2, BACKOFF, WhenFailed.deadLetter()));

        assertThat(attempts.failed(failure, FailureKind::of, 1000)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.resumeAtNs()).isEqualTo(1100);
        assertThat(attempts.pausing(1099)).isTrue();
        assertThat(attempts.pausing(1100)).isFalse();
        assertThat(attempts.resumeAtNs()).isEqualTo(Long.MAX_VALUE);

        assertThat(attempts.failed(failure, FailureKind::of, 1100)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.resumeAtNs()).isEqualTo(1300);
        assertThat(attempts.pausing(5000)).isFalse();

        assertThat(attempts.failed(failure, FailureKind::of, 5000)).isEqualTo(Decision.BURY);
        assertThat(attempts.count()).isEqualTo(3);
        assertThat(attempts.pausing(5000)).isFalse();
    }

    @Test
    void noAttemptBeginsAfterTheTimeThatARetryHas() {
        var policy = WhenFailed.retry(100, BACKOFF, WhenFailed.skip()).within(Duration.ofNanos(700));
        var attempts = attempts(policy);

        assertThat(attempts.failed(failure, FailureKind::of, 1000)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.failed(failure, FailureKind::of, 1100)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.failed(failure, FailureKind::of, 1400)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.resumeAtNs()).isEqualTo(1700);
        assertThat(attempts.failed(failure, FailureKind::of, 1701)).isEqualTo(Decision.SKIP);

        attempts.reset();
        assertThat(attempts.failed(failure, FailureKind::of, 5000)).isEqualTo(Decision.AGAIN);
    }

    @Test
    void lanesOfOneSeedDrawTheSamePausesAndEachItsOwn() {
        var policy = WhenFailed.retry(1, WhenFailed.stop());
        long[] pausesNs = new long[4];
        for (int run = 0; run < 2; run++) {
            var retries = new Retries("test", 9);
            for (int lane = 0; lane < 2; lane++) {
                var attempts = retries.attempts("lane", policy);
                attempts.failed(failure, FailureKind::of, 0);
                pausesNs[2 * run + lane] = attempts.resumeAtNs();
            }
        }

        assertThat(pausesNs[0]).isEqualTo(pausesNs[2]).isNotEqualTo(pausesNs[1]);
        assertThat(pausesNs[1]).isEqualTo(pausesNs[3]);
    }

    @Test
    void somethingNewStartsFromTheFirstPause() {
        var attempts = attempts(WhenFailed.retry(2, BACKOFF, WhenFailed.stop()));
        attempts.failed(failure, FailureKind::of, 0);
        attempts.pausing(100);
        attempts.failed(failure, FailureKind::of, 100);
        attempts.pausing(300);
        attempts.reset();

        assertThat(attempts.any()).isFalse();
        assertThat(attempts.failed(failure, FailureKind::of, 1000)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.resumeAtNs()).isEqualTo(1100);
    }

    @Test
    void thePausesAreCountedAsTimeHeldBack() {
        var attempts = attempts(WhenFailed.retry(2, BACKOFF, WhenFailed.stop()));
        attempts.failed(failure, FailureKind::of, 0);
        attempts.pausing(40);
        attempts.pausing(100);
        attempts.failed(failure, FailureKind::of, 150);
        attempts.pausing(400);

        assertThat(attempts.blockedAnd().get(0).why()).isEqualTo("retry");
        assertThat(attempts.blockedAnd().get(0).count()).isEqualTo(2);
        assertThat(attempts.blockedAnd().get(0).ns()).isEqualTo(100 + 250);
    }

    @Test
    void whatCannotHelpIsNotTriedAgain() {
        var policy = WhenFailed.retry(2, BACKOFF, WhenFailed.deadLetter());

        assertThat(attempts(policy).failed(failure, any -> FailureKind.PERMANENT, 0))
                .isEqualTo(Decision.BURY);
        assertThat(attempts(policy).failed(failure, any -> FailureKind.FATAL, 0))
                .isEqualTo(Decision.STOP);
        assertThat(attempts(WhenFailed.skip()).failed(failure, any -> FailureKind.FATAL, 0))
                .isEqualTo(Decision.STOP);
    }

    @Test
    void aPermanentFailureEndsARetryThatHasBegun() {
        var attempts = attempts(WhenFailed.retry(2, BACKOFF, WhenFailed.skip()));

        assertThat(attempts.failed(failure, FailureKind::of, 0)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.pausing(100)).isFalse();
        assertThat(attempts.failed(failure, any -> FailureKind.PERMANENT, 100)).isEqualTo(Decision.SKIP);
        assertThat(attempts.count()).isEqualTo(2);
    }

    @Test
    void whoeverFailsToClassifyLeavesTheFailureAsItWas() {
        Exception first = new Exception("first");
        var attempts = attempts(WhenFailed.retry(1, WhenFailed.stop()));

        Decision decision = attempts.failed(
                first,
                any -> {
                    throw new IllegalStateException("second");
                },
                0);

        assertThat(decision).isEqualTo(Decision.AGAIN);
        assertThat(first.getSuppressed()).singleElement().asString().contains("second");
    }

    @Test
    void withoutRoomAttemptsGoOnWhateverThePolicySays() {
        var attempts = attempts(WhenFailed.retry(1, BACKOFF, WhenFailed.skip()));
        Exception full = new IOException("No space left on device");
        long nowNs = 0;
        for (int i = 0; i < 1000; i++) {
            assertThat(attempts.failed(full, FailureKind::of, nowNs)).isEqualTo(Decision.AGAIN);
            assertThat(attempts.pausing(nowNs)).isTrue();
            nowNs = attempts.resumeAtNs();
            assertThat(attempts.pausing(nowNs)).isFalse();
        }

        assertThat(attempts.any()).isTrue();
        assertThat(attempts.count()).isZero();
        assertThat(attempts.failed(failure, FailureKind::of, nowNs)).isEqualTo(Decision.AGAIN);
        assertThat(attempts.blockedAnd()).extracting(BlockedTime::why).containsExactly("retry", "no_room");
        assertThat(attempts.blockedAnd().get(1).ns()).isEqualTo(nowNs);
    }
}
