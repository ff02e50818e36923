package io.ringmain.cli.letters;

import io.ringmain.journal.FoundLetter;
import io.ringmain.journal.LetterReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Looks at the letters in a directory, whoever writes there.
 *
 * <p>Thread: one.
 */
public final class LetterSight {

    private final Path directory;

    /** Looks at {@code directory}. */
    public LetterSight(Path directory) {
        this.directory = directory;
    }

    /** Hands the letters that {@code choice} means to {@code each}, oldest first, until it returns {@code false}. */
    public void each(LetterChoice choice, Predicate<FoundLetter> each) throws IOException {
        try (LetterReader reader = LetterReader.open(directory)) {
            if (!choice.ids().isEmpty()) {
                named(reader, choice, each);
                return;
            }
            reader.read(letter -> {
                try {
                    return !choice.takes(letter) || each.test(letter);
                } catch (IOException unreadable) {
                    throw new UncheckedIOException(unreadable);
                }
            });
        } catch (UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    /** Those that have a name are found one by one, however many there are. */
    private static void named(LetterReader reader, LetterChoice choice, Predicate<FoundLetter> each)
            throws IOException {
        for (long id : choice.ids().stream().sorted().toList()) {
            Optional<FoundLetter> letter = reader.find(id);
            if (letter.isPresent() && choice.takes(letter.get()) && !each.test(letter.get())) {
                return;
            }
        }
    }

    /** Returns the letter {@code id}; empty if there is none. */
    public Optional<FoundLetter> find(long id) throws IOException {
        try (LetterReader reader = LetterReader.open(directory)) {
            return reader.find(id);
        }
    }
}
