package io.ringmain.internal.ring;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.kit.Cell;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane's place: what it may take, what it has passed on, where it must end. */
@Timeout(10)
class LaneCursorTest {

    private final LaneProgress settled = new LaneProgress();
    private final Ring<Cell> ring = Ring.of(Cell.TYPE, 16, false, () -> {});
    private final RingWriter<Cell> writer = new RingWriter<>(ring, false);

    LaneCursorTest() {
        ring.gateOn(settled);
    }

    private void publish(int count) {
        for (int i = 0; i < count; i++) {
            assertThat(writer.claim(0, i)).isNotNull();
        }
        writer.commit(0);
    }

    @Test
    void aLaneTakesAtMostItsBatch() {
        var cursor = new LaneCursor(ring, 4);
        publish(10);

        assertThat(cursor.next()).isZero();
        assertThat(cursor.poll()).isEqualTo(3);
        cursor.pass(3);
        assertThat(cursor.next()).isEqualTo(4);
        assertThat(cursor.poll()).isEqualTo(7);
        cursor.pass(7);
        assertThat(cursor.poll()).isEqualTo(9);
        cursor.pass(9);
        assertThat(cursor.poll()).isLessThan(cursor.next());
        assertThat(cursor.last()).isEqualTo(9);
    }

    @Test
    void aLaneFollowsTheSlowestBeforeIt() {
        var left = new LaneCursor(ring, 100);
        var right = new LaneCursor(ring, 100);
        var behind = new LaneCursor(ring, 100, left.progress(), right.progress());
        publish(10);

        assertThat(behind.poll()).isEqualTo(-1);
        left.pass(9);
        assertThat(behind.poll()).isEqualTo(-1);
        right.pass(3);
        assertThat(behind.poll()).isEqualTo(3);
    }

    @Test
    void aLaneThatLooksAheadCountsFromWhereItLooked() {
        var cursor = new LaneCursor(ring, 100);
        publish(10);

        assertThat(cursor.poll(-1, 4)).isEqualTo(3);
        assertThat(cursor.poll(3, 2)).isEqualTo(5);
        assertThat(cursor.poll(5, 100)).isEqualTo(9);
        assertThat(cursor.next()).isZero();
        assertThat(cursor.waiting()).isEqualTo(10);
    }

    @Test
    void aCutEndsTheLaneAndTheEarliestHolds() {
        var cursor = new LaneCursor(ring, 100);
        publish(10);

        cursor.cutAt(6);
        cursor.cutAt(8);
        assertThat(cursor.poll()).isEqualTo(6);
        cursor.cutAt(4);
        assertThat(cursor.poll()).isEqualTo(4);
        assertThat(cursor.atCut()).isFalse();
        assertThat(cursor.atCut(4)).isTrue();

        cursor.pass(4);
        assertThat(cursor.atCut()).isTrue();
        assertThat(cursor.poll()).isLessThan(cursor.next());
    }

    @Test
    void aCutBehindALaneStopsItAtOnce() {
        var cursor = new LaneCursor(ring, 100);
        publish(10);
        cursor.pass(7);

        cursor.cutAt(5);

        assertThat(cursor.atCut()).isTrue();
        assertThat(cursor.poll()).isLessThan(cursor.next());
    }

    @Test
    void theDepthIsTheMostThatWaited() {
        var cursor = new LaneCursor(ring, 4);
        publish(3);
        cursor.poll();
        assertThat(cursor.depthMax()).isEqualTo(3);

        cursor.pass(2);
        publish(10);
        cursor.poll();
        cursor.pass(6);
        cursor.poll();
        assertThat(cursor.depthMax()).isEqualTo(10);
    }

    @Test
    void onlyDataCountsAsWaiting() {
        var cursor = new LaneCursor(ring, 100);
        publish(2);
        writer.control(Slot.TICK, 0, 0);
        publish(1);

        assertThat(cursor.waiting()).isEqualTo(3);
        cursor.pass(2);
        assertThat(cursor.waiting()).isEqualTo(1);
    }

    @Test
    void aLaneThatAnotherOvertookSaysThatItStoodBeforeThoseBehind() {
        var overtaking = new Runnable[1];
        var share = new Share(4) {
            @Override
            boolean take(long from, long last) {
                Runnable quicker = overtaking[0];
                overtaking[0] = null;
                if (quicker != null) {
                    quicker.run();
                }
                return super.take(from, last);
            }
        };
        var slow = new LaneCursor(ring, share, 0);
        var quick = new LaneCursor(ring, share, 1);
        var behind = new LaneCursor(ring, 100, share.progress(), slow.progress(), quick.progress());
        publish(4);
        overtaking[0] = () -> {
            assertThat(quick.poll()).isEqualTo(3);
            quick.pass(3);
            assertThat(behind.poll()).as("held back by the slow lane").isEqualTo(-1);
        };

        assertThat(slow.poll()).isLessThan(slow.next());

        assertThat(slow.gaveWay()).isTrue();
        assertThat(behind.poll()).isEqualTo(3);
        assertThat(slow.poll()).isLessThan(slow.next());
        assertThat(slow.gaveWay()).isFalse();
    }
}
