package io.ringmain.cli;

import io.ringmain.cli.RunLook.State;
import io.ringmain.cli.stat.RunDirectory;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.SystemEpochClock;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Shows what other processes of the user are doing. */
@Command(
        name = "stat",
        description = {
            "Show the counts of your runs on this machine, while they go on and without disturbing them.",
            "",
            "A run keeps its counts in a mapped file, PID.cnc in a directory of its user; they are at most a second old.",
            "A run that was killed leaves its file, which the next run removes; until then it is shown as stale.",
            ""
        },
        footer = {"", "Exit codes: 0 shown, 1 no such run, 2 wrong usage."})
final class StatCommand implements Callable<Integer> {

    private static final String CLEAR = "\u001b[H\u001b[2J";

    private final Screen screen;
    private final RunDirectory runs;
    private final EpochClock clock;
    private final BooleanSupplier untilNext;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(paramLabel = "PID", arity = "0..1", description = "The process to look at; all if left out.")
    private @Nullable Long pid;

    @Option(names = "--watch", description = "Look again every second, until the runs have ended or Ctrl-C.")
    private boolean watch;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json: an object per run and look, each in a line (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    StatCommand(Screen screen, Signals signals, RunDirectory runs) {
        this(screen, runs, SystemEpochClock.INSTANCE, new Seconds(signals));
    }

    /** Waits for the next look by {@code untilNext}, which is false when there is none. */
    StatCommand(Screen screen, RunDirectory runs, EpochClock clock, BooleanSupplier untilNext) {
        this.screen = screen;
        this.runs = runs;
        this.clock = clock;
        this.untilNext = untilNext;
    }

    @Override
    public Integer call() throws IOException {
        if (pid != null && pid < 1) {
            throw new ParameterException(
                    spec.commandLine(), "PID: " + pid + " (expected: >= 1); leave it out to see all runs");
        }
        String missing = RunDirectory.missingFlag();
        if (missing != null) {
            say(missing);
            return 1;
        }
        try (RunLooks looks = new RunLooks(runs, pid, this::say)) {
            List<RunLook> first = looks.next();
            show(first);
            if (first.stream().allMatch(look -> look.state() == State.STALE)) {
                say(noRun(first));
                return 1;
            }
            List<RunLook> seen = first;
            while (watch && isAnyRunning(seen) && !screen.out().checkError() && untilNext.getAsBoolean()) {
                seen = looks.next();
                show(seen);
            }
        }
        return 0;
    }

    private static boolean isAnyRunning(List<RunLook> looks) {
        return looks.stream().anyMatch(look -> look.state() == State.RUNNING);
    }

    private String noRun(List<RunLook> stale) throws IOException {
        if (!stale.isEmpty()) {
            return "no run (expected: a living one); what is shown was left by one that died";
        }
        if (pid == null) {
            return "no run (expected: one of yours, with its file in " + runs.path() + "); start one: ringmain demo";
        }
        List<Long> others = runs.pids();
        return "no run with PID " + pid + " (expected: "
                + (others.isEmpty() ? "one of yours, with its file in " + runs.path() : "one of " + others) + ')';
    }

    private void say(String text) {
        screen.say("stat", text);
    }

    private void show(List<RunLook> looks) {
        if (format == Format.JSON) {
            looks.forEach(look -> screen.out().println(StatJson.of(look, clock.time())));
        } else {
            if (watch && screen.isOutTerminal()) {
                screen.out().print(CLEAR);
            }
            StatText text = new StatText(screen, clock.time());
            looks.forEach(text::print);
        }
        screen.out().flush();
    }

    /** Waits a second, or until a signal. */
    private static final class Seconds implements BooleanSupplier {
        private final Signals signals;
        private final CountDownLatch stop = new CountDownLatch(1);
        private boolean listening;

        Seconds(Signals signals) {
            this.signals = signals;
        }

        @Override
        public boolean getAsBoolean() {
            if (!listening) {
                // Not before: without --watch the usual end by a signal is right.
                listening = true;
                signals.onFirst(signal -> stop.countDown());
            }
            try {
                return !stop.await(1, TimeUnit.SECONDS);
            } catch (InterruptedException unexpected) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
