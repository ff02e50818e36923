package io.ringmain.internal.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Checkpointing;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever is woken finds what there is to do. */
class CheckpointsTest {

    private final List<Boolean> completeWhenWoken = new ArrayList<>();
    private final Checkpoints checkpoints = new Checkpoints(
            Checkpointing.acknowledging(Duration.ofSeconds(1)),
            new Checkpoints.Exits((where, failure) -> {}, (source, failure) -> {}, () -> false, this::woken, () -> {}));

    private void woken() {
        completeWhenWoken.add(checkpoints.isComplete());
    }

    private void want() throws IOException {
        checkpoints.addSegment();
        checkpoints.work(0, true);
        assertThat(checkpoints.work(1_000_000_000, true)).isTrue();
    }

    @Test
    void aBarrierThatPassesAllLanesBeforeItsWriterReturnsIsStored() throws IOException {
        want();

        int published = checkpoints.publish(
                (kind, value, nowNs) -> {
                    checkpoints.passed();
                    return true;
                },
                1_000_000_000);

        assertThat(published).isEqualTo(1);
        assertThat(completeWhenWoken).containsExactly(true);
        assertThat(checkpoints.work(1_000_000_000, true)).isTrue();
        assertThat(checkpoints.stored()).isEqualTo(1);
    }

    @Test
    void aBarrierForWhichThereIsNoRoomIsWantedStill() throws IOException {
        want();

        assertThat(checkpoints.publish((kind, value, nowNs) -> false, 1_000_000_000))
                .isZero();

        assertThat(checkpoints.isWanted()).isTrue();
        assertThat(checkpoints.isComplete()).isFalse();
        assertThat(checkpoints.publish((kind, value, nowNs) -> true, 1_000_000_000))
                .isEqualTo(1);
    }
}
