package io.ringmain.logs.plan;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan before anybody knows what it means: texts, lists and mappings, each with its place. The same from YAML and from Java. */
sealed interface Node {

    /** Where it is written, or null. */
    @Nullable
    Mark mark();

    /** What it is, for messages. */
    String describe();

    /** How it could be written in a line. */
    String inLine();

    /** Whether it is written as nothing: {@code path:} without anything behind it. */
    default boolean isNothing() {
        return false;
    }

    /**
     * A text; what type it has is the reader's matter.
     *
     * @param text the text, without quotes and escapes
     * @param isPlain whether it was written without quotes
     * @param origin where each of its characters comes from, null if not from a text
     */
    record Scalar(String text, boolean isPlain, @Nullable Origin origin) implements Node {

        private static final int SHOWN_MAX = 60;

        @Override
        public @Nullable Mark mark() {
            return origin == null ? null : origin.whole();
        }

        @Nullable
        Mark mark(int offset, int length) {
            return origin == null ? null : origin.part(text, offset, length);
        }

        @Override
        public boolean isNothing() {
            return isPlain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }

        @Override
        public String inLine() {
            return text;
        }

        @Override
        public String describe() {
            if (isNothing()) {
                return "nothing";
            }
            String shown = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "…" : text;
            return shown.isBlank() ? '"' + shown + '"' : shown.replace('\n', ' ');
        }
    }

    /** A list. */
    record Items(List<Node> nodes, @Nullable Mark mark) implements Node {
        @Override
        public String inLine() {
            return nodes.stream().map(Node::inLine).toList().toString();
        }

        @Override
        public String describe() {
            return "a list";
        }
    }

    /** Names and values, in the order of the text, each name once. */
    record Entries(List<Entry> entries, @Nullable Mark mark) implements Node {

        Optional<Entry> find(String key) {
            return entries.stream().filter(entry -> entry.key().equals(key)).findFirst();
        }

        List<String> keys() {
            return entries.stream().map(Entry::key).toList();
        }

        /** The same with {@code key} set to {@code value}, at its place if there is one, else at the end. */
        Entries with(String key, @Nullable Mark keyMark, Node value) {
            List<Entry> changed = new ArrayList<>();
            boolean placed = false;
            for (Entry entry : entries) {
                boolean same = entry.key().equals(key);
                changed.add(same ? new Entry(key, entry.mark(), value) : entry);
                placed |= same;
            }
            if (!placed) {
                changed.add(new Entry(key, keyMark, value));
            }
            return new Entries(changed, mark);
        }

        @Override
        public String inLine() {
            return entries.stream()
                    .map(entry -> entry.key() + ": " + entry.value().inLine())
                    .collect(Collectors.joining(", ", "{", "}"));
        }

        @Override
        public String describe() {
            return entries.isEmpty() ? "an empty mapping" : "a mapping";
        }
    }

    /** A name and its value; {@code mark} is the name's. */
    record Entry(String key, @Nullable Mark mark, Node value) {}

    /** Returns the tree of a value made in Java: maps, collections, and anything else by its {@code toString}. */
    static Node of(Object value) {
        if (value instanceof Map<?, ?> map) {
            List<Entry> entries = new ArrayList<>();
            map.forEach((key, member) -> entries.add(new Entry(String.valueOf(key), null, of(member))));
            return new Entries(List.copyOf(entries), null);
        }
        if (value instanceof Collection<?> collection) {
            return new Items(collection.stream().map(Node::of).toList(), null);
        }
        return new Scalar(String.valueOf(value), false, null);
    }

    /** Returns the text of a node if it is one, and not nothing. */
    static Optional<String> text(Node node) {
        return node instanceof Scalar scalar && !scalar.isNothing() ? Optional.of(scalar.text()) : Optional.empty();
    }
}
