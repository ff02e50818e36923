package io.ringmain.perf.journal;

import io.ringmain.config.Replaying;
import io.ringmain.journal.ChronicleJournal;
import io.ringmain.journal.ChronicleJournalReader;
import io.ringmain.journal.JournalRun;
import io.ringmain.logs.LogEvent;
import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.EngineLog;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.logs.Format;
import io.ringmain.perf.logs.Job;
import io.ringmain.perf.logs.Lines;
import io.ringmain.perf.logs.MadeLines;
import io.ringmain.perf.logs.MemorySource;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Question: does a run that was kept in a journal give the same when it is replayed, with any number of lanes and at any speed, and how long does that take? Bar: all
 * digests are those of the run.
 *
 * <p>Machine-independent, but for the times.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar replay [--events 10_000_000] [--seconds 20]}
 */
public final class Replays {

    private static final int[] LANES = {1, 2, 4};
    private static final double[] SPEEDS = {1, 10};
    private static final int LINES_MADE = 100_000;
    private static final int PACED_PER_SECOND = 10_000;

    private final Job job = Job.ofMade(Format.LEVEL);
    private final Lines lines;
    private boolean isSame = true;

    private Replays(int made) {
        lines = new MadeLines(Format.LEVEL, 1).make(made);
    }

    /** Measures; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) throws IOException {
        Options options = Options.parse(args, 1, "events", "10_000_000", "seconds", "20");
        long events = options.number("events", 1);
        double seconds = options.decimal("seconds");
        EngineLog.quiet();
        Machine machine = Machine.describe(
                "Does a replay give the same, with any number of lanes and at any speed? Bar: it does",
                String.join(" ", args));
        var replays = new Replays((int) Math.min(events, LINES_MADE));
        System.out.println(replays.job.title());
        try (Scratch scratch = new Scratch()) {
            replays.atFullSpeed(scratch.place(), events);
            replays.paced(scratch.place(), (long) (seconds * PACED_PER_SECOND));
        }
        System.out.println(machine.verdict());
        return Bar.report(replays.isSame);
    }

    private void atFullSpeed(Path directory, long events) throws IOException {
        LineRun.Result recorded = record(directory, new MemorySource(lines, events, List.of()));
        for (int lanes : LANES) {
            replay(directory, lanes, Replaying.ALL, recorded);
        }
    }

    private void paced(Path directory, long events) throws IOException {
        LineRun.Result recorded =
                record(directory, new Paced(new MemorySource(lines, events, List.of()), PACED_PER_SECOND));
        for (double speed : SPEEDS) {
            replay(directory, 1, Replaying.ALL.speed(speed), recorded);
        }
    }

    private LineRun.Result record(Path directory, Source<LogEvent> source) throws IOException {
        long sinceNs = System.nanoTime();
        LineRun.Result result = new LineRun(job, 1).keeping(source, ChronicleJournal.in(directory));
        print("recorded, 1 lane", sinceNs, result);
        System.out.printf(Locale.ROOT, "journal: %.1f MB%n", Letters.bytes(directory) / 1e6);
        return result;
    }

    private void replay(Path directory, int lanes, Replaying how, LineRun.Result expected) throws IOException {
        JournalRun run = JournalRun.in(directory).get(0);
        if (!run.isWhole()) {
            throw new IllegalStateException(directory + ": " + run + " (expected: a whole run)");
        }
        ChronicleJournalReader reader = ChronicleJournalReader.open(directory, run);
        Source<LogEvent> unasked = (intake, max) -> {
            throw new IllegalStateException("source: was asked (expected: the journal instead)");
        };
        long sinceNs = System.nanoTime();
        LineRun.Result result = new LineRun(job, lanes).run(unasked, builder -> builder.replaying(reader, how));
        String speed = how.speed() == Double.POSITIVE_INFINITY
                ? "full speed"
                : String.format(Locale.ROOT, "%.0f x", how.speed());
        print("replayed, " + lanes + " lane(s), " + speed, sinceNs, result);
        if (!result.equals(expected)) {
            isSame = false;
            System.out.println("DIFFERENT: " + result + " (expected: " + expected + ')');
        }
    }

    private static void print(String what, long sinceNs, LineRun.Result result) {
        double seconds = (System.nanoTime() - sinceNs) / 1e9;
        System.out.printf(
                Locale.ROOT,
                "%-32s %10d lines  %7.2f s  %6.2f M/s  kept %d %s, rows %d %s%n",
                what,
                result.events(),
                seconds,
                result.events() / seconds / 1e6,
                result.kept().events(),
                result.kept().inOrder(),
                result.rows().events(),
                result.rows().inOrder());
    }

    /** Gives what another source has, no faster than so many a second. Thread: as {@link Source}. */
    private static final class Paced implements Source<LogEvent> {

        private final Source<LogEvent> source;
        private final double perNs;
        private long sinceNs;
        private long given;

        Paced(Source<LogEvent> source, int perSecond) {
            this.source = source;
            perNs = perSecond / 1e9;
        }

        @Override
        public Status fill(Intake<LogEvent> intake, int max) throws Exception {
            long nowNs = System.nanoTime();
            if (given == 0) {
                sinceNs = nowNs;
                given = 1;
            }
            int due = (int) Math.min(max, (long) ((nowNs - sinceNs) * perNs) + 1 - given);
            if (due <= 0) {
                return Status.IDLE;
            }
            given += due;
            return source.fill(intake, due);
        }
    }
}
