package io.ringmain.logs.plan;

import io.ringmain.logs.step.AggregateSpec;
import io.ringmain.logs.step.Computation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What steps that compute totals of groups have in common: the options that say which, and how these are checked. */
final class Totals {

    static final OptionSpec BY = OptionSpec.of(
            "by",
            OptionType.FIELDS,
            "[status]",
            "The fields whose values make the groups; without them all events are one group.");

    static final OptionSpec COMPUTE = OptionSpec.of(
                    "compute",
                    OptionType.COMPUTATIONS,
                    "{requests: count(), bytes: sum(bytes)}",
                    "What each row has beside them: count(), sum, min, max, avg, variance, stddev, first, last, distinct, counts,"
                            + " percentile(field, 99) or top(field, 10).")
            .required();

    static final OptionSpec GROUPS_MAX = OptionSpec.of(
                    "max_groups",
                    OptionType.NUMBER,
                    "1000",
                    "How many groups are told apart; the rest is one row, other.")
            .defaulting(Integer.toString(AggregateSpec.GROUPS_MAX_DEFAULT))
            .between(1, AggregateSpec.GROUPS_MAX_LIMIT);

    private static final Set<String> BUILT_IN = Set.of("level", "timestamp", "line");

    private final Scope scope;
    // What each row has already, and what for.
    private final Map<String, String> taken;
    private final Set<String> names = new HashSet<>();

    private Totals(Scope scope, Map<String, String> taken) {
        this.scope = scope;
        this.taken = new LinkedHashMap<>(taken);
        this.taken.put(AggregateSpec.OTHER, "marks the row of what found no room");
    }

    /**
     * Reports what is wrong with the totals.
     *
     * @param taken the names that each row has already, and what they do there
     * @return whether {@link #spec} can be made
     */
    static boolean check(Scope scope, Map<String, String> taken) {
        return new Totals(scope, taken).check();
    }

    /** The totals of a checked plan. */
    static AggregateSpec spec(Options options) {
        List<Computation> compute = new ArrayList<>();
        options.mapping(COMPUTE).forEach((name, text) -> compute.add(ComputationText.read(name, text)));
        return new AggregateSpec(options.texts(BY), compute, (int) options.number(GROUPS_MAX));
    }

    private boolean check() {
        boolean sound = scope.isRight(BY) && scope.isRight(COMPUTE) && scope.isRight(GROUPS_MAX);
        for (Written field : scope.texts(BY)) {
            scope.field(field, scope.schema());
            sound &= takeName(field);
        }
        List<Computation> compute = new ArrayList<>();
        for (Map.Entry<Written, Written> pair : scope.pairs(COMPUTE).entrySet()) {
            Written name = pair.getKey();
            if (BUILT_IN.contains(name.text())) {
                scope.problem(
                        name,
                        name.text() + " is what each event has (expected: another name)",
                        "such as " + name.text() + "_total");
                sound = false;
            }
            sound &= takeName(name);
            ComputationText.check(scope, name.text(), pair.getValue()).ifPresent(compute::add);
        }
        int fields = Math.max(scope.texts(BY).size(), scope.pairs(COMPUTE).size());
        if (fields > AggregateSpec.FIELDS_MAX) {
            scope.problem(fields + " fields (expected: <= " + AggregateSpec.FIELDS_MAX + ')', "leave some out");
            sound = false;
        }
        return sound
                && checkCounts(compute)
                && compute.size() == scope.pairs(COMPUTE).size();
    }

    private boolean takeName(Written name) {
        String why = taken.get(name.text());
        if (why != null) {
            scope.problem(name, name.text() + ' ' + why + " (expected: another name)", "choose another");
            return false;
        }
        if (!names.add(name.text())) {
            scope.problem(
                    name,
                    name.text() + " is in the row already (expected: once)",
                    "choose another name, or remove one");
            return false;
        }
        return true;
    }

    /** The line of a row holds its counts. */
    private boolean checkCounts(List<Computation> compute) {
        boolean counts =
                compute.stream().anyMatch(computation -> computation.function().isObject());
        for (Written field : scope.texts(BY)) {
            if (counts && field.text().equals("line")) {
                scope.problem(
                        field,
                        "line beside counts(…) or top(…) (expected: another field)",
                        "copy the line to a field with enrich first");
                return false;
            }
        }
        return true;
    }
}
