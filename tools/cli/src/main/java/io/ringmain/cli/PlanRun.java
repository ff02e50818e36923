package io.ringmain.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.ringmain.Pipeline;
import io.ringmain.PipelineException;
import io.ringmain.PipelineState;
import io.ringmain.Report;
import io.ringmain.cli.letters.DiskStores;
import io.ringmain.cli.letters.LetterCommands;
import io.ringmain.cli.stat.RunCounters;
import io.ringmain.journal.ChronicleDeadLetters;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.FileSource;
import io.ringmain.logs.file.LineSource;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.logs.plan.AbsentField;
import io.ringmain.logs.plan.LetterSettings;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.PlanException;
import io.ringmain.logs.plan.PlanPipeline;
import io.ringmain.logs.plan.StandIns;
import io.ringmain.logs.plan.Stores;
import io.ringmain.logs.plan.Surroundings;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.Window;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Source;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One run of a plan, from the start to the end of its input or to a signal. */
final class PlanRun {

    private final Shell shell;
    private final Plan plan;
    private final StandardOutput out;
    private final PlanPipeline built;
    private final boolean keepsRows;
    private final List<String> problems = new ArrayList<>();
    private final Object counting = new Object();
    private final Function<String, String> commands;
    private @Nullable RunCounters counters;
    private boolean ended;

    /**
     * What a run left.
     *
     * @param plan what was run
     * @param report the report of the pipeline; null if there was none
     * @param problems what kept it from running, or from writing its results: a sentence each
     * @param sources the sources that read lines, by name
     * @param letters the dead letters
     * @param rows the rows of each aggregate, if they were wanted
     * @param aggregates the aggregates by the step's name, which know what they left out
     * @param windows the windows by the step's name, which know what came too late
     * @param unjudged how many events each step that judges series did not judge, for want of room
     * @param absentFields the fields that were asked for and in no line
     * @param isReaderGone whether it ended because the reader of standard output, for whom alone it ran, has seen enough
     */
    record Result(
            Plan plan,
            @Nullable Report report,
            List<String> problems,
            Map<String, LineSource> sources,
            List<DeadLetter> letters,
            Map<String, List<Map<String, Object>>> rows,
            Map<String, Aggregate> aggregates,
            Map<String, Window> windows,
            Map<String, Long> unjudged,
            List<AbsentField> absentFields,
            boolean isReaderGone) {

        /** Whether all is well: ended in order, nothing left, each event accounted for. */
        boolean succeeded() {
            return problems.isEmpty()
                    && report != null
                    && report.succeeded()
                    && report.accounts().balanced();
        }

        /** How many events came too late for the windows of a step. */
        long late(String step) {
            return report == null
                    ? 0
                    : report.stages().stream()
                            .filter(stage -> stage.name().equals(step))
                            .mapToLong(Report.StageReport::late)
                            .sum();
        }

        /** How many events a sink took. */
        long delivered(String sink) {
            return report == null
                    ? 0
                    : report.sinks().stream()
                            .filter(its -> its.name().equals(sink))
                            .mapToLong(Report.SinkReport::delivered)
                            .sum();
        }

        /** The bytes read from all sources; 0 if none counts them. */
        long bytes() {
            return sources.values().stream().mapToLong(LineSource::bytesRead).sum();
        }

        /** For people: where the event of {@code letter} came from. */
        String where(DeadLetter letter) {
            return where(letter.source(), letter.position());
        }

        /** Where in the input an event stands that its source put at {@code position}. */
        String where(String source, long position) {
            LineSource lines = sources.get(source);
            return lines == null ? source + ", position " + position : lines.where(position);
        }
    }

    /**
     * Builds what will run.
     *
     * @throws PlanException if the plan cannot be built
     * @throws PipelineException likewise, if core says so
     */
    PlanRun(Shell shell, Plan plan, StandIns standIns, boolean keepsRows) {
        this(shell, plan, standIns, keepsRows, new DiskStores(""));
    }

