package io.ringmain.logs.plan;

import io.ringmain.logs.Nearest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes a plan of a tree: finds its parts and settings, has them checked, and reports whatever is wrong. */
final class PlanReader {

    static final String TYPE = "type";
    static final String NAME = "name";

    static final List<String> SECTIONS = List.of(
            SettingsReader.NAME.name(),
            Role.SOURCE.section(),
            Role.STEP.section(),
            Role.SINK.section(),
            RoutesReader.ROUTES,
            SettingsReader.WHEN_FULL.name(),
            SettingsReader.WHEN_FAILED.name(),
            LettersReader.DEAD_LETTERS,
            JournalOptions.JOURNAL,
            SettingsReader.DRAIN_WITHIN.name());

    private static final List<String> REQUIRED =
            List.of(Role.SOURCE.section(), Role.SINK.section(), SettingsReader.WHEN_FAILED.name());

    private static final Pattern NAME_FORM = Pattern.compile("[A-Za-z][A-Za-z0-9_-]{0,63}");

    /** What core calls its own parts; reports would mix them up. */
    private static final Pattern RESERVED = Pattern.compile("intake|supervisor|settle(-.*)?|edge-\\d+");

    private final Problems problems;
    private final Set<String> meant = new HashSet<>();
    private final StepNames stepNames = new StepNames();
    // The names of the parts, and what has them.
    private final Map<String, String> names = new HashMap<>();

    PlanReader(Problems problems) {
        this.problems = problems;
    }

    /** Returns the plan of {@code root}; empty if anything is wrong. */
    Optional<Plan> read(Node root, String defaultName) {
        if (!(root instanceof Node.Entries entries) || entries.entries().isEmpty()) {
            problems.add(
                    root.mark(),
                    "",
                    root.describe() + " (expected: a mapping with sources, steps and sinks)",
                    root instanceof Node.Items
                            ? "put the list below steps:, and sources and sinks beside it"
                            : "write name: value, with a space behind the colon");
            return Optional.empty();
        }
        Mark first = entries.entries().get(0).mark();
        List<String> missing =
                REQUIRED.stream().filter(name -> entries.find(name).isEmpty()).toList();
        entries.entries().forEach(entry -> checkSection(entry, missing));
        List<Part> sources = named(Role.SOURCE, entries, first);
        List<Part> steps = steps(entries);
        List<Part> sinks = named(Role.SINK, entries, first);
        List<Route> routes = new RoutesReader(problems).read(entries);
        SettingsReader settings = new SettingsReader(entries, first, meant, problems);
        Plan plan = new Plan(settings.name(defaultName), sources, steps, sinks, routes, settings.read(sinks));
        new PlanCheck(plan, problems).run();
        return problems.isEmpty() ? Optional.of(plan) : Optional.empty();
    }

    /** What is missing is rather meant than what there is already. */
    private void checkSection(Node.Entry entry, List<String> missing) {
        if (!SECTIONS.contains(entry.key())) {
            Optional<String> glued = Problems.beforeColon(entry.key(), SECTIONS);
            Optional<String> near = glued.or(() -> Nearest.to(entry.key(), missing));
            near.ifPresent(meant::add);
            problems.add(
                    entry.mark(),
                    entry.key(),
                    "no such setting (expected: " + Words.or(SECTIONS) + ')',
                    glued.isPresent()
                            ? Problems.SPACE
                            : Problems.didYouMean(
                                    entry.key(),
                                    near.map(List::of).orElse(SECTIONS),
                                    "remove it, or look at its indent"));
        }
    }

