package io.ringmain.logs.plan;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads one member of the list of steps: a mapping with the kind's name, and maybe a name of its own. */
final class StepReader {

    /** What may stand beside a kind. */
    private static final List<String> BESIDE = Stream.concat(Stream.of(PlanReader.NAME), SpreadReader.WORDS.stream())
            .toList();

    private final Problems problems;
    private final String path;

    StepReader(Problems problems, String path) {
        this.problems = problems;
        this.path = path;
    }

    /** Decides what a step is called. */
    interface Naming {
        String name(String kind, Node.@Nullable Entry given, String path, @Nullable Mark mark);
    }

    /** Returns the step; {@link UnknownStep} if it cannot be told what it is. */
    Part read(Node node, Naming naming) {
        List<String> kinds = Kinds.names(Role.STEP);
        if (!(node instanceof Node.Entries item) || item.entries().isEmpty()) {
            notAStep(node, kinds);
            return unknown("", node.mark());
        }
        Node.Entry entry = item.entries().stream()
                .filter(candidate -> kinds.contains(candidate.key()))
                .findFirst()
                .orElse(null);
        if (entry == null) {
            return unknownKind(item, kinds, naming);
        }
        StepKind kind = (StepKind) Kinds.find(Role.STEP, entry.key()).orElseThrow();
        for (Node.Entry other : item.entries()) {
            if (!other.key().equals(entry.key()) && !BESIDE.contains(other.key())) {
                stranger(other, kind);
            }
        }
        String place = path + '.' + kind.name();
        String name = naming.name(kind.name(), item.find(PlanReader.NAME).orElse(null), path, entry.mark());
        Options options = options(place, kind, entry);
        Optional<Spread> spread = new SpreadReader(problems, path).read(item, kind);
        return options == null ? unknown(name, entry.mark()) : new Part(kind, name, options, spread);
    }

    private void notAStep(Node node, List<String> kinds) {
        String text = Node.text(node).orElse("");
        // `- filter:x` without the blank is one text for YAML.
        String first = text.replaceAll(":.*", "");
        String hint = kinds.contains(first)
                ? "write " + Kinds.find(Role.STEP, first).orElseThrow().example()
                        + (text.contains(":") ? "; the space behind the colon matters" : "")
                : Problems.didYouMean(first, kinds, "such as - parse: combined");
        problems.add(node.mark(), path, node.describe() + " (expected: - kind: options)", hint);
    }

    private Part unknownKind(Node.Entries item, List<String> kinds, Naming naming) {
        Node.Entry first = item.entries().stream()
                .filter(candidate -> !BESIDE.contains(candidate.key()))
                .findFirst()
                .orElse(item.entries().get(0));
        if (BESIDE.contains(first.key())) {
            problems.add(
                    first.mark(),
                    path,
                    "a " + first.key() + " without a kind (expected: " + Words.or(kinds) + ')',
                    "such as - parse: combined");
        } else {
            problems.add(
                    first.mark(),
                    path + '.' + first.key(),
                    "no such step (expected: " + Words.or(kinds) + ')',
                    PlanReader.wrongKind(Role.STEP, first.key(), kinds));
        }
        String name = naming.name(first.key(), item.find(PlanReader.NAME).orElse(null), path, first.mark());
        return unknown(name, first.mark());
    }

    private Part unknown(String name, @Nullable Mark mark) {
        return new Part(UnknownStep.KIND, name, Options.of(path, mark, new Node.Entries(List.of(), mark)));
    }

    /** Reports something beside the kind of a step. */
    private void stranger(Node.Entry other, StepKind kind) {
        String message;
        String hint;
        if (Kinds.find(Role.STEP, other.key()).isPresent()) {
            message = "a second kind in one step, beside " + kind.name() + " (expected: one)";
            hint = "put a dash before it";
        } else if (kind.options().stream().anyMatch(spec -> spec.name().equals(other.key()))) {
            message = "beside the kind (expected: below it)";
            hint = "write " + kind.name() + ": {" + other.key() + ": …}, or indent it below " + kind.name() + ':';
        } else {
            message = "unknown beside " + kind.name() + " (expected: " + Words.or(BESIDE) + ", or nothing)";
            hint = Problems.didYouMean(other.key(), BESIDE, "options stand below the kind, two spaces further in");
        }
        problems.add(other.mark(), path + '.' + other.key(), message, hint);
    }

    private @Nullable Options options(String place, StepKind kind, Node.Entry entry) {
        Node value = entry.value();
        if (value instanceof Node.Entries entries) {
            return Options.of(place, entry.mark(), entries);
        }
        OptionSpec shortForm = kind.shortForm().orElse(null);
        if (shortForm != null) {
            return Options.ofShort(place, entry.mark(), shortForm, value);
        }
        Mark mark = value.isNothing() ? entry.mark() : value.mark();
        problems.add(mark, place, value.describe() + " (expected: a mapping)", "such as " + kind.example());
        return null;
    }
}
