package io.ringmain.cli;

import io.ringmain.journal.LetterReader;
import io.ringmain.journal.LetterReader.Damage;
import io.ringmain.journal.LetterReader.Verified;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Looks whether the files of letters are whole. */
@Command(
        name = "verify",
        description = {"Look whether the files of dead letters are whole; say what is damaged, and save the rest.", ""},
        footer = {"", "Exit codes: 0 whole, 1 something is damaged, 2 wrong usage."})
final class DlqVerify implements Callable<Integer> {

    private final Screen screen;

    @Mixin
    private LetterOptions options = new LetterOptions();

    @Option(
            names = "--salvage",
            paramLabel = "DIR",
            description = "Copy all that is whole to this directory, which is empty or not there.")
    private @Nullable Path salvage;

    DlqVerify(Screen screen) {
        this.screen = screen;
    }

    @Override
    public Integer call() throws IOException {
        Verified found;
        try (LetterReader reader = LetterReader.open(options.directory())) {
            found = salvage == null ? reader.verify() : reader.salvage(salvage);
        }
        screen.out()
                .println(Numbers.counted(found.files(), "file") + ", " + Numbers.counted(found.letters(), "letter")
                        + ", " + Numbers.counted(found.marks(), "mark"));
        for (Damage damage : found.damages()) {
            screen.out()
                    .println(Screen.plain(damage.file() + ": byte " + damage.position() + ": " + damage.what()
                            + (damage.end() < 0
                                    ? "; nothing whole behind it"
                                    : "; whole again from byte " + damage.end())));
        }
        if (salvage != null) {
            screen.out().println("saved to " + Screen.plain(salvage.toString()));
        }
        return found.damages().isEmpty() ? ExitCodes.DONE : ExitCodes.FAILED;
    }
}
