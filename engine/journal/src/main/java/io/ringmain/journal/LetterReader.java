package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.journal.internal.queue.Salvage;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/**
 * Reads the letters in a directory, in any process, also while another one writes there: it takes no lock, writes nothing, and needs no flag of the
 * JVM. What is damaged it passes over; {@link #verify} says where that is.
 *
 * <p>It knows what became of letters as it was when the reader was made. That takes some 30 bytes of memory for each letter that is not open, and nothing for
 * one that is.
 *
 * <p>Thread: one at a time.
 */
public final class LetterReader implements Closeable {

    private final Path directory;
    private final MarkTable marks = new MarkTable();
    private final LetterFinder finder;

    private LetterReader(Path directory) throws IOException {
        this.directory = directory;
        finder = new LetterFinder(directory);
        eachExcerpt(cursor -> {
            LetterFormat.markAt(cursor).ifPresent(marks::add);
            return true;
        });
    }

    /** Returns a reader of the letters in {@code directory}. There are none if there is no such directory. */
    public static LetterReader open(Path directory) throws IOException {
        return new LetterReader(requireNonNull(directory, "directory"));
    }

    /** Hands all letters to {@code each}, oldest first, until it returns {@code false}. */
    public void read(Predicate<? super FoundLetter> each) throws IOException {
        eachExcerpt(cursor -> {
            Optional<Letter> letter = Letter.at(cursor);
            return letter.isEmpty() || each.test(found(letter.get()));
        });
    }

    private void eachExcerpt(Predicate<CycleCursor> each) throws IOException {
        for (CycleFile file : CycleFile.list(directory)) {
            try (var cursor = new CycleCursor(file)) {
                while (cursor.nextWhole()) {
                    if (!each.test(cursor)) {
                        return;
                    }
                }
            } catch (NoSuchFileException deleted) {
                // Purged meanwhile, with all that was in it.
            }
        }
    }

    private FoundLetter found(Letter letter) {
        long id = letter.id();
        long child = marks.child(id);
        return new FoundLetter(
                letter,
                marks.state(id),
                marks.timeNs(id),
                child == LetterFormat.NONE ? OptionalLong.empty() : OptionalLong.of(child));
    }

    /** Returns the letter {@code id}; empty if there is none, or it is damaged. Those that are asked for in order are found in one pass. */
    public Optional<FoundLetter> find(long id) throws IOException {
        return finder.find(id).map(this::found);
    }

    /**
     * Something that is wrong in a file.
     *
     * @param file where
     * @param position from where on in the file
     * @param end where something whole begins again; -1 if nothing does
     * @param what what was found there
     */
    public record Damage(Path file, long position, long end, String what) {

        private static Damage of(Salvage.Damage damage) {
            return new Damage(damage.file(), damage.position(), damage.end(), damage.what());
        }
    }

    /**
     * What was found in all files.
     *
     * @param files how many there are
     * @param letters how many are whole
     * @param marks how many notes there are of what became of letters
     * @param damages what is wrong, in order
     */
    public record Verified(int files, long letters, long marks, List<Damage> damages) {}

    /** Walks through all files. What a writer is just writing may be found as begun and not ended. */
    public Verified verify() throws IOException {
        List<CycleFile> files = CycleFile.list(directory);
        List<Damage> damages = new ArrayList<>();
        long[] counts = new long[LetterFormat.MARK + 1];
        for (CycleFile file : files) {
            Salvage.walk(
                    file,
                    cursor -> counts[Math.min(cursor.kind(), LetterFormat.MARK)]++,
                    damage -> damages.add(Damage.of(damage)));
        }
        return new Verified(files.size(), counts[LetterFormat.LETTER], counts[LetterFormat.MARK], List.copyOf(damages));
    }

    /**
     * Copies all that is whole to {@code to}, a directory that is empty or not there; letters keep their numbers. Nobody may be writing.
     *
     * @return what was found on the way
     */
    public Verified salvage(Path to) throws IOException {
        Files.createDirectories(to);
        if (!CycleFile.list(to).isEmpty()) {
            throw new IOException(to + ": has letters (expected: none); give another directory");
        }
        for (CycleFile file : CycleFile.list(directory)) {
            List<Salvage.Damage> damages = new ArrayList<>();
            Salvage.walk(file, cursor -> {}, damages::add);
            Salvage.copy(file, to, damages);
        }
        return verify();
    }

    @Override
    public void close() throws IOException {
        finder.close();
    }
}
