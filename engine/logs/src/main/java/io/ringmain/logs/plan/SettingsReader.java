package io.ringmain.logs.plan;

import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenFull;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads what a plan says about the pipeline as a whole. What is wrong is reported and read as its default. */
final class SettingsReader {

    static final OptionSpec NAME =
            OptionSpec.of("name", OptionType.TEXT, "shop-access", "The pipeline's name; without it the file's.");

    static final OptionSpec WHEN_FULL = OptionSpec.policy(
                    "when_full",
                    Overflow.OF_LINES,
                    "What happens to events that find the ring full: hold the source back, or drop some and count them.")
            .defaulting("block");

    static final OptionSpec WHEN_FAILED = OptionSpec.fate(
                    "when_failed",
                    "What happens to events that fail: stop the pipeline, drop and count them, or keep them as dead letters.")
            .required();

    static final OptionSpec DRAIN_WITHIN = OptionSpec.of(
                    "drain_within",
                    OptionType.DURATION,
                    "10s",
                    "How long the rest may take when the pipeline is stopped before its input ends.")
            .defaulting("10s");

    private final Node.Entries root;
    private final @Nullable Mark mark;
    private final Set<String> meant;
    private final Problems problems;
    private final Options options;

    /**
     * Reads the entries of {@code root} that are settings; {@code mark} is where what is missing should be, unless it was {@code meant} by
     * another name, which has been reported.
     */
    SettingsReader(Node.Entries root, @Nullable Mark mark, Set<String> meant, Problems problems) {
        this.meant = meant;
        this.root = root;
        this.mark = mark;
        this.problems = problems;
        List<OptionSpec> simple = List.of(NAME, WHEN_FULL, DRAIN_WITHIN);
        List<String> names = simple.stream().map(OptionSpec::name).toList();
        List<Node.Entry> mine = root.entries().stream()
                .filter(entry -> names.contains(entry.key()))
                .toList();
        options = Options.of("", mark, new Node.Entries(mine, root.mark()));
        OptionCheck.check(options, simple, problems);
    }

    String name(String otherwise) {
        return options.has(NAME) ? options.text(NAME) : otherwise;
    }

    /** Reads the settings of a pipeline with {@code sinks}, which may keep dead letters where it does not itself. */
    Settings read(List<Part> sinks) {
        WhenFull whenFull = OverflowReader.read(WHEN_FULL, options)
                .map(chosen -> chosen.overflow().policy(chosen.options()))
                .orElse(WhenFull.block());
        Optional<WhenFailed> whenFailed = whenFailed();
        boolean keepsNone = whenFailed.filter(fate -> !fate.buries()).isPresent();
        if (keepsNone && sinks.stream().noneMatch(OwnDelivery::mayBury)) {
            refuseLetters();
        }
        return new Settings(
                whenFull,
                whenFailed.orElse(WhenFailed.stop()),
                new LettersReader(problems).read(root),
                JournalOptions.read(root, problems),
                options.duration(DRAIN_WITHIN));
    }

    /** Empty if it is missing or wrong, which has been reported. */
    private Optional<WhenFailed> whenFailed() {
        if (root.find(WHEN_FAILED.name()).isEmpty() && !meant.contains(WHEN_FAILED.name())) {
            problems.add(
                    mark,
                    WHEN_FAILED.name(),
                    "missing (expected: " + WHEN_FAILED.expected() + ')',
                    "add when_failed: dead_letter, so that a failed event has a fate");
        }
        return FateReader.read(WHEN_FAILED, Options.of("", mark, root), problems);
    }

    /** Somebody who asks for dead letters believes to have them. */
    private void refuseLetters() {
        root.find(LettersReader.DEAD_LETTERS)
                .ifPresent(letters -> problems.add(
                        letters.mark(),
                        LettersReader.DEAD_LETTERS,
                        "there are none, as when_failed does not keep them (expected: when_failed: dead_letter)",
                        "remove it, or set when_failed: dead_letter, or {retry: 3, then: dead_letter}"));
    }
}
