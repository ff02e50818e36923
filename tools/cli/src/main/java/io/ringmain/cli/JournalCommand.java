package io.ringmain.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Works with journals; does nothing without one of its verbs. */
@Command(
        name = "journal",
        description = {
            "Look at what runs were given and a journal has kept; ringmain replay repeats it.",
            "",
            "A journal is in the directory that the plan names as journal.path. Reading disturbs no run.",
            ""
        },
        synopsisSubcommandLabel = "VERB",
        footer = {"", "Exit codes: 0 done, 1 failed or damaged, 2 wrong usage."})
final class JournalCommand implements Callable<Integer> {

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
