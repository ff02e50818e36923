package io.ringmain.cli;

import io.ringmain.PipelineException;
import io.ringmain.cli.ReplayAnswer.Verdict;
import io.ringmain.cli.letters.PlanDigest;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFull;
import io.ringmain.journal.ChronicleJournalReader;
import io.ringmain.journal.JournalRun;
import io.ringmain.journal.QueueSource;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.NamedType;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.PlanException;
import io.ringmain.logs.plan.StandIns;
import io.ringmain.spi.Digest;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.Sink;
import io.ringmain.spi.SinkDigest;
import io.ringmain.spi.Source;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Repeats a run that a journal has kept. */
@Command(
        name = "replay",
        description = {
            "Run a plan once more with what a journal has kept of an earlier run, or with a queue of another program. Sinks are not written to;",
            "each only adds up a digest of what it is given, which says whether the results are the same.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, or (--verify) other results than the run had, 2 wrong usage, 78 wrong plan."
        })
final class ReplayCommand implements Callable<Integer> {

    /** What only a run in a journal has: slots, times of entry, digests of its sinks. */
    private static final List<String> OF_RUNS =
            List.of("--run", "--from", "--until", "--since", "--before", "--speed", "--state", "--force", "--verify");

    /** How core's sentence begins when a step remembers nothing. */
    private static final String NOT_SHOWN = "replaying.showing: ";

    private final Shell shell;
    private final Screen screen;

    @Mixin
    private JournalOptionsOfRun options = new JournalOptionsOfRun();

    @Mixin
    private PlanOverrides overrides = new PlanOverrides();