    /** As {@link #PlanRun(Shell, Plan, StandIns, boolean)}, with {@code stores} for what is kept on disk. */
    PlanRun(Shell shell, Plan plan, StandIns standIns, boolean keepsRows, Stores stores) {
        this.shell = shell;
        this.plan = plan;
        this.keepsRows = keepsRows;
        out = shell.screen().results();
        Surroundings surroundings =
                new Surroundings(shell.in(), out, host(), PlanRun::epochNs, System::nanoTime, stores);
        built = PlanPipeline.build(plan, surroundings, keepsRows, standIns);
        commands = commanded();
    }

    /** Whether a sink writes to standard output while the plan runs. */
    static boolean writesToConsole(Plan plan) {
        return plan.sinks().stream().anyMatch(PlanRun::isConsole);
    }

    private static boolean isConsole(Part sink) {
        return sink.kind().name().equals("console");
    }

    /** Whether nobody else has anything of the run than the reader of standard output. */
    private boolean isForTheReaderAlone() {
        return !keepsRows
                && plan.sinks().stream()
                        .allMatch(sink -> isConsole(sink) || sink.kind().name().equals("discard"));
    }

    private static long epochNs() {
        // tidy: the ingest time is shown to people and takes no part in any result.
        return System.currentTimeMillis() * 1_000_000;
    }

    /** Asked of the system's own file first: the name service may take seconds to say that it does not know. */
    private static String host() {
        try {
            Path file = Path.of("/etc/hostname");
            String name = Files.isReadable(file) ? Files.readString(file, UTF_8).strip() : "";
            return name.isEmpty() ? InetAddress.getLocalHost().getHostName() : name;
        } catch (IOException unknown) {
            return "localhost";
        }
    }

    /** Runs; called once. */
    Result run(Progress progress, Duration drain) {
        Map<String, LineSource> sources = lineSources(built, progress);
        @Nullable Report report;
        try (Pipeline<LogEvent> pipeline = built.pipeline()) {
            shell.signals().onFirst(signal -> end(signal, pipeline, drain, progress));
            // Nobody will see what comes behind a result that could not be written. Where its reader was the only one,
            // what
            // is on its way can be left, as cat and grep do.
            out.onFailure(() -> pipeline.drain(out.isReaderGone() && isForTheReaderAlone() ? Duration.ZERO : drain));
            report = run(pipeline, sources, progress);
        } finally {
            progress.stop();
            endCounting();
        }
        List<DeadLetter> letters = built.letters().letters();
        unwritten(letters);
        boolean isReaderGone = out.isReaderGone()
                && isForTheReaderAlone()
                && problems.isEmpty()
                && (report == null || !report.failed() || failedAtConsole(report));
        if (!isReaderGone) {
            outputProblem(report).ifPresent(problems::add);
        }
        return new Result(
                plan,
                report,
                problems,
                sources,
                letters,
                built.rows(),
                built.aggregates(),
                built.windows(),
                built.unjudged(),
                built.absentFields(),
                isReaderGone);
    }

    /** The first signal: what runs is drained; what is only printed by now, to somebody who does not read it, ends at once. */
    private void end(String signal, Pipeline<LogEvent> pipeline, Duration drain, Progress progress) {
        if (pipeline.state() == PipelineState.CLOSED) {
            out.abort();
            return;
        }
        progress.note(signal + ": draining, at most " + Numbers.seconds(drain) + "; a second signal halts at once");
        pipeline.drain(drain);
    }

    private boolean failedAtConsole(Report report) {
        return report.failures().stream().allMatch(failure -> plan.sinks().stream()
                .anyMatch(sink -> isConsole(sink) && sink.name().equals(failure.where())));
    }

    /** Whether standard output was to have what is left, be it rows that were only printed by now: else something before it was too slow. */
    private boolean isOwed(@Nullable Report report) {
        return report == null
                || report.accounts().inFlight() == 0
                || report.sinks().stream().filter(sink -> sink.inFlight() > 0).anyMatch(sink -> plan.sinks().stream()
                        .anyMatch(part -> isConsole(part) && part.name().equals(sink.name())));
    }

