package io.ringmain.cli;

import io.ringmain.journal.JournalRun;
import io.ringmain.journal.LetterId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
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

    /** The directory; wrong usage if there is none. */
    Path directory() {
        if (!Files.isDirectory(directory)) {
            throw wrong("DIR: " + directory + ": no directory (expected: journal.path of the plan)");
        }
        return directory;
    }

    /** The run that is meant; wrong usage if there is none. */
    JournalRun run() throws IOException {
        List<JournalRun> runs = JournalRun.in(directory());
        if (runs.isEmpty()) {
            throw wrong("DIR: " + directory + ": no run (expected: at least one)");
        }
        if (id == null) {
            return runs.get(runs.size() - 1);
        }
        Optional<JournalRun> named =
                runs.stream().filter(run -> LetterId.text(run.id()).equals(id)).findFirst();
        return named.orElseThrow(() -> wrong("--run: " + id + " (expected: one of info)"));
    }

    /** Says what is wrong with an option of the verb itself. */
    ParameterException wrong(String problem) {
        return new ParameterException(spec.commandLine(), problem);
    }
}
