package io.ringmain.cli;

import io.ringmain.cli.letters.LetterChoice;
import io.ringmain.cli.letters.LetterJson;
import io.ringmain.cli.letters.LetterSight;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.LongSupplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Writes letters for other programs. */
@Command(
        name = "export",
        description = {
            "Write dead letters to standard output, one JSON object a line: all that are chosen, whatever became of them.",
            "",
            "The payload is text where it is valid UTF-8, else payload_base64; event_base64 is the whole event.",
            ""
        },
        footer = {"", "Exit codes: 0 done, 1 the files cannot be read, 2 wrong usage."})
final class DlqExport implements Callable<Integer> {

    private final Screen screen;
    private final LongSupplier epochNs;

    @Mixin
    private LetterOptions options = new LetterOptions();

    DlqExport(Screen screen, LongSupplier epochNs) {
        this.screen = screen;
        this.epochNs = epochNs;
    }

    @Override
    public Integer call() throws IOException {
        LetterChoice choice = options.choice(Set.of(), epochNs.getAsLong());
        new LetterSight(options.directory()).each(choice, letter -> {
            screen.out().println(LetterJson.of(letter, true));
            return !screen.isReaderGone();
        });
        return ExitCodes.DONE;
    }
}
