package io.ringmain.cli;

import io.ringmain.cli.letters.DiskStores;
import io.ringmain.cli.letters.PlanDigest;
import io.ringmain.journal.ChronicleDeadLetters;
import io.ringmain.journal.RetryRequest;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.plan.LetterSettings;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import io.ringmain.logs.plan.StandIns;
import io.ringmain.spi.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A run of a plan with nothing but some of its letters: its sources end at once, and its files are written behind what they have. */
final class LetterRun {

    private final Shell shell;
    private final Path file;
    private final Path directory;
    private final Set<String> pipelines;

    /**
     * Makes a run of the plan in {@code file} with letters of {@code directory}.
     *
     * @param pipelines whose letters they are
     */
    LetterRun(Shell shell, Path file, Path directory, Set<String> pipelines) {
        this.shell = shell;
        this.file = file;
        this.directory = directory;
        this.pipelines = pipelines;
    }

    /** What came of it: how the run ended, and what became of the letters as far as that is known. */
    record Outcome(int exitCode, List<RetryRequest.Result> results) {}

    Outcome retry(long[] ids) throws IOException {
        Plan plan = plan();
        if (plan == null) {
            return new Outcome(ExitCodes.CONFIG, List.of());
        }
        PlanRun run = new PlanRun(shell, plan, new Ended(), false, new DiskStores(PlanDigest.of(file, Map.of())));
        if (!(run.store() instanceof ChronicleDeadLetters store)) {
            throw new IllegalStateException("The plan keeps its letters on disk, and its store is " + run.store());
        }
        RetryRequest request = store.retries().request(ids);
        Progress progress = new Progress(shell.screen(), false, PlanRun.writesToConsole(plan));
        PlanRun.Result result = run.run(progress, plan.settings().drainWithin());
        if (!result.succeeded()) {
            new RunSummary(shell.screen(), result).print();
        }
        return new Outcome(result.succeeded() ? ExitCodes.DONE : ExitCodes.FAILED, request.results());
    }

    /** The plan, changed so that it adds to what is there; null if it is wrong, which has been said then. */
    private @Nullable Plan plan() throws IOException {
        Plan plan = PlanReading.read(shell.screen(), file, Map.of()).orElse(null);
        if (plan == null) {
            return null;
        }
        boolean isTheirs = plan.settings().letters() instanceof LetterSettings.OnDisk disk
                && Files.isDirectory(disk.path())
                && Files.isSameFile(disk.path(), directory);
        if (!isTheirs) {
            refuse("dead_letters.path: "
                    + (plan.settings().letters() instanceof LetterSettings.OnDisk disk ? disk.path() : "none")
                    + " (expected: " + directory + ')');
            return null;
        }
        if (!pipelines.equals(Set.of(plan.name()))) {
            refuse("name: " + plan.name() + " (expected: " + String.join(", ", pipelines) + ", as the letters say)");
            return null;
        }
        Map<String, String> changes = new LinkedHashMap<>();
        changes.put("when_full", "block");
        for (Part sink : plan.sinks()) {
            if (sink.kind().name().equals("file")) {
                changes.put("sinks." + sink.name() + ".append", "true");
            }
        }
        return PlanReading.read(shell.screen(), file, changes).orElse(null);
    }

    private void refuse(String problem) {
        shell.screen()
                .err()
                .println("ringmain dlq: " + file + ": " + Screen.plain(problem)
                        + "; give the plan that the letters are of");
        shell.screen().err().flush();
    }

    /** Nothing is read but the letters. */
    private static final class Ended implements StandIns {

        @Override
        public Optional<Source<LogEvent>> source(Part part) {
            return Optional.of((intake, max) -> Source.Status.END);
        }
    }
}
