package io.ringmain.internal.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.spi.FailureKind;
import io.ringmain.window.EventTime;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.KeyTable;
import io.ringmain.window.Keying;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows of event time, case by case as the research page numbers them. */
@Timeout(60)
class WindowEmitterTest extends WindowHarness {

    /** Knows keys, and not which of two stands first. */
    private static final class BrokenOrder implements Keying<Event> {

        private final KeyBuffer buffer = new KeyBuffer();

        @Override
        public KeyBuffer of(Event event) {
            buffer.clear();
            buffer.putText(event.key);
            return buffer;
        }

        @Override
        public int compare(KeyTable keys, int left, int right) {
            throw new IllegalStateException("no order");
        }
    }

    private void use(Windows windows, long lateness, long disorder) {
        window = emitter(new Case(windows, lateness, List.of(disorder)));
    }

    /** The checkpoint test of the text: 0, 500, 1000, 1500, 2000 in windows of 1000. */
    @Test
    void eventsAreCountedInWindowsOfTheirOwnTime() throws Exception {
        add(0, 500, 1000, 1500, 2000);

        assertThat(end())
                .containsExactly("0..1000 k 2 2 COMPLETE", "1000..2000 k 2 2 COMPLETE", "2000..3000 k 1 1 FINAL");
        assertThat(window.kept()).isZero();
    }

    /** Case 3. */
    @Test
    void anyOrderWithinTheDisorderGivesTheSame() throws Exception {
        use(new Windows.Aligned(10, 10, 0), 0, 30);
        add(25, 3, 14, 1, 29, 11);
        List<String> shuffled = List.copyOf(end());
        results.rows.clear();
        use(new Windows.Aligned(10, 10, 0), 0, 30);
        add(1, 3, 11, 14, 25, 29);

        assertThat(end()).isEqualTo(shuffled);
    }

    /** Case 5. */
    @Test
    void oneEventMayCloseManyWindowsInTheOrderOfTheirEnds() throws Exception {
        use(new Windows.Aligned(1000, 1000, 0), 0, 5000);
        add(0, 3500, "b", 1);
        add(0, 500, "a", 1);
        add(0, 1500, "c", 1);
        add(0, 3600, "a", 1);

        add(0, 50_000, "z", 1);
        catchUp();

        assertThat(results.texts())
                .startsWith("0..1000 a 1 1 COMPLETE", "1000..2000 c 1 1 COMPLETE")
                .endsWith(
                        WindowModel.group("a") < WindowModel.group("b")
                                ? "3000..4000 b 1 1 COMPLETE"
                                : "3000..4000 a 1 1 COMPLETE")
                .hasSize(4);
    }

    /** Case 6. */
    @Test
    void whatComesAtTheVeryEdgeIsLate() throws Exception {
        use(new Windows.Aligned(1000, 1000, 0), 0, 99);
        // The watermark is 998, one before the last moment of the first window.
        add(1098, 999);
        assertThat(late).isEmpty();

        // And now it is that moment.
        add(1099, 999);

        assertThat(late).containsExactly("999 k");
    }

    /** Case 6: Flink's testLateness. */
    @Test
    void allowedLatenessAddsJustSoMuch() throws Exception {
        use(new Windows.Aligned(2000, 2000, 0), 500, 0);
        add(500, 2001, 1300, 2499, 1999, 2500, 1998);

        assertThat(end())
                .containsExactly(
                        "0..2000 k 1 1 COMPLETE",
                        "0..2000 k 2 2 UPDATE",
                        "0..2000 k 3 3 UPDATE",
                        "2000..4000 k 3 3 FINAL");
        assertThat(late).containsExactly("1998 k");
    }

    /** Case 6: the end of a window and the lateness may be more than there is of time. */
    @Test
    void latenessNearTheEndOfTimeDoesNotWrapAround() throws Exception {
        window = emitter(new Case(new Windows.Aligned(1000, 1000, 0), Long.MAX_VALUE, List.of(0L)));
        add(0, 5000, 1);

        assertThat(end()).containsExactly("0..1000 k 1 1 COMPLETE", "0..1000 k 2 2 UPDATE", "5000..6000 k 1 1 FINAL");
        assertThat(window.kept()).isZero();
    }

