package io.ringmain.internal.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys beyond the bound are one result, whatever groups they are of. */
@Timeout(60)
class WindowBoundsTest extends WindowHarness {

    private static final long DISORDER = 3;

    @Test
    void keysBeyondTheBoundAreOneResultTheLastOfItsWindow() throws Exception {
        Windowing<Event> plain = new Case(new Windows.Aligned(1000, 1000, 0), 100, List.of(0L)).windowing();
        window = emitter(plain.groupsMax(2), 1);
        for (int i = 0; i < 50; i++) {
            add(0, i, "key" + i, 1);
        }
        add(0, 2000, "z", 1);
        catchUp();

        assertThat(results.texts()).hasSize(3);
        assertThat(results.texts().get(2)).isEqualTo("0..1000 other 48 48 COMPLETE");
    }

    @Test
    void aWindowThatIsFullIsNotGivenAgain() throws Exception {
        window = emitter(
                new Case(new Windows.Aligned(1000, 1000, 0), 5000, List.of(0L))
                        .windowing()
                        .groupsMax(1),
                1);
        add(0, 0, "a", 1);
        add(0, 0, "b", 1);
        add(0, 2000, "a", 1);
        results.rows.clear();

        add(0, 3, "a", 1);
        add(0, 3, "b", 1);

        assertThat(results.texts()).isEmpty();
        assertThat(late).containsExactly("3 a", "3 b");
    }

    @Test
    void aWindowThatHasNoRoomForALateKeyIsNotGivenAgain() throws Exception {
        window = emitter(
                new Case(new Windows.Aligned(1000, 1000, 0), 5000, List.of(0L))
                        .windowing()
                        .groupsMax(1),
                1);
        add(0, 0, "a", 1);
        add(0, 2000, "a", 1);

        add(0, 3, "a", 1);
        add(0, 3, "b", 1);
        add(0, 3, "a", 1);

        assertThat(results.texts()).containsExactly("0..1000 a 1 1 COMPLETE", "0..1000 a 2 2 UPDATE");
        assertThat(late).containsExactly("3 b", "3 a");
    }

    /** A row of a key has all its events, as one would write them down; the row other has the rest, so what is given adds up. */
    @Test
    void rowsOfKeysAreWholeAndTheOthersHaveTheRest() throws Exception {
        for (long seed = 0; seed < 200; seed++) {
            var random = new SplittableRandom(seed);
            long slide = random.nextLong(1, 8);
            // Which windows have an event that comes late is simple for these two only.
            boolean slides = random.nextBoolean();
            long size = slides ? slide * random.nextLong(2, 5) : slide;
            long lateness = slides ? 0 : random.nextLong(20);
            int max = random.nextInt(1, 30);
            Case of = new Case(new Windows.Aligned(size, slide, 0), lateness, List.of(DISORDER));
            Map<Long, Map<String, Long>> truth = stream(random, of, max);
            checkLastRows("seed " + seed + ", at most " + max + ": " + of, max, truth);
        }
    }

    /** Runs a random stream; returns how many events of each key there are in each window, by its start, without those that were late. */
    private Map<Long, Map<String, Long>> stream(SplittableRandom random, Case of, int max) throws Exception {
        window = emitter(of.windowing().groupsMax(max), 1);
        results.rows.clear();
        late.clear();
        Map<Long, Map<String, Long>> truth = new TreeMap<>();
        // Of few groups, so that one of them has more keys than it may.
        List<String> keys = IntStream.range(0, 2000)
                .mapToObj(i -> "key" + i)
                .filter(key -> WindowModel.group(key) < 3)
                .limit(random.nextInt(1, 30))
                .toList();
        long now = 0;
        long latest = Long.MIN_VALUE;
        for (int i = 0; i < 500; i++) {
            now += random.nextLong(2);
            long time = now - random.nextLong(random.nextInt(10) == 0 ? 20 : DISORDER);
            String key = keys.get(random.nextInt(keys.size()));
            int lateBefore = late.size();
            add(0, time, key, 1);
            long watermark = latest == Long.MIN_VALUE ? latest : latest - DISORDER - 1;
            latest = Math.max(latest, time);
            Windows.Aligned windows = (Windows.Aligned) of.windows();
            for (long start = windows.lastStart(time);
                    late.size() == lateBefore && start + windows.sizeNs() > time;
                    start -= windows.slideNs()) {
                if (start + windows.sizeNs() - 1 + of.lateness() > watermark) {
                    truth.computeIfAbsent(start, any -> new TreeMap<>()).merge(key, 1L, Long::sum);
                }
            }
            if (random.nextInt(100) == 0) {
                restart(of.windowing().groupsMax(max), 1);
            }
        }
        end();
        return truth;
    }

