package io.ringmain.cli.trial;

import io.ringmain.logs.plan.Diagnostic;
import io.ringmain.logs.plan.Mark;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/** Reads YAML as a {@link Tree}. */
final class TreeReader {

    private static final int DEPTH_MAX = 20;

    private final String file;
    private final List<String> lines;
    private final List<Diagnostic> problems;

    private TreeReader(String file, String text, List<Diagnostic> problems) {
        this.file = file;
        this.problems = problems;
        lines = text.lines().toList();
    }

    /** Returns the tree of {@code text}; empty if it is no YAML, with the reason in {@code problems}. */
    static Optional<Tree> read(String file, String text, List<Diagnostic> problems) {
        TreeReader reader = new TreeReader(file, text, problems);
        try {
            LoadSettings settings = LoadSettings.builder().setLabel(file).build();
            return new Compose(settings).composeString(text).map(node -> reader.tree(node, 0));
        } catch (MarkedYamlEngineException wrong) {
            Mark mark = wrong.getProblemMark().map(reader::mark).orElse(null);
            problems.add(new Diagnostic(mark, "", "not YAML: " + wrong.getProblem(), "check indents and quotes"));
        } catch (YamlEngineException wrong) {
            problems.add(new Diagnostic(null, file, "not YAML: " + wrong.getMessage(), ""));
        }
        return Optional.empty();
    }

    private Tree tree(Node node, int depth) {
        Mark mark = mark(node);
        if (depth > DEPTH_MAX) {
            problems.add(new Diagnostic(mark, "", "too deep (expected: cases)", ""));
        } else if (node instanceof ScalarNode scalar) {
            return new Tree.Text(scalar.getValue(), scalar.getScalarStyle() == ScalarStyle.PLAIN, mark);
        } else if (node instanceof SequenceNode sequence) {
            List<Tree> items = new ArrayList<>();
            sequence.getValue().forEach(item -> items.add(tree(item, depth + 1)));
            return new Tree.Items(List.copyOf(items), mark);
        } else if (node instanceof MappingNode mapping) {
            List<Tree.Entry> entries = new ArrayList<>();
            for (NodeTuple tuple : mapping.getValue()) {
                String name = tuple.getKeyNode() instanceof ScalarNode key ? key.getValue() : "";
                entries.add(new Tree.Entry(name, mark(tuple.getKeyNode()), tree(tuple.getValueNode(), depth + 1)));
            }
            return new Tree.Names(List.copyOf(entries), mark);
        }
        return new Tree.Text("", true, mark);
    }

    private Mark mark(Node node) {
        return node.getStartMark()
                .map(start -> {
                    Mark mark = mark(start);
                    boolean isOneLine = node.getEndMark()
                            .filter(end -> end.getLine() == start.getLine() && end.getColumn() > start.getColumn())
                            .isPresent();
                    int rest = mark.text().length() - mark.column() + 1;
                    int length = isOneLine ? node.getEndMark().orElseThrow().getColumn() - start.getColumn() : rest;
                    return new Mark(file, mark.line(), mark.column(), Math.max(1, length), mark.text());
                })
                .orElseGet(() -> new Mark(file, 1, 1, 1, ""));
    }

    private Mark mark(org.snakeyaml.engine.v2.exceptions.Mark place) {
        int line = place.getLine();
        String text = line < lines.size() ? lines.get(line) : "";
        return new Mark(file, line + 1, place.getColumn() + 1, 1, text);
    }
}
