package io.ringmain.perf.journal;

import io.ringmain.config.Durability;
import io.ringmain.journal.ChronicleJournal;
import io.ringmain.journal.ChronicleJournalReader;
import io.ringmain.journal.JournalRun;
import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Figures;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.kit.Rounds;
import io.ringmain.perf.kit.Rounds.Ran;
import io.ringmain.perf.logs.Format;
import io.ringmain.perf.logs.Job;
import io.ringmain.perf.logs.Lines;
import io.ringmain.perf.logs.MadeLines;
import io.ringmain.perf.logs.MemorySource;
import io.ringmain.spi.JournalBlock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;

/**
 * Question: how much longer does it take to journal log lines than to copy the same bytes into a mapped file? Bar: at most {@value #BAR} times as long, with
 * what survives the end of the process. Reported beside it: both made to survive the end of the machine, and what a journal adds to a whole pipeline.
 *
 * <p>Machine-independent, because it is a ratio: the median of alternating rounds in one JVM after a warm-up. The blocks are those that the journal's lane made of the
 * lines; all that was written is read again, and its hash compared.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar journal [--pairs 7] [--lines 500_000]}
 */
public final class Journalling {

    /** How many times as long as a copy the journal may take. */
    public static final double BAR = 1.5;

    private static final int WARM_UPS = 2;
    private static final int LINES_MADE = 100_000;
    private static final String[] TITLES = {
        "copy into a mapped file", "journal, os", "copy, forced at the end", "journal, fsync"
    };

    private final Scratch scratch;
    private final Blocks blocks = new Blocks();
    private final Lines made;
    private final int count;
    private final LineRun lines = new LineRun(Job.ofMade(Format.COMBINED), 1);

    private Journalling(Scratch scratch, int count) {
        this.scratch = scratch;
        this.count = count;
        made = new MadeLines(Format.COMBINED, 1).make(Math.min(count, LINES_MADE));
        lines.keeping(source(), blocks);
    }

    private MemorySource source() {
        return new MemorySource(made, count, List.of());
    }

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) throws IOException {
        Options options = Options.parse(args, 1, "pairs", "7", "lines", "500_000");
        int pairs = (int) options.number("pairs", 1);
        int count = (int) options.number("lines", 1);
        EngineLog.quiet();
        Machine machine = Machine.describe(
                "How much longer does a journal take than a copy into a mapped file? Bar: " + BAR,
                String.join(" ", args));
        double ratio;
        try (Scratch scratch = new Scratch()) {
            Journalling journalling = new Journalling(scratch, count);
            ratio = journalling.stores(pairs);
            journalling.pipelines(pairs);
        }
        System.out.println(machine.verdict());
        return Bar.report(ratio <= BAR);
    }

    private double stores(int pairs) {
        Rounds rounds = new Rounds(List.of(
                () -> copy(false), () -> journal(Durability.OS), () -> copy(true), () -> journal(Durability.FSYNC)));
        rounds.warmUp(WARM_UPS);
        rounds.measure(pairs);
        System.out.printf(
                Locale.ROOT,
                "%d lines, %.1f MB in %d blocks; hash %x%n",
                count,
                blocks.bytes() / 1e6,
                blocks.all().size(),
                rounds.hash());
        System.out.println(
                "side                      MB/s   ns/line  CPU ns/line  times as long as the copy (min, max)");
        for (int side = 0; side < TITLES.length; side++) {
            Figures ratios = rounds.ratios(side, side / 2 * 2);
            double tookNs = rounds.tookNs(side).median();
            System.out.printf(
                    Locale.ROOT,
                    "%-23s %6.0f   %7.1f  %11.0f  %.2f (%.2f, %.2f)%n",
                    TITLES[side],
                    blocks.bytes() * 1e3 / tookNs,
                    tookNs / count,
                    rounds.cpuNs(side).median() / count,
                    ratios.median(),
                    ratios.min(),
                    ratios.max());
        }
        return rounds.ratios(1, 0).median();
    }

    private Ran copy(boolean isForced) {
        try {
            Path file = scratch.place();
            long sinceNs = System.nanoTime();
            long cpuNs = Machine.processCpuNs();
            MappedByteBuffer mapped;
            try (FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
                mapped = channel.map(FileChannel.MapMode.READ_WRITE, 0, blocks.bytes());
            }
            for (byte[] block : blocks.all()) {
                mapped.put(block);
            }
            if (isForced) {
                mapped.force();
            }
            double tookNs = System.nanoTime() - sinceNs;
            double usedNs = Machine.processCpuNs() - cpuNs;
            mapped.flip();
            var block = new JournalBlock();
            long hash = 0;
            for (byte[] one : blocks.all()) {
                mapped.get(block.room(one.length), 0, one.length);
                block.begin(one.length);
                hash = Blocks.hash(hash, block);
            }
            return new Ran(tookNs, usedNs, hash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ran journal(Durability durability) {
        try {
            Path directory = scratch.place();
            var journal =
                    ChronicleJournal.builder(directory).durability(durability).build();
            long sinceNs = System.nanoTime();
            long cpuNs = Machine.processCpuNs();
            journal.open(blocks.head());
            for (byte[] block : blocks.all()) {
                if (!journal.append(block, block.length)) {
                    throw new IOException(directory + ": is full (expected: room for " + blocks.bytes() + " bytes)");
                }
            }
            journal.flush();
            journal.close(blocks.foot());
            double tookNs = System.nanoTime() - sinceNs;
            double usedNs = Machine.processCpuNs() - cpuNs;
            JournalRun run = JournalRun.in(directory).get(0);
            long hash = 0;
            try (var reader = ChronicleJournalReader.open(directory, run)) {
                var block = new JournalBlock();
                while (reader.next(block)) {
                    hash = Blocks.hash(hash, block);
                }
            }
            return new Ran(tookNs, usedNs, hash);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void pipelines(int pairs) {
        Rounds rounds = new Rounds(List.of(() -> pipeline(false), () -> pipeline(true)));
        rounds.warmUp(1);
        rounds.measure(pairs);
        System.out.printf(
                Locale.ROOT,
                "pipeline, parse, filter, count: CPU ns/line %.0f without a journal, %.0f with; times as long %.2f (%.2f, %.2f); hash %x%n",
                rounds.cpuNs(0).median() / count,
                rounds.cpuNs(1).median() / count,
                rounds.ratios(1, 0).median(),
                rounds.ratios(1, 0).min(),
                rounds.ratios(1, 0).max(),
                rounds.hash());
    }

    private Ran pipeline(boolean isKept) {
        try {
            Path directory = scratch.place();
            long sinceNs = System.nanoTime();
            long cpuNs = Machine.processCpuNs();
            LineRun.Result result =
                    isKept ? lines.keeping(source(), ChronicleJournal.in(directory)) : lines.of(source());
            return new Ran(System.nanoTime() - sinceNs, Machine.processCpuNs() - cpuNs, result.hash());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
