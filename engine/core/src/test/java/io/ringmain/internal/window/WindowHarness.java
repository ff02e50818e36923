package io.ringmain.internal.window;

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

/** Windows of a simple event, and what they give as text. */
abstract class WindowHarness {

    static final class Event {

        long timeNs;
        String key = "";
        long value;
    }

    static final class Row {

        String text = "";
    }

    /** Has no room, or none at every other claim, if that is wanted. */
    static final class Results implements Outlet<Row> {

        final List<Row> rows = new ArrayList<>();
        boolean isFull;
        boolean isScarce;
        private boolean hasRoom;

        @Override
        public Row claim() {
            hasRoom = !hasRoom;
            if (isFull || (isScarce && !hasRoom)) {
                return null;
            }
            rows.add(new Row());
            return rows.get(rows.size() - 1);
        }

        List<String> texts() {
            return rows.stream().map(row -> row.text).toList();
        }
    }

    /** A case: windows, how long they are kept for what is late, the disorder of each source, and how many keys there may be. */
    record Case(Windows windows, long lateness, List<Long> disorders, int keysMax) {

        Case(Windows windows, long lateness, List<Long> disorders) {
            this(windows, lateness, disorders, Windowing.GROUPS_MAX_DEFAULT);
        }

        /** The same with fewer keys, unless the windows stand fast: those have another rule. */
        Case keysMax(int max) {
            return windows instanceof Windows.Aligned ? this : new Case(windows, lateness, disorders, max);
        }

        static Case random(SplittableRandom random) {
            long lateness = random.nextBoolean() ? 0 : random.nextLong(30);
            List<Long> disorders = LongStream.range(0, random.nextLong(1, 4))
                    .mapToObj(i -> random.nextLong(15))
                    .toList();
            if (random.nextInt(4) == 0) {
                Windows.Trigger trigger = random.nextBoolean()
                        ? Windows.Trigger.count(random.nextLong(1, 9))
                        : Windows.Trigger.every(Duration.ofNanos(random.nextLong(1, 40)));
                return new Case(new Windows.Global(trigger, random.nextBoolean()), lateness, disorders);
            }
            if (random.nextInt(3) == 0) {
                return new Case(new Windows.Session(random.nextLong(1, 12)), lateness, disorders);
            }
            long slide = random.nextLong(1, 12);
            long size = random.nextInt(4) == 0 ? slide : random.nextLong(1, 40);
            long offset = random.nextLong(-slide + 1, slide);
            return new Case(new Windows.Aligned(size, slide, offset), lateness, disorders);
        }

        Windowing<Event> windowing() {
            return windowing(0);
        }

        /** With sources that are not waited for once they are silent for {@code idle}; all are if it is 0. */
        Windowing<Event> windowing(long idle) {
            EventTime<Event> time = EventTime.of(event -> event.timeNs);
            if (idle > 0) {
                time = time.idleAfter(Duration.ofNanos(idle));
            }
            for (int source = 0; source < disorders.size(); source++) {
                time = time.disorder("source" + source, Duration.ofNanos(disorders.get(source)));
            }
            return Windowing.of(windows, time)
                    .byText(event -> event.key)
                    .compute(Aggregations.count())
                    .compute(Aggregations.sum(event -> event.value))
                    .groupsMax(keysMax)
                    .allowedLateness(Duration.ofNanos(lateness));
        }

        WindowModel model() {
            return model(0);
        }

        WindowModel model(long idle) {
            return new WindowModel(
                    windows,
                    lateness,
                    keysMax,
                    idle,
                    disorders.stream().mapToLong(Long::longValue).toArray());
        }
    }

    final Event event = new Event();
    final Results results = new Results();
    final List<String> late = new ArrayList<>();
    WindowEmitter<Event, Row> window = emitter(new Case(new Windows.Aligned(1000, 1000, 0), 0, List.of(0L)));

    static WindowEmitter<Event, Row> emitter(Case of) {
        return emitter(of.windowing(), of.disorders.size());
    }

    static WindowEmitter<Event, Row> emitter(Windowing<Event> windowing, int sources) {
        List<String> names = LongStream.range(0, sources)
                .mapToObj(source -> "source" + source)
                .toList();
        WindowEmitter<Event, Row> made = new WindowEmitter<>(windowing, WindowHarness::write);
        made.connect(names);
        return made;
    }

    static void write(WindowResult<Event> result, Row row) {
        byte[] key = result.keyBytes();
        String name = key == null ? "other" : KeyBuffer.textAt(key, result.keyFrom());
        row.text = result.startNs() + ".." + result.endNs() + " " + name + " " + result.longValue(0) + " "
                + result.longValue(1) + " " + result.kind();
    }

    void add(int source, long time, String key, long value) throws Exception {
        event.timeNs = time;
        event.key = key;
        event.value = value;
        while (window.emit(event, source, results) == Progress.MORE) {}
        if (window.wasLate()) {
            late.add(time + " " + key);
        }
    }

    void add(long... times) throws Exception {
        for (long time : times) {
            add(0, time, "k", 1);
        }
    }

    void catchUp() {
        while (window.isBehind()) {
            window.proceed(results);
        }
    }

    List<String> end() {
        while (window.finish(results) == Progress.MORE) {}
        return results.texts();
    }

    void restart(Case of) throws IOException {
        restart(of.windowing(), of.disorders().size());
    }

    void restart(Windowing<Event> windowing, int sources) throws IOException {
        catchUp();
        var bytes = new ByteArrayOutputStream();
        window.save(new DataOutputStream(bytes));
        window = emitter(windowing, sources);
        window.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    }
}
