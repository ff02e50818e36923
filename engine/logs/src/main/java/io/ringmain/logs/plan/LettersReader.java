package io.ringmain.logs.plan;

import io.ringmain.config.Durability;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.spi.MemoryDeadLetters;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads where a plan keeps its dead letters. What is wrong is reported and read as the default. */
final class LettersReader {

    static final String DEAD_LETTERS = "dead_letters";

    private static final String DROP_OLDEST = "drop_oldest";
    private static final long DISK_BYTES_DEFAULT = 1L << 30;
    private static final long DISK_BYTES_MIN = 4L << 20;

    private static final OptionSpec PATH = OptionSpec.of(
            "path",
            OptionType.PATH,
            "var/dead-letters",
            "The directory in which they are kept, also when the process ends; without it they are kept in memory.");

    static final OptionSpec CAPACITY = OptionSpec.of(
                    "capacity",
                    OptionType.NUMBER,
                    "1000",
                    "In memory, how many there may be; when there is no room for another, the pipeline stops.")
            .defaulting(Integer.toString(MemoryDeadLetters.CAPACITY_DEFAULT))
            .between(1, Integer.MAX_VALUE);

    static final OptionSpec BYTES = OptionSpec.of(
                    "bytes",
                    OptionType.SIZE,
                    "16MiB",
                    "How much memory or disk they take, about; 64MiB in memory and 1GiB on disk if not said.")
            .between(1, Long.MAX_VALUE);

    private static final OptionSpec DURABILITY = OptionSpec.choice(
                    "durability",
                    List.of("os", "fsync"),
                    "On disk, what a letter survives: os, the death of the process; fsync, a power cut too.")
            .defaulting("os");

    private static final OptionSpec AGE = OptionSpec.of(
            "age",
            OptionType.DURATION,
            "30d",
            "On disk, with when_full: drop_oldest, how long they are kept; for ever if not said.");

    private static final OptionSpec WHEN_FULL = OptionSpec.choice(
                    "when_full",
                    List.of("block", "stop", DROP_OLDEST),
                    "On disk, what happens when there is no room: hold the pipeline back, stop it, or give up the oldest letters.")
            .defaulting("block");

    /** The options of {@link #DEAD_LETTERS}. */
    static final List<OptionSpec> ALL = List.of(PATH, CAPACITY, BYTES, DURABILITY, AGE, WHEN_FULL);

    private final Problems problems;

    LettersReader(Problems problems) {
        this.problems = problems;
    }

    LetterSettings read(Node.Entries root) {
        Node.Entry entry = root.find(DEAD_LETTERS).orElse(null);
        if (entry == null) {
            return LetterSettings.DEFAULT;
        }
        if (!(entry.value() instanceof Node.Entries entries)) {
            problems.add(
                    entry.value().mark(),
                    DEAD_LETTERS,
                    entry.value().describe() + " (expected: a mapping)",
                    "such as dead_letters: {path: var/dead-letters}");
            return LetterSettings.DEFAULT;
        }
        Options options = Options.of(DEAD_LETTERS, entry.mark(), entries);
        if (!OptionCheck.check(options, ALL, problems).isEmpty()) {
            return LetterSettings.DEFAULT;
        }
        return options.has(PATH) ? onDisk(options) : inMemory(options);
    }

    private LetterSettings inMemory(Options options) {
        Stream.of(DURABILITY, AGE, WHEN_FULL)
                .filter(options::has)
                .forEach(option -> problems.add(
                        options.mark(option),
                        options.path(option),
                        "without path (expected: path, capacity or bytes)",
                        "add path: var/dead-letters, so that they are kept on disk"));
        return new LetterSettings.InMemory(
                (int) options.number(CAPACITY),
                options.has(BYTES) ? options.number(BYTES) : MemoryDeadLetters.BYTES_MAX_DEFAULT);
    }

    private LetterSettings onDisk(Options options) {
        if (options.has(CAPACITY)) {
            problems.add(
                    options.mark(CAPACITY),
                    options.path(CAPACITY),
                    "beside path (expected: bytes or age)",
                    "remove it; on disk letters are bounded by their bytes and their age");
        }
        if (options.has(BYTES)) {
            checkDiskBytes(options, BYTES, problems);
        }
        String whenFull = options.text(WHEN_FULL);
        boolean dropsOldest = whenFull.equals(DROP_OLDEST);
        if (options.has(AGE) && !dropsOldest) {
            problems.add(
                    options.mark(AGE),
                    options.path(AGE),
                    "beside when_full: " + whenFull + (options.has(WHEN_FULL) ? "" : ", the default")
                            + " (expected: when_full: drop_oldest)",
                    "choose drop_oldest, which gives letters up, or remove the age");
        }
        return new LetterSettings.OnDisk(
                Path.of(options.text(PATH)),
                Durability.valueOf(options.text(DURABILITY).toUpperCase(Locale.ROOT)),
                options.has(BYTES) ? options.number(BYTES) : DISK_BYTES_DEFAULT,
                options.has(AGE) && dropsOldest ? Optional.of(options.duration(AGE)) : Optional.<Duration>empty(),
                whenFull.equals("stop") ? WhenLettersFull.STOP : WhenLettersFull.BLOCK,
                dropsOldest);
    }

    /** Reports that {@code option} is too small to be kept in files. */
    static void checkDiskBytes(Options options, OptionSpec option, Problems problems) {
        long bytes = options.number(option);
        if (bytes < DISK_BYTES_MIN) {
            problems.add(
                    options.mark(option),
                    options.path(option),
                    Amount.text(OptionType.SIZE, bytes) + " (expected: >= "
                            + Amount.text(OptionType.SIZE, DISK_BYTES_MIN) + ')',
                    "give it more; the files grow by a megabyte at a time");
        }
    }
}
