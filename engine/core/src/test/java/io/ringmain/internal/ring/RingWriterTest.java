package io.ringmain.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.kit.Cell;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The one writer of a ring claims, takes back and publishes. */
@Timeout(10)
class RingWriterTest {

    private static final int BOUND = 4;

    private final LaneProgress settled = new LaneProgress();
    private final int[] publications = new int[1];
    private final Ring<Cell> ring = Ring.of(Cell.TYPE, BOUND, false, () -> publications[0]++);

    RingWriterTest() {
        ring.gateOn(settled);
    }

    private RingWriter<Cell> writer(boolean dropNewest) {
        return new RingWriter<>(ring, dropNewest);
    }

    private static void claim(RingWriter<Cell> writer, long value) {
        Cell cell = writer.claim(0, value);
        assertThat(cell).as("claim of %s", value).isNotNull();
        cell.value = value;
    }

    /** The data that is published and not settled. */
    private List<Long> published() {
        List<Long> values = new ArrayList<>();
        for (long sequence = settled.acquire() + 1; sequence <= ring.cursor(); sequence++) {
            if (Slot.kind(ring.columns().mark(sequence)) == Slot.DATA) {
                values.add(ring.event(sequence).value);
            }
        }
        return values;
    }

    private void settleAll() {
        settled.release(ring.cursor());
    }

    @Test
    void nothingIsSeenBeforeTheCommit() {
        RingWriter<Cell> writer = writer(false);
        claim(writer, 1);
        claim(writer, 2);

        assertThat(published()).isEmpty();
        assertThat(writer.claimed()).isEqualTo(2);
        assertThat(writer.received()).isZero();

        assertThat(writer.commit(5)).isEqualTo(2);

        assertThat(published()).containsExactly(1L, 2L);
        assertThat(writer.received()).isEqualTo(2);
        assertThat(writer.published()).isEqualTo(1);
        assertThat(publications[0]).isEqualTo(1);
        assertThat(ring.columns().ingressNs(1)).isEqualTo(5);
    }

    @Test
    void aCommitOfNothingPublishesNothing() {
        assertThat(writer(false).commit(1)).isZero();
        assertThat(publications[0]).isZero();
    }

    @Test
    void aClaimIsClearAndHasItsOrigin() {
        RingWriter<Cell> writer = writer(false);
        for (int lap = 0; lap < 3; lap++) {
            for (int i = 0; i < BOUND; i++) {
                Cell cell = writer.claim(3, 40 + i);
                assertThat(cell).hasToString("0");
                cell.note = "used";
            }
            writer.commit(lap);
            assertThat(ring.columns().position(ring.cursor())).isEqualTo(43);
            assertThat(ring.columns().source(ring.cursor())).isEqualTo(3);
            settleAll();
        }
    }

    @Test
    void rollbackTakesBackWhatCameAfterTheMark() {
        RingWriter<Cell> writer = writer(false);
        claim(writer, 1);
        writer.mark();
        claim(writer, 2);
        claim(writer, 3);

        writer.rollback();
        claim(writer, 4);
        writer.commit(0);

        assertThat(published()).containsExactly(1L, 4L);
        assertThat(writer.received()).isEqualTo(2);
    }

    @Test
    void rollbackLastTakesBackOneClaimAndNeverMoreThanThatOfTheCall() {
        RingWriter<Cell> writer = writer(false);
        claim(writer, 1);
        writer.mark();
        claim(writer, 2);
        claim(writer, 3);

        writer.rollbackLast();
        writer.commit(0);
        assertThat(published()).containsExactly(1L, 2L);

        claim(writer, 4);
        writer.mark();
        writer.rollbackLast();
        writer.commit(0);
        assertThat(published()).containsExactly(1L, 2L, 4L);
    }

