package io.ringmain.internal.window;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.window.Aggregations;
import io.ringmain.window.EventTime;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.WindowResult;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows of all kinds against what one would write down. */
@Timeout(60)
class WindowEmitterTest {

    private static final int EVENTS_MAX = 150;

    private static final class Event {

        private long timeNs;
        private String key = "";
        private long value;
    }

    private static final class Row {

        private String text = "";
    }

    /** Has no room at every other claim, if that is wanted. */
    private static final class Results implements Outlet<Row> {

        private final List<Row> rows = new ArrayList<>();
        private boolean isScarce;
        private boolean hasRoom;

        @Override
        public Row claim() {
            hasRoom = !hasRoom;
            if (isScarce && !hasRoom) {
                return null;
            }
            rows.add(new Row());
            return rows.get(rows.size() - 1);
        }

        List<String> texts() {
            return rows.stream().map(row -> row.text).toList();
        }
    }

    /** A case: windows, how long they are kept for what is late, and the disorder of each source. */
    private record Case(Windows windows, long lateness, List<Long> disorders) {

        static Case random(SplittableRandom random) {
            long lateness = random.nextBoolean() ? 0 : random.nextLong(30);
            List<Long> disorders = LongStream.range(0, random.nextLong(1, 4))
                    .mapToObj(i -> random.nextLong(15))
                    .toList();
            if (random.nextInt(3) == 0) {
                return new Case(new Windows.Session(random.nextLong(1, 12)), lateness, disorders);
            }
            long slide = random.nextLong(1, 12);
            long size = random.nextInt(4) == 0 ? slide : random.nextLong(1, 40);
            long offset = random.nextLong(-slide + 1, slide);
            return new Case(new Windows.Aligned(size, slide, offset), lateness, disorders);
        }

        Windowing<Event> windowing() {
            EventTime<Event> time = EventTime.of(event -> event.timeNs);
            for (int source = 0; source < disorders.size(); source++) {
                time = time.disorder("source" + source, Duration.ofNanos(disorders.get(source)));
            }
            return Windowing.of(windows, time)
                    .byText(event -> event.key)
                    .compute(Aggregations.count())
                    .compute(Aggregations.sum(event -> event.value))
                    .allowedLateness(Duration.ofNanos(lateness));
        }

        WindowModel model() {
            return new WindowModel(
                    windows,
                    lateness,
                    disorders.stream().mapToLong(Long::longValue).toArray());
        }
    }

    private final Event event = new Event();
    private final Results results = new Results();
    private final List<String> late = new ArrayList<>();
    private WindowEmitter<Event, Row> window = emitter(new Case(new Windows.Aligned(1000, 1000, 0), 0, List.of(0L)));

    private static WindowEmitter<Event, Row> emitter(Case of) {
        return emitter(of.windowing(), of.disorders.size());
    }

    private static WindowEmitter<Event, Row> emitter(Windowing<Event> windowing, int sources) {
        List<String> names = LongStream.range(0, sources)
                .mapToObj(source -> "source" + source)
                .toList();
        WindowEmitter<Event, Row> made = new WindowEmitter<>(windowing, WindowEmitterTest::write);
        made.connect(names);
        return made;
    }

    private static void write(WindowResult<Event> result, Row row) {
        byte[] key = result.keyBytes();
        String name = key == null ? "other" : KeyBuffer.textAt(key, result.keyFrom());
        row.text = result.startNs() + ".." + result.endNs() + " " + name + " " + result.longValue(0) + " "
                + result.longValue(1) + " " + result.kind();
    }

    private void add(int source, long time, String key, long value) throws Exception {
        event.timeNs = time;
        event.key = key;
        event.value = value;
        long before = window.late();
        while (window.emit(event, source, results) == Progress.MORE) {}
        if (window.late() > before) {
            late.add(time + " " + key);
        }
    }

    private void add(long... times) throws Exception {
        for (long time : times) {
            add(0, time, "k", 1);
        }
    }

    private void catchUp() {
        while (window.isBehind()) {
            window.proceed(results);
        }
    }

    private List<String> end() {
        while (window.finish(results) == Progress.MORE) {}
        return results.texts();
    }

    private void restart(Case of) throws IOException {
        catchUp();
        var bytes = new ByteArrayOutputStream();
        window.save(new DataOutputStream(bytes));
        window = emitter(of);
        window.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }

    /** Disorder, lateness, several sources of which some end, several keys, all kinds of windows, and a restart now and then. */
    private void runsAsTheModel(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        Case of = Case.random(random);
        WindowModel model = of.model();
        window = emitter(of);
        results.rows.clear();
        late.clear();
        results.isScarce = random.nextBoolean();
        int sources = of.disorders.size();
        boolean[] isEnded = new boolean[sources];
        long now = random.nextLong(-1000, 1000);
        int events = random.nextInt(EVENTS_MAX);
        String name = "seed " + seed + ": " + of;
        for (int i = 0; i < events; i++) {
            int source = random.nextInt(sources);
            if (isEnded[source]) {
                continue;
            }
            now += random.nextInt(10) == 0 ? random.nextLong(50) : random.nextLong(4);
            long time = now - random.nextLong(random.nextInt(5) == 0 ? 60 : 10);
            String key = String.valueOf((char) ('a' + random.nextInt(4)));
            long value = random.nextLong(100);
            add(source, time, key, value);
            model.add(source, time, key, value);
            if (random.nextInt(60) == 0) {
                isEnded[source] = true;
                while (window.sourceEnded(source, results) == Progress.MORE) {}
                model.end(source);
            }
            if (random.nextInt(50) == 0) {
                restart(of);
            }
        }
        catchUp();
        assertThat(results.texts()).as(name).isEqualTo(model.rows());
        assertThat(end()).as(name).isEqualTo(model.end());
        assertThat(late).as(name).isEqualTo(model.late());
        assertThat(window.kept()).as(name).isZero();
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
                        Duration.ZERO),
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
                        Duration.ZERO),
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

    @Test
    void randomStreamsGiveWhatOneWouldWriteDown() throws Exception {
        for (long seed = 0; seed < 1000; seed++) {
            runsAsTheModel(seed);
        }
    }

    @Test
    @Tag("slow")
    void tenThousandRandomStreamsGiveWhatOneWouldWriteDown() throws Exception {
        for (long seed = 0; seed < 10_000; seed++) {
            runsAsTheModel(seed);
        }
    }
}
