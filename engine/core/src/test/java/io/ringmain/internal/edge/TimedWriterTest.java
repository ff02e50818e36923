package io.ringmain.internal.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.LaneProgress;
import io.ringmain.internal.ring.Ring;
import io.ringmain.kit.Cell;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A writer that waits for a time keeps to what it has said about room, whatever the readers do meanwhile. */
class TimedWriterTest {

    private static final int BOUND = 4;
    private static final long LIMIT_NS = 100;

    private final LaneProgress settled = new LaneProgress();
    private final Ring<Cell> ring = Ring.of(Cell.TYPE, BOUND, false, () -> {});
    private final EventWriter<Cell> writer;

    TimedWriterTest() {
        ring.gateOn(settled);
        writer = Writers.ofLane(ring, WhenFull.blockFor(Duration.ofNanos(LIMIT_NS)), BOUND, failure -> {});
    }

    private void claim(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(writer.claim(0, i)).as("claim %s of %s", i + 1, count).isNotNull();
        }
    }

    private void waitForTheLimit() {
        claim(BOUND);
        writer.commit(0);
        writer.begin(0);
        assertThat(writer.room(3)).isZero();
        writer.begin(LIMIT_NS);
    }

    @Test
    void slotsThatComeFreeBehindTheQuestionTakeNothingFromTheAnswer() {
        waitForTheLimit();
        int room = writer.room(3);

        settled.release(0);
        claim(room);

        assertThat(room).isEqualTo(3);
        assertThat(writer.commit(LIMIT_NS)).isEqualTo(3);
        assertThat(writer.received()).isEqualTo(BOUND + 3);
        assertThat(ring.cursor()).isEqualTo(BOUND);
    }

    @Test
    void whoAsksAgainWhileSlotsComeFreeKeepsTheFirstAnswer() {
        waitForTheLimit();
        int room = writer.room(3);

        settled.release(0);
        assertThat(writer.room(3)).isEqualTo(1);
        claim(room);

        assertThat(writer.commit(LIMIT_NS)).isEqualTo(3);
    }

    @Test
    void behindTheCommitTheRingMustBeFullForTheWholeTimeAgain() {
        waitForTheLimit();
        assertThat(writer.room(3)).isEqualTo(3);
        settled.release(0);
        claim(3);
        writer.commit(LIMIT_NS);

        writer.begin(LIMIT_NS + 1);
        assertThat(writer.room(3)).isZero();
        assertThat(writer.claim(0, 0)).isNull();
        assertThat(writer.wakeAtNs()).isGreaterThan(LIMIT_NS + 1);
    }
}
