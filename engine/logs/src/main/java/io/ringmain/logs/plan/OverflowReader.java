package io.ringmain.logs.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what a full ring does: a word, or a mapping of one word to its options. */
final class OverflowReader {

    private final String path;
    private final OptionSpec spec;
    private final Problems problems;

    /** What was chosen, and what the plan says about it. */
    record Chosen(Overflow overflow, Options options) {

        /** What {@link Overflow#SHED} goes by. */
        Written by() {
            List<Written> written = options.written(Overflow.BY);
            return written.isEmpty()
                    ? new Written(options.text(Overflow.BY), options.path(), options.mark(), null)
                    : written.get(0);
        }
    }

    private OverflowReader(String path, OptionSpec spec, Problems problems) {
        this.path = path;
        this.spec = spec;
        this.problems = problems;
    }

    /** Reads the option {@code spec} of a checked plan; empty if it is not given. */
    static Optional<Chosen> read(OptionSpec spec, Options options) {
        return read(spec, options, new Problems());
    }

    /** Reads the option {@code spec}; empty if it is not given, or wrong, which is reported. */
    static Optional<Chosen> read(OptionSpec spec, Options options, Problems problems) {
        String path = options.path(spec);
        return options.entry(spec).flatMap(entry -> new OverflowReader(path, spec, problems).read(entry));
    }

    private Optional<Chosen> read(Node.Entry given) {
        Node value = given.value();
        if (value instanceof Node.Entries entries && entries.entries().size() == 1) {
            Node.Entry only = entries.entries().get(0);
            return overflow(only.key(), only.mark()).flatMap(overflow -> read(overflow, only));
        }
        String word = Node.text(value).orElse("");
        if (word.isBlank()) {
            boolean isMapping = value instanceof Node.Entries;
            problem(
                    placeOf(given),
                    (isMapping ? "a mapping of several" : value.describe()) + " (expected: " + spec.expected() + ')',
                    isMapping
                            ? "one policy, and its options below it: " + spec.name()
                                    + ": {sample: {rate: 0.1, seed: 7}}"
                            : suchAs());
            return Optional.empty();
        }
        Overflow overflow = overflow(word, placeOf(given)).orElse(null);
        if (overflow != null && !overflow.standsAlone()) {
            problem(
                    placeOf(given),
                    word + " alone (expected: a mapping)",
                    "write " + spec.name() + ": " + overflow.example());
            return Optional.empty();
        }
        return Optional.ofNullable(overflow)
                .map(chosen -> new Chosen(
                        chosen, Options.of(path, placeOf(given), new Node.Entries(List.of(), placeOf(given)))));
    }

    private Optional<Chosen> read(Overflow overflow, Node.Entry entry) {
        String below = path + '.' + overflow.word();
        Node value = entry.value();
        if (overflow.options().isEmpty()) {
            problems.add(
                    entry.mark(),
                    below,
                    "a mapping (expected: the word alone)",
                    "write " + spec.name() + ": " + overflow.word());
            return Optional.empty();
        }
        Options options;
        if (value instanceof Node.Entries entries) {
            options = Options.of(below, entry.mark(), entries);
        } else if (overflow.shortForm().isPresent()) {
            options = Options.ofShort(below, entry.mark(), overflow.shortForm().get(), value);
        } else {
            problems.add(
                    placeOf(entry),
                    below,
                    value.describe() + " (expected: a mapping)",
                    "such as " + spec.name() + ": " + overflow.example());
            return Optional.empty();
        }
        int before = problems.count();
        OptionCheck.check(options, overflow.options(), problems);
        if (problems.count() == before && overflow == Overflow.ADAPTIVE_SAMPLE) {
            checkOrder(options);
        }
        return problems.count() == before ? Optional.of(new Chosen(overflow, options)) : Optional.empty();
    }

    private void checkOrder(Options options) {
        if (options.share(Overflow.BUSY_AT) > options.share(Overflow.CROWDED_AT)) {
            problems.add(
                    options.has(Overflow.BUSY_AT) ? options.mark(Overflow.BUSY_AT) : options.mark(Overflow.CROWDED_AT),
                    options.path(Overflow.BUSY_AT),
                    options.text(Overflow.BUSY_AT) + " (expected: at most crowded_at, "
                            + options.text(Overflow.CROWDED_AT) + ')',
                    "a ring is crowded later than it is busy");
        }
    }

    private Optional<Overflow> overflow(String word, @Nullable Mark place) {
        if (spec.choices().contains(word)) {
            return Arrays.stream(Overflow.values())
                    .filter(overflow -> overflow.word().equals(word))
                    .findFirst();
        }
        problem(place, word + " (expected: " + spec.expected() + ')', hint(word));
        return Optional.empty();
    }

    private String hint(String word) {
        if (word.equals(Overflow.SHED.word())) {
            return "what a line matters is not known before it is parsed; give it to a sink behind parse: sinks.NAME.when_full: shed";
        }
        return Overflow.OF_LINES.contains(word)
                ? "it chooses among what waits of all sources; set it for all, at the top level: when_full: " + word
                : Problems.didYouMean(word, spec.choices(), suchAs());
    }

    private String suchAs() {
        String byDefault = spec.defaultText().isEmpty() ? "" : "; without it " + spec.defaultText() + " holds";
        return "such as " + spec.name() + ": " + spec.example() + byDefault;
    }

    private static @Nullable Mark placeOf(Node.Entry entry) {
        Mark place = entry.value().isNothing() ? entry.mark() : entry.value().mark();
        return place == null ? entry.mark() : place;
    }

    private void problem(@Nullable Mark place, String message, String hint) {
        problems.add(place, path, message, hint);
    }
}
