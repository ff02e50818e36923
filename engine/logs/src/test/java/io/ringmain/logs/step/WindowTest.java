package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.logs.step.Computation.Function;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.window.Windows;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Windows of event time over log events. */
@Timeout(60)
class WindowTest {

    private static final int RUNS = 400;
    private static final int EVENTS_MAX = 150;

    private final Keys keys = new Keys();
    private final int key = keys.id("key");
    private final int value = keys.id("value");
    private final LogEvent event = new LogEvent();
    private final Results results = new Results();
    private Window window = window(1000, 1000, 0, 0);

    /** Has no room at every other call, if that is wanted. */
    private final class Results implements Outlet<LogEvent> {

        private final List<LogEvent> rows = new ArrayList<>();
        private boolean isScarce;
        private boolean hasRoom;

        @Override
        public LogEvent claim() {
            hasRoom = !hasRoom;
            if (isScarce && !hasRoom) {
                return null;
            }
            rows.add(new LogEvent());
            return rows.get(rows.size() - 1);
        }

        List<String> texts() {
            return rows.stream().map(WindowTest.this::text).toList();
        }
    }

    private Window window(long size, long slide, long offset, long disorder) {
        var totals = new AggregateSpec(
                List.of("key"),
                List.of(new Computation("count", Function.COUNT, null), new Computation("sum", Function.SUM, "value")),
                100);
        return new Window(keys, new WindowSpec(new Windows.Aligned(size, slide, offset), totals, disorder));
    }

    private String text(LogEvent row) {
        return number(row, "window_start") + ".." + number(row, "window_end") + " " + row.fieldText(key) + " "
                + number(row, "count") + " " + number(row, "sum");
    }

    private long number(LogEvent row, String name) {
        var read = new Value();
        assertThat(row.read(keys.id(name), read)).as(name).isTrue();
        return read.longValue();
    }

    private void add(long time, String name, long number) throws NoTimeException {
        event.clear();
        event.setTimeNs(time);
        event.fields().putText(key, io.ringmain.logs.Text.of(name));
        event.fields().putLong(value, number);
        while (window.emit(event, results) == Progress.MORE) {}
    }

    private void add(long... times) throws NoTimeException {
        for (long time : times) {
            add(time, "k", 1);
        }
    }

    private List<String> end() {
        while (window.finish(results) == Progress.MORE) {}
        return results.texts();
    }

    @Test
    void eventsAreCountedInWindowsOfTheirOwnTime() throws NoTimeException {
        add(0, 500, 1000, 1500, 2000);

        assertThat(end()).containsExactly("0..1000 k 2 2", "1000..2000 k 2 2", "2000..3000 k 1 1");
        assertThat(window.paneCount()).isZero();
    }

    @Test
    void aWindowIsGivenWhenTimeHasPassedItsEnd() throws NoTimeException {
        window = window(1000, 1000, 0, 100);
        add(0, 1099);
        assertThat(results.texts()).isEmpty();

        add(1100);

        assertThat(results.texts()).containsExactly("0..1000 k 1 1");
    }

    @Test
    void oneEventMayCloseManyWindowsInTheOrderOfTheirEnds() throws NoTimeException {
        window = window(1000, 1000, 0, 5000);
        add(3500, "b", 1);
        add(500, "a", 1);
        add(1500, "c", 1);
        add(3600, "a", 1);

        add(50_000, "z", 1);

        assertThat(results.texts())
                .containsExactly("0..1000 a 1 1", "1000..2000 c 1 1", "3000..4000 a 1 1", "3000..4000 b 1 1");
    }

    @Test
    void whatComesAfterItsWindowIsLate() throws NoTimeException {
        add(0, 1000, 999, 998);

        assertThat(end()).containsExactly("0..1000 k 1 1", "1000..2000 k 1 1");
        assertThat(window.late()).isEqualTo(2);
    }

    @Test
    void whatIsLateForSomeWindowsCountsInThoseThatAreOpen() throws NoTimeException {
        window = window(3000, 1000, 0, 0);
        add(2400, 3000, 2400, 2400);

        assertThat(end()).containsExactly("0..3000 k 1 1", "1000..4000 k 4 4", "2000..5000 k 4 4", "3000..6000 k 1 1");
        assertThat(window.late()).isZero();
    }

    /** Its older windows had no event before, so nobody has given them; they are over nevertheless. */
    @Test
    void whatIsLateForAWindowThatWasEmptyDoesNotOpenIt() throws NoTimeException {
        window = window(3000, 1000, 0, 0);
        add(10_000, 8_500);

        assertThat(end()).containsExactly("8000..11000 k 2 2", "9000..12000 k 1 1", "10000..13000 k 1 1");
    }

    @Test
    void theEndOfTimeClosesItsWindowToo() throws NoTimeException {
        add(Long.MAX_VALUE, Long.MAX_VALUE - 1);

        assertThat(results.texts()).isEmpty();
        assertThat(end()).hasSize(1).first().asString().endsWith(Long.MAX_VALUE + " k 2 2");
    }

    @Test
    void whatFallsBetweenTwoWindowsIsInNone() throws NoTimeException {
        window = window(2, 5, 0, 0);
        add(1, 3, 6);

        assertThat(end()).containsExactly("0..2 k 1 1", "5..7 k 1 1");
        assertThat(window.late()).isZero();
    }

    @Test
    void anEventWithoutATimeFails() {
        assertThatThrownBy(() -> window.emit(new LogEvent(), results))
                .isInstanceOf(NoTimeException.class)
                .hasMessage("the event has no timestamp (expected: one, by a parser that sets it)");
    }

    /** Any windows, any disorder: the same as one who looks at all windows for each event, also when it is killed in the middle, and with little room for results. */
    @Test
    void anyStreamGivesWhatAPlainProgramGives() throws IOException, NoTimeException {
        for (long seed = 0; seed < RUNS; seed++) {
            run(seed);
        }
    }

    private void run(long seed) throws IOException, NoTimeException {
        var random = new SplittableRandom(seed);
        long slide = random.nextLong(1, 40);
        window = window(random.nextLong(1, 80), slide, random.nextLong(-slide + 1, slide), random.nextLong(0, 60));
        var model = new WindowModel(window.spec());
        results.rows.clear();
        results.isScarce = random.nextBoolean();
        long time = random.nextLong(-200, 200);
        int events = random.nextInt(EVENTS_MAX);
        for (int i = 0; i < events; i++) {
            time += random.nextInt(10) == 0 ? random.nextLong(100) : random.nextLong(8);
            long its = time - random.nextLong(0, 80);
            String name = "k" + random.nextInt(4);
            long number = random.nextInt(100);
            add(its, name, number);
            model.add(its, name, number);
            assertThat(results.texts()).as("seed %d", seed).isEqualTo(model.rows());
            if (random.nextInt(40) == 0) {
                window = again(window);
            }
        }
        assertThat(end()).as("seed %d, %s", seed, window.spec()).isEqualTo(model.end());
        assertThat(window.late()).as("seed %d, late", seed).isEqualTo(model.late());
        assertThat(window.paneCount()).isZero();
    }

    /** As a run that goes on from a checkpoint. */
    private Window again(Window before) throws IOException {
        var bytes = new ByteArrayOutputStream();
        before.save(new DataOutputStream(bytes));
        var after = new Window(keys, before.spec());
        after.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
        return after;
    }
}