    /** Case 7: Flink's testSideOutputDueToLatenessSliding. */
    @Test
    void whatIsLateForSomeWindowsCountsInThoseThatAreOpen() throws Exception {
        use(new Windows.Aligned(3000, 1000, 0), 0, 0);
        add(2400, 3000, 2400, 2400);

        assertThat(end())
                .containsExactly(
                        "0..3000 k 1 1 COMPLETE",
                        "1000..4000 k 4 4 FINAL",
                        "2000..5000 k 4 4 FINAL",
                        "3000..6000 k 1 1 FINAL");
        assertThat(late).isEmpty();
    }

    /** Case 8. */
    @Test
    void anEventThatIsLateGivesAllWindowsAgainThatHaveIt() throws Exception {
        use(new Windows.Aligned(20, 10, 0), 100, 0);
        add(5, 15, 40);
        catchUp();
        results.rows.clear();

        add(12);

        assertThat(results.texts()).containsExactly("0..20 k 3 3 UPDATE", "10..30 k 2 2 UPDATE");
    }

    /** Case 9. */
    @Test
    void anEventBetweenTwoSessionsMakesThemOne() throws Exception {
        use(new Windows.Session(10), 0, 100);
        add(0, 15, 8);

        assertThat(end()).containsExactly("0..25 k 3 3 FINAL");
    }

    /** Case 9. */
    @Test
    void sessionsThatTouchAreOne() throws Exception {
        use(new Windows.Session(10), 0, 100);
        add(0, 10, 21);

        assertThat(end()).containsExactly("0..20 k 2 2 FINAL", "21..31 k 1 1 FINAL");
    }

    /** Case 9. */
    @Test
    void aSessionThatWasGivenTakesInWhatIsLateWithinTheLateness() throws Exception {
        use(new Windows.Session(10), 10, 0);
        add(0, 5, 16);
        assertThat(results.texts()).containsExactly("0..15 k 2 2 COMPLETE");

        // It is one with the session behind, which is open; so all are given when that ends.
        add(12, 40);

        assertThat(results.texts()).containsExactly("0..15 k 2 2 COMPLETE", "0..26 k 4 4 UPDATE");
    }

    /** Case 9. */
    @Test
    void aSessionThatIsOverIsGivenAgainAtOnce() throws Exception {
        use(new Windows.Session(10), 10, 0);
        add(0, 5, 18, 3);

        assertThat(results.texts()).containsExactly("0..15 k 2 2 COMPLETE", "0..15 k 3 3 UPDATE");
    }

    /** Case 9. */
    @Test
    void whatWouldOnlyJoinASessionThatIsGoneIsLate() throws Exception {
        use(new Windows.Session(10), 0, 0);
        add(0, 30, 9, 5);

        assertThat(end()).containsExactly("0..10 k 1 1 COMPLETE", "30..40 k 1 1 FINAL");
        assertThat(late).containsExactly("9 k", "5 k");
    }

    /** Case 10. */
    @Test
    void nothingIsGivenBeforeAllSourcesSpoke() throws Exception {
        window = emitter(new Case(new Windows.Aligned(10, 10, 0), 0, List.of(0L, 0L)));
        add(0, 5, "k", 1);
        add(0, 100, "k", 1);
        assertThat(results.texts()).isEmpty();

        add(1, 50, "k", 1);

        assertThat(results.texts()).containsExactly("0..10 k 1 1 COMPLETE");
    }

    /** Case 10. */
    @Test
    void aSourceThatHasEndedIsNotWaitedFor() throws Exception {
        window = emitter(new Case(new Windows.Aligned(10, 10, 0), 0, List.of(0L, 0L)));
        add(0, 5, "k", 1);
        add(0, 100, "k", 1);

        window.sourceEnded(1, results);

        assertThat(results.texts()).containsExactly("0..10 k 1 1 COMPLETE");
    }

