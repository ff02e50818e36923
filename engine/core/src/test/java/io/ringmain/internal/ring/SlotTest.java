package io.ringmain.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.kit.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The mark of a slot: kind, verdict and sample in one byte. */
class SlotTest {

    private final Columns columns = Ring.of(Cell.TYPE, 16, false, () -> {}).columns();

    @Test
    void aFreshEventIsAllZero() {
        columns.admit(0, 15, 7);

        assertThat(columns.mark(3)).isZero();
        assertThat(columns.eightMarks(8)).isZero();
        assertThat(Slot.isLive(columns.mark(3))).isTrue();
        assertThat(Slot.kind(columns.mark(3))).isEqualTo(Slot.DATA);
        assertThat(Slot.verdict(columns.mark(3))).isEqualTo(Slot.LIVE);
    }

    @ParameterizedTest
    @ValueSource(ints = {Slot.FILTERED, Slot.DROPPED, Slot.DEAD})
    void aVerdictEndsTheWayAndKeepsTheSample(int verdict) {
        columns.admit(0, 1, 7);
        columns.sample(0, 7);
        assertThat(Slot.isLiveSample(columns.mark(0))).isTrue();

        columns.mark(0, verdict);
        columns.mark(1, verdict);

        assertThat(Slot.verdict(columns.mark(0))).isEqualTo(verdict);
        assertThat(Slot.kind(columns.mark(0))).isEqualTo(Slot.DATA);
        assertThat(Slot.isLive(columns.mark(0))).isFalse();
        assertThat(Slot.isLiveSample(columns.mark(0))).isFalse();
        assertThat(columns.mark(0) & Slot.SAMPLED).isEqualTo(Slot.SAMPLED);
        assertThat(columns.mark(1)).isEqualTo((byte) verdict);
        assertThat(columns.eightMarks(0)).isNotZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {Slot.WATERMARK, Slot.BARRIER, Slot.TICK, Slot.END})
    void aControlKindIsNotLive(int kind) {
        columns.control(5, kind, 99, 3);

        assertThat(Slot.kind(columns.mark(5))).isEqualTo(kind);
        assertThat(Slot.isLive(columns.mark(5))).isFalse();
        assertThat(columns.position(5)).isEqualTo(99);
    }

    @Test
    void admittingWrapsAround() {
        columns.pad(0, 15);
        columns.admit(14, 17, 4);

        assertThat(columns.mark(14)).isZero();
        assertThat(columns.mark(17)).isZero();
        assertThat(columns.ingressNs(17)).isEqualTo(4);
        assertThat(Slot.kind(columns.mark(18))).isEqualTo(Slot.PADDING);
        assertThat(Slot.kind(columns.mark(13))).isEqualTo(Slot.PADDING);
    }

    @Test
    void eightMarksAreReadOnlyWhereTheyLieTogether() {
        assertThat(columns.hasEight(0, 7)).isTrue();
        assertThat(columns.hasEight(0, 6)).isFalse();
        assertThat(columns.hasEight(8, 15)).isTrue();
        assertThat(columns.hasEight(9, 16)).isFalse();
        assertThat(columns.hasEight(16, 23)).isTrue();
    }
}
