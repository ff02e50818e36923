package io.ringmain.logs.plan;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Reads how the work of a step is spread, which stands beside the step's kind. */
final class SpreadReader {

    /** The words beside a kind that say it. */
    static final List<String> WORDS =
            Arrays.stream(Spread.Way.values()).map(Spread.Way::word).distinct().toList();

    private final Problems problems;
    private final String path;

    /** Makes a reader of the step at {@code path}. */
    SpreadReader(Problems problems, String path) {
        this.problems = problems;
        this.path = path;
    }

    /** Returns what {@code item} says, a step of {@code kind}; empty if it says nothing, or something wrong. */
    Optional<Spread> read(Node.Entries item, StepKind kind) {
        List<Node.Entry> given = item.entries().stream()
                .filter(entry -> WORDS.contains(entry.key()))
                .toList();
        if (given.isEmpty()) {
            return Optional.empty();
        }
        if (given.size() > 1) {
            problem(
                    given.get(1),
                    "beside " + given.get(0).key() + " (expected: one of the two)",
                    "pool gives events to whoever is free, partition to the lane of their key");
            return Optional.empty();
        }
        return read(given.get(0), kind);
    }

    private Optional<Spread> read(Node.Entry entry, StepKind kind) {
        Spread.Way way = way(kind, entry.key()).orElse(null);
        if (way == null) {
            problem(
                    entry,
                    "not for " + kind.name() + " (expected: beside " + Words.or(kindsWith(entry.key())) + ')',
                    "remove it; " + kind.name() + " goes by all events in their order");
            return Optional.empty();
        }
        Options options = options(entry, way).orElse(null);
        if (options == null) {
            return Optional.empty();
        }
        Set<OptionSpec> wrong = OptionCheck.check(options, way.options(), problems);
        if (way == Spread.Way.POOL && wrong.isEmpty() && options.number(Spread.MIN) > options.number(Spread.MAX)) {
            problems.add(
                    options.mark(Spread.MIN),
                    options.path(Spread.MIN),
                    options.text(Spread.MIN) + " (expected: at most max, " + options.text(Spread.MAX) + ')',
                    "raise max, or remove min for " + Spread.MIN.defaultText());
            return Optional.empty();
        }
        return Optional.of(new Spread(way, options));
    }

    private Optional<Options> options(Node.Entry entry, Spread.Way way) {
        Node value = entry.value();
        String place = path + '.' + way.word();
        if (value instanceof Node.Entries entries) {
            return Optional.of(Options.of(place, entry.mark(), entries));
        }
        if (way.shortForm().isPresent()) {
            return Optional.of(
                    Options.ofShort(place, entry.mark(), way.shortForm().get(), value));
        }
        Mark mark = value.isNothing() ? entry.mark() : value.mark();
        problems.add(mark, place, value.describe() + " (expected: a mapping)", "such as " + way.example());
        return Optional.empty();
    }

    private static Optional<Spread.Way> way(Kind kind, String word) {
        return kind.spreads().stream().filter(way -> way.word().equals(word)).findFirst();
    }

    private static List<String> kindsWith(String word) {
        return Kinds.all(Role.STEP).stream()
                .filter(kind -> way(kind, word).isPresent())
                .map(Kind::name)
                .toList();
    }

    private void problem(Node.Entry entry, String message, String hint) {
        problems.add(entry.mark(), path + '.' + entry.key(), message, hint);
    }
}
