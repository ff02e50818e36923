package io.ringmain.logs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Sets values in the tree of a plan before it is checked, by path: {@code sources.web.path}, {@code steps[0].parse},
 * {@code steps.filter.condition}, {@code when_full}. A part that is not there cannot be set; an option that is not there is added.
 */
final class Overrides {

    /** What marks call the place of an override. */
    static final String FILE = "--set";

    private static final Pattern SEGMENT = Pattern.compile("([^.\\[\\]]+)(?:\\[(\\d{1,6})])?");

    private final String path;
    private final SourceText source;
    private final Problems problems;
    private final List<Segment> segments = new ArrayList<>();

    private Overrides(String path, SourceText source, Problems problems) {
        this.path = path;
        this.source = source;
        this.problems = problems;
    }

    /** Returns {@code root} with all {@code overrides} set; those that cannot be set are reported. */
    static Node apply(Node root, Map<String, String> overrides, Problems problems) {
        Node changed = root;
        for (Map.Entry<String, String> override : overrides.entrySet()) {
            String path = override.getKey();
            SourceText source = new SourceText(FILE, path + '=' + override.getValue());
            changed = new Overrides(path, source, problems).apply(changed, override.getValue());
        }
        return changed;
    }

    private Node apply(Node root, String text) {
        if (!(root instanceof Node.Entries entries) || !split()) {
            return root;
        }
        Node value = value(text).orElse(null);
        if (value == null) {
            return root;
        }
        Segment first = segments.get(0);
        Node section = entries.find(first.name).map(Node.Entry::value).orElse(null);
        Node changed;
        if (first.name.equals(Role.STEP.section())) {
            changed = section == null ? missing(first, "step", List.of()) : step(section, first, value);
        } else if (first.name.equals(Role.SOURCE.section()) || first.name.equals(Role.SINK.section())) {
            changed = part(section, value);
        } else {
            changed = set(section, 1, value);
        }
        return changed == null ? root : entries.with(first.name, first.mark(), changed);
    }

    private boolean split() {
        int begin = 0;
        for (String name : path.split("\\.", -1)) {
            Matcher match = SEGMENT.matcher(name);
            if (!match.matches()) {
                problems.add(
                        source.mark(begin, begin + Math.max(1, name.length())),
                        FILE,
                        path + ": not a path (expected: names with dots between them)",
                        "such as sources.web.path or steps[0].parse");
                return false;
            }
            String index = match.group(2);
            segments.add(new Segment(match.group(1), index == null ? -1 : Integer.parseInt(index), begin));
            begin += name.length() + 1;
        }
        return true;
    }

    private Optional<Node> value(String text) {
        int begin = path.length() + 1;
        if (text.startsWith("{") || text.startsWith("[")) {
            return YamlText.read(" ".repeat(begin) + text, source, problems);
        }
        Origin origin = new Origin(source, begin, source.length(), Origin.Style.PLAIN);
        return Optional.of(new Node.Scalar(text, true, origin));
    }

    private @Nullable Node part(@Nullable Node section, Node value) {
        List<String> names = section instanceof Node.Entries parts ? parts.keys() : List.of();
        Segment first = segments.get(0);
        if (segments.size() < 2) {
            return value;
        }
        Segment name = segments.get(1);
        String word = first.name.equals(Role.SOURCE.section()) ? Role.SOURCE.word() : Role.SINK.word();
        return names.contains(name.name) ? set(section, 1, value) : missing(name, word, names);
    }

    private @Nullable Node missing(Segment segment, String what, List<String> names) {
        String expected = names.isEmpty() ? "one that the plan has; there are none" : Words.or(names);
        problems.add(
                segment.mark(),
                FILE,
                "no " + what + ' ' + segment + " (expected: " + expected + ')',
                Problems.didYouMean(segment.name, names, "an override changes parts that the plan has"));
        return null;
    }