    private Optional<String> outputProblem(@Nullable Report report) {
        if (out.isReaderGone()) {
            return Optional.of(
                    "standard output: closed by its reader (expected: one that reads to the end); the run ended with it, not with its input");
        }
        if (out.isAborted() && isOwed(report)) {
            return Optional.of(
                    "standard output: not read in time (expected: a reader to the end); what is in flight was for it");
        }
        return out.failure()
                .map(failure -> "standard output: " + FailureKind.words(failure)
                        + " (expected: room, and a reader to the end); its result is lost");
    }

    /** What a step refused is wrong itself; what a sink could not write was right, and is lost when this program ends. */
    private void unwritten(List<DeadLetter> letters) {
        for (Part sink : plan.sinks()) {
            if (isConsole(sink) && out.isReaderGone()) {
                // Its reader did not want it.
                continue;
            }
            long count = letters.stream()
                    .filter(letter -> letter.stage().equals(sink.name()))
                    .count();
            if (count > 0) {
                problems.add(
                        sink.options().path() + ": " + Numbers.counted(count, "event")
                                + " could not be written (expected: room for all); kept nowhere but among the dead letters of this run");
            }
        }
    }

    /** Null if it could not be started: then there is nothing to give account of. */
    private @Nullable Report run(Pipeline<LogEvent> pipeline, Map<String, LineSource> sources, Progress progress) {
        try {
            pipeline.start();
        } catch (PipelineException failure) {
            problems.addAll(Failures.sentences(failure));
            return null;
        }
        progress.start(() -> reading(pipeline.reportWithoutTimes(), sources, progress), null, () -> {});
        return pipeline.await();
    }

    private static Map<String, LineSource> lineSources(PlanPipeline built, Progress progress) {
        Map<String, LineSource> sources = new LinkedHashMap<>();
        for (Map.Entry<String, Source<LogEvent>> source : built.sources().entrySet()) {
            if (source.getValue() instanceof LineSource lines) {
                sources.put(source.getKey(), lines);
            }
            if (source.getValue() instanceof FileSource files) {
                files.noticesTo(notice -> progress.note("note: " + Screen.plain(notice)));
            }
        }
        return sources;
    }

    private Reading reading(Report report, Map<String, LineSource> sources, Progress progress) {
        long read = 0;
        long total = 0;
        for (LineSource source : sources.values()) {
            read += source.bytesRead();
            total = source.bytesTotal() < 0 || total < 0 ? -1 : total + source.bytesTotal();
        }
        count(report, read, progress);
        Reading reading = Reading.of(report);
        return sources.isEmpty() ? reading : reading.withBytes(read, total);
    }

    /** The mapped file is opened with the first look: a run that is over by then needs none. */
    private void count(Report report, long bytes, Progress progress) {
        synchronized (counting) {
            if (ended) {
                return;
            }
            if (counters == null) {
                counters = shell.runs().open(plan.name(), progress::note);
            }
            counters.update(report, bytes);
            counters.obey(commands);
        }
    }

    /** Who carries out what other processes ask of this run. */
    private Function<String, String> commanded() {
        return built.store() instanceof ChronicleDeadLetters store
                        && plan.settings().letters() instanceof LetterSettings.OnDisk disk
                ? new LetterCommands(store, disk.path())
                : LetterCommands.NONE;
    }

    /** The rows of the aggregate {@code step} if it remembered what it has {@code saved}; empty if that step is no aggregate. */
    Optional<List<Map<String, Object>>> rows(String step, byte[] saved) throws IOException {
        return built.aggregates().containsKey(step) ? Optional.of(built.rows(step, saved)) : Optional.empty();
    }

    /** Where its dead letters go. */
    DeadLetters store() {
        return built.store();
    }

    private void endCounting() {
        synchronized (counting) {
            ended = true;
            if (counters != null) {
                counters.close();
            }
        }
    }
}
