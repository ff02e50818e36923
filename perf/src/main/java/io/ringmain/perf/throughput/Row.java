package io.ringmain.perf.throughput;

import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.throughput.Pass.Seen;
import java.io.IOException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The figures of one pass over several runs. */
final class Row {

    static final String HEAD =
            "pass                        M lines/s     GB/s  of raw  seconds (min, max)   CPU ns/line  hash";

    private final Pass pass;
    private final Figures seconds;
    private final int runs;
    // Of all runs: the clock of the CPU is too coarse for one.
    private long cpuNs;
    private @Nullable Seen seen;

    Row(Pass pass, int runs) {
        this.pass = pass;
        seconds = new Figures(runs);
        this.runs = runs;
    }

    /** Goes through the input once; the figures count only if {@code counts}. */
    void run(boolean counts) throws IOException {
        long cpuBeforeNs = Machine.processCpuNs();
        long sinceNs = System.nanoTime();
        Seen now = pass.run();
        double tookNs = System.nanoTime() - sinceNs;
        if (seen != null && !now.equals(seen)) {
            throw new IllegalStateException(
                    pass.title() + ": " + now + " (expected: the same in each run, " + seen + ')');
        }
        seen = now;
        if (counts) {
            seconds.add(tookNs / 1e9);
            cpuNs += Machine.processCpuNs() - cpuBeforeNs;
        }
    }

    Seen seen() {
        Seen last = seen;
        if (last == null) {
            throw new IllegalStateException(pass.title() + ": not run (expected: at least once)");
        }
        return last;
    }

    double seconds() {
        return seconds.median();
    }

    double bytesPerSecond() {
        return seen().bytes() / seconds.median();
    }

    /** CPU time of all threads per line, where {@code lines} is how many there are. */
    double cpuNsPerLine(double lines) {
        return cpuNs / (runs * Math.max(1, lines));
    }

    /** Returns the row as text; {@code linesPerByte} stands in where the pass counts no lines. */
    String text(Row raw, double linesPerByte) {
        double lines = seen().lines() > 0 ? seen().lines() : seen().bytes() * linesPerByte;
        return String.format(
                Locale.ROOT,
                "%-26s  %9.2f  %7.3f  %6.2f  %6.3f (%.3f, %.3f)  %10.0f  %s",
                pass.title(),
                lines / seconds() / 1e6,
                bytesPerSecond() / 1e9,
                bytesPerSecond() / raw.bytesPerSecond(),
                seconds(),
                seconds.min(),
                seconds.max(),
                cpuNsPerLine(lines),
                Long.toHexString(seen().hash()));
    }
}
