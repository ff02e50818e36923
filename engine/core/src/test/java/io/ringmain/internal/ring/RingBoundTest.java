package io.ringmain.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.kit.Cell;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ring holds exactly as many slots as its bound says, whatever power of two lies behind it. */
@Timeout(10)
class RingBoundTest {

    private final LaneProgress settled = new LaneProgress();

    private Ring<Cell> ring(int bound, boolean shared) {
        Ring<Cell> ring = Ring.of(Cell.TYPE, bound, shared, () -> {});
        ring.gateOn(settled);
        return ring;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 100})
    void aSingleWriterClaimsExactlyTheBound(int bound) {
        Ring<Cell> ring = ring(bound, false);
        var writer = new RingWriter<>(ring, false);

        for (int lap = 0; lap < 5; lap++) {
            assertThat(writer.room(1000)).isEqualTo(bound);
            assertThat(claimAll(writer)).isEqualTo(bound);
            assertThat(writer.room(1)).isZero();
            settled.release(ring.cursor());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 100})
    void aSharedWriterClaimsExactlyTheBound(int bound) {
        Ring<Cell> ring = ring(bound, true);
        var writer = new SharedWriter<>(ring);

        for (int lap = 0; lap < 5; lap++) {
            assertThat(writer.hasRoom(bound)).isTrue();
            assertThat(writer.hasRoom(bound + 1)).isFalse();
            assertThat(publishAll(writer)).isEqualTo(bound);
            assertThat(writer.hasRoom(1)).isFalse();
            settled.release(ring.cursor());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 8, 100})
    void oneSettledSlotIsOneSlotOfRoom(int bound) {
        Ring<Cell> single = ring(bound, false);
        var writer = new RingWriter<>(single, false);
        claimAll(writer);
        Ring<Cell> many = ring(bound, true);
        var shared = new SharedWriter<>(many);
        publishAll(shared);

        settled.release(0);

        assertThat(claimAll(writer)).isEqualTo(1);
        assertThat(publishAll(shared)).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 8, 100})
    void aSharedWriterClaimsTheBoundAtOnceAndNoMore(int bound) {
        Ring<Cell> ring = ring(bound, true);
        var writer = new SharedWriter<>(ring);

        assertThat(writer.tryClaim(bound + 1)).isEqualTo(SharedWriter.FULL);
        assertThat(writer.tryClaim(bound)).isEqualTo(bound - 1L);
        assertThat(writer.tryClaim(1)).isEqualTo(SharedWriter.FULL);
    }

    private static int claimAll(RingWriter<Cell> writer) {
        int claimed = 0;
        while (writer.claim(0, claimed) != null) {
            claimed++;
        }
        writer.commit(0);
        return claimed;
    }

    private static int publishAll(SharedWriter<Cell> writer) {
        int claimed = 0;
        for (long sequence = writer.tryClaim(1); sequence != SharedWriter.FULL; sequence = writer.tryClaim(1)) {
            writer.event(sequence);
            writer.publish(sequence, sequence, 0);
            claimed++;
        }
        return claimed;
    }
}
