package io.ringmain.perf.compare;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.kit.Rounds.Ran;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Question: how fast do the log entries of several threads come together in one place: through a ring, into a list behind a lock, through queues? Reported, without a bar.
 *
 * <p>All make the same entries and count them by level; the counts must be the same. Ring and array queue hold 8,192 entries; list and transfer queue hold what comes, which needs memory: 10,000,000
 * entries some 400 MB. Starting and ending threads and pipeline is part of each run. Rounds alternate in one JVM.
 *
 * <p>Run: {@code java -Xmx4g -jar perf/target/ringmain-perf.jar compare lists [--rounds 7] [--entries 100_000,10_000_000] [--threads 1,2,4,8,16] [--json FILE]}
 */
final class CompareLists {

    private static final int WARM_UPS = 2;
    private static final long WARM_UP_ENTRIES = 200_000;
    private static final List<Gather> WAYS = List.of(Gather.values());

    private CompareLists() {}

    /** Measures; returns an exit code. */
    static int run(String[] args) {
        Options options = Options.parse(
                args, 2, "rounds", "7", "entries", "100_000,10_000_000", "threads", "1,2,4,8,16", "json", "");
        Optional<Path> json = options.file("json");
        List<Long> entryCounts = options.numbers("entries", 1);
        List<Long> threadCounts = options.numbers("threads", 1);
        int rounds = (int) options.number("rounds", 1);
        EngineLog.quiet();
        Machine machine =
                Machine.describe("How fast do entries of several threads come together?", String.join(" ", args));
        var rows = new Rows(json, "way", "entries", "threads", "M/s", "min", "max", "CPU ns", "times ring");
        for (long entries : entryCounts) {
            for (long threads : threadCounts) {
                measure(rows, rounds, entries, (int) threads);
            }
        }
        rows.write();
        System.out.println(
                "M/s: million entries a second, median of " + rounds
                        + " runs, slowest and fastest; CPU ns: of all threads, for an entry; times ring: how many times as long as the ring takes, median of the rounds");
        System.out.println(machine.verdict());
        return Bar.KEPT;
    }

    private static void measure(Rows rows, int count, long entries, int threads) {
        Rounds warm = rounds(Math.min(entries, WARM_UP_ENTRIES), threads);
        warm.warmUp(WARM_UPS);
        Rounds rounds = rounds(entries, threads);
        rounds.measure(count);
        for (int side = 0; side < WAYS.size(); side++) {
            Figures tookNs = rounds.tookNs(side);
            rows.add(
                    WAYS.get(side).title(),
                    entries,
                    threads,
                    entries * 1e3 / tookNs.median(),
                    entries * 1e3 / tookNs.max(),
                    entries * 1e3 / tookNs.min(),
                    rounds.cpuNs(side).median() / entries,
                    rounds.ratios(side, 0).median());
        }
    }

    private static Rounds rounds(long entries, int threads) {
        List<Supplier<Ran>> sides = new ArrayList<>();
        for (Gather way : WAYS) {
            sides.add(() -> ran(way, entries, threads));
        }
        return new Rounds(sides);
    }

    private static Ran ran(Gather way, long entries, int threads) {
        long cpuBeforeNs = Machine.processCpuNs();
        long beginNs = System.nanoTime();
        Entry.Counts counts;
        try {
            counts = way.gather(entries, threads);
        } catch (InterruptedException unexpected) {
            throw new IllegalStateException(unexpected);
        }
        double tookNs = System.nanoTime() - beginNs;
        if (counts.all() != entries) {
            throw new IllegalStateException(way.title() + ": " + counts.all() + " entries (expected: " + entries + ')');
        }
        return new Ran(tookNs, Machine.processCpuNs() - cpuBeforeNs, counts.hash());
    }
}
