package io.ringmain.cli;

import io.ringmain.journal.JournalRun;
import io.ringmain.journal.LetterId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The directory of a journal, and which of its runs is meant. */
final class JournalOptionsOfRun {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(
            index = "0",
            paramLabel = "DIR",
            description = "The directory of the journal: journal.path of the plan.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path directory;

    @Option(names = "--run", paramLabel = "ID", description = "The run, as info shows it; the last one if left out.")
    private @Nullable String id;

    private List<JournalRun> runs = List.of();

    /** The directory; wrong usage if there is none. */
    Path directory() {
        if (!Files.isDirectory(directory)) {
            throw wrong("DIR: " + directory + ": no directory (expected: journal.path of the plan)");
        }
        return directory;
    }

    /** The directory as that of a queue; wrong usage if there is none. The library would make nothing of it, and say nothing. */
    Path queue() throws IOException {
        if (Files.isDirectory(directory)) {
            try (Stream<Path> files = Files.list(directory)) {
                if (files.anyMatch(file -> file.toString().endsWith(".cq4"))) {
                    return directory;
                }
            }
        }
        throw wrong("DIR: " + directory + ": no queue (expected: a directory with files that end with .cq4)");
    }

    /** Whether the option with that name was given. */
    boolean isGiven(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    /** The run that is meant; wrong usage if there is none. */
    JournalRun run() throws IOException {
        runs = JournalRun.in(directory());
        if (runs.isEmpty()) {
            throw wrong("DIR: " + directory
                    + ": no run (expected: at least one); replay --queue reads what another program has written");
        }
        if (id == null) {
            return runs.get(runs.size() - 1);
        }
        Optional<JournalRun> named =
                runs.stream().filter(run -> LetterId.text(run.id()).equals(id)).findFirst();
        return named.orElseThrow(() -> wrong("--run: " + id + " (expected: one of info)"));
    }

    /** Says which run was taken, where none was named and there are several. */
    Optional<String> taken(JournalRun run) {
        return id == null && runs.size() > 1
                ? Optional.of("run " + LetterId.text(run.id()) + ", the last of " + runs.size()
                        + "; --run names another, see journal info")
                : Optional.empty();
    }

    /** Says that {@code run}, which was asked for, did not begin with nothing, and what else could be replayed. */
    String goesOn(JournalRun run) {
        Optional<JournalRun> first = runs.stream()
                .filter(one -> one.head().checkpoint() == 0 && one.id() < run.id())
                .filter(one -> one.head().pipeline().equals(run.head().pipeline()))
                .reduce((earlier, later) -> later);
        return "run " + LetterId.text(run.id()) + " went on from checkpoint "
                + run.head().checkpoint()
                + " of an earlier one, and what its steps remembered is not in the journal (expected: a run that began with nothing); "
                + first.map(one -> "replay that with --run " + LetterId.text(one.id()) + ", or ")
                        .orElse("")
                + "begin with nothing and other results with --force";
    }

    /** Says what is wrong with an option of the verb itself. */
    ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
