package io.ringmain.perf.allocation;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Question: how many bytes are allocated per event, by the engine and by what it does with logs? Bar: none, on every path.
 *
 * <p>Machine-independent: a count. Each path runs N and then 2 N events in one JVM after a warm-up, and all its threads are counted,
 * the publishing one among them; what each run costs once, such as the reading of the counts, falls out of the difference. A path
 * has {@value #TRIES} tries, because one-time work of the JVM (a class that is linked late, a deoptimisation that makes objects real)
 * can fall into one; what is allocated per event shows in all.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar allocation [--events 100_000]}; also a test of the build.
 */
public final class Allocation {

    /** The most that a path may allocate, in bytes per event: less than one object per thousand events. */
    public static final double BAR = 0.01;

    private static final int TRIES = 6;
    private static final int WARM_UPS = 3;

    /** How many runs of the given number of events a course may have to make. */
    static final int RUNS_MAX = WARM_UPS + 3 * TRIES;

    private Allocation() {}

    private record Measured(int threads, double bytesPerEvent) {}

    /** Measures every way; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) {
        Options options = Options.parse(args, 1, "events", "100_000");
        long events = options.number("events", 1);
        Machine.describe("How many bytes are allocated per event? Bar: less than " + BAR, String.join(" ", args));
        System.out.println("path                    threads  bytes per event");
        boolean kept = true;
        for (Way way : ways()) {
            Measured measured = measure(way, events);
            kept &= way.allocates() != measured.bytesPerEvent < BAR;
            System.out.printf(
                    Locale.ROOT,
                    "%-22s  %7d  %9.4f%s%n",
                    way.name(),
                    measured.threads,
                    measured.bytesPerEvent,
                    way.allocates() ? "  (on purpose, to show that it is seen)" : "");
        }
        return Bar.report(kept);
    }

    /** All that is measured. */
    public static List<Way> ways() {
        List<Way> ways = new ArrayList<>(List.of(Path.values()));
        ways.addAll(List.of(SharedPath.values()));
        ways.addAll(List.of(LogPath.values()));
        return ways;
    }

    /** Measures {@code way} with runs of {@code eventsMax} and twice as many events, fewer if the way asks for that. */
    public static double bytesPerEvent(Way way, long eventsMax) {
        return measure(way, eventsMax).bytesPerEvent;
    }

    private static Measured measure(Way way, long eventsMax) {
        long events = Math.min(eventsMax, way.eventsMax());
        try (Course course = way.open(events)) {
            for (int i = 0; i < WARM_UPS; i++) {
                course.move(events);
                course.allocated();
            }
            double least = Double.POSITIVE_INFINITY;
            for (int i = 0; i < TRIES && least >= BAR; i++) {
                long before = course.allocated();
                course.move(events);
                long between = course.allocated();
                course.move(2 * events);
                long after = course.allocated();
                long reading = course.allocated() - after;
                double added = (after - between) - (between - before);
                double whole = after - between - reading;
                // The second look: a run that allocated while the JIT was at work must not hide what the next one does.
                least = Math.min(least, Math.max(added / events, whole / (2 * events)));
            }
            return new Measured(course.threads(), least);
        }
    }
}
