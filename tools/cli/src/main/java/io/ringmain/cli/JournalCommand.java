package io.ringmain.cli;

import picocli.CommandLine.Command;

/** Works with journals. */
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
final class JournalCommand extends VerbsCommand {}
