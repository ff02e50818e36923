package io.ringmain.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.kit.Cell;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each event is settled once, by the worst that became of it. */
@Timeout(10)
class SettleLaneTest {

    private static final int SIZE = 64;

    private final Ring<Cell> ring = Ring.of(Cell.TYPE, SIZE, false, () -> {});
    private final Outcomes left = new Outcomes(SIZE);
    private final Outcomes right = new Outcomes(SIZE);
    private final LaneCursor cursor = new LaneCursor(ring, 1024);
    private final SettleLane lane =
            new SettleLane("settle", ring, cursor, new SettleLane.Behind(List.of(left, right), List.of(), false), 1024);
    private final RingWriter<Cell> writer = new RingWriter<>(ring, false);

    SettleLaneTest() {
        ring.gateOn(cursor.progress());
    }

    private void publish(int count, long nowNs) {
        for (int i = 0; i < count; i++) {
            assertThat(writer.claim(0, i)).isNotNull();
        }
        writer.commit(nowNs);
    }

    private String counts() {
        return "delivered " + lane.delivered() + ", absorbed " + lane.absorbed() + ", filtered " + lane.filtered()
                + ", dropped " + lane.dropped() + ", dead " + lane.dead();
    }

    private String settled(int verdict, byte inLeft, byte inRight) {
        publish(1, 0);
        if (verdict != Slot.LIVE) {
            ring.columns().mark(writer.published(), verdict);
        }
        left.set(writer.published(), inLeft);
        right.set(writer.published(), inRight);
        lane.work(1);
        return counts();
    }

    @Test
    void deadBeatsEverything() {
        assertThat(settled(Slot.DEAD, Outcomes.DELIVERED, Outcomes.DROPPED)).endsWith("dropped 0, dead 1");
        assertThat(settled(Slot.DROPPED, Outcomes.DEAD, Outcomes.DELIVERED)).endsWith("dropped 0, dead 2");
        assertThat(settled(Slot.FILTERED, Outcomes.NONE, Outcomes.DEAD)).endsWith("dropped 0, dead 3");
        assertThat(settled(Slot.LIVE, Outcomes.DROPPED, Outcomes.DEAD))
                .isEqualTo("delivered 0, absorbed 0, filtered 0, dropped 0, dead 4");
    }

    @Test
    void droppedBeatsDeliveredAndFiltered() {
        assertThat(settled(Slot.DROPPED, Outcomes.DELIVERED, Outcomes.NONE)).contains("dropped 1");
        assertThat(settled(Slot.LIVE, Outcomes.DELIVERED, Outcomes.DROPPED)).contains("dropped 2");
        assertThat(settled(Slot.FILTERED, Outcomes.DROPPED, Outcomes.NONE))
                .isEqualTo("delivered 0, absorbed 0, filtered 0, dropped 3, dead 0");
    }

    @Test
    void deliveredBeatsFiltered() {
        assertThat(settled(Slot.FILTERED, Outcomes.DELIVERED, Outcomes.NONE))
                .isEqualTo("delivered 1, absorbed 0, filtered 0, dropped 0, dead 0");
        assertThat(settled(Slot.FILTERED, Outcomes.NONE, Outcomes.NONE))
                .isEqualTo("delivered 1, absorbed 0, filtered 1, dropped 0, dead 0");
    }

    @Test
    void whatNoSinkWantedIsFiltered() {
        assertThat(settled(Slot.LIVE, Outcomes.NOT_WANTED, Outcomes.NOT_WANTED))
                .isEqualTo("delivered 0, absorbed 0, filtered 1, dropped 0, dead 0");
        assertThat(settled(Slot.LIVE, Outcomes.NONE, Outcomes.NOT_WANTED)).contains("filtered 2");
        assertThat(settled(Slot.FILTERED, Outcomes.NOT_WANTED, Outcomes.NONE)).contains("filtered 3");
        assertThat(settled(Slot.LIVE, Outcomes.NOT_WANTED, Outcomes.DELIVERED)).contains("delivered 1");
        assertThat(settled(Slot.LIVE, Outcomes.DROPPED, Outcomes.NOT_WANTED)).contains("dropped 1");
        assertThat(settled(Slot.LIVE, Outcomes.NOT_WANTED, Outcomes.DEAD))
                .isEqualTo("delivered 1, absorbed 0, filtered 3, dropped 1, dead 1");
    }

