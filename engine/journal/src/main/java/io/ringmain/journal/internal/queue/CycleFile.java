package io.ringmain.journal.internal.queue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One file of a queue. Its name is that of a day, for the queue thinks that it rolls daily; the days are counted from 0.
 *
 * @param cycle its number; excerpts in it have this number in the upper half of theirs
 * @param path where it lies
 * @param isAside whether it was found damaged and put out of the writer's way; what is whole in it is read like any other
 */
public record CycleFile(int cycle, Path path, boolean isAside) {

    private static final Pattern NAME = Pattern.compile("(\\d{8})F\\.cq4(\\.damaged)?");

    /** The number of the file that has the excerpt {@code id}. */
    public static int cycleOf(long id) {
        return Excerpt.cycle(id);
    }

    /** Returns the file of {@code cycle} in {@code directory}, whether there is one or not. */
    static CycleFile of(Path directory, int cycle) {
        String day = DateTimeFormatter.BASIC_ISO_DATE.format(LocalDate.ofEpochDay(cycle));
        return new CycleFile(cycle, directory.resolve(day + "F.cq4"), false);
    }

    /** Returns the files in {@code directory}, oldest first; none if there is no directory. */
    public static List<CycleFile> list(Path directory) throws IOException {
        try (Stream<Path> paths = Files.list(directory)) {
            return paths.map(CycleFile::named)
                    .filter(Objects::nonNull)
                    .sorted(Comparator.comparingInt(CycleFile::cycle))
                    .toList();
        } catch (NoSuchFileException | NotDirectoryException nothing) {
            return List.of();
        }
    }

    private static @Nullable CycleFile named(Path path) {
        Matcher name = NAME.matcher(Objects.toString(path.getFileName()));
        if (!name.matches()) {
            return null;
        }
        LocalDate day = LocalDate.parse(name.group(1), DateTimeFormatter.BASIC_ISO_DATE);
        return new CycleFile(Math.toIntExact(day.toEpochDay()), path, name.group(2) != null);
    }

    /** Returns this file under the name that puts it aside. */
    CycleFile aside() {
        return new CycleFile(cycle, path.resolveSibling(path.getFileName() + ".damaged"), true);
    }
}