    @Option(names = "--pipeline", paramLabel = "FILE", required = true, description = "The plan, in YAML.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path file;

    @Option(
            names = "--queue",
            paramLabel = "EXCERPTS",
            description =
                    "DIR is no journal but a Chronicle queue that another program has written, as text or as bytes; each excerpt is"
                            + " a line of the plan's source.")
    private @Nullable String queue;

    @Option(names = "--from", paramLabel = "N", description = "Begin at this slot; see journal dump.")
    private long from;

    @Option(names = "--until", paramLabel = "N", description = "End with this slot.")
    private @Nullable Long until;

    @Option(names = "--since", paramLabel = "TIME", description = "Begin so long after the begin of the run.")
    private @Nullable Duration since;

    @Option(names = "--before", paramLabel = "TIME", description = "End so long after the begin of the run.")
    private @Nullable Duration before;

    @Option(
            names = "--speed",
            paramLabel = "SPEED",
            defaultValue = "max",
            description = "max, real, or how many times as fast, such as 10x (default: ${DEFAULT-VALUE}).")
    private String speed = "max";

    @Option(
            names = "--state",
            paramLabel = "STEP",
            description =
                    "Show at the end what this step remembers: the groups of an aggregate, of others how much it is.")
    private @Nullable String state;

    @Option(
            names = "--force",
            description = "Begin with nothing, although the run went on from a checkpoint: its results are others.")
    private boolean force;

    @Option(names = "--verify", description = "End with 1 if a sink is given something else than in the run.")
    private boolean verify;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the account as one JSON object at the end.")
    private @Nullable Path reportFile;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    private boolean reported = true;

    ReplayCommand(Shell shell) {
        this.shell = shell;
        screen = shell.screen();
    }

    @Override
    public Integer call() throws IOException {
        return queue == null ? replayRun() : replayQueue(queue);
    }

    private int replayRun() throws IOException {
        Map<String, byte[]> saved = new LinkedHashMap<>();
        Replaying how = how(saved);
        JournalRun run = options.run();
        if (run.head().checkpoint() > 0 && !force) {
            throw options.wrong(options.goesOn(run));
        }
        Plan plan = PlanReading.read(screen, file, overrides.byPath()).orElse(null);
        if (plan == null) {
            return ExitCodes.CONFIG;
        }
        if (!canReport(plan)) {
            return ExitCodes.FAILED;
        }
        options.taken(run).ifPresent(this::say);
        if (!run.head().pipeline().equals(plan.name())) {
            say("note: the run is of pipeline " + run.head().pipeline() + ", and " + file + " is of " + plan.name());
        } else if (!run.plan().isEmpty() && !run.plan().equals(PlanDigest.of(file, overrides.byPath()))) {
            say("note: " + file + " is not as it was in the run");
        }
        run.damage().forEach(damage -> say("damaged: " + damage));
        Map<String, DigestSink<LogEvent>> sinks = new LinkedHashMap<>();
        var answer = new ReplayAnswer(screen, format);
        PlanRun.Result result;
        try (ChronicleJournalReader reader = ChronicleJournalReader.openPastDamage(options.directory(), run)) {
            var repeated = new Repeated(Optional.of(new StandIns.Replay(reader, how)), Optional.empty(), sinks);
            PlanRun replay = build(plan, repeated);
            result = run(replay, plan);
            remembered(replay, saved, answer);
        }
        boolean isSame = compare(run, sinks, answer);
        answer.end();
        return result.succeeded() && reported && (isSame || !verify) ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    /** Runs the plan with what somebody else's queue has, instead of its source. */
    private int replayQueue(String excerpts) throws IOException {
        if (!excerpts.equals("text") && !excerpts.equals("bytes")) {
            throw options.wrong("--queue: " + excerpts + " (expected: text or bytes, as its excerpts were written)");
        }
        for (String option : OF_RUNS) {
            if (options.isGiven(option)) {
                throw options.wrong(option + ": beside --queue (expected: the run of a journal); leave it out");
            }
        }
        Path directory = options.queue();
        Plan plan = PlanReading.read(screen, file, overrides.byPath()).orElse(null);
        if (plan == null) {
            return ExitCodes.CONFIG;
        }
        if (!canReport(plan)) {
            return ExitCodes.FAILED;
        }
        if (plan.sources().size() > 1) {
            throw options.wrong("--queue: beside a plan of " + plan.sources().size()
                    + " sources (expected: one, in whose place the queue is read); make a plan without the others");
        }
        QueueSource<LogEvent> source = excerpts.equals("text")
                ? QueueSource.text(directory, ReplayCommand::fill)
                : QueueSource.bytes(directory, ReplayCommand::fill);
        Map<String, DigestSink<LogEvent>> sinks = new LinkedHashMap<>();
        var repeated = new Repeated(Optional.empty(), Optional.of(source), sinks);
        PlanRun.Result result = run(build(plan, repeated), plan);
        var answer = new ReplayAnswer(screen, format);
        sinks.forEach((name, sink) -> answer.sink(name, sink.digest(), Verdict.NOT_COMPARED, ""));
        answer.end();
        return result.succeeded() && reported ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    /** An excerpt is a line as it is; of one that is too long the event says so. */
    private static void fill(LogEvent event, byte[] bytes, int length) {
        event.setLine(bytes, 0, length);
    }

    private boolean canReport(Plan plan) {
        Optional<String> problem = ReportFile.problem(reportFile, file, plan);
        problem.ifPresent(this::say);
        return problem.isEmpty();
    }

    private PlanRun build(Plan plan, Repeated repeated) {
        try {
            return new PlanRun(shell, plan, repeated, reportFile != null);
        } catch (PlanException | PipelineException refused) {
            for (String sentence : Failures.sentences(refused)) {
                if (state != null && sentence.contains(NOT_SHOWN)) {
                    throw options.wrong(sentence.substring(sentence.indexOf(NOT_SHOWN))
                            .replace(NOT_SHOWN, "--state: ")
                            .replaceAll("stage |emitter ", ""));
                }
            }
            throw refused;
        }
    }

    private PlanRun.Result run(PlanRun replay, Plan plan) {
        PlanRun.Result result =
                replay.run(new Progress(screen, false, false), plan.settings().drainWithin());
        new RunSummary(screen, result, false).print();
        if (reportFile != null) {
            Optional<String> problem = ReportFile.write(reportFile, RunJson.of(result) + '\n');
            problem.ifPresent(this::say);
            reported = problem.isEmpty();
        }
        return result;
    }

    private Replaying how(Map<String, byte[]> saved) {
        if (from < 0 || (until != null && until < from)) {
            throw options.wrong(
                    "--from, --until: " + from + ", " + until + " (expected: 0 or more, and until not before from)");
        }
        Replaying how = Replaying.ALL.from(from).speed(speed());
        if (until != null) {
            how = how.until(until);
        }
        if (since != null) {
            how = how.since(since);
        }
        if (before != null) {
            how = how.before(before);
        }
        return state == null ? how : how.showing(state, saved::put);
    }

    /** Takes up what the step remembers: an aggregate as one, a partition in one part for each group of keys. */
    private void remembered(PlanRun replay, Map<String, byte[]> saved, ReplayAnswer answer) throws IOException {
        if (state == null || saved.isEmpty()) {
            return;
        }
        byte[] all = saved.get(state);
        long bytes = saved.values().stream().mapToLong(part -> part.length).sum();
        answer.state(
                state,
                bytes,
                saved.size(),
                all == null ? null : replay.rows(state, all).orElse(null));
    }

    private double speed() {
        if (speed.equals("max")) {
            return Double.POSITIVE_INFINITY;
        }
        if (speed.equals("real")) {
            return 1;
        }
        if (speed.matches("\\d{1,6}(\\.\\d{1,6})?x")
                && Double.parseDouble(speed.substring(0, speed.length() - 1)) > 0) {
            return Double.parseDouble(speed.substring(0, speed.length() - 1));
        }
        throw options.wrong("--speed: " + speed + " (expected: max, real, or a number such as 10x)");
    }

    /** Shows the digests; returns whether none contradicts the run's. */
    private boolean compare(JournalRun run, Map<String, DigestSink<LogEvent>> sinks, ReplayAnswer answer) {
        String incomparable = incomparable(run);
        List<SinkDigest> recorded = run.foot().map(foot -> foot.sinks()).orElse(List.of());
        boolean isSame = incomparable.isEmpty();
        for (Map.Entry<String, DigestSink<LogEvent>> sink : sinks.entrySet()) {
            Digest digest = sink.getValue().digest();
            Optional<SinkDigest> its = recorded.stream()
                    .filter(one -> one.sink().equals(sink.getKey()))
                    .findFirst();
            if (incomparable.isEmpty() && its.isPresent()) {
                boolean contradicts = its.get().isContradictedBy(digest);
                isSame &= !contradicts;
                String inTheRun = ": " + Numbers.counted(its.get().digest().events(), "event") + ", "
                        + its.get().digest().inOrder();
                answer.sink(
                        sink.getKey(),
                        digest,
                        contradicts ? Verdict.NOT_AS_IN_THE_RUN : Verdict.AS_IN_THE_RUN,
                        contradicts ? inTheRun : "");
            } else {
                isSame = false;
                answer.sink(sink.getKey(), digest, Verdict.NOT_COMPARED, "");
            }
        }
        if (verify && !incomparable.isEmpty()) {
            say("--verify: " + incomparable + " (expected: all of a whole run)");
        }
        return isSame;
    }

    /** Why the results cannot be those of the run; empty if they can. */
    private String incomparable(JournalRun run) {
        if (!run.isWhole()) {
            return "the run is not whole";
        }
        if (run.head().checkpoint() > 0) {
            return "the run went on from a checkpoint";
        }
        boolean isAll = from == 0 && until == null && since == null && before == null;
        return isAll ? "" : "only a part was replayed";
    }

    private void say(String text) {
        screen.say("replay", text);
    }

    /** A journal or a queue instead of the sources, digests instead of the sinks, and nothing kept. */
    private record Repeated(
            Optional<Replay> replay, Optional<Source<LogEvent>> queue, Map<String, DigestSink<LogEvent>> sinks)
            implements StandIns {

        @Override
        public Optional<Source<LogEvent>> source(Part part) {
            return queue;
        }

        @Override
        public Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
            DigestSink<LogEvent> sink = new DigestSink<>(new NamedType(keys));
            sinks.put(part.name(), sink);
            return Optional.of(sink);
        }

        @Override
        public WhenFull whenFull(WhenFull asked) {
            return WhenFull.block();
        }

        @Override
        public boolean keepsState() {
            return false;
        }
    }
}
