package io.ringmain.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pauses double up to the cap, whatever the numbers. */
class BackoffTest {

    private static final long MS = 1_000_000;

    @ParameterizedTest
    @CsvSource({"1,10", "2,20", "3,40", "4,80", "12,20480", "13,30000", "14,30000", "1000000,30000", "2147483647,30000"
    })
    void pausesDoubleUpToTheCap(int attempt, long pauseMs) {
        assertThat(Backoff.DEFAULT.pauseNsMax(attempt)).isEqualTo(pauseMs * MS);
    }

    @Test
    void aPauseIsAnyTimeUpToTheLongest() {
        var backoff = new Backoff(Duration.ofNanos(3), Duration.ofNanos(5));
        var random = new SplittableRandom(7);
        long[] first = new long[4];
        long[] second = new long[6];

        for (int i = 0; i < 6_000; i++) {
            first[(int) backoff.pauseNs(1, random)]++;
            second[(int) backoff.pauseNs(2, random)]++;
        }

        assertThat(Arrays.stream(first)).allMatch(count -> count > 1_350 && count < 1_650);
        assertThat(Arrays.stream(second)).allMatch(count -> count > 850 && count < 1_150);
    }

    @Test
    void withoutJitterAPauseIsTheLongest() {
        var backoff = new Backoff(Duration.ofNanos(3), Duration.ofNanos(5)).withoutJitter();
        var random = new SplittableRandom(7);

        assertThat(backoff.pauseNs(1, random)).isEqualTo(3);
        assertThat(backoff.pauseNs(2, random)).isEqualTo(5);
    }

    @Test
    void pausesNeverOverflowOrShrink() {
        for (Duration first : new Duration[] {Duration.ofNanos(1), Duration.ofNanos(3), Duration.ofHours(1)}) {
            var backoff = new Backoff(first, Duration.ofHours(1));
            long last = 0;
            for (int attempt = 1; attempt < 200; attempt++) {
                long pauseNs = backoff.pauseNsMax(attempt);
                assertThat(pauseNs)
                        .as("attempt %s", attempt)
                        .isBetween(Math.max(1, last), Duration.ofHours(1).toNanos());
                last = pauseNs;
            }
            assertThat(last).isEqualTo(Duration.ofHours(1).toNanos());
        }
    }

    @Test
    void badDurationsAreRefusedByName() {
        assertThatThrownBy(() -> new Backoff(Duration.ZERO, Duration.ofSeconds(1)))
                .hasMessage("backoff.first: PT0S (expected: > 0)");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(-1), Duration.ofSeconds(1)))
                .hasMessage("backoff.first: PT-1S (expected: > 0)");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessage("backoff.cap: PT1S (expected: from PT2S to PT1H)");
        assertThatThrownBy(() -> new Backoff(Duration.ofSeconds(2), Duration.ofHours(2)))
                .hasMessage("backoff.cap: PT2H (expected: from PT2S to PT1H)");
    }
}
