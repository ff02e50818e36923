package io.ringmain.cli;

import picocli.CommandLine.Command;

/** Works with counters. */
@Command(
        name = "counters",
        description = {"Named counters that programs share.", ""},
        synopsisSubcommandLabel = "VERB",
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage, 78 counters that cannot be read."})
final class CountersCommand extends VerbsCommand {}