    @Test
    void whatNoSinkWantedAndAResultHasIsAbsorbed() {
        Ring<Cell> bare = Ring.of(Cell.TYPE, SIZE, false, () -> {});
        var place = new LaneCursor(bare, 1024);
        bare.gateOn(place.progress());
        var settle = new SettleLane("settle", bare, place, new SettleLane.Behind(List.of(left), List.of(), true), 1024);
        var source = new RingWriter<>(bare, false);
        for (int i = 0; i < 3; i++) {
            assertThat(source.claim(0, i)).isNotNull();
        }
        source.commit(0);
        left.set(0, Outcomes.NOT_WANTED);
        left.set(1, Outcomes.DELIVERED);
        left.set(2, Outcomes.NOT_WANTED);
        bare.columns().mark(2, Slot.FILTERED);

        assertThat(settle.work(1)).isEqualTo(3);
        assertThat(settle.absorbed()).isEqualTo(1);
        assertThat(settle.delivered()).isEqualTo(1);
        assertThat(settle.filtered()).isEqualTo(1);
    }

    @Test
    void whatWentIntoTheRingOfASinkIsAbsorbed() {
        assertThat(settled(Slot.LIVE, Outcomes.HANDED_ON, Outcomes.NOT_WANTED)).contains("absorbed 1");
        assertThat(settled(Slot.FILTERED, Outcomes.HANDED_ON, Outcomes.NONE)).contains("absorbed 2");
        assertThat(settled(Slot.LIVE, Outcomes.HANDED_ON, Outcomes.DELIVERED)).contains("delivered 1");
        assertThat(settled(Slot.LIVE, Outcomes.HANDED_ON, Outcomes.DEAD))
                .isEqualTo("delivered 1, absorbed 2, filtered 0, dropped 0, dead 1");
    }

    @Test
    void whatNobodyTookIsAbsorbed() {
        assertThat(settled(Slot.LIVE, Outcomes.NONE, Outcomes.NONE))
                .isEqualTo("delivered 0, absorbed 1, filtered 0, dropped 0, dead 0");
    }

    @Test
    void withoutSinksAllThatLivesIsAbsorbed() {
        Ring<Cell> bare = Ring.of(Cell.TYPE, SIZE, false, () -> {});
        var place = new LaneCursor(bare, 1024);
        bare.gateOn(place.progress());
        var settle = new SettleLane("settle", bare, place, new SettleLane.Behind(List.of(), List.of(), false), 1024);
        var source = new RingWriter<>(bare, false);
        for (int i = 0; i < 20; i++) {
            assertThat(source.claim(0, i)).isNotNull();
        }
        source.commit(0);
        bare.columns().mark(13, Slot.FILTERED);

        assertThat(settle.work(1)).isEqualTo(20);
        assertThat(settle.absorbed()).isEqualTo(19);
        assertThat(settle.filtered()).isEqualTo(1);
    }

    static IntStream seeds() {
        return IntStream.range(0, 50);
    }