    /** Case 11. */
    @Test
    void aSourceThatIsSilentIsNotWaitedForUntilItSpeaks() throws Exception {
        Case of = new Case(new Windows.Aligned(10, 10, 0), 0, List.of(0L, 0L));
        Windowing<Event> plain = of.windowing();
        window = emitter(
                new Windowing<>(
                        plain.windows(),
                        plain.time().idleAfter(Duration.ofNanos(40)),
                        plain.keying(),
                        10,
                        plain.compute(),
                        Duration.ZERO,
                        1,
                        ""),
                2);
        assertThat(window.tickNs()).isEqualTo(10);
        window.tick(1000, results);
        add(0, 5, "k", 1);
        add(0, 20, "k", 1);
        window.tick(1039, results);
        assertThat(results.texts()).isEmpty();

        window.tick(1040, results);

        assertThat(results.texts()).containsExactly("0..10 k 1 1 COMPLETE");
    }

    /** Case 13. */
    @Test
    void anEventWithoutTimeFails() {
        assertThatThrownBy(() -> add(EventTime.NONE)).hasMessageContaining("no timestamp");
    }

    /** Case 13. */
    @Test
    void anEventFromTheFutureFailsAndMovesNothing() throws Exception {
        Windowing<Event> plain = new Case(new Windows.Aligned(10, 10, 0), 0, List.of(0L)).windowing();
        window = emitter(
                new Windowing<>(
                        plain.windows(),
                        plain.time().aheadMax(Duration.ofNanos(50)),
                        plain.keying(),
                        10,
                        plain.compute(),
                        Duration.ZERO,
                        1,
                        ""),
                1);
        window.tick(1000, results);
        add(1001, 1050);
        assertThatThrownBy(() -> add(1051)).hasMessageContaining("ahead");
        add(1050);

        assertThat(end()).containsExactly("1000..1010 k 1 1 COMPLETE", "1050..1060 k 2 2 FINAL");
    }

    /** Case 14. */
    @Test
    void aRestartDoesNotTurnTimeBack() throws Exception {
        Case of = new Case(new Windows.Aligned(10, 10, 0), 0, List.of(0L));
        window = emitter(of);
        add(5, 25);

        restart(of);
        add(7, 26);

        assertThat(end()).containsExactly("0..10 k 1 1 COMPLETE", "20..30 k 2 2 FINAL");
        assertThat(late).containsExactly("7 k");
    }

    /** The row of what is given stands; then others come, while more than a batch is due. */
    @Test
    void eventsAreTakenWhileAWindowOfManyKeysIsGiven() throws Exception {
        for (int i = 0; i < 3000; i++) {
            add(0, i % 1000, "key" + i, 1);
        }
        add(0, 1500, "a", 1);
        assertThat(window.isBehind()).isTrue();
        int before = results.rows.size();

        add(0, 1600, "b", 1);

        assertThat(results.rows.size() - before).isPositive().isLessThanOrEqualTo(256);
        catchUp();
        assertThat(results.texts()).hasSize(3000).doesNotHaveDuplicates();
    }

    /** Case 1 of what Flink, Spark and Beam had wrong. */
    @Test
    void timesBeforeTheEpochFallIntoTheirWindows() throws Exception {
        use(new Windows.Aligned(7, 7, 0), 0, 100);
        add(-15, -8, -7, -1, 0);

        assertThat(end())
                .containsExactly(
                        "-21..-14 k 1 1 FINAL", "-14..-7 k 1 1 FINAL", "-7..0 k 2 2 FINAL", "0..7 k 1 1 FINAL");
    }

