package io.ringmain.cli;

import io.ringmain.cli.letters.EventText;
import io.ringmain.cli.letters.LetterJson;
import io.ringmain.cli.letters.LetterSight;
import io.ringmain.journal.FoundLetter;
import io.ringmain.journal.Letter;
import io.ringmain.journal.LetterId;
import io.ringmain.journal.LetterState;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows one letter whole. */
@Command(
        name = "show",
        description = {"Show one dead letter: what failed, where and why, what became of it, and its payload.", ""},
        footer = {"", "Exit codes: 0 shown, 1 no such letter, 2 wrong usage."})
final class DlqShow implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Option(names = "--payload", description = "Only the payload, byte for byte.")
    private boolean payloadOnly;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "text",
            description = "text or json (default: ${DEFAULT-VALUE}).")
    private Format format = Format.TEXT;

    DlqShow(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        long id = options.only();
        LetterSight sight = new LetterSight(options.directory());
        Optional<FoundLetter> found = sight.find(id);
        if (found.isEmpty()) {
            screen.err().println("ringmain dlq: no letter " + LetterId.text(id) + " (expected: one of list)");
            screen.err().flush();
            return ExitCodes.FAILED;
        }
        if (payloadOnly) {
            try (OutputStream out = screen.results()) {
                out.write(found.get().letter().payload());
            }
        } else if (format == Format.JSON) {
            screen.out().println(LetterJson.of(found.get(), true));
        } else {
            show(found.get());
        }
        return ExitCodes.DONE;
    }

    private void show(FoundLetter entry) {
        Letter letter = entry.letter();
        field("letter", LetterId.text(letter.id()));
        field("time", LetterJson.time(letter.timeNs()));
        field("state", state(entry));
        letter.parent().ifPresent(parent -> field("was", "letter " + LetterId.text(parent)));
        field("pipeline", letter.pipeline());
        field("failed at", letter.stage());
        field("reason", letter.reason());
        field("message", letter.message());
        field("attempts", Integer.toString(letter.attempts()));
        field("source", letter.source() + ", position " + letter.position());
        field("payload", Numbers.counted(letter.payload().length, "byte"));
        screen.out().println();
        screen.out().println(Screen.plain(EventText.shown(letter)));
    }

    private static String state(FoundLetter entry) {
        if (entry.state() == LetterState.OPEN) {
            return "open";
        }
        String child = entry.child().isPresent()
                ? "; see letter " + LetterId.text(entry.child().getAsLong())
                : "";
        return LetterJson.word(entry.state()) + " at " + LetterJson.time(entry.stateTimeNs()) + child;
    }

    private void field(String name, String value) {
        screen.out().println(name + " ".repeat(Math.max(1, 11 - name.length())) + Screen.plain(value));
    }
}
