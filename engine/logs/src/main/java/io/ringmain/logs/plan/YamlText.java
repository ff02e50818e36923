package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML into a tree of {@link Node}. The only class, with {@link YamlSyntax}, that knows the YAML parser. */
final class YamlText {

    /** Deeper than any plan is; an alias that contains itself ends here too. */
    private static final int DEPTH_MAX = 20;

    /** More than any plan has; aliases of aliases end here. */
    private static final int NODES_MAX = 20_000;

    private static final String TOO_DEEP =
            "mappings and lists in each other, over " + DEPTH_MAX + " levels (expected: fewer)";

    private static final String SMALLEST = """
            such as
              sources: {app: {type: file, path: app.log}}
              steps: [{parse: level}]
              sinks: {out: {type: console}}
              when_failed: dead_letter
            """.stripTrailing();

    private final SourceText source;
    private final Problems problems;
    private int nodes;
    private boolean isTooMuch;

    private YamlText(SourceText source, Problems problems) {
        this.source = source;
        this.problems = problems;
    }

    /** Returns the tree of {@code text}; empty if there is none, with the reason in {@code problems}. */
    static Optional<Node> read(String text, String file, Problems problems) {
        String clean = text.startsWith("\uFEFF") ? text.substring(1) : text;
        return read(clean, new SourceText(file, clean), problems);
    }

    /** As {@link #read(String, String, Problems)}, of a text that stands at the same place in {@code source}. */
    static Optional<Node> read(String text, SourceText source, Problems problems) {
        int before = problems.count();
        try {
            LoadSettings settings = LoadSettings.builder()
                    .setLabel(source.file())
                    .setCodePointLimit(Integer.MAX_VALUE)
                    .setMaxAliasesForCollections(NODES_MAX)
                    .build();
            if (isTooDeep(text, settings, source, problems)) {
                return Optional.empty();
            }
            Node root = new Compose(settings)
                    .composeString(text)
                    .map(node -> new YamlText(source, problems).node(node, 0))
                    .orElse(null);
            if (root == null) {
                problems.add(null, source.file(), "empty (expected: a plan)", SMALLEST);
            }
            return Optional.ofNullable(problems.count() > before ? null : root);
        } catch (YamlEngineException failure) {
            new YamlSyntax(source, problems).explain(failure);
            return Optional.empty();
        }
    }

