package io.ringmain.perf.journal;

import io.ringmain.journal.LetterId;
import io.ringmain.journal.LetterReader;
import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Question: how long does it take to count many dead letters by reason, and to find one, and how much memory? It has no bar. The counts and what is found are checked.
 *
 * <p>With {@code --into} the letters stay, for {@code ringmain dlq} to be measured as a whole process.
 *
 * <p>Run: {@code java -Xmx64m -jar perf/target/ringmain-perf.jar letter-files [--runs 7] [--letters 1_000_000] [--into DIRECTORY]}
 */
public final class LetterFiles {

    private static final long SEED = 1;

    private LetterFiles() {}

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) throws IOException {
        Options options = Options.parse(args, 1, "runs", "7", "letters", "1_000_000", "into", "");
        int runs = (int) options.number("runs", 1);
        int count = (int) options.number("letters", 1);
        EngineLog.quiet();
        Machine machine = Machine.describe(
                "How long does it take to count letters by reason, and to find one?", String.join(" ", args));
        try (Scratch scratch = new Scratch()) {
            Path directory = options.text("into").isEmpty() ? scratch.place() : Path.of(options.text("into"));
            var letters = Letters.store(directory).build();
            letters.open();
            Letters.add(letters, new FailedLine(), count);
            letters.flush();
            letters.close();
            System.out.printf(Locale.ROOT, "%d letters, %.1f MB%n", count, Letters.bytes(directory) / 1e6);
            measure(directory, runs, count);
        }
        System.out.println(machine.verdict());
        System.out.println("no bar is set");
        return Bar.KEPT;
    }

    private static void measure(Path directory, int runs, int count) throws IOException {
        System.gc();
        heap().forEach(MemoryPoolMXBean::resetPeakUsage);
        long[] ids = new long[count];
        Figures countMs = new Figures(runs);
        Map<String, Integer> byReason = Map.of();
        for (int i = 0; i < runs; i++) {
            long sinceNs = System.nanoTime();
            byReason = count(directory, ids);
            countMs.add((System.nanoTime() - sinceNs) / 1e6);
        }
        Figures findMs = new Figures(runs);
        var random = new SplittableRandom(SEED);
        int position = 0;
        for (int i = 0; i < runs; i++) {
            position = random.nextInt(count);
            long sinceNs = System.nanoTime();
            try (LetterReader reader = LetterReader.open(directory)) {
                long found = reader.find(ids[position]).orElseThrow().letter().position();
                if (found != position) {
                    throw new IllegalStateException("position: " + found + " (expected: " + position + ')');
                }
            }
            findMs.add((System.nanoTime() - sinceNs) / 1e6);
        }
        double usedMb = heap().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / 1e6;
        System.out.printf(
                Locale.ROOT,
                "count by reason %.0f ms (%.0f, %.0f), find one %.0f ms (%.0f, %.0f); open included%n",
                countMs.median(),
                countMs.min(),
                countMs.max(),
                findMs.median(),
                findMs.min(),
                findMs.max());
        System.out.printf(
                Locale.ROOT,
                "heap: at most %.0f MB of %.0f, %.0f of them the numbers that this keeps%n",
                usedMb,
                Runtime.getRuntime().maxMemory() / 1e6,
                (double) Long.BYTES * count / 1e6);
        System.out.println("counts " + byReason + "; last found " + LetterId.text(ids[position]));
    }

    private static Stream<MemoryPoolMXBean> heap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream().filter(pool -> pool.getType() == MemoryType.HEAP);
    }

    private static Map<String, Integer> count(Path directory, long[] ids) throws IOException {
        Map<String, Integer> byReason = new TreeMap<>();
        int[] at = {0};
        try (LetterReader reader = LetterReader.open(directory)) {
            reader.read(entry -> {
                ids[at[0]] = entry.letter().id();
                at[0]++;
                byReason.merge(entry.letter().reason(), 1, Integer::sum);
                return true;
            });
        }
        if (at[0] != ids.length) {
            throw new IllegalStateException("letters: " + at[0] + " (expected: " + ids.length + ')');
        }
        return byReason;
    }
}
