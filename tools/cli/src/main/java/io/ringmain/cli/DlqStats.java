package io.ringmain.cli;

import io.ringmain.cli.letters.LetterChoice;
import io.ringmain.cli.letters.LetterJson;
import io.ringmain.cli.letters.LetterSight;
import io.ringmain.cli.letters.Tally;
import io.ringmain.logs.JsonText;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sums up a directory of letters. */
@Command(
        name = "stats",
        description = {"Count dead letters by what became of them, where they failed and why.", ""},
        footer = {"", "Exit codes: 0 shown, 1 the files cannot be read, 2 wrong usage."})
final class DlqStats implements Callable<Integer> {

    private final Screen screen;
    private final LongSupplier epochNs;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    DlqStats(Screen screen, LongSupplier epochNs) {
        this.screen = screen;
        this.epochNs = epochNs;
    }

    @Override
    public Integer call() throws IOException {
        LetterChoice choice = options.choice(Set.of(), epochNs.getAsLong());
        Tally states = new Tally("state");
        Tally stages = new Tally("stage");
        Tally reasons = new Tally("reason");
        long[] times = {Long.MAX_VALUE, Long.MIN_VALUE};
        new LetterSight(options.directory()).each(choice, letter -> {
            states.add(letter);
            stages.add(letter);
            reasons.add(letter);
            times[0] = Math.min(times[0], letter.letter().timeNs());
            times[1] = Math.max(times[1], letter.letter().timeNs());
            return true;
        });
        long bytes = bytes(options.directory());
        if (format == Format.JSON) {
            json(states, stages, reasons, times, bytes);
        } else {
            text(states, stages, reasons, times, bytes);
        }
        return ExitCodes.DONE;
    }

    private void json(Tally states, Tally stages, Tally reasons, long[] times, long bytes) {
        JsonText json = new JsonText().beginObject().name("count").number(states.count());
        json.name("bytes").number(bytes);
        if (states.count() > 0) {
            json.name("oldest").string(LetterJson.time(times[0]));
            json.name("newest").string(LetterJson.time(times[1]));
        }
        json.name("state").object(states.counts());
        json.name("stage").object(stages.counts());
        json.name("reason").object(reasons.counts());
        screen.out().println(json.endObject());
    }

    private void text(Tally states, Tally stages, Tally reasons, long[] times, long bytes) {
        screen.out().println(Numbers.counted(states.count(), "letter") + ", files of " + Numbers.bytes(bytes));
        if (states.count() > 0) {
            screen.out().println("from " + LetterJson.time(times[0]) + " to " + LetterJson.time(times[1]));
        }
        table("state", states.counts());
        table("stage", stages.counts());
        table("reason", reasons.counts());
    }

    private void table(String word, Map<String, Long> counts) {
        if (counts.isEmpty()) {
            return;
        }
        screen.out().println();
        Table table = new Table("<" + word, "letters");
        counts.forEach((each, count) -> table.row(Screen.plain(each), Numbers.count(count)));
        table.lines(screen.outColumns()).forEach(screen.out()::println);
    }

    private static long bytes(Path directory) throws IOException {
        long bytes = 0;
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                try {
                    bytes += Files.size(file);
                } catch (NoSuchFileException purged) {
                    // Gone since it was listed.
                }
            }
        }
        return bytes;
    }
}
