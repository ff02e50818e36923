package io.ringmain.cli;

import io.ringmain.cli.stat.RunDirectory;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Reads and checks the options of the demo. */
@Command(
        name = "demo",
        description = {
            "Send made-up log lines through a pipeline and report what became of each.",
            "",
            "  generator -> parse -> filter (level >= INFO) -> enrich (env=demo, ingest_time)",
            "            -> count (by level and source) -> print",
            ""
        },
        footer = {
            "",
            "SIGINT or SIGTERM drains the pipeline and prints the report; a second one halts at once.",
            "Exit codes: 0 done or drained, 1 failed or something left, 2 wrong usage, 130 or 143 halted."
        })
final class DemoCommand implements Callable<Integer> {

    private static final long LINES_DEFAULT = 5_000_000;

    private final Screen screen;
    private final Signals signals;
    private final RunDirectory runs;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Option(
            names = "--lines",
            paramLabel = "N",
            description = "How many lines; 5,000,000 if neither this nor --seconds is given.")
    private @Nullable Long lines;

    @Option(names = "--seconds", paramLabel = "S", description = "How many seconds; whichever limit comes first ends.")
    private @Nullable Integer seconds;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "42",
            description = "Same seed, same lines (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Option(
            names = "--drain",
            paramLabel = "TIME",
            defaultValue = "10s",
            description = "How long a drain may take, such as 500ms, 10s, 1m (default: ${DEFAULT-VALUE}).")
    private Duration drain = Duration.ofSeconds(10);

    DemoCommand(Screen screen, Signals signals, RunDirectory runs) {
        this.screen = screen;
        this.signals = signals;
        this.runs = runs;
    }

    @Override
    public Integer call() {
        if (lines != null && lines < 1) {
            throw wrong("--lines: " + lines + " (expected: >= 1); leave it out for " + Numbers.count(LINES_DEFAULT));
        }
        if (seconds != null && seconds < 1) {
            throw wrong("--seconds: " + seconds + " (expected: >= 1); leave it out to run by --lines");
        }
        long linesMax = lines != null ? lines : seconds != null ? Long.MAX_VALUE : LINES_DEFAULT;
        Duration runMax = seconds == null ? null : Duration.ofSeconds(seconds);
        return new Demo(new Demo.Options(linesMax, runMax, seed, drain), screen, signals, runs).run();
    }

    private ParameterException wrong(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
