package io.ringmain.cli;

import io.ringmain.cli.letters.LetterSight;
import io.ringmain.cli.letters.RunningStore;
import io.ringmain.journal.LetterState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import java.util.stream.LongStream;
import org.agrona.collections.LongHashSet;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says of letters that they are not needed any more. */
@Command(
        name = "purge",
        description = {
            "Mark open dead letters as not needed any more, and delete the files in which none is open then.",
            "",
            "Name letters, choose some, or say --all. Without open letters it only frees what is held by those that are done with.",
            ""
        },
        footer = {"", "Exit codes: 0 done, 1 failed, 2 wrong usage."})
final class DlqPurge implements Callable<Integer> {

    private final Shell shell;
    private final Screen screen;
    private final LongSupplier epochNs;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Option(names = "--all", description = "All that are open.")
    private boolean all;

    @Option(names = "--dry-run", description = "Only say how many letters that would be.")
    private boolean dryRun;

    DlqPurge(Shell shell, LongSupplier epochNs) {
        this.shell = shell;
        this.epochNs = epochNs;
        screen = shell.screen();
    }

    @Override
    public Integer call() throws IOException {
        if (all == options.choosesLetters()) {
            throw options.wrong(
                    all
                            ? "--all: beside a choice (expected: one of them)"
                            : "no letter is named or chosen (expected: numbers, --reason, --until and so on, or --all)");
        }
        Path directory = options.directory();
        LongStream.Builder builder = LongStream.builder();
        new LetterSight(directory).each(options.choice(Set.of(LetterState.OPEN), epochNs.getAsLong()), letter -> {
            if (letter.state() == LetterState.OPEN) {
                builder.add(letter.letter().id());
            }
            return true;
        });
        long[] ids = builder.build().sorted().toArray();
        if (dryRun) {
            screen.out().println("would purge " + Numbers.counted(ids.length, "letter"));
            return ExitCodes.DONE;
        }
        Optional<RunningStore> running = RunningStore.find(shell.runs(), directory);
        long purged = running.isPresent() ? purge(running.get(), ids) : purge(directory, ids);
        screen.out().println("purged " + Numbers.counted(purged, "letter"));
        return ExitCodes.DONE;
    }

    private static long purge(RunningStore running, long[] ids) throws IOException {
        long purged = 0;
        for (String ranges : running.ranges(ids)) {
            purged += running.purge(ranges);
        }
        return purged;
    }

    private static long purge(Path directory, long[] ids) throws IOException {
        LongHashSet chosen = new LongHashSet();
        for (long id : ids) {
            chosen.add(id);
        }
        return StoppedStore.change(directory, store -> store.purge(
                        letter -> chosen.contains(letter.letter().id()))
                .marked());
    }
}
