package io.ringmain.internal.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.ring.EventWriter;
import io.ringmain.internal.ring.LaneProgress;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.kit.Cell;
import io.ringmain.kit.PortableCell;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A room before a ring does what a list with the same policy would do, and lets control events pass in order. */
@Timeout(20)
class RoomWriterTest {

    private static final int BOUND = 7;

    @TempDir
    private Path folder;

    private final LaneProgress settled = new LaneProgress();
    private final Ring<Cell> ring = Ring.of(new PortableCell(), 4, false, () -> {});
    private final List<Object> seen = new ArrayList<>();
    private long taken = -1;

    RoomWriterTest() {
        ring.gateOn(settled);
    }

    private EventWriter<Cell> writer(WhenFull whenFull) {
        return Writers.ofLane(ring, whenFull, BOUND, failure -> seen.add(failure));
    }

    private static void give(EventWriter<Cell> writer, long value) {
        Cell cell = writer.claim(0, value);
        if (cell == null) {
            throw new AssertionError("No entry for " + value);
        }
        cell.value = value;
    }

    /** Takes what is in the ring out of it: events as numbers, control events as the text of their value. */
    private void take() {
        while (taken < ring.cursor()) {
            taken++;
            byte mark = ring.columns().mark(taken);
            if (Slot.kind(mark) == Slot.DATA) {
                assertThat(ring.columns().position(taken)).isEqualTo(ring.event(taken).value);
                seen.add(ring.event(taken).value);
            } else {
                seen.add("control " + ring.columns().position(taken));
            }
        }
        settled.release(taken);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void shedsLikeAListWould(long seed) {
        var random = new SplittableRandom(seed);
        EventWriter<Cell> writer = writer(WhenFull.shed(Cell.class, cell -> (int) (cell.value % 5)));
        List<Long> model = new ArrayList<>();
        List<Object> expected = new ArrayList<>();
        long number = 0;
        for (int i = 0; i < 2000; i++) {
            for (int count = random.nextInt(6); count > 0; count--) {
                give(writer, number);
                shed(model, number);
                number++;
            }
            writer.commit(i);
            writer.begin(i);
            while (!model.isEmpty() && expected.size() < taken + 1 + ring.bound()) {
                expected.add(model.remove(0));
            }
            assertThat(writer.waiting()).isEqualTo(model.size());
            if (random.nextInt(3) == 0) {
                take();
            }
        }
        take();

        assertThat(seen).isEqualTo(expected.subList(0, seen.size()));
        assertThat(seen).hasSizeGreaterThan(1000);
    }

    private static void shed(List<Long> model, long number) {
        model.add(number);
        if (model.size() > BOUND) {
            // The newcomer goes unless somebody older matters less; of those the youngest.
            model.remove(IntStream.range(0, model.size())
                    .boxed()
                    .min(Comparator.comparing((Integer at) -> model.get(at) % 5).thenComparing(at -> -at))
                    .orElseThrow()
                    .intValue());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"oldest", "adaptive", "shed", "spill"})
    void controlEventsAreNeverDroppedAndNeverOvertake(String policy) {
        EventWriter<Cell> writer = writer(
                switch (policy) {
                    case "oldest" -> WhenFull.dropOldest();
                    case "adaptive" -> WhenFull.adaptiveSample(1);
                    case "shed" -> WhenFull.shed(Cell.class, cell -> 3);
                    default -> WhenFull.spill(folder.resolve("control.spill"), 100_000);
                });
        long number = 0;
        for (int control = 0; control < 20; control++) {
            for (int i = 0; i < 10; i++) {
                give(writer, number);
                number++;
            }
            writer.commit(number);
            assertThat(writer.control(Slot.TICK, number, number)).isTrue();
        }
        while (!writer.control(Slot.END, 999, number)) {
            take();
            writer.begin(number);
        }
        take();

        List<String> controls = seen.stream()
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .toList();
        assertThat(controls).hasSize(21).startsWith("control 10", "control 20").endsWith("control 200", "control 999");
        long before = 0;
        for (Object one : seen) {
            long value = one instanceof Long event ? event + 1 : Long.parseLong(((String) one).substring(8));
            assertThat(value).as("%s in %s", one, seen).isGreaterThanOrEqualTo(before);
            before = value;
        }
        writer.close();
    }

    @Test
    void aControlEventThatCannotBeSpilledWaitsAndSaysWhy() {
        EventWriter<Cell> writer = writer(WhenFull.spill(folder.resolve("closed.spill"), 100_000));
        for (int i = 0; i < 20; i++) {
            give(writer, i);
        }
        writer.commit(0);
        // From now on nothing can be written there.
        writer.close();

        assertThat(writer.control(Slot.BARRIER, 1, 1)).isFalse();
        assertThat(seen).singleElement().asString().contains("closed");
    }

    @Test
    void theEndWaitsUntilTheRoomIsEmpty() {
        EventWriter<Cell> writer = writer(WhenFull.dropOldest());
        for (int i = 0; i < 6; i++) {
            give(writer, i);
        }
        writer.commit(0);

        assertThat(writer.waiting()).isEqualTo(2);
        assertThat(writer.control(Slot.END, 0, 0)).isFalse();
        take();
        assertThat(writer.begin(1)).isEqualTo(2);
        assertThat(writer.control(Slot.END, 0, 1)).isTrue();
    }

    @Test
    void claimsThatAreTakenBackWereNeverThere() {
        EventWriter<Cell> writer = writer(WhenFull.dropOldest());
        for (int round = 0; round < 1000; round++) {
            give(writer, round);
            writer.mark();
            give(writer, -1);
            give(writer, -2);
            writer.rollbackLast();
            writer.rollback();
            assertThat(writer.claimed()).isEqualTo(1);
            writer.commit(round);
            take();
        }

        assertThat(writer.received()).isEqualTo(1000);
        assertThat(seen).hasSize(1000).doesNotContain(-1L, -2L);
    }

    @Test
    void eventsAreReleasedOnceTheyHaveLeftTheRoom() {
        EventWriter<Cell> writer = writer(WhenFull.dropOldest());
        assertThat(writer.released()).isEqualTo(-1);
        for (int i = 0; i < 8; i++) {
            give(writer, i);
        }
        assertThat(writer.lastClaimed()).isEqualTo(7);
        assertThat(writer.released()).isEqualTo(-1);

        writer.commit(0);

        assertThat(writer.waiting()).as("one dropped, four in the ring").isEqualTo(3);
        assertThat(writer.released()).isEqualTo(4);
        take();
        writer.begin(1);
        assertThat(writer.released()).isEqualTo(7);
    }

    @Test
    void anEventKeepsTheTimeAtWhichItEnteredTheRoom() {
        EventWriter<Cell> writer = writer(WhenFull.dropOldest());
        for (int i = 0; i < 6; i++) {
            give(writer, i);
            writer.commit(100 + i);
        }
        take();

        writer.begin(500);

        assertThat(ring.columns().ingressNs(taken + 1)).isEqualTo(104);
        assertThat(ring.columns().ingressNs(taken + 2)).isEqualTo(105);
    }

    private RoomWriter<Cell> spillingOnto(boolean[] diskIsFull, boolean holds) {
        var type = new PortableCell();
        var room = new WaitingRoom<Cell>(type, BOUND, 256);
        var file = new SpillFile(folder.resolve("full.spill"), 1 << 16) {
            @Override
            boolean append(SpillRecord record) throws IOException {
                if (diskIsFull[0]) {
                    throw new IOException("No space left on device");
                }
                return super.append(record);
            }
        };
        var spilling = new Spilling<>(room, type, file, failure -> seen.add(failure), holds);
        return new RoomWriter<>(new RingWriter<>(ring, false), type, room, spilling, 256);
    }

    @Test
    void onAFullDiskEventsAreHeldBackAndGoOnInOrder() {
        boolean[] diskIsFull = {false};
        EventWriter<Cell> writer = spillingOnto(diskIsFull, true);
        List<Object> expected = new ArrayList<>();
        for (long value = 0; value < 32; value++) {
            expected.add(value);
            give(writer, value);
            // The first go into ring and room, more into the file, and the last one nowhere.
            diskIsFull[0] = value == 31;
            writer.commit(0);
        }

        assertThat(writer.holds()).isTrue();
        assertThat(writer.claim(0, 99)).isNull();
        assertThat(writer.room(5)).isZero();
        assertThat(writer.control(Slot.BARRIER, 7, 0)).isFalse();
        assertThat(writer.control(Slot.END, 0, 0)).isFalse();
        assertThat(writer.received()).isEqualTo(32);
        assertThat(writer.waiting()).isEqualTo(32 - 4);
        assertThat(writer.wakeAtNs()).isBetween(1L, 1_000_000_000L);
        diskIsFull[0] = false;
        writer.begin(writer.wakeAtNs() - 1);
        assertThat(writer.holds()).isTrue();
        writer.begin(writer.wakeAtNs());
        assertThat(writer.holds()).isFalse();
        assertThat(writer.wakeAtNs()).isEqualTo(Long.MAX_VALUE);
        give(writer, 32);
        expected.add(32L);
        writer.commit(1_000_000_000);
        for (int i = 0; i < 50; i++) {
            take();
            writer.begin(1_000_000_000);
        }
        assertThat(seen.remove(0)).isInstanceOf(IOException.class);
        assertThat(seen).isEqualTo(expected);
        assertThat(writer.waiting()).isZero();
        writer.close();
    }

    @Test
    void whatIsHeldGoesOnThoughTheDiskStaysFull() {
        boolean[] diskIsFull = {true};
        EventWriter<Cell> writer = spillingOnto(diskIsFull, true);
        for (long value = 0; value < 100; value++) {
            give(writer, value);
        }
        writer.commit(0);

        for (int i = 0; i < 100; i++) {
            take();
            writer.begin(i * 1_000_000_000L);
        }

        assertThat(seen.remove(0)).isInstanceOf(IOException.class);
        assertThat(seen).hasSize(100).isSortedAccordingTo(Comparator.comparing(value -> (Long) value));
        assertThat(writer.received()).isEqualTo(100);
        assertThat(writer.waiting()).isZero();
    }

    @Test
    void publishingThreadsAreToldThatTheDiskIsFull() {
        boolean[] diskIsFull = {true};
        RoomWriter<Cell> writer = spillingOnto(diskIsFull, false);
        for (long value = 0; value < 20; value++) {
            give(writer, value);
        }

        assertThat(writer.admit(0)).isEqualTo(BOUND);
        assertThat(writer.holds()).isFalse();
        List<String> drops = new ArrayList<>();
        writer.eachDrop((reason, count) -> drops.add(reason + '=' + count));
        assertThat(drops).contains("spill_failed=" + (20 - BOUND));
    }
}