    private void checkLastRows(String name, int max, Map<Long, Map<String, Long>> truth) {
        Map<Long, Map<String, Long>> given = new TreeMap<>();
        for (String row : results.texts()) {
            String[] parts = row.split(" |\\.\\.", -1);
            given.computeIfAbsent(Long.parseLong(parts[0]), any -> new TreeMap<>())
                    .put(parts[2], Long.parseLong(parts[3]));
        }
        assertThat(given.keySet()).as(name).isEqualTo(truth.keySet());
        given.forEach((start, rows) -> {
            Map<String, Long> all = truth.get(start);
            Map<String, Long> named = new TreeMap<>(rows);
            Long others = named.remove("other");
            assertThat(named.size()).as(name).isLessThanOrEqualTo(max);
            assertThat(all).as("%s, window %d", name, start).containsAllEntriesOf(named);
            long rest = all.values().stream().mapToLong(Long::longValue).sum()
                    - named.values().stream().mapToLong(Long::longValue).sum();
            assertThat(others == null ? 0 : others)
                    .as("%s, others of %d", name, start)
                    .isEqualTo(rest);
        });
    }

    @Test
    void sessionsOfKeysBeyondTheBoundAreOnesOfTheOthers() throws Exception {
        window = emitter(
                new Case(new Windows.Session(10), 0, List.of(0L)).keysMax(2).windowing(), 1);
        for (String key : List.of("a", "b", "c", "d", "a", "e")) {
            add(0, 5, key, 1);
        }
        // Only then what is over makes room.
        add(0, 30, "c", 1);
        add(0, 50, "c", 1);

        assertThat(end())
                .containsExactlyInAnyOrder(
                        "5..15 a 2 2 COMPLETE",
                        "5..15 b 1 1 COMPLETE",
                        "5..15 other 3 3 COMPLETE",
                        "30..40 other 1 1 COMPLETE",
                        "50..60 c 1 1 FINAL");
        assertThat(results.texts().get(2)).isEqualTo("5..15 other 3 3 COMPLETE");
        assertThat(window.kept()).isZero();
    }

    @Test
    void countsOfKeysBeyondTheBoundAreOneOfTheOthers() throws Exception {
        Windows.Global twoEach = new Windows.Global(Windows.Trigger.count(2), false);
        window = emitter(new Case(twoEach, 0, List.of(0L)).keysMax(2).windowing(), 1);
        for (String key : List.of("a", "b", "c", "d", "a", "c")) {
            add(0, 5, key, 1);
        }

        assertThat(results.texts()).containsExactly("5..5 other 2 2 COMPLETE", "5..5 a 2 2 COMPLETE");
        assertThat(end().subList(2, 4)).containsExactlyInAnyOrder("5..5 b 1 1 FINAL", "5..5 c 1 1 FINAL");
    }

    /** What is given and forgotten makes room; whether a new key finds it must not depend on how far that has come. */
    @Test
    void whichKeysFindRoomDoesNotDependOnHowFastResultsAreGiven() throws Exception {
        assertThat(rowsOfFullSessions(false))
                .isEqualTo(rowsOfFullSessions(true))
                .anyMatch(row -> row.contains(" new "));
    }

    private List<String> rowsOfFullSessions(boolean catchesUp) throws Exception {
        window = emitter(
                new Case(new Windows.Session(10), 1000, List.of(0L))
                        .keysMax(900)
                        .windowing(),
                1);
        results.rows.clear();
        for (int i = 0; i < 900; i++) {
            // The first third is given when the last comes, and kept for what is late.
            add(0, i < 300 ? 0 : 900, "key" + i, 1);
        }
        add(0, 2000, "key899", 1);
        assertThat(window.isBehind()).isTrue();
        if (catchesUp) {
            catchUp();
        }
        add(0, 2005, "new", 1);
        return end();
    }
}