    /** The shortcut over eight bytes gives what one after the other gives. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eightAtOnceCountAsOneByOne(int seed) {
        var random = new SplittableRandom(seed);
        long[] expected = new long[5];
        int rounds = 20;
        for (int round = 0; round < rounds; round++) {
            publish(1 + random.nextInt(SIZE), round);
            for (long sequence = cursor.next(); sequence <= writer.published(); sequence++) {
                expected[settleByHand(sequence, random)]++;
            }
            lane.work(round + 1);
        }

        assertThat(counts())
                .as("seed %s", seed)
                .isEqualTo("delivered " + expected[0] + ", absorbed " + expected[1] + ", filtered " + expected[2]
                        + ", dropped " + expected[3] + ", dead " + expected[4]);
    }

    /** As above, where a filter keeps what it likes and nothing but a lane of results follows. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void eightOfWhichSomeAreFilteredCountAsOneByOne(int seed) {
        var random = new SplittableRandom(seed);
        var settle = new SettleLane("settle", ring, cursor, new SettleLane.Behind(List.of(), List.of(), true), 1024);
        long[] expected = new long[4];
        for (int round = 0; round < 20; round++) {
            publish(1 + random.nextInt(SIZE), round);
            for (long sequence = cursor.next(); sequence <= writer.published(); sequence++) {
                int verdict = random.nextInt(20) == 0 ? random.nextInt(4) : random.nextInt(2);
                ring.columns().mark(sequence, verdict << 3);
                expected[verdict]++;
            }
            settle.work(round);
        }
        settle.work(20);

        assertThat(settle.absorbed()).as("seed %s", seed).isEqualTo(expected[Slot.LIVE]);
        assertThat(settle.filtered()).as("seed %s", seed).isEqualTo(expected[Slot.FILTERED >> 3]);
        assertThat(settle.dropped()).as("seed %s", seed).isEqualTo(expected[Slot.DROPPED >> 3]);
        assertThat(settle.dead()).as("seed %s", seed).isEqualTo(expected[Slot.DEAD >> 3]);
        assertThat(settle.latency().snapshot().getTotalCount())
                .as("seed %s", seed)
                .isEqualTo(expected[Slot.LIVE]);
    }

    private int settleByHand(long sequence, SplittableRandom random) {
        // Mostly delivered in both, so that eight alike are common.
        boolean odd = random.nextInt(12) == 0;
        int verdict = odd ? random.nextInt(4) << 3 : Slot.LIVE;
        byte inLeft = odd ? (byte) random.nextInt(6) : Outcomes.DELIVERED;
        byte inRight = odd ? (byte) random.nextInt(6) : Outcomes.DELIVERED;
        if (verdict != Slot.LIVE) {
            ring.columns().mark(sequence, verdict);
        }
        left.set(sequence, inLeft);
        right.set(sequence, inRight);
        if (verdict == Slot.DEAD || inLeft == Outcomes.DEAD || inRight == Outcomes.DEAD) {
            return 4;
        }
        if (verdict == Slot.DROPPED || inLeft == Outcomes.DROPPED || inRight == Outcomes.DROPPED) {
            return 3;
        }
        if (inLeft == Outcomes.DELIVERED || inRight == Outcomes.DELIVERED) {
            return 0;
        }
        if (inLeft == Outcomes.HANDED_ON || inRight == Outcomes.HANDED_ON) {
            return 1;
        }
        boolean refused = inLeft == Outcomes.NOT_WANTED || inRight == Outcomes.NOT_WANTED;
        return verdict == Slot.FILTERED || refused ? 2 : 1;
    }

    @Test
    void controlEventsAreSkippedAndTheEndEnds() {
        publish(1, 0);
        left.set(0, Outcomes.DELIVERED);
        writer.control(Slot.WATERMARK, 1, 0);
        writer.control(Slot.BARRIER, 1, 0);
        writer.control(Slot.TICK, 1, 0);
        // Stale outcomes of the lap before must not count for control events.
        left.all(1, 4, Outcomes.DEAD);

        assertThat(lane.work(1)).isEqualTo(4);
        assertThat(counts()).isEqualTo("delivered 1, absorbed 0, filtered 0, dropped 0, dead 0");
        assertThat(lane.done()).isFalse();

        writer.control(Slot.END, 0, 0);
        lane.work(2);
        lane.work(3);
        assertThat(lane.done()).isTrue();
    }

    @Test
    void latencyIsRecordedAtTheNextCallWithItsTime() {
        publish(16, 100);
        left.all(0, 15, Outcomes.DELIVERED);
        right.all(0, 15, Outcomes.DELIVERED);

        lane.work(150);
        assertThat(lane.latency().snapshot().getTotalCount()).isZero();

        lane.work(200);
        assertThat(lane.latency().snapshot().getTotalCount()).isEqualTo(16);
        assertThat(lane.latency().snapshot().getMinNonZeroValue()).isEqualTo(100);
        assertThat(lane.latency().snapshot().getMaxValue()).isEqualTo(100);
    }

    @Test
    void onlyWhatWasDeliveredOrAbsorbedHasALatency() {
        settled(Slot.FILTERED, Outcomes.NONE, Outcomes.NONE);
        settled(Slot.DEAD, Outcomes.NONE, Outcomes.NONE);
        settled(Slot.DROPPED, Outcomes.NONE, Outcomes.NONE);
        settled(Slot.LIVE, Outcomes.NONE, Outcomes.NONE);
        settled(Slot.LIVE, Outcomes.DELIVERED, Outcomes.NONE);
        lane.work(10);

        assertThat(lane.latency().snapshot().getTotalCount()).isEqualTo(2);
    }
}
