package io.ringmain.internal.window;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Keys beyond the bound are one result, whatever groups they are of. */
@Timeout(60)
class WindowBoundsTest extends WindowHarness {

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
    void anUpdateOfAKeyBeyondTheBoundIsOneOfTheOthers() throws Exception {
        Windowing<Event> plain = new Case(new Windows.Aligned(1000, 1000, 0), 5000, List.of(0L)).windowing();
        window = emitter(plain.groupsMax(1), 1);
        for (int i = 0; i < 50; i++) {
            add(0, i, "key" + i, 1);
        }
        add(0, 2000, "z", 1);
        catchUp();
        String told = results.texts().get(0).split(" ", -1)[1];
        results.rows.clear();

        add(0, 3, told, 1);
        add(0, 3, told.equals("key7") ? "key8" : "key7", 1);

        assertThat(results.texts()).containsExactly("0..1000 " + told + " 2 2 UPDATE", "0..1000 other 50 50 UPDATE");
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