    /** The sources or the sinks: a mapping of names to options with a type. */
    private List<Part> named(Role role, Node.Entries root, @Nullable Mark first) {
        Node.Entry section = root.find(role.section()).orElse(null);
        String example = role == Role.SOURCE
                ? "sources: {web: {type: file, path: access.log}}"
                : "sinks: {out: {type: console}}";
        String expected = " (expected: a mapping with at least one " + role.word() + ')';
        if (section == null && meant.contains(role.section())) {
            return List.of();
        }
        if (section == null) {
            problems.add(first, role.section(), "missing" + expected, "add " + example);
            return List.of();
        }
        if (!(section.value() instanceof Node.Entries entries)
                || entries.entries().isEmpty()) {
            Mark place = section.value().isNothing()
                    ? section.mark()
                    : section.value().mark();
            String found = section.value() instanceof Node.Entries
                    ? "none"
                    : section.value().describe();
            problems.add(place == null ? first : place, role.section(), found + expected, "write " + example);
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        entries.entries().forEach(entry -> named(role, entry).ifPresent(parts::add));
        return parts;
    }

    private Optional<Part> named(Role role, Node.Entry entry) {
        String path = role.section() + '.' + entry.key();
        takeName(entry.key(), entry.mark(), path);
        if (!(entry.value() instanceof Node.Entries options)) {
            String word = Node.text(entry.value()).orElse("");
            String type = Kinds.find(role, word).isPresent() ? word : guessedType(role, word);
            Mark place =
                    entry.value().isNothing() ? entry.mark() : entry.value().mark();
            problems.add(
                    place,
                    path,
                    entry.value().describe() + " (expected: a mapping with a type)",
                    "write " + entry.key() + ": {type: " + type + '}');
            return Optional.empty();
        }
        List<String> kinds = Kinds.names(role);
        Node.Entry type = options.find(TYPE).orElse(null);
        String word = type == null ? "" : Node.text(type.value()).orElse("");
        Kind kind = Kinds.find(role, word).orElse(null);
        if (kind == null) {
            Mark place = type == null ? entry.mark() : type.value().mark();
            String found = type == null ? "missing" : type.value().describe();
            problems.add(
                    place == null ? entry.mark() : place,
                    path + '.' + TYPE,
                    found + " (expected: " + Words.or(kinds) + ')',
                    type == null ? addType(options, kinds.get(0)) : wrongKind(role, word, kinds));
            return Optional.empty();
        }
        List<Node.Entry> rest = options.entries().stream()
                .filter(option -> !option.key().equals(TYPE))
                .toList();
        return Optional.of(
                new Part(kind, entry.key(), Options.of(path, entry.mark(), new Node.Entries(rest, options.mark()))));
    }

    private static String addType(Node.Entries options, String kind) {
        for (String option : options.keys()) {
            if (Nearest.to(option, List.of(TYPE)).isPresent()) {
                return "did you mean type, not " + option + '?';
            }
        }
        return "add type: " + kind;
    }

    private static String guessedType(Role role, String word) {
        boolean isPath = word.contains("/") || word.contains(".");
        String path = "file, path: " + (isPath ? word : role == Role.SOURCE ? "access.log" : "out.log");
        return role == Role.SOURCE || isPath ? path : "console";
    }

    /** The hint for a word that is no kind of {@code role}: a near one, or where it belongs. */
    static String wrongKind(Role role, String word, List<String> kinds) {
        for (Role other : Role.values()) {
            if (other != role && Kinds.find(other, word).isPresent()) {
                return word + " is a " + other.word() + "; put it under " + other.section();
            }
        }
        return Problems.didYouMean(word, kinds, "see ringmain list");
    }

    private List<Part> steps(Node.Entries root) {
        Node.Entry section = root.find(Role.STEP.section()).orElse(null);
        if (section == null) {
            return List.of();
        }
        if (!(section.value() instanceof Node.Items items) || items.nodes().isEmpty()) {
            Node value = section.value();
            String found = value instanceof Node.Items ? "an empty list" : value.describe();
            String hint = value instanceof Node.Entries
                    ? "put a dash before each step: - parse: combined"
                    : "write the steps below it, such as - parse: combined, or remove it";
            problems.add(
                    value.isNothing() ? section.mark() : value.mark(),
                    section.key(),
                    found + " (expected: a list of steps)",
                    hint);
            return List.of();
        }
        List<Part> parts = new ArrayList<>();
        for (int index = 0; index < items.nodes().size(); index++) {
            parts.add(new StepReader(problems, "steps[" + index + ']')
                    .read(items.nodes().get(index), this::stepName));
        }
        return parts;
    }

    private String stepName(String kind, Node.@Nullable Entry given, String path, @Nullable Mark mark) {
        if (given != null) {
            Mark place =
                    given.value().mark() == null ? given.mark() : given.value().mark();
            String word = Node.text(given.value()).orElse("");
            takeName(word, place, path + '.' + NAME);
            return word;
        }
        String name = stepNames.next(kind);
        takeName(name, mark, path);
        return name;
    }

    private void takeName(String name, @Nullable Mark mark, String path) {
        if (!NAME_FORM.matcher(name).matches()) {
            problems.add(
                    mark,
                    path,
                    (name.isEmpty() ? "no name" : name)
                            + " (expected: a name of letters, digits, _ and -, a letter first)",
                    "call it something such as " + suggestedName(name));
        } else if (RESERVED.matcher(name).matches()) {
            problems.add(
                    mark,
                    path,
                    name + " is the engine's own name (expected: another); reports use it",
                    "call it " + name + "-1");
        } else {
            String other = names.putIfAbsent(name, path);
            if (other != null) {
                problems.add(
                        mark,
                        path,
                        "the name " + name + " is taken by " + other + " (expected: unique)",
                        "choose another; reports and after: go by names");
            }
        }
    }

    private static String suggestedName(String name) {
        String letters = name.strip().replaceAll("[^A-Za-z0-9_-]+", "-").replaceAll("^[^A-Za-z]+|-$", "");
        return letters.isEmpty() ? "main" : letters;
    }
}
