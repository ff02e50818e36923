package io.ringmain.perf.windows;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.util.Locale;

/**
 * Question: what do windows cost? Three parts, each with a bar or a report:
 *
 * <ol>
 *   <li>bytes for each key of one open window, with count and sum of keys of 16 bytes: at most {@value #KEY_BYTES_MAX};
 *   <li>time for each event of windows that slide over 60 panes, against windows of one pane: at most {@value #RATIO_MAX} times as long, with {@value #EVENTS_PER_KEY} events for each of
 *       {@value #KEYS} keys in a pane; nothing allocated per event; giving the results apart;
 *   <li>how long other events take while a window of a million keys is given, reported.
 * </ol>
 *
 * <p>The first two depend on no machine: a count, and a ratio of alternating rounds in one JVM.
 *
 * <p>Run: {@code java -Xmx2g -jar perf/target/ringmain-perf.jar windows [--rounds 7] [--keys 1_000_000]}
 */
public final class WindowCosts {

    /** The most bytes for a key. */
    public static final double KEY_BYTES_MAX = 200;

    /** How much longer an event may take where windows slide. */
    public static final double RATIO_MAX = 2;

    private static final int KEYS = 1000;
    private static final int EVENTS_PER_KEY = 100;
    private static final int PANES = 60;
    private static final int WARM_UPS = 3 * PANES;
    private static final com.sun.management.ThreadMXBean THREADS =
            (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();

    private WindowCosts() {}

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) {
        Options options = Options.parse(args, 1, "rounds", "7", "keys", "1_000_000");
        int rounds = (int) options.number("rounds", 1);
        int keys = (int) options.number("keys", 1);
        Machine machine = Machine.describe(
                "What do windows cost? Bars: " + KEY_BYTES_MAX + " bytes a key, " + RATIO_MAX
                        + " times an event, 0 bytes an event",
                String.join(" ", args));
        double keyBytes = bytesPerKey(keys);
        print("%,d keys in one open window: %.0f bytes a key%n", keys, keyBytes);
        double eventBytes = bytesPerEvent();
        print("allocated by events of an open pane: %.3f bytes an event%n", eventBytes);
        boolean kept = events(rounds) && keyBytes <= KEY_BYTES_MAX && eventBytes < 0.01;
        Closing.report(keys);
        System.out.println(machine.verdict());
        return Bar.report(kept);
    }

    private static void print(String form, Object... values) {
        System.out.printf(Locale.ROOT, form, values);
    }

    /** What a window of that many keys keeps, divided by them. */
    public static double bytesPerKey(int keys) {
        long before = used();
        PaneLoad load = PaneLoad.tumbling(keys);
        try {
            load.fillWithEachKey();
            return (double) (used() - before) / keys;
        } finally {
            Reference.reachabilityFence(load);
        }
    }

    private static long used() {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            least = Math.min(
                    least,
                    ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
        }
        return least;
    }

    /** What more events in the same panes allocate. */
    public static double bytesPerEvent() {
        PaneLoad load = PaneLoad.sliding(KEYS, PANES);
        long events = (long) KEYS * EVENTS_PER_KEY;
        load.fill(events);
        long once = allocated(load, events);
        long twice = allocated(load, 2 * events);
        return (double) (twice - once) / events;
    }

    private static long allocated(PaneLoad load, long events) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        load.fill(events);
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static boolean events(int rounds) {
        PaneLoad tumbling = PaneLoad.tumbling(KEYS);
        PaneLoad sliding = PaneLoad.sliding(KEYS, PANES);
        for (int i = 0; i < WARM_UPS; i++) {
            round(tumbling);
            round(sliding);
        }
        Figures ratios = new Figures(rounds);
        Figures ours = new Figures(rounds);
        Figures giving = new Figures(rounds);
        for (int i = 0; i < rounds; i++) {
            Took first = round(i % 2 == 0 ? tumbling : sliding);
            Took second = round(i % 2 == 0 ? sliding : tumbling);
            Took slid = i % 2 == 0 ? second : first;
            ratios.add(slid.eventNs / (i % 2 == 0 ? first : second).eventNs);
            ours.add(slid.eventNs);
            giving.add(slid.rowNs);
        }
        print(
                "windows of %d panes against windows of one: %.2f times an event (%.2f to %.2f), %.0f ns; a result of %d panes put"
                        + " together takes %.0f ns%n",
                PANES, ratios.median(), ratios.min(), ratios.max(), ours.median(), PANES, giving.median());
        return ratios.median() <= RATIO_MAX;
    }

    private record Took(double eventNs, double rowNs) {}

    /** A pane, and then its end. */
    private static Took round(PaneLoad load) {
        long events = (long) KEYS * EVENTS_PER_KEY;
        long start = System.nanoTime();
        load.fill(events);
        long filled = System.nanoTime();
        long before = load.rows();
        load.turn();
        long turned = System.nanoTime();
        return new Took(
                (double) (filled - start) / events, (double) (turned - filled) / Math.max(1, load.rows() - before));
    }
}
