package io.ringmain.internal.counters;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** How often and how long a lane was held back. */
class BlockedTimeTest {

    private final BlockedTime blocked = new BlockedTime("ring_full");

    @Test
    void oneHoldInSeveralCallsIsOneHold() {
        blocked.hold(100);
        blocked.hold(150);
        blocked.hold(180);
        blocked.release(200);
        blocked.release(900);

        assertThat(blocked.count()).isEqualTo(1);
        assertThat(blocked.ns()).isEqualTo(100);
    }

    @Test
    void timeIsVisibleWhileItGoesOn() {
        blocked.hold(100);
        blocked.hold(150);

        assertThat(blocked.ns()).isEqualTo(50);
    }

    @Test
    void holdsAddUp() {
        blocked.hold(0);
        blocked.release(10);
        blocked.hold(50);
        blocked.release(55);

        assertThat(blocked.why()).isEqualTo("ring_full");
        assertThat(blocked.count()).isEqualTo(2);
        assertThat(blocked.ns()).isEqualTo(15);
    }
}
