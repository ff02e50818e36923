package io.ringmain.cli;

import io.ringmain.cli.letters.DiskStores;
import io.ringmain.cli.letters.PlanDigest;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.StandIns;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Runs a plan until its input ends. */
@Command(
        name = "run",
        description = {"Run a plan until its input ends, and say what became of each event.", ""},
        footer = {
            "",
            "Results go to the sinks; progress and the account go to standard error.",
            "SIGINT or SIGTERM drains the pipeline and reports; a second one halts at once.",
            "A reader who has seen enough, such as head, ends it quietly if nothing else is kept.",
            "Exit codes: 0 done or drained, 1 failed or something left, 2 wrong usage,",
            "78 wrong plan, 130 or 143 halted."
        })
final class RunCommand implements Callable<Integer> {

    private final Shell shell;
    private final Screen screen;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", description = "The plan, in YAML.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path file;

    @Mixin
    private PlanOverrides overrides = new PlanOverrides();

    @Option(names = "--report", paramLabel = "FILE", description = "Write the account as one JSON object at the end.")
    private @Nullable Path reportFile;

    @Option(names = "--quiet", description = "No progress, and no account unless something is wrong.")
    private boolean quiet;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description =
                    "The account as text on standard error, or as json on standard output (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            description = "How long a drain after a signal may take, such as 500ms, 10s, 1m; else what the plan says.")
    private @Nullable Duration drain;

    RunCommand(Shell shell) {
        this.shell = shell;
        screen = shell.screen();
    }

    @Override
    public Integer call() {
        Plan plan = PlanReading.read(screen, file, overrides.byPath()).orElse(null);
        if (plan == null) {
            return ExitCodes.CONFIG;
        }
        checkFormat(plan);
        Optional<String> problem = ReportFile.problem(reportFile, file, plan);
        if (problem.isPresent()) {
            say(problem.get());
            return ExitCodes.FAILED;
        }
        boolean keepsRows = reportFile != null || format == Format.JSON;
        Progress progress = new Progress(screen, quiet, PlanRun.writesToConsole(plan));
        Duration within = drain == null ? plan.settings().drainWithin() : drain;
        PlanRun.Result result = new PlanRun(
                        shell, plan, StandIns.NONE, keepsRows, new DiskStores(PlanDigest.of(file, overrides.byPath())))
                .run(progress, within);
        return finish(result);
    }

    private void checkFormat(Plan plan) {
        for (Part sink : plan.sinks()) {
            if (format == Format.JSON && sink.kind().name().equals("console")) {
                throw new ParameterException(
                        spec.commandLine(),
                        "--format: json, but sinks." + sink.name()
                                + " writes to standard output itself (expected: one of the two); use --report FILE");
            }
        }
    }

    private int finish(PlanRun.Result result) {
        if (result.isReaderGone()) {
            return ExitCodes.DONE;
        }
        boolean succeeded = result.succeeded();
        if ((!quiet && format == Format.TEXT) || !succeeded) {
            new RunSummary(screen, result).print();
        }
        if (format == Format.JSON) {
            screen.out().println(RunJson.of(result));
            screen.out().flush();
        }
        if (reportFile != null) {
            Optional<String> problem = ReportFile.write(reportFile, RunJson.of(result) + '\n');
            problem.ifPresent(this::say);
            succeeded &= problem.isEmpty();
        }
        return succeeded ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void say(String text) {
        screen.say("run", text);
    }
}
