package io.ringmain.cli;

import io.ringmain.cli.letters.PlanDigest;
import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFull;
import io.ringmain.journal.ChronicleJournalReader;
import io.ringmain.journal.JournalRun;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.NamedType;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.StandIns;
import io.ringmain.spi.Digest;
import io.ringmain.spi.DigestSink;
import io.ringmain.spi.Sink;
import io.ringmain.spi.SinkDigest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
            "Run a plan once more with what a journal has kept of an earlier run. Sinks are not written to; each only adds up a digest of what it",
            "is given, which says whether the results are the same.",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 done, 1 failed, or (--verify) other results than the run had, 2 wrong usage, 78 wrong plan."
        })
final class ReplayCommand implements Callable<Integer> {

    private final Shell shell;
    private final Screen screen;

    @Mixin
    private JournalOptionsOfRun options = new JournalOptionsOfRun();

    @Mixin
    private PlanOverrides overrides = new PlanOverrides();

    @Option(names = "--pipeline", paramLabel = "FILE", required = true, description = "The plan, in YAML.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path file;

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

    @Option(names = "--state", paramLabel = "STEP", description = "Show at the end what this step remembers.")
    private @Nullable String state;

    @Option(names = "--verify", description = "End with 1 if a sink is given something else than in the run.")
    private boolean verify;

    @Option(names = "--report", paramLabel = "FILE", description = "Write the account as one JSON object at the end.")
    private @Nullable Path reportFile;

    ReplayCommand(Shell shell) {
        this.shell = shell;
        screen = shell.screen();
    }

    @Override
    public Integer call() throws IOException {
        Replaying how = how();
        JournalRun run = options.run();
        Plan plan = PlanReading.read(screen, file, overrides.byPath()).orElse(null);
        if (plan == null) {
            return ExitCodes.CONFIG;
        }
        if (!run.plan().isEmpty() && !run.plan().equals(PlanDigest.of(file, overrides.byPath()))) {
            say("note: " + file + " is not as it was in the run");
        }
        run.damage().forEach(damage -> say("damaged: " + damage));
        Map<String, DigestSink<LogEvent>> sinks = new LinkedHashMap<>();
        PlanRun.Result result;
        try (ChronicleJournalReader reader = ChronicleJournalReader.openPastDamage(options.directory(), run)) {
            PlanRun replay =
                    new PlanRun(shell, plan, new Repeated(new StandIns.Replay(reader, how), sinks), reportFile != null);
            result = replay.run(
                    new Progress(screen, false, false), plan.settings().drainWithin());
        }
        new RunSummary(screen, result).print();
        boolean isWhole = run.isWhole() && from == 0 && until == null && since == null && before == null;
        boolean isSame = compare(run, sinks, isWhole);
        boolean succeeded = result.succeeded() && (isSame || !verify);
        if (reportFile != null) {
            Files.write(reportFile, (RunJson.of(result) + '\n').getBytes(StandardCharsets.UTF_8));
        }
        return succeeded ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private Replaying how() {
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
        return state == null
                ? how
                : how.showing(state, (part, bytes) -> screen.out()
                        .println(part + ": " + Numbers.counted(bytes.length, "byte") + '\n'
                                + new String(bytes, StandardCharsets.ISO_8859_1)
                                        .replaceAll("[^ -~]+", " ")
                                        .strip()));
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
    private boolean compare(JournalRun run, Map<String, DigestSink<LogEvent>> sinks, boolean isWhole) {
        List<SinkDigest> recorded = run.foot().map(foot -> foot.sinks()).orElse(List.of());
        boolean isSame = isWhole;
        for (Map.Entry<String, DigestSink<LogEvent>> sink : sinks.entrySet()) {
            Digest digest = sink.getValue().digest();
            Optional<SinkDigest> its = recorded.stream()
                    .filter(one -> one.sink().equals(sink.getKey()))
                    .findFirst();
            String verdict = "nothing to compare with";
            if (isWhole && its.isPresent()) {
                boolean contradicts = its.get().isContradictedBy(digest);
                isSame &= !contradicts;
                verdict = contradicts
                        ? "NOT as in the run: "
                                + Numbers.counted(its.get().digest().events(), "event") + ", "
                                + its.get().digest().inOrder()
                        : "as in the run";
            } else {
                isSame = false;
            }
            screen.out()
                    .println(sink.getKey() + ": " + Numbers.counted(digest.events(), "event") + ", " + digest.inOrder()
                            + ", " + verdict);
        }
        if (verify && !isWhole) {
            say("--verify: " + (run.isWhole() ? "only a part was replayed" : "the run is not whole")
                    + " (expected: all of a whole run)");
        }
        screen.out().flush();
        return isSame;
    }

    private void say(String text) {
        screen.err().println("ringmain replay: " + Screen.plain(text));
        screen.err().flush();
    }

    /** The journal instead of the sources, digests instead of the sinks, and nothing kept. */
    private record Repeated(StandIns.Replay repeated, Map<String, DigestSink<LogEvent>> sinks) implements StandIns {

        @Override
        public Optional<Replay> replay() {
            return Optional.of(repeated);
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
