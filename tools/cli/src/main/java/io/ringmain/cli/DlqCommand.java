package io.ringmain.cli;

import picocli.CommandLine.Command;

/** Works with dead letters on disk. */
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
final class DlqCommand extends VerbsCommand {}
