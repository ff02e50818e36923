package io.ringmain.logs.plan;

import io.ringmain.logs.Nearest;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Checks options against their specs: unknown, missing and ill-typed ones. What needs the fields of a place is not its matter. */
final class OptionCheck {

    private final Options options;
    private final List<OptionSpec> specs;
    private final Problems problems;
    private final Set<OptionSpec> wrong = new HashSet<>();
    private final Set<String> meant = new HashSet<>();

    private OptionCheck(Options options, List<OptionSpec> specs, Problems problems) {
        this.options = options;
        this.specs = specs;
        this.problems = problems;
    }

    /** Adds what is wrong to {@code problems}; returns the specs whose values cannot be used. */
    static Set<OptionSpec> check(Options options, List<OptionSpec> specs, Problems problems) {
        OptionCheck check = new OptionCheck(options, specs, problems);
        options.entries().forEach(check::known);
        specs.forEach(check::value);
        return check.wrong;
    }

    private void known(Node.Entry entry) {
        List<String> names = specs.stream().map(OptionSpec::name).toList();
        if (!names.contains(entry.key())) {
            String path = options.path().isEmpty() ? entry.key() : options.path() + '.' + entry.key();
            String expected = names.isEmpty() ? "none" : Words.or(names);
            Optional<String> glued = Problems.beforeColon(entry.key(), names);
            glued.or(() -> Nearest.to(entry.key(), names)).ifPresent(meant::add);
            problems.add(
                    entry.mark(),
                    path,
                    "no such option (expected: " + expected + ')',
                    glued.isPresent()
                            ? Problems.SPACE
                            : Problems.didYouMean(entry.key(), names, otherwise(entry.key())));
        }
    }

    private String otherwise(String key) {
        boolean isOfStep = options.path().startsWith(Role.STEP.section() + '[');
        return isOfStep && SpreadReader.WORDS.contains(key)
                ? "put it beside the kind, not below it, as name: stands"
                : "remove it";
    }

    private void value(OptionSpec spec) {
        Node node = options.node(spec).orElse(null);
        if (node == null) {
            wrong.addAll(spec.isRequired() ? Set.of(spec) : Set.of());
            // A misspelt option has been reported under the name that it has.
            if (spec.isRequired() && !meant.contains(spec.name())) {
                wrong(
                        spec,
                        options.mark(),
                        "missing (expected: " + spec.expected() + ')',
                        "add " + options.example(spec));
            }
        } else if (spec.type() == OptionType.POLICY) {
            if (OverflowReader.read(spec, options, problems).isEmpty()) {
                wrong.add(spec);
            }
        } else if (spec.type() == OptionType.FATE) {
            if (FateReader.read(spec, options, problems).isEmpty()) {
                wrong.add(spec);
            }
        } else if (spec.type() == OptionType.GROUP) {
            group(spec, node);
        } else if (spec.type().isMapping()) {
            mapping(spec, node);
        } else if (spec.type().isList() && node instanceof Node.Items items) {
            if (items.nodes().isEmpty()) {
                wrong(spec, node.mark(), "an empty list (expected: " + spec.expected() + ')', suchAs(spec));
            }
            items.nodes().forEach(member -> member(spec, member));
        } else if (!isText(node)) {
            unexpected(spec, node);
        } else if (spec.type() == OptionType.CHOICE) {
            choice(spec, node);
        } else {
            scalar(spec, node);
        }
    }

    /** A text, which may be empty only in quotes; what is required has to say something. */
    private static boolean isText(Node node) {
        return Node.text(node).map(text -> !text.isBlank()).orElse(false);
    }

    private void member(OptionSpec spec, Node member) {
        if (!isText(member)) {
            unexpected(spec, member);
        }
    }

    private void group(OptionSpec spec, Node node) {
        int before = problems.count();
        options.group(spec)
                .ifPresentOrElse(members -> check(members, spec.members(), problems), () -> unexpected(spec, node));
        if (problems.count() > before) {
            wrong.add(spec);
        }
    }

    private void mapping(OptionSpec spec, Node node) {
        if (!(node instanceof Node.Entries entries) || entries.entries().isEmpty()) {
            unexpected(spec, node);
            return;
        }
        for (Node.Entry entry : entries.entries()) {
            boolean right = spec.type() == OptionType.TEXTS
                    ? entry.value() instanceof Node.Scalar && !entry.value().isNothing()
                    : isText(entry.value());
            if (entry.key().isBlank() || !right) {
                Mark place = entry.value().mark();
                wrong.add(spec);
                problems.add(
                        place == null ? entry.mark() : place,
                        options.path(spec) + '.' + entry.key(),
                        entry.value().describe() + " (expected: " + memberOf(spec.type()) + ')',
                        suchAs(spec));
            }
        }
    }

    private static String memberOf(OptionType mapping) {
        return switch (mapping) {
            case NAMES -> "a field's name";
            case EXPRESSIONS -> "an expression";
            case COMPUTATIONS -> "a computation";
            case TEXT,
                    PATH,
                    PATHS,
                    NUMBER,
                    SIZE,
                    DURATION,
                    SHARE,
                    FACTOR,
                    BOOLEAN,
                    CHOICE,
                    POLICY,
                    FATE,
                    GROUP,
                    CONDITION,
                    FIELDS,
                    SINKS,
                    TEXTS -> "a text";
        };
    }

    private void choice(OptionSpec spec, Node node) {
        String text = Node.text(node).orElse("");
        if (!spec.choices().contains(text)) {
            String message = text + " (expected: " + spec.expected() + ')';
            wrong(spec, node.mark(), message, Problems.didYouMean(text, spec.choices(), suchAs(spec)));
        }
    }

    private void scalar(OptionSpec spec, Node node) {
        String text = Node.text(node).orElse("");
        boolean right =
                switch (spec.type()) {
                    case NUMBER, SIZE, DURATION, SHARE, FACTOR -> isWithin(spec, text);
                    case BOOLEAN -> text.equals("true") || text.equals("false");
                    case TEXT,
                            PATH,
                            PATHS,
                            CHOICE,
                            POLICY,
                            FATE,
                            GROUP,
                            CONDITION,
                            FIELDS,
                            SINKS,
                            TEXTS,
                            EXPRESSIONS,
                            NAMES,
                            COMPUTATIONS -> true;
                };
        if (!right) {
            unexpected(spec, node);
        }
    }

    private static boolean isWithin(OptionSpec spec, String text) {
        OptionalLong amount = Amount.parse(spec.type(), text);
        return amount.isPresent() && amount.getAsLong() >= spec.min() && amount.getAsLong() <= spec.max();
    }

    private void unexpected(OptionSpec spec, Node node) {
        String hint = Optional.of(spec)
                .filter(SampleKind.ONE_IN::equals)
                .flatMap(sample -> Node.text(node))
                .flatMap(SampleKind::fromPercent)
                .orElseGet(() -> suchAs(spec));
        wrong(spec, node.mark(), node.describe() + " (expected: " + spec.expected() + ')', hint);
    }

    private void wrong(OptionSpec spec, @Nullable Mark place, String message, String hint) {
        wrong.add(spec);
        problems.add(place == null ? options.mark() : place, options.path(spec), message, hint);
    }

    private String suchAs(OptionSpec spec) {
        String byDefault = spec.defaultText().isEmpty() ? "" : "; without it " + spec.defaultText() + " holds";
        return "such as " + options.example(spec) + byDefault;
    }
}
