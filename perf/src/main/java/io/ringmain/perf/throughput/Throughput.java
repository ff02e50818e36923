package io.ringmain.perf.throughput;

import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.logs.Format;
import io.ringmain.perf.logs.Job;
import io.ringmain.perf.logs.Lines;
import io.ringmain.perf.throughput.PipelinePass.Until;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Question: how fast is a log file read, parsed, filtered and counted, compared with one thread that only adds up its bytes? And with
 * {@code --command}: how long does that command take compared with mawk that counts the same? Bar, for a command: at most
 * {@value Versus#BAR} times as long.
 *
 * <p>Ratios of one run: all passes take turns in one JVM after a warm-up of all, the command and mawk as processes of their own. The file
 * should fit into the page cache, where the warm-up puts it. The passes of one thread over memory take its first
 * {@value #MEMORY_BYTES_MAX} bytes.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar throughput FILE [--runs 5] [--format auto|FORMAT] [--command "..."]}
 */
public final class Throughput {

    private static final int MEMORY_BYTES_MAX = 64 << 20;
    private static final int WARM_UPS = 2;

    private final int runs;
    private final List<Row> rows = new ArrayList<>();
    private final Row raw;
    private final Row framed;
    private final Row parsed;
    private final Row whole;
    private final PipelinePass wholePass;

    private Throughput(Path file, Lines lines, List<Format> formats, int runs) {
        this.runs = runs;
        Job job = Job.ofFile(formats.get(0), lines);
        raw = add(new RawLoop(file));
        framed = add(new PipelinePass(file, job, Until.FRAMED));
        add(new ParseMemory(job.format(), lines));
        parsed = add(new PipelinePass(file, job, Until.PARSED));
        for (Format format : formats.subList(1, formats.size())) {
            add(new ParseMemory(format, lines));
            add(new PipelinePass(file, Job.ofFile(format, lines), Until.PARSED));
        }
        wholePass = new PipelinePass(file, job, Until.COUNTED);
        whole = add(wholePass);
        System.out.println("whole: " + job.title());
    }

    private Row add(Pass pass) {
        Row row = new Row(pass, runs);
        rows.add(row);
        return row;
    }

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) throws IOException {
        if (args.length < 2 || args[1].startsWith("--")) {
            throw new IllegalArgumentException("throughput: no file (expected: throughput FILE [--OPTION VALUE]...)");
        }
        Options options = Options.parse(args, 2, "runs", "5", "format", "auto", "command", "");
        int runs = (int) options.number("runs", 1);
        Path file = Path.of(args[1]);
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException("throughput: " + file + " (expected: a file)");
        }
        Lines lines = firstLines(file);
        List<Format> formats = formats(options.text("format"), lines);
        EngineLog.quiet();
        Machine machine = Machine.describe(
                "How fast is a log file read, parsed and counted, compared with a raw loop over its bytes?",
                String.join(" ", args));
        System.out.printf(Locale.ROOT, "file: %s, %.1f MB%n", file, Files.size(file) / 1e6);
        Throughput throughput = new Throughput(file, lines, formats, runs);
        throughput.measure();
        throughput.print();
        String command = options.text("command");
        if (command.isEmpty()) {
            System.out.println(machine.verdict());
            System.out.println("no bar without --command");
            return Bar.KEPT;
        }
        Versus versus = new Versus(file, command, runs);
        int exit = versus.run(throughput.whole.seconds());
        System.out.println(machine.verdict(versus.cpuNs()));
        return exit;
    }

    private static Lines firstLines(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MEMORY_BYTES_MAX);
            return Lines.of(bytes, bytes.length);
        }
    }

    private static List<Format> formats(String asked, Lines lines) {
        if (!asked.equals("auto")) {
            return List.of(Format.of(asked));
        }
        List<Format> fitting = Arrays.stream(Format.values())
                .filter(format -> Job.fits(format, lines))
                .toList();
        if (fitting.isEmpty()) {
            throw new IllegalArgumentException("throughput: no parser takes most of the first lines (expected: one of "
                    + Arrays.toString(Format.values()) + ", not compressed)");
        }
        return fitting;
    }

    private void measure() throws IOException {
        for (int i = 0; i < WARM_UPS + runs; i++) {
            for (Row row : rows) {
                row.run(i >= WARM_UPS);
            }
        }
    }

    private void print() {
        System.out.println(Row.HEAD);
        double lines = framed.seen().lines();
        for (Row row : rows) {
            System.out.println(row.text(raw, lines / Math.max(1, framed.seen().bytes())));
        }
        System.out.println("median of " + runs + " runs; of raw: bytes per second compared with the raw loop");
        System.out.println("whole: " + wholePass.explanation());
        double framing = framed.cpuNsPerLine(lines);
        double parsing = parsed.cpuNsPerLine(lines);
        System.out.printf(
                Locale.ROOT,
                "CPU ns/line of the whole: reading and framing %.0f, parsing %.0f more, filter and count %.0f more%n",
                framing,
                parsing - framing,
                whole.cpuNsPerLine(lines) - parsing);
        System.out.println("counts " + wholePass.counts());
    }
}
