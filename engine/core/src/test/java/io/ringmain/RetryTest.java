package io.ringmain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Backoff;
import io.ringmain.config.WhenFailed;
import io.ringmain.spi.Reasoned;
import io.ringmain.testing.ManualClock;
import java.io.IOException;
import java.io.Serial;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** User code is tried again on its own thread, by a clock that tests give. */
@Timeout(30)
class RetryTest {

    private static final Duration MS = Duration.ofMillis(1);
    private static final WhenFailed.Retry POLICY =
            WhenFailed.retry(3, new Backoff(MS, MS.multipliedBy(3)).withoutJitter(), WhenFailed.stop());

    private final ManualClock clock = new ManualClock(-5);
    private int calls;

    private String failUntil(int call) throws IOException {
        calls++;
        if (calls < call) {
            throw new IOException("call " + calls);
        }
        return "done";
    }

    @Test
    void whatFailsIsTriedAgainAfterPauses() throws Exception {
        assertThat(Retry.call(POLICY, () -> failUntil(4), clock)).isEqualTo("done");

        assertThat(calls).isEqualTo(4);
        assertThat(clock.nowNs()).isEqualTo(MS.multipliedBy(1 + 2 + 3).toNanos() - 5);
    }

    @Test
    void theLastFailureIsTheCallers() {
        assertThatThrownBy(() -> Retry.call(POLICY, () -> failUntil(5), clock)).hasMessage("call 4");
    }

    @Test
    void noAttemptBeginsAfterItsTime() {
        WhenFailed.Retry within = POLICY.within(MS.multipliedBy(3));

        assertThatThrownBy(() -> Retry.call(within, () -> failUntil(5), clock)).hasMessage("call 3");
        assertThat(clock.nowNs()).isEqualTo(MS.multipliedBy(3).toNanos() - 5);
    }

    /** Data that is refused. */
    private static final class Refused extends Exception implements Reasoned {

        @Serial
        private static final long serialVersionUID = 1;

        @Override
        public String reason() {
            return "refused";
        }
    }

    @Test
    void whatCannotHelpIsNotTriedAgain() {
        assertThatThrownBy(() -> Retry.call(
                        POLICY,
                        () -> {
                            calls++;
                            throw new Refused();
                        },
                        clock))
                .isInstanceOf(Refused.class);
        assertThat(calls).isEqualTo(1);
    }

    @Test
    void anInterruptEndsThePauseAndStays() {
        WhenFailed.Retry hour =
                WhenFailed.retry(3, new Backoff(Backoff.CAP_MAX, Backoff.CAP_MAX).withoutJitter(), WhenFailed.stop());
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> Retry.call(hour, () -> failUntil(5))).hasMessage("call 1");

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void anInterruptedActionIsNotTriedAgain() {
        assertThatThrownBy(() -> Retry.call(
                        POLICY,
                        () -> {
                            calls++;
                            throw new InterruptedException("now");
                        },
                        clock))
                .isInstanceOf(InterruptedException.class);

        assertThat(calls).isEqualTo(1);
        assertThat(Thread.interrupted()).isTrue();
    }
}
