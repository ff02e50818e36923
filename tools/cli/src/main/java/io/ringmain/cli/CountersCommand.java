package io.ringmain.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Works with counters; does nothing without its verb. */
@Command(
        name = "counters",
        description = {"Named counters that programs share.", ""},
        synopsisSubcommandLabel = "VERB",
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 78 counters that cannot be read."})
final class CountersCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "no verb (expected: " + String.join(", ", spec.subcommands().keySet()) + ')');
    }
}
