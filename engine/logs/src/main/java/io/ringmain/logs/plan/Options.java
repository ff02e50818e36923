package io.ringmain.logs.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a plan says about one part, option by option. Read it by the same {@link OptionSpec} that checked it: the values of a checked
 * plan are right. An option that is not given has its default, or, without one, the empty text, list or mapping, zero or false.
 *
 * <p>Thread: any; it does not change.
 */
public final class Options {

    private final String path;
    private final @Nullable Mark mark;
    private final Map<String, Node.Entry> given;
    private final boolean isShort;

    private Options(String path, @Nullable Mark mark, Node.Entries entries, boolean isShort) {
        this.path = path;
        this.mark = mark;
        this.isShort = isShort;
        given = new LinkedHashMap<>();
        entries.entries().forEach(entry -> given.put(entry.key(), entry));
    }

    /** Options as they are written in a mapping; {@code mark} is where the mapping's owner stands. */
    static Options of(String path, @Nullable Mark mark, Node.Entries entries) {
        return new Options(path, mark, entries, false);
    }

    /** The one option of a short form: {@code parse: combined}. */
    static Options ofShort(String path, @Nullable Mark mark, OptionSpec spec, Node value) {
        Node.Entry entry = new Node.Entry(spec.name(), mark, value);
        return new Options(path, mark, new Node.Entries(List.of(entry), mark), true);
    }

    /** Which part these options belong to, as messages name it: {@code steps[1].filter}. */
    public String path() {
        return path;
    }

    /** Where that part is written, or null. */
    public @Nullable Mark mark() {
        return mark;
    }

    /** The names of the options that are given, in their order. */
    public List<String> names() {
        return List.copyOf(given.keySet());
    }

    /** Whether nothing is given. */
    boolean isEmpty() {
        return given.isEmpty();
    }

    /** Whether {@code spec} is given, with whatever value. */
    public boolean has(OptionSpec spec) {
        return given.containsKey(spec.name());
    }

    /** The value as text, for {@link OptionType#TEXT}, {@link OptionType#PATH}, {@link OptionType#CHOICE} and {@link OptionType#CONDITION}. */
    public String text(OptionSpec spec) {
        return node(spec).flatMap(Node::text).orElse(spec.defaultText());
    }

    /** The value of whatever type as it could be written in a line: {@code {sample: 0.1}}; empty if it is not given. */
    public String inLine(OptionSpec spec) {
        return node(spec).map(Node::inLine).orElse("");
    }

    /** The value of {@link OptionType#PATHS} or {@link OptionType#FIELDS}; one text is a list of one. */
    public List<String> texts(OptionSpec spec) {
        return written(spec).stream().map(Written::text).toList();
    }

    /** The value of {@link OptionType#NUMBER}, of {@link OptionType#SIZE} in bytes, of {@link OptionType#DURATION} in nanoseconds, or of {@link OptionType#SHARE} or {@link OptionType#FACTOR} in billionths. */
    public long number(OptionSpec spec) {
        return Amount.parse(spec.type(), text(spec)).orElse(0);
    }

    /** The value of {@link OptionType#DURATION}. */
    public Duration duration(OptionSpec spec) {
        return Duration.ofNanos(number(spec));
    }

    /** The value of {@link OptionType#SHARE} or {@link OptionType#FACTOR}. */
    public double share(OptionSpec spec) {
        return (double) number(spec) / Amount.WHOLE;
    }

    /** The value of {@link OptionType#BOOLEAN}. */
    public boolean isTrue(OptionSpec spec) {
        return text(spec).equals("true");
    }

    /** The value of a mapping type, in its order. */
    public Map<String, String> mapping(OptionSpec spec) {
        Map<String, String> texts = new LinkedHashMap<>();
        writtenPairs(spec).forEach((name, text) -> texts.put(name.text(), text.text()));
        return texts;
    }

    /** The value of {@link OptionType#GROUP}; empty if it is not given, or no mapping. */
    Optional<Options> group(OptionSpec spec) {
        return entry(spec)
                .filter(entry -> entry.value() instanceof Node.Entries)
                .map(entry -> of(path(spec), entry.mark(), (Node.Entries) entry.value()));
    }

    /** The texts of a single or list option, with their places. */
    List<Written> written(OptionSpec spec) {
        Node node = node(spec).orElse(null);
        List<Node> members =
                node instanceof Node.Items items ? items.nodes() : node == null ? List.of() : List.of(node);
        List<Written> texts = new ArrayList<>();
        for (Node member : members) {
            if (member instanceof Node.Scalar scalar && !scalar.isNothing()) {
                texts.add(new Written(scalar.text(), path(spec), orMine(scalar.mark()), scalar));
            }
        }
        return texts;
    }

    /** The names and texts of a mapping option, with their places. */
    Map<Written, Written> writtenPairs(OptionSpec spec) {
        Map<Written, Written> pairs = new LinkedHashMap<>();
        if (node(spec).orElse(null) instanceof Node.Entries entries) {
            for (Node.Entry entry : entries.entries()) {
                if (entry.value() instanceof Node.Scalar scalar) {
                    String place = path(spec) + '.' + entry.key();
                    pairs.put(
                            new Written(entry.key(), place, orMine(entry.mark()), null),
                            new Written(scalar.text(), place, orMine(scalar.mark()), scalar));
                }
            }
        }
        return pairs;
    }

    private @Nullable Mark orMine(@Nullable Mark place) {
        return place == null ? mark : place;
    }

    Optional<Node> node(OptionSpec spec) {
        return entry(spec).map(Node.Entry::value);
    }

    Optional<Node.Entry> entry(OptionSpec spec) {
        return Optional.ofNullable(given.get(spec.name()));
    }

    List<Node.Entry> entries() {
        return List.copyOf(given.values());
    }

    /** How messages name an option: in the short form it has the part's own path. */
    String path(OptionSpec spec) {
        if (isShort && has(spec)) {
            return path;
        }
        return path.isEmpty() ? spec.name() : path + '.' + spec.name();
    }

    /** What an option would look like in a plan: {@code count: 100}, or {@code take: 100} in the short form. */
    String example(OptionSpec spec) {
        String place = path(spec);
        return place.substring(place.lastIndexOf('.') + 1) + ": " + spec.example();
    }

    /** Where an option's value is written; the part if there is no such place. */
    @Nullable
    Mark mark(OptionSpec spec) {
        return orMine(node(spec).map(Node::mark).orElse(null));
    }

    /** The options as they would be written. Allocates. */
    @Override
    public String toString() {
        return given.values().stream()
                .map(entry -> entry.key() + ": " + entry.value().describe())
                .toList()
                .toString();
    }
}
