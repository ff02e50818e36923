package io.ringmain.logs.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reports routes that lead to sinks which are not there, are taken, or do not stand behind the last step. */
final class RoutesCheck {

    private final Plan plan;
    private final Problems problems;
    private final Map<String, String> routeOf = new HashMap<>();

    RoutesCheck(Plan plan, Problems problems) {
        this.plan = plan;
        this.problems = problems;
    }

    /** Checks the routes; {@code place} is behind the last step. Returns what each of them found. */
    List<Scope> run(Scope.Place place) {
        return plan.routes().stream().map(route -> check(route, place)).toList();
    }

    private Scope check(Route route, Scope.Place place) {
        Scope scope = new Scope(route.options(), Role.STEP, place, Set.of(), problems);
        scope.texts(Route.WHEN).forEach(scope::checkCondition);
        for (OptionSpec spec : List.of(Route.TO, Route.ELSE)) {
            scope.texts(spec).forEach(name -> check(name, route));
        }
        return scope;
    }

    private void check(Written name, Route route) {
        List<String> names = plan.sinks().stream().map(Part::name).toList();
        Part sink = plan.sinks().stream()
                .filter(part -> part.name().equals(name.text()))
                .findFirst()
                .orElse(null);
        if (sink == null) {
            problem(
                    name,
                    "no sink " + name.text() + " (expected: " + (names.isEmpty() ? "one of sinks" : Words.or(names))
                            + ')',
                    Problems.didYouMean(name.text(), names, "add it to sinks"));
            return;
        }
        String other = routeOf.putIfAbsent(name.text(), route.options().path());
        if (other != null) {
            problem(
                    name,
                    name.text() + " is on the route " + other + " already (expected: one route for a sink)",
                    "join the conditions with or, or give the sink where: instead of routes");
        } else if (sink.options().has(SinkKind.AFTER)) {
            problem(
                    name,
                    name.text() + " stands after a step (expected: a sink without after)",
                    "routes part what leaves the last step; remove its after:, or give it where: instead of a route");
        }
    }

    private void problem(Written text, String message, String hint) {
        problems.add(text.mark(), text.path(), message, hint);
    }
}