    @Test
    void aFullRingGivesNothing() {
        RingWriter<Cell> writer = writer(false);
        for (int i = 0; i < BOUND; i++) {
            claim(writer, i);
        }

        assertThat(writer.claim(0, 0)).isNull();
        assertThat(writer.room(1)).isZero();
        assertThat(writer.commit(0)).isEqualTo(BOUND);
        assertThat(writer.dropped()).isZero();
    }

    @Test
    void controlEventsStandBetweenCommits() {
        RingWriter<Cell> writer = writer(false);
        claim(writer, 1);
        assertThatThrownBy(() -> writer.control(Slot.TICK, 9, 0)).hasMessageContaining("overtake 1 claimed");
        writer.commit(0);

        assertThat(writer.control(Slot.WATERMARK, 77, 5)).isTrue();
        assertThat(Slot.kind(ring.columns().mark(1))).isEqualTo(Slot.WATERMARK);
        assertThat(ring.columns().position(1)).isEqualTo(77);
        assertThat(ring.columns().ingressNs(1)).isEqualTo(5);
        assertThat(writer.received()).isEqualTo(1);
    }

    @Test
    void aControlEventWaitsForRoomAlsoWhereDataIsDropped() {
        RingWriter<Cell> writer = writer(true);
        for (int i = 0; i < BOUND; i++) {
            assertThat(writer.control(Slot.TICK, i, 0)).isTrue();
        }
        assertThat(writer.control(Slot.END, 0, 0)).isFalse();

        settleAll();
        assertThat(writer.control(Slot.END, 0, 0)).isTrue();
    }

    @Test
    void dropNewestCountsWhatItDrops() {
        RingWriter<Cell> writer = writer(true);
        for (int i = 0; i < BOUND + 3; i++) {
            claim(writer, i);
        }

        assertThat(writer.room(10)).isEqualTo(10);
        assertThat(writer.commit(0)).isEqualTo(BOUND + 3);
        assertThat(published()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(writer.received()).isEqualTo(BOUND + 3);
        assertThat(writer.dropped()).isEqualTo(3);
    }

    @Test
    void rollbackLastTakesBackADroppedClaim() {
        RingWriter<Cell> writer = writer(true);
        for (int i = 0; i < BOUND + 2; i++) {
            claim(writer, i);
        }

        writer.rollbackLast();

        assertThat(writer.commit(0)).isEqualTo(BOUND + 1);
        assertThat(writer.dropped()).isEqualTo(1);
    }

    @Test
    void rollbackLastTakesBackTheLastClaimAlsoWhenRoomCameAfterADrop() {
        RingWriter<Cell> writer = writer(true);
        for (int i = 0; i < BOUND; i++) {
            claim(writer, i);
        }
        writer.commit(0);
        claim(writer, 10);
        settleAll();
        claim(writer, 11);
        claim(writer, 12);

        writer.rollbackLast();
        writer.commit(0);

        assertThat(published()).containsExactly(11L);
        assertThat(writer.dropped()).isEqualTo(1);
        assertThat(writer.received()).isEqualTo(BOUND + 2);
    }

    @Test
    void stampsCloseTogetherShareOneSample() {
        RingWriter<Cell> writer = writer(false);
        long[] stampsNs = {0, 1, Ring.SAMPLE_INTERVAL_NS, Ring.SAMPLE_INTERVAL_NS + 1};
        for (long stampNs : stampsNs) {
            claim(writer, 1);
            writer.commit(stampNs);
        }

        assertThat(Slot.isLiveSample(ring.columns().mark(0))).isTrue();
        assertThat(ring.columns().handedNs(0)).isZero();
        assertThat(Slot.isLiveSample(ring.columns().mark(1))).isFalse();
        assertThat(Slot.isLiveSample(ring.columns().mark(2))).isTrue();
        assertThat(ring.columns().handedNs(2)).isEqualTo(Ring.SAMPLE_INTERVAL_NS);
        assertThat(Slot.isLiveSample(ring.columns().mark(3))).isFalse();
    }
}
