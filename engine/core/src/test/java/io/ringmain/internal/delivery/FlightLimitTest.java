package io.ringmain.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** The limit grows by one per round, and is halved at most once per round trip. */
class FlightLimitTest {

    private static final long QUICK_NS = 10_000_000;
    private static final long SLOW_NS = 21_000_000;

    private final FlightLimit limit = new FlightLimit(10);

    /** A round at the limit: all launched, then all answered. */
    private void round(long roundTripNs) {
        int count = limit.limit();
        long first = 0;
        for (int i = 1; i <= count; i++) {
            long launch = limit.launched(i);
            first = i == 1 ? launch : first;
        }
        for (int i = 0; i < count; i++) {
            limit.succeeded(first + i, roundTripNs);
        }
    }

    private void growTo(int wanted) {
        while (limit.limit() < wanted) {
            round(QUICK_NS);
        }
    }

    @Test
    void itGrowsByOneAfterEachRoundUpToItsMost() {
        assertThat(limit.limit()).isEqualTo(1);
        for (int round = 1; round <= 9; round++) {
            round(QUICK_NS);
            assertThat(limit.limit()).isEqualTo(round + 1);
        }
        round(QUICK_NS);

        assertThat(limit.limit()).isEqualTo(10);
        assertThat(limit.underWayMax()).isEqualTo(10);
    }

    @Test
    void roundsInWhichItWasNotReachedProveNothing() {
        growTo(4);
        for (int i = 0; i < 100; i++) {
            limit.succeeded(limit.launched(3), QUICK_NS);
        }

        assertThat(limit.limit()).isEqualTo(4);
    }

    @Test
    void failuresOfOneRoundTripHalveItOnce() {
        growTo(8);
        long before = limit.launched(1);
        long beside = limit.launched(2);
        limit.failed(before);
        assertThat(limit.limit()).isEqualTo(4);
        limit.failed(beside);
        assertThat(limit.limit()).isEqualTo(4);
        limit.failed(limit.launched(1));

        assertThat(limit.limit()).isEqualTo(2);
    }

    @Test
    void whatWasUnderWayWhenItWasHalvedDoesNotLetItGrow() {
        growTo(2);
        long failing = limit.launched(1);
        long beside = limit.launched(2);
        limit.failed(failing);
        limit.succeeded(beside, QUICK_NS);

        assertThat(limit.limit()).isEqualTo(1);
    }

    @Test
    void itNeverFallsBelowOne() {
        limit.failed(limit.launched(1));
        limit.failed(limit.launched(1));

        assertThat(limit.limit()).isEqualTo(1);
    }

    @Test
    void aRoundTripOfMoreThanTwiceTheMinimumHalvesIt() {
        growTo(8);
        limit.succeeded(limit.launched(1), 2 * QUICK_NS);
        assertThat(limit.limit()).isEqualTo(8);
        limit.succeeded(limit.launched(1), SLOW_NS);

        assertThat(limit.limit()).isEqualTo(4);
    }

    @Test
    void ofWhatIsQuickAnywayNoRoundTripIsSlow() {
        for (int i = 0; i < 10; i++) {
            limit.succeeded(limit.launched(limit.limit()), 1_000);
        }
        limit.succeeded(limit.launched(1), 900_000);

        assertThat(limit.limit()).isGreaterThan(1);
    }

    @Test
    void aServerThatBecameSlowForGoodIsLearnedAtALimitOfOne() {
        growTo(8);
        for (int i = 0; i < 50; i++) {
            round(10 * QUICK_NS);
        }

        assertThat(limit.limit()).isEqualTo(10);
    }
}
