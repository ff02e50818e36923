package io.ringmain.logs.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the routes of a plan: a list of conditions and the sinks that they lead to. */
final class RoutesReader {

    static final String ROUTES = "routes";

    private static final String EXAMPLE = "- {when: level >= ERROR, to: errors}";

    private final Problems problems;

    RoutesReader(Problems problems) {
        this.problems = problems;
    }

    List<Route> read(Node.Entries root) {
        Node.Entry section = root.find(ROUTES).orElse(null);
        if (section == null) {
            return List.of();
        }
        Node value = section.value();
        if (!(value instanceof Node.Items items) || items.nodes().isEmpty()) {
            String found = value instanceof Node.Items ? "an empty list" : value.describe();
            problems.add(
                    value.isNothing() ? section.mark() : value.mark(),
                    ROUTES,
                    found + " (expected: a list of routes)",
                    "write " + EXAMPLE + ", or remove it");
            return List.of();
        }
        List<Route> routes = new ArrayList<>();
        for (int i = 0; i < items.nodes().size(); i++) {
            String path = ROUTES + '[' + i + ']';
            boolean last = i == items.nodes().size() - 1;
            route(items.nodes().get(i), path, last).ifPresent(routes::add);
        }
        return routes;
    }

    private Optional<Route> route(Node node, String path, boolean last) {
        if (!(node instanceof Node.Entries entries)) {
            problems.add(
                    node.mark(),
                    path,
                    node.describe() + " (expected: a mapping with when and to, or else)",
                    "such as " + EXAMPLE);
            return Optional.empty();
        }
        Options options = Options.of(path, node.mark(), entries);
        int before = problems.count();
        OptionCheck.check(options, Route.SPECS, problems);
        if (problems.count() == before) {
            checkTogether(options, last);
        }
        if (problems.count() > before) {
            return Optional.empty();
        }
        Optional<String> when = options.has(Route.WHEN) ? Optional.of(options.text(Route.WHEN)) : Optional.empty();
        return Optional.of(new Route(when, options.texts(when.isPresent() ? Route.TO : Route.ELSE), options));
    }

    /** What is right in itself may not be together. */
    private void checkTogether(Options options, boolean last) {
        boolean isElse = options.has(Route.ELSE);
        if (isElse && (options.has(Route.WHEN) || options.has(Route.TO))) {
            problem(options, "else beside when or to (expected: else alone)", "make it a route of its own, the last");
        } else if (isElse && !last) {
            problem(
                    options,
                    "else is not the last route (expected: the last)",
                    "move it to the end; it takes what the others leave");
        } else if (!isElse && !options.has(Route.WHEN)) {
            problem(
                    options,
                    "no condition (expected: when, or else for the rest)",
                    "add when: " + Route.WHEN.example() + ", or write else: instead of to:");
        } else if (!isElse && !options.has(Route.TO)) {
            problem(
                    options,
                    "leads nowhere (expected: to)",
                    "add to: " + Route.TO.example() + "; what nobody is to have, a filter step takes out");
        }
    }

    private void problem(Options options, String message, String hint) {
        problems.add(options.mark(), options.path(), message, hint);
    }
}