    /** Case 12: the rule is that the last one is given with what it has. */
    @Test
    void windowsOfSoManyEventsAreGivenWhenTheyHaveThem() throws Exception {
        use(Windows.count(2), 0, 0);
        add(0, 7, "a", 1);
        add(0, 5, "b", 10);
        add(0, 3, "a", 2);
        assertThat(results.texts()).containsExactly("3..7 a 2 3 COMPLETE");
        add(0, 9, "a", 4);

        assertThat(end()).hasSize(3).contains("9..9 a 1 4 FINAL", "5..5 b 1 10 FINAL");
        assertThat(window.kept()).isZero();
    }

    @Test
    void aWindowWithoutEndIsGivenAgainAndAgain() throws Exception {
        use(Windows.global(Windows.Trigger.every(Duration.ofNanos(10))), 0, 0);
        add(5, 8, 10, 19, 31);

        assertThat(results.texts()).containsExactly("5..10 k 3 3 EARLY", "5..31 k 5 5 EARLY");
    }

    /** Case 16. */
    @Test
    void inProcessingTimeAWindowIsOverWhenTheClockSaysSo() throws Exception {
        Windowing<Event> plain =
                new Case(new Windows.Aligned(1_000_000_000, 1_000_000_000, 0), 0, List.of(0L)).windowing();
        window = emitter(
                new Windowing<>(
                        plain.windows(),
                        EventTime.processing(),
                        plain.keying(),
                        10,
                        plain.compute(),
                        Duration.ZERO,
                        1,
                        ""),
                1);
        assertThat(window.tickNs()).isEqualTo(50_000_000);
        window.tick(5_000_000_000L, results);
        add(1, 2);
        window.tick(5_999_999_999L, results);
        add(3);
        assertThat(results.texts()).isEmpty();

        window.tick(6_000_000_000L, results);

        assertThat(results.texts()).containsExactly("5000000000..6000000000 k 3 3 COMPLETE");
        assertThat(late).isEmpty();
    }

    @Test
    void aSessionThatFindsNoRoomIsGivenWholeThoughAnEventComesMeanwhile() throws Exception {
        use(new Windows.Session(10), 0, 0);
        for (int key = 0; key < 300; key++) {
            add(0, 5, "k" + key, 7);
        }
        add(0, 100, "time", 1);
        results.isFull = true;
        window.proceed(results);
        results.isFull = false;

        for (int key = 0; key < 300; key++) {
            add(0, 200, "k" + key, 1);
        }

        catchUp();
        assertThat(results.texts())
                .filteredOn(row -> row.startsWith("5..15"))
                .hasSize(300)
                .allMatch(row -> row.endsWith(" 1 7 COMPLETE"));
    }

    @Test
    void anEventWithoutKeyTakesNoResultsBackWithIt() throws Exception {
        Windowing<Event> windowing = new Case(
                        Windows.global(Windows.Trigger.every(Duration.ofNanos(10))), 0, List.of(0L))
                .windowing()
                .byText(event -> {
                    if (event.key.isEmpty()) {
                        throw new IllegalStateException("no key");
                    }
                    return event.key;
                });
        window = emitter(windowing, 1);
        for (int key = 0; key < 300; key++) {
            add(0, 5, "k" + key, 1);
        }
        add(0, 10, "time", 1);
        int given = results.rows.size();

        assertThatThrownBy(() -> add(0, 10, "", 1)).hasMessage("no key");

        // The lane would take back what is more.
        assertThat(results.rows).hasSize(given).hasSizeLessThan(300);
    }

    @Test
    void whatCannotBePutTogetherEndsThePipelineAndNoEventIsSkipped() {
        Windowing<Event> windowing =
                new Case(new Windows.Session(10), 0, List.of(0L)).windowing().by(BrokenOrder::new);
        window = emitter(windowing, 1);

        assertThatThrownBy(() -> {
                    // Some of them are of the same group.
                    for (int key = 0; key <= 128; key++) {
                        add(0, 5, "k" + key, 1);
                    }
                    add(0, 100, "time", 1);
                })
                .hasMessage("no order")
                .satisfies(failure ->
                        assertThat(window.kindOf((Exception) failure)).isEqualTo(FailureKind.FATAL));
    }
}
