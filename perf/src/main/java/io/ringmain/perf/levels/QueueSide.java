package io.ringmain.perf.levels;

import io.ringmain.logs.Level;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * The same work as one writes it without a ring: strings and records, a thread per stage, a {@link LinkedBlockingQueue} before each, and
 * a last element that says that it is the last.
 *
 * <pre>  read ─▶ queue ─▶ parse ─▶ queue ─▶ filter ─▶ queue ─▶ count  </pre>
 */
@SuppressWarnings("ReferenceEquality") // The last element is that one object, whatever others may say.
final class QueueSide {

    private record Line(String source, String text) {}

    private record Entry(Level level, String source, String message) {}

    private static final Line LAST_LINE = new Line("", "");
    private static final Entry LAST_ENTRY = new Entry(Level.FATAL, "", "");

    private final LevelLines lines;
    private final BlockingQueue<Line> read;
    private final BlockingQueue<Entry> parsed;
    private final BlockingQueue<Entry> kept;
    private final Map<Level, Long> byLevel = new EnumMap<>(Level.class);
    private final Map<String, Long> bySource = new HashMap<>();

    private QueueSide(LevelLines lines, int bound) {
        this.lines = lines;
        read = new LinkedBlockingQueue<>(bound);
        parsed = new LinkedBlockingQueue<>(bound);
        kept = new LinkedBlockingQueue<>(bound);
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    /** Counts the lines; each queue holds at most {@code bound} elements. */
    static Counted count(LevelLines lines, int bound) {
        QueueSide side = new QueueSide(lines, bound);
        List<Thread> threads = List.of(
                thread("read", side::read),
                thread("parse", side::parse),
                thread("filter", side::filter),
                thread("count", side::count));
        threads.forEach(Thread::start);
        threads.forEach(QueueSide::join);
        Map<String, Long> byName = new TreeMap<>();
        side.byLevel.forEach((level, count) -> byName.put(level.name(), count));
        return new Counted(byName, side.bySource);
    }

    private static Thread thread(String name, Work work) {
        return new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                },
                "queues/" + name);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() throws InterruptedException {
        int source = 0;
        for (int i = 0; i < lines.count(); i++) {
            read.put(new Line(LevelLines.SOURCES.get(source), lines.string(i)));
            source = source + 1 == LevelLines.SOURCES.size() ? 0 : source + 1;
        }
        read.put(LAST_LINE);
    }

    private void parse() throws InterruptedException {
        for (Line line = read.take(); line != LAST_LINE; line = read.take()) {
            String text = line.text;
            int blank = text.indexOf(' ');
            if (blank > 0) {
                Level level = Level.valueOf(text.substring(0, blank));
                parsed.put(new Entry(level, line.source, text.substring(blank + 1)));
            }
        }
        parsed.put(LAST_ENTRY);
    }

    private void filter() throws InterruptedException {
        for (Entry entry = parsed.take(); entry != LAST_ENTRY; entry = parsed.take()) {
            if (entry.level.isAtLeast(Level.INFO) && !entry.message.isEmpty()) {
                kept.put(entry);
            }
        }
        kept.put(LAST_ENTRY);
    }

    private void count() throws InterruptedException {
        for (Entry entry = kept.take(); entry != LAST_ENTRY; entry = kept.take()) {
            byLevel.merge(entry.level, 1L, Long::sum);
            bySource.merge(entry.source, 1L, Long::sum);
        }
    }
}