    /** Looks before the tree is made, which the parser does by recursion without a bound. */
    private static boolean isTooDeep(String text, LoadSettings settings, SourceText source, Problems problems) {
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            Event.ID id = event.getEventId();
            if (id == Event.ID.SequenceStart || id == Event.ID.MappingStart) {
                depth++;
            } else if (id == Event.ID.SequenceEnd || id == Event.ID.MappingEnd) {
                depth--;
            }
            if (depth > DEPTH_MAX) {
                int index = event.getStartMark().map(mark -> mark.getIndex()).orElse(0);
                problems.add(source.mark(index, index + 1), "", TOO_DEEP, "write it flatter");
                return true;
            }
        }
        return false;
    }

    private Node node(org.snakeyaml.engine.v2.nodes.Node node, int depth) {
        nodes++;
        Origin origin = origin(node);
        Mark mark = origin.whole();
        if (depth > DEPTH_MAX || nodes > NODES_MAX) {
            String message = depth > DEPTH_MAX ? TOO_DEEP : "over " + NODES_MAX + " values (expected: fewer)";
            if (!isTooMuch) {
                // Said once: the rest of such a text has no news.
                isTooMuch = true;
                problems.add(mark, "", message, "remove anchors (&) and aliases (*), if there are any");
            }
            return new Node.Items(List.of(), mark);
        }
        checkTag(node, mark);
        if (node instanceof ScalarNode scalar) {
            return new Node.Scalar(scalar.getValue(), scalar.isPlain(), origin);
        }
        if (node instanceof SequenceNode sequence) {
            List<Node> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(node(item, depth + 1)));
            return new Node.Items(List.copyOf(items), mark);
        }
        return entries((MappingNode) node, mark, depth);
    }

    private Node entries(MappingNode mapping, Mark mark, int depth) {
        Map<String, Mark> seen = new HashMap<>();
        List<Node.Entry> entries = new ArrayList<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (goesOn(entries, tuple)) {
                continue;
            }
            Mark keyMark = origin(tuple.getKeyNode()).whole();
            if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
                problems.add(
                        keyMark,
                        "",
                        "a list or mapping as a name (expected: a word)",
                        "quote it if it is meant as text");
                continue;
            }
            String key = scalar.getValue();
            if (key.equals("<<")) {
                problems.add(keyMark, key, "a YAML merge (expected: options written out)", "copy what it would bring");
                continue;
            }
            Mark first = seen.putIfAbsent(key, keyMark);
            if (first != null) {
                problems.add(
                        keyMark,
                        key,
                        "given twice (expected: once); first in line " + first.line(),
                        "remove one, or give it another name");
                continue;
            }
            entries.add(new Node.Entry(key, keyMark, node(tuple.getValueNode(), depth + 1)));
        }
        return new Node.Entries(List.copyOf(entries), mark);
    }

    /**
     * Whether {@code tuple} is only the rest of the entry before it, {@code p99: percentile(bytes, 99)} in braces: YAML ends a text without quotes at the comma. A parenthesis that is open
     * there says that more belongs to it; the entry is then put together again.
     */
    private boolean goesOn(List<Node.Entry> entries, NodeTuple tuple) {
        boolean isRest = !entries.isEmpty()
                && tuple.getKeyNode() instanceof ScalarNode key
                && tuple.getValueNode() instanceof ScalarNode value
                && style(key) == Origin.Style.PLAIN
                && style(value) == Origin.Style.PLAIN
                && value.getValue().isEmpty();
        Node.Entry last = isRest ? entries.get(entries.size() - 1) : null;
        if (last == null || !(last.value() instanceof Node.Scalar open) || !open.isPlain() || !isOpen(open.text())) {
            return false;
        }
        Origin begin = requireNonNull(open.origin(), "origin");
        Origin whole = begin.to(origin(tuple.getKeyNode()));
        // Lines are folded as YAML does.
        String text = whole.text().replaceAll("\\s*\\R\\s*", " ");
        entries.set(entries.size() - 1, new Node.Entry(last.key(), last.mark(), new Node.Scalar(text, true, whole)));
        return true;
    }

    private static boolean isOpen(String text) {
        long opened = text.chars().filter(character -> character == '(').count();
        return opened > text.chars().filter(character -> character == ')').count();
    }

    private void checkTag(org.snakeyaml.engine.v2.nodes.Node node, Mark mark) {
        String tag = node.getTag().getValue();
        if (!tag.startsWith("tag:yaml.org,2002:")) {
            problems.add(
                    mark,
                    "",
                    "a YAML tag " + tag + " (expected: none)",
                    "put quotes around a value that begins with an exclamation mark, or write not");
        }
    }

    private Origin origin(org.snakeyaml.engine.v2.nodes.Node node) {
        int start = node.getStartMark().map(mark -> mark.getIndex()).orElse(0);
        int end = node.getEndMark().map(mark -> mark.getIndex()).orElse(start);
        return new Origin(source, start, end, style(node));
    }

    private static Origin.Style style(org.snakeyaml.engine.v2.nodes.Node node) {
        if (!(node instanceof ScalarNode scalar)) {
            return Origin.Style.PLAIN;
        }
        return switch (scalar.getScalarStyle()) {
            case SINGLE_QUOTED -> Origin.Style.SINGLE_QUOTED;
            case DOUBLE_QUOTED -> Origin.Style.DOUBLE_QUOTED;
            case LITERAL, FOLDED -> Origin.Style.BLOCK;
            case PLAIN, JSON_SCALAR_STYLE -> Origin.Style.PLAIN;
        };
    }
}
