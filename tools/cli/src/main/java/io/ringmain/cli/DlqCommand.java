package io.ringmain.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Works with dead letters on disk; does nothing without one of its verbs. */
@Command(
        name = "dlq",
        description = {
            "Look at the dead letters of a pipeline, mend them and try them again.",
            "",
            "They are in the directory that the plan names as dead_letters.path. Reading disturbs no run; what changes letters is done by",
            "the run that writes there, if there is one.",
            ""
        },
        synopsisSubcommandLabel = "VERB",
        footer = {"", "Exit codes: 0 done, 1 failed or something left, 2 wrong usage, 78 a wrong plan."})
final class DlqCommand implements Callable<Integer> {

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
