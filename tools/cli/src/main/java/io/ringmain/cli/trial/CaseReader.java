package io.ringmain.cli.trial;

import io.ringmain.cli.trial.Case.Input;
import io.ringmain.logs.Nearest;
import io.ringmain.logs.plan.Diagnostic;
import io.ringmain.logs.plan.Part;
import io.ringmain.logs.plan.Plan;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes cases of a tree; whatever is wrong is reported. */
final class CaseReader {

    private static final List<String> CASE = List.of("name", "now", "input", "expect");
    private static final List<String> EXPECT = List.of("outputs", "result", "dead_letters", "accounts", "failed");
    private static final List<String> LETTER = List.of("stage", "reason", "line");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9})(ms|s|m|h|d)");
    private static final Map<String, Long> UNITS_NS = Map.of(
            "ms",
            1_000_000L,
            "s",
            1_000_000_000L,
            "m",
            60_000_000_000L,
            "h",
            3_600_000_000_000L,
            "d",
            86_400_000_000_000L);

    private final Plan plan;
    private final List<Diagnostic> problems;

    CaseReader(Plan plan, List<Diagnostic> problems) {
        this.plan = plan;
        this.problems = problems;
    }

    List<Case> read(Tree root) {
        List<Case> cases = new ArrayList<>();
        Tree list = root instanceof Tree.Names names ? names.find("cases").orElse(null) : null;
        if (!(list instanceof Tree.Items items) || items.items().isEmpty()) {
            problem(
                    list == null ? root : list,
                    "no cases (expected: cases: and a list)",
                    "such as cases: [{name: …, input: …, expect: …}]");
            return cases;
        }
        known(root, List.of("cases"), "");
        int index = 0;
        for (Tree item : items.items()) {
            String path = "cases[" + index++ + ']';
            if (item instanceof Tree.Names names) {
                known(item, CASE, path);
                cases.add(readCase(names, path));
            } else {
                problem(
                        item,
                        path + ": " + item.describe() + " (expected: a mapping with " + String.join(", ", CASE) + ')',
                        "");
            }
        }
        return cases;
    }

    private Case readCase(Tree.Names names, String path) {
        Tree.Names expect = mapping(names, "expect", path);
        known(expect, EXPECT, path + ".expect");
        if (expect.entries().isEmpty()) {
            problem(
                    names,
                    path + ".expect: missing (expected: " + String.join(", ", EXPECT) + ')',
                    "a case that expects nothing shows nothing");
        }
        Tree letters = expect.find("dead_letters").orElse(null);
        if (letters instanceof Tree.Items items) {
            items.items().forEach(letter -> known(letter, LETTER, path + ".expect.dead_letters"));
        }
        return new Case(
                text(names, "name", path),
                names.mark(),
                now(names, path),
                input(names.find("input").orElse(null), names, path + ".input"),
                lists(expect, "outputs", path, part -> plan.sinks().contains(part)),
                lists(expect, "result", path, part -> part.kind().name().equals("aggregate")),
                letters == null ? null : list(letters, path + ".expect.dead_letters"),
                accounts(expect, path),
                expect.find("failed")
                        .map(tree -> tree.describe().equals("true"))
                        .orElse(false));
    }

    private void problem(Tree place, String message, String hint) {
        problems.add(new Diagnostic(place.mark(), "", message, hint));
    }

    private void known(Tree tree, List<String> names, String path) {
        if (!(tree instanceof Tree.Names found)) {
            problem(
                    tree,
                    path + ": " + tree.describe() + " (expected: a mapping with " + String.join(", ", names) + ')',
                    "");
            return;
        }
        for (Tree.Entry entry : found.entries()) {
            if (!names.contains(entry.name())) {
                String at = path.isEmpty() ? entry.name() : path + '.' + entry.name();
                String hint = Nearest.to(entry.name(), names)
                        .map(near -> "did you mean " + near + '?')
                        .orElse("remove it");
                problems.add(
                        new Diagnostic(entry.mark(), at, "unknown (expected: " + String.join(", ", names) + ')', hint));
            }
        }
    }

    private Tree.Names mapping(Tree.Names names, String name, String path) {
        Tree tree = names.find(name).orElse(null);
        if (tree instanceof Tree.Names found) {
            return found;
        }
        if (tree != null) {
            problem(tree, path + '.' + name + ": " + tree.describe() + " (expected: a mapping)", "");
        }
        return new Tree.Names(List.of(), names.mark());
    }

    private String text(Tree.Names names, String name, String path) {
        Tree tree = names.find(name).orElse(null);
        if (tree instanceof Tree.Text text && !text.isNothing()) {
            return text.text();
        }
        problem(
                tree == null ? names : tree,
                path + '.' + name + ": missing (expected: a text)",
                "say what the case is about");
        return path;
    }

    private long now(Tree.Names names, String path) {
        Tree now = names.find("now").orElse(null);
        if (now == null) {
            return 0;
        }
        try {
            Instant instant = Instant.parse(now.describe());
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeParseException | ArithmeticException wrong) {
            problem(now, path + ".now: " + now.describe() + " (expected: a moment such as 2015-05-17T10:05:03Z)", "");
            return 0;
        }
    }

    private Map<String, List<Input>> input(@Nullable Tree tree, Tree.Names names, String path) {
        Map<String, List<Input>> input = new LinkedHashMap<>();
        if (tree == null) {
            problem(names, path + ": missing (expected: lines)", "input: [] for none");
        } else if (tree instanceof Tree.Names bySource) {
            Set<String> sources = plan.sources().stream().map(Part::name).collect(Collectors.toSet());
            for (Tree.Entry entry : bySource.entries()) {
                if (!sources.contains(entry.name())) {
                    problems.add(new Diagnostic(
                            entry.mark(),
                            path + '.' + entry.name(),
                            "no such source (expected: " + String.join(", ", sources) + ')',
                            ""));
                }
                input.put(entry.name(), lines(entry.value(), path + '.' + entry.name()));
            }
        } else {
            input.put(plan.sources().get(0).name(), lines(tree, path));
        }
        return input;
    }

    private List<Input> lines(Tree tree, String path) {
        List<Input> lines = new ArrayList<>();
        if (tree instanceof Tree.Text text) {
            text.text().lines().forEach(line -> lines.add(new Input(line, 0)));
            return lines;
        }
        if (!(tree instanceof Tree.Items items)) {
            problem(tree, path + ": " + tree.describe() + " (expected: lines)", "");
            return lines;
        }
        long atNs = 0;
        for (Tree item : items.items()) {
            if (item instanceof Tree.Text text) {
                lines.add(new Input(text.text(), atNs));
            } else if (item instanceof Tree.Names timed) {
                known(timed, List.of("advance", "at", "line"), path);
                atNs += timed.find("advance").map(by -> duration(by, path)).orElse(0L);
                atNs = Math.max(
                        atNs, timed.find("at").map(at -> duration(at, path)).orElse(0L));
                long now = atNs;
                timed.find("line").ifPresent(line -> lines.add(new Input(line.describe(), now)));
            } else {
                problem(item, path + ": a list in a list (expected: a line, or {at: 10s, line: …})", "");
            }
        }
        return lines;
    }

    private long duration(Tree tree, String path) {
        Matcher match = DURATION.matcher(tree.describe());
        if (!match.matches()) {
            problem(tree, path + ": " + tree.describe() + " (expected: a duration such as 500ms, 10s, 1m)", "");
            return 0;
        }
        return Long.parseLong(match.group(1)) * UNITS_NS.getOrDefault(match.group(2), 1L);
    }

    private Map<String, Tree.Items> lists(Tree.Names expect, String name, String path, Predicate<Part> has) {
        Map<String, Tree.Items> lists = new LinkedHashMap<>();
        List<String> parts = plan.parts().stream().filter(has).map(Part::name).toList();
        String at = path + ".expect." + name;
        for (Tree.Entry entry : mapping(expect, name, path + ".expect").entries()) {
            if (!parts.contains(entry.name())) {
                String expected = parts.isEmpty() ? "nothing, the plan has none" : String.join(", ", parts);
                String hint = Nearest.to(entry.name(), parts)
                        .map(near -> "did you mean " + near + '?')
                        .orElse("");
                problems.add(new Diagnostic(
                        entry.mark(), at + '.' + entry.name(), "not in the plan (expected: " + expected + ')', hint));
            }
            lists.put(entry.name(), list(entry.value(), at + '.' + entry.name()));
        }
        return lists;
    }

    /** A list; a text in several lines is a list of its lines. */
    private Tree.Items list(Tree tree, String path) {
        if (tree instanceof Tree.Items items) {
            return items;
        }
        List<Tree> lines = new ArrayList<>();
        if (tree instanceof Tree.Text text) {
            text.text().lines().forEach(line -> lines.add(new Tree.Text(line, false, text.mark())));
        } else {
            problem(tree, path + ": " + tree.describe() + " (expected: a list)", "");
        }
        return new Tree.Items(lines, tree.mark());
    }

    private Map<String, Tree.Text> accounts(Tree.Names expect, String path) {
        Map<String, Tree.Text> accounts = new LinkedHashMap<>();
        Tree.Names found = mapping(expect, "accounts", path + ".expect");
        known(found, AccountNames.ALL, path + ".expect.accounts");
        for (Tree.Entry entry : found.entries()) {
            if (entry.value() instanceof Tree.Text text && text.text().matches("\\d{1,18}")) {
                accounts.put(entry.name(), text);
            } else {
                problem(
                        entry.value(),
                        path + ".expect.accounts." + entry.name() + ": "
                                + entry.value().describe() + " (expected: a whole number)",
                        "");
            }
        }
        return accounts;
    }
}
