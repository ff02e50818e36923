package io.ringmain.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A byte per slot, that wraps as the ring does. */
class OutcomesTest {

    private final Outcomes outcomes = new Outcomes(16);

    @Test
    void aRunOfOutcomesMayWrap() {
        outcomes.all(0, 15, Outcomes.DEAD);
        outcomes.all(14, 17, Outcomes.DELIVERED);

        assertThat(outcomes.get(13)).isEqualTo(Outcomes.DEAD);
        assertThat(outcomes.get(14)).isEqualTo(Outcomes.DELIVERED);
        assertThat(outcomes.get(17)).isEqualTo(Outcomes.DELIVERED);
        assertThat(outcomes.get(18)).isEqualTo(Outcomes.DEAD);
    }

    @Test
    void aWholeLapIsAllSlots() {
        outcomes.all(5, 20, Outcomes.DROPPED);
        for (int sequence = 5; sequence <= 20; sequence++) {
            assertThat(outcomes.get(sequence)).isEqualTo(Outcomes.DROPPED);
        }
    }

    @Test
    void anEmptyRunIsNothing() {
        outcomes.all(3, 2, Outcomes.DEAD);
        outcomes.all(0, -1, Outcomes.DEAD);

        for (int sequence = 0; sequence < 16; sequence++) {
            assertThat(outcomes.get(sequence)).isEqualTo(Outcomes.NONE);
        }
    }

    @Test
    void eightDeliveredAreSeenAtOnceAndSevenAreNot() {
        outcomes.all(0, 7, Outcomes.DELIVERED);
        assertThat(outcomes.eightDelivered(0)).isTrue();
        assertThat(outcomes.eightDelivered(16)).isTrue();

        outcomes.set(3, Outcomes.NONE);
        assertThat(outcomes.eightDelivered(0)).isFalse();
    }
}
