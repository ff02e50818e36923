package io.ringmain.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.kit.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several threads publish: what is claimed is published, as data or as padding. */
@Timeout(10)
class SharedWriterTest {

    private final LaneProgress settled = new LaneProgress();
    private final Ring<Cell> ring = Ring.of(Cell.TYPE, 4, true, () -> {});
    private final SharedWriter<Cell> writer = new SharedWriter<>(ring);
    private final LaneCursor reader;

    SharedWriterTest() {
        ring.gateOn(settled);
        reader = new LaneCursor(ring, 100);
    }

    @Test
    void aGapHidesWhatIsPublishedBehindIt() {
        long first = writer.tryClaim(1);
        long second = writer.tryClaim(2);
        writer.publish(second - 1, second, 0);

        assertThat(reader.poll()).isLessThan(reader.next());
        assertThat(ring.cursor()).isEqualTo(2);

        writer.publish(first, first, 0);
        assertThat(reader.poll()).isEqualTo(2);
    }

    @Test
    void paddingFillsAGapAndIsNoData() {
        long first = writer.tryClaim(2);
        long second = writer.tryClaim(1);
        writer.event(second).value = 5;
        writer.publish(second, second, 0);

        writer.pad(first - 1, first);

        assertThat(reader.poll()).isEqualTo(2);
        assertThat(Slot.kind(ring.columns().mark(0))).isEqualTo(Slot.PADDING);
        assertThat(Slot.kind(ring.columns().mark(1))).isEqualTo(Slot.PADDING);
        assertThat(Slot.isLive(ring.columns().mark(0))).isFalse();
        assertThat(ring.dataBetween(-1, 2)).isEqualTo(1);
    }

    @Test
    void aSlotThatWasPaddingIsDataAgainInTheNextLap() {
        writer.tryClaim(4);
        writer.pad(0, 3);
        settled.release(3);

        long high = writer.tryClaim(4);
        writer.publish(high - 3, high, 9);

        assertThat(ring.dataBetween(3, 7)).isEqualTo(4);
        assertThat(ring.columns().ingressNs(7)).isEqualTo(9);
    }

    @Test
    void aClaimedEventIsClear() {
        long sequence = writer.tryClaim(1);
        writer.event(sequence).note = "left over";
        writer.publish(sequence, sequence, 0);
        writer.tryClaim(3);
        writer.pad(1, 3);
        settled.release(3);

        assertThat(writer.event(writer.tryClaim(1))).hasToString("0");
    }

    @Test
    void aControlEventNeedsRoom() {
        for (int i = 0; i < 4; i++) {
            assertThat(writer.control(Slot.TICK, i, 0)).isTrue();
        }

        assertThat(writer.control(Slot.END, 0, 0)).isFalse();
        settled.release(0);
        assertThat(writer.control(Slot.END, 0, 0)).isTrue();
        assertThat(Slot.kind(ring.columns().mark(4))).isEqualTo(Slot.END);
    }
}
