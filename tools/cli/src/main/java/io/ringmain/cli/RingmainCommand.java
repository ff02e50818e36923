package io.ringmain.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command without a verb: only says which verbs there are. */
@Command(
        name = "ringmain",
        description = "Moves log events through pre-allocated ring buffers: nothing lost silently, order kept.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Exit codes: 0 done, 1 failed or something left, 2 wrong usage, 78 a wrong plan."})
final class RingmainCommand implements Callable<Integer> {

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "no command (expected: " + Verbs.inWords() + ')');
    }
}
