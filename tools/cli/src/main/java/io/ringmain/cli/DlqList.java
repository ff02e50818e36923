package io.ringmain.cli;

import io.ringmain.cli.letters.EventText;
import io.ringmain.cli.letters.LetterChoice;
import io.ringmain.cli.letters.LetterJson;
import io.ringmain.cli.letters.LetterSight;
import io.ringmain.cli.letters.Tally;
import io.ringmain.journal.FoundLetter;
import io.ringmain.journal.LetterId;
import io.ringmain.journal.LetterState;
import io.ringmain.logs.JsonText;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows which letters there are, or counts them. */
@Command(
        name = "list",
        description = {"List dead letters, oldest first; those that are open, unless --state says otherwise.", ""},
        footer = {"", "Exit codes: 0 shown, 1 the files cannot be read, 2 wrong usage."})
final class DlqList implements Callable<Integer> {

    private static final String INDENT = "  ";

    private final Screen screen;
    private final LongSupplier epochNs;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "100",
            description = "Show at most so many (default: ${DEFAULT-VALUE}).")
    private long limit = 100;

    @Option(names = "--count", description = "Only count them.")
    private boolean counts;

    @Option(
            names = "--by",
            paramLabel = "WORD",
            description = "Count them by reason, stage, source, state or pipeline.")
    private @Nullable String by;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text, or json: an object per letter, each in a line (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    DlqList(Screen screen, LongSupplier epochNs) {
        this.screen = screen;
        this.epochNs = epochNs;
    }

    @Override
    public Integer call() throws IOException {
        LetterSight sight = new LetterSight(options.directory());
        LetterChoice choice = options.choice(Set.of(LetterState.OPEN), epochNs.getAsLong());
        if (counts || by != null) {
            count(sight, choice);
        } else {
            list(sight, choice);
        }
        return ExitCodes.DONE;
    }

    private void count(LetterSight sight, LetterChoice choice) throws IOException {
        Tally tally;
        try {
            tally = new Tally(by == null ? "state" : by);
        } catch (IllegalArgumentException wrong) {
            throw options.wrong(String.valueOf(wrong.getMessage()));
        }
        sight.each(choice, entry -> {
            tally.add(entry);
            return true;
        });
        if (format == Format.JSON) {
            JsonText json = new JsonText().beginObject().name("count").number(tally.count());
            if (by != null) {
                json.name("by").object(tally.counts());
            }
            screen.out().println(json.endObject());
        } else if (by == null) {
            screen.out().println(tally.count());
        } else {
            Table table = new Table("<" + by, "letters");
            tally.counts().forEach((word, count) -> table.row(Screen.plain(word), Numbers.count(count)));
            table.lines(screen.outColumns()).forEach(screen.out()::println);
        }
    }

    private void list(LetterSight sight, LetterChoice choice) throws IOException {
        long[] shown = {0, 0};
        sight.each(choice, entry -> {
            shown[1]++;
            if (shown[0] < limit) {
                shown[0]++;
                show(entry);
            }
            return !screen.isReaderGone();
        });
        if (shown[1] > shown[0]) {
            screen.err()
                    .println("ringmain dlq: the first " + Numbers.count(shown[0]) + " of " + Numbers.count(shown[1])
                            + "; see more with --limit, or choose by --stage, --reason, --since");
            screen.err().flush();
        } else if (shown[1] == 0 && format == Format.TEXT) {
            screen.err().println("ringmain dlq: no such letter");
            screen.err().flush();
        }
    }

    private void show(FoundLetter entry) {
        if (format == Format.JSON) {
            screen.out().println(LetterJson.of(entry, false));
            return;
        }
        String head = LetterId.text(entry.letter().id())
                + INDENT
                + LetterJson.time(entry.letter().timeNs())
                + INDENT
                + (entry.state() == LetterState.OPEN ? "" : LetterJson.word(entry.state()) + INDENT)
                + entry.letter().stage()
                + INDENT
                + entry.letter().reason()
                + INDENT;
        String line = head + Screen.plain(EventText.shown(entry.letter()));
        int columns = screen.outColumns();
        screen.out().println(line.length() <= columns ? line : line.substring(0, columns - 3) + "...");
    }
}
