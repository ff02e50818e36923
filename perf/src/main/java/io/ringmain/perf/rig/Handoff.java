package io.ringmain.perf.rig;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.locks.LockSupport;

/**
 * Question: how long is an event on its way from the publisher to the sink when every millisecond one comes and every thread
 * sleeps in between? Bar: with one lane at most {@value #BAR} times as long as a bare {@code LockSupport.park} and {@code unpark} between two
 * threads, by the medians.
 *
 * <p>Machine-independent, because it is a ratio: rounds alternate, each gives the ratio of two p50 from the same seconds, and the
 * median of the ratios counts. Default settings, which let every thread sleep. Two and four lanes are reported only.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar handoff [--rounds 7] [--events 1000]}
 */
public final class Handoff {

    /** The most that one lane may take, in bare hand-offs. */
    public static final double BAR = 3;

    private static final long PACE_NS = 1_000_000;
    private static final int WARM_UP_SENDS = 30_000;
    private static final int[] LANES = {1, 2, 4};

    private Handoff() {}

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) {
        Options options = Options.parse(args, 1, "rounds", "7", "events", "1000");
        int rounds = (int) options.number("rounds", 1);
        int events = (int) options.number("events", 1);
        Machine machine = Machine.describe(
                "How long from publisher to sink at one event per millisecond? Bar: " + BAR
                        + " bare hand-offs, one lane",
                String.join(" ", args));
        List<Hop> ways = new ArrayList<>();
        List<Figures> p50s = new ArrayList<>();
        List<Figures> ratios = new ArrayList<>();
        try (Hop bare = new BareHop()) {
            for (int lanes : LANES) {
                ways.add(new PipelineHop(lanes));
                p50s.add(new Figures(rounds));
                ratios.add(new Figures(rounds));
            }
            Figures bareP50 = new Figures(rounds * LANES.length);
            // As fast as it goes: at the pace of a round the JIT would not have compiled everything after a minute.
            for (int i = 0; i < WARM_UP_SENDS; i++) {
                bare.send();
                ways.forEach(Hop::send);
            }
            for (int round = 0; round < rounds; round++) {
                for (int way = 0; way < LANES.length; way++) {
                    double bareNs = p50(bare, events);
                    double ourNs = p50(ways.get(way), events);
                    p50s.get(way).add(ourNs);
                    ratios.get(way).add(ourNs / bareNs);
                    bareP50.add(bareNs);
                }
            }
            print(bareP50, p50s, ratios);
        } finally {
            ways.forEach(Hop::close);
        }
        System.out.println(machine.verdict());
        return Bar.report(ratios.get(0).median() <= BAR);
    }

    private static void print(Figures bareP50, List<Figures> p50s, List<Figures> ratios) {
        System.out.println("way        p50 us   ratio to bare (min, max)");
        System.out.printf(Locale.ROOT, "bare      %7.1f%n", bareP50.median() / 1e3);
        for (int way = 0; way < LANES.length; way++) {
            Figures ratio = ratios.get(way);
            System.out.printf(
                    Locale.ROOT,
                    "%d lane(s) %7.1f   %.2f (%.2f, %.2f)%n",
                    LANES[way],
                    p50s.get(way).median() / 1e3,
                    ratio.median(),
                    ratio.min(),
                    ratio.max());
        }
    }

    /** Sends {@code events}, one per millisecond, and returns the median of their times. */
    private static double p50(Hop way, int events) {
        Figures times = new Figures(events);
        long atNs = System.nanoTime();
        for (int i = 0; i < events; i++) {
            atNs += PACE_NS;
            for (long left = atNs - System.nanoTime(); left > 0; left = atNs - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
            times.add((double) way.send());
        }
        return times.median();
    }
}