    private @Nullable Node step(Node section, Segment first, Node value) {
        List<Node> items = section instanceof Node.Items list ? list.nodes() : List.of();
        List<String> names = names(items);
        boolean byIndex = first.index >= 0;
        if (!byIndex && segments.size() < 2) {
            return value;
        }
        Segment chosen = byIndex ? first : segments.get(1);
        int index = byIndex ? first.index : names.indexOf(chosen.name);
        if (index < 0 || index >= items.size()) {
            return missing(chosen, Role.STEP.word(), byIndex ? indexes(items.size()) : names);
        }
        Node item = items.get(index);
        Node changed = byIndex ? item(item, 1, value) : named(item, value);
        if (changed == null) {
            return null;
        }
        List<Node> all = new ArrayList<>(items);
        all.set(index, changed);
        return new Node.Items(all, section.mark());
    }

    private static List<String> indexes(int size) {
        return size == 0 ? List.of() : List.of("steps[0] to steps[" + (size - 1) + ']');
    }

    private static List<String> names(List<Node> items) {
        StepNames unnamed = new StepNames();
        List<String> names = new ArrayList<>();
        for (Node item : items) {
            String given = item instanceof Node.Entries entries
                    ? entries.find(PlanReader.NAME)
                            .flatMap(entry -> Node.text(entry.value()))
                            .orElse("")
                    : "";
            names.add(given.isEmpty() ? unnamed.next(kind(item).orElse("")) : given);
        }
        return names;
    }

    private static Optional<String> kind(Node item) {
        List<String> keys = item instanceof Node.Entries entries ? entries.keys() : List.of();
        return keys.stream().filter(Kinds.names(Role.STEP)::contains).findFirst();
    }

    /** Sets something in a step that was chosen by index: the whole, its kind, its name, or an option of its kind. */
    private @Nullable Node item(Node item, int at, Node value) {
        boolean intoKind = at + 1 < segments.size() && kind(item).equals(Optional.of(segments.get(at).name));
        return intoKind ? options(item, at + 1, value) : set(item, at, value);
    }

    /** Sets something in a step that was chosen by name: the whole kind, how it is spread, or an option of its kind. */
    private @Nullable Node named(Node item, Node value) {
        boolean besideKind = segments.size() > 2 && SpreadReader.WORDS.contains(segments.get(2).name);
        return besideKind ? set(item, 2, value) : options(item, 2, value);
    }

    /** Sets an option of a step, or its short form. */
    private @Nullable Node options(Node item, int at, Node value) {
        String kind = kind(item).orElse(null);
        if (kind == null || !(item instanceof Node.Entries entries)) {
            return item;
        }
        Node old = entries.find(kind).orElseThrow().value();
        OptionSpec shortForm =
                Kinds.find(Role.STEP, kind).flatMap(Kind::shortForm).orElse(null);
        if (at < segments.size() && shortForm != null && !(old instanceof Node.Entries)) {
            List<Node.Entry> alone =
                    old.isNothing() ? List.of() : List.of(new Node.Entry(shortForm.name(), old.mark(), old));
            old = new Node.Entries(alone, old.mark());
        }
        Node changed = set(old, at, value);
        return changed == null ? null : entries.with(kind, null, changed);
    }

    /** Sets what is below {@code node} at the rest of the path; null, and a report, if it cannot be. */
    private @Nullable Node set(@Nullable Node node, int at, Node value) {
        if (at == segments.size()) {
            return value;
        }
        Segment segment = segments.get(at);
        boolean isMapping = node == null || node.isNothing() || node instanceof Node.Entries;
        if (!isMapping || segment.index >= 0) {
            String found = node == null ? "nothing" : node.describe();
            problems.add(
                    segment.mark(),
                    FILE,
                    "cannot set " + segment + " in " + found + " (expected: a mapping)",
                    "set the whole value: --set " + path.substring(0, Math.max(0, segment.begin - 1)) + "=…");
            return null;
        }
        Node.Entries entries = node instanceof Node.Entries known ? known : new Node.Entries(List.of(), null);
        Node old = entries.find(segment.name).map(Node.Entry::value).orElse(null);
        Node changed = set(old, at + 1, value);
        return changed == null ? null : entries.with(segment.name, segment.mark(), changed);
    }

    /** A name in a path, with its index if it has one. */
    private final class Segment {
        final String name;
        final int index;
        final int begin;

        Segment(String name, int index, int begin) {
            this.name = name;
            this.index = index;
            this.begin = begin;
        }

        Mark mark() {
            return source.mark(begin, begin + toString().length());
        }

        @Override
        public String toString() {
            return index < 0 ? name : name + '[' + index + ']';
        }
    }
}
