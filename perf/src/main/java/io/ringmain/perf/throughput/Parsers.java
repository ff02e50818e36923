package io.ringmain.perf.throughput;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.logs.Format;
import io.ringmain.perf.logs.Lines;
import io.ringmain.perf.logs.MadeLines;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Question: how fast does each parser take made lines in memory, on one thread, compared with a loop that adds up their bytes? No bar.
 *
 * <p>Ratios of one run: all take turns in one JVM after a warm-up, so each parser is compiled beside the others.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar parsers [--runs 5] [--lines 200_000]}
 */
public final class Parsers {

    private static final long SEED = 42;
    private static final int WARM_UPS = 5;

    private Parsers() {}

    private record Pair(Row raw, Row parse) {}

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) throws IOException {
        Options options = Options.parse(args, 1, "runs", "5", "lines", "200_000");
        int runs = (int) options.number("runs", 1);
        int count = (int) options.number("lines", 1);
        Machine machine = Machine.describe("How fast does each parser take lines in memory?", String.join(" ", args));
        List<Pair> pairs = new ArrayList<>();
        for (Format format : Format.values()) {
            Lines lines = new MadeLines(format, SEED).make(count);
            RawMemory raw = new RawMemory("raw loop over " + format.title(), lines);
            pairs.add(new Pair(new Row(raw, runs), new Row(new ParseMemory(format, lines), runs)));
        }
        for (int i = 0; i < WARM_UPS + runs; i++) {
            for (Pair pair : pairs) {
                pair.raw.run(i >= WARM_UPS);
                pair.parse.run(i >= WARM_UPS);
            }
        }
        System.out.println(Row.HEAD);
        for (Pair pair : pairs) {
            System.out.println(pair.raw.text(pair.raw, 0));
            System.out.println(pair.parse.text(pair.raw, 0));
        }
        System.out.println("median of " + runs + " runs of " + count + " lines");
        System.out.println(machine.verdict());
        System.out.println("no bar here: this is only reported");
        return Bar.KEPT;
    }
}
