package io.ringmain.logs.plan;

import io.ringmain.config.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Reads whether a plan keeps a journal. What is wrong is reported and read as none. */
final class JournalOptions {

    static final String JOURNAL = "journal";

    private static final OptionSpec PATH = OptionSpec.of(
                    "path", OptionType.PATH, "var/journal", "The directory in which all input is kept, to be replayed.")
            .required();

    private static final OptionSpec DURABILITY = OptionSpec.choice(
                    "durability",
                    List.of("os", "fsync"),
                    "What it survives behind each checkpoint: os, the death of the process; fsync, a power cut too.")
            .defaulting("os");

    private static final OptionSpec BYTES = OptionSpec.of(
            "bytes",
            OptionType.SIZE,
            "10GiB",
            "How much disk it takes, about: the oldest runs that are over make room; a run that takes all of it stops. No bound if not said.");

    private static final OptionSpec AGE = OptionSpec.of(
            "age", OptionType.DURATION, "30d", "How long runs are kept when they are over; for ever if not said.");

    /** The options of {@link #JOURNAL}. */
    static final List<OptionSpec> ALL = List.of(PATH, DURABILITY, BYTES, AGE);

    private JournalOptions() {}

    static Optional<JournalSettings> read(Node.Entries root, Problems problems) {
        Node.Entry entry = root.find(JOURNAL).orElse(null);
        if (entry == null) {
            return Optional.empty();
        }
        if (!(entry.value() instanceof Node.Entries entries)) {
            problems.add(
                    entry.value().mark(),
                    JOURNAL,
                    entry.value().describe() + " (expected: a mapping)",
                    "such as journal: {path: var/journal}");
            return Optional.empty();
        }
        Options options = Options.of(JOURNAL, entry.mark(), entries);
        if (!OptionCheck.check(options, ALL, problems).isEmpty()) {
            return Optional.empty();
        }
        if (options.has(BYTES)) {
            LettersReader.checkDiskBytes(options, BYTES, problems);
        }
        return Optional.of(new JournalSettings(
                Path.of(options.text(PATH)),
                Durability.valueOf(options.text(DURABILITY).toUpperCase(Locale.ROOT)),
                options.has(BYTES) ? OptionalLong.of(options.number(BYTES)) : OptionalLong.empty(),
                options.has(AGE) ? Optional.of(options.duration(AGE)) : Optional.<Duration>empty()));
    }
}
