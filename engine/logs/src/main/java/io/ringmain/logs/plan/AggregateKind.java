package io.ringmain.logs.plan;

import io.ringmain.PipelineBuilder;
import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.AggregateSpec;
import io.ringmain.logs.step.Computation;
import io.ringmain.logs.step.Computation.Function;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code aggregate}: totals of the whole run. */
final class AggregateKind extends StepKind {

    private static final OptionSpec BY = OptionSpec.of(
            "by",
            OptionType.FIELDS,
            "[status]",
            "The fields whose values make the groups; without them all events are one group.");

    private static final OptionSpec COMPUTE = OptionSpec.of(
                    "compute",
                    OptionType.COMPUTATIONS,
                    "{requests: count(), bytes: sum(bytes)}",
                    "What each row has beside them: count(), sum, min, max, avg or counts of a field.")
            .required();

    private static final OptionSpec GROUPS_MAX = OptionSpec.of(
                    "max_groups",
                    OptionType.NUMBER,
                    "1000",
                    "How many groups are told apart; the rest is one row, other.")
            .defaulting(Integer.toString(AggregateSpec.GROUPS_MAX_DEFAULT))
            .between(1, AggregateSpec.GROUPS_MAX_LIMIT);

    private static final Pattern FIELD = Pattern.compile("[\\w.@-]+");

    private static final List<String> FUNCTIONS =
            Stream.of(Function.values()).map(AggregateKind::word).toList();

    /**
     * A computation as it is written.
     *
     * @param field empty if there is none
     * @param fieldIndex where the field stands in the text
     */
    private record Form(String word, String field, boolean isQuoted, int fieldIndex) {

        private static final Pattern TEXT = Pattern.compile("\\s*(\\w+)\\s*\\(\\s*(?:`([^`]+)`|([^()`]*?))\\s*\\)\\s*");

        /** Null if the text is none. */
        static @Nullable Form of(String text) {
            Matcher match = TEXT.matcher(text);
            if (!match.matches()) {
                return null;
            }
            int group = match.group(2) == null ? 3 : 2;
            return new Form(match.group(1), match.group(group), group == 2, match.start(group));
        }

        /** The function of that word, which must be one. */
        Function function() {
            return Function.valueOf(word.toUpperCase(Locale.ROOT));
        }

        Computation computation(String name) {
            return new Computation(name, function(), field.isEmpty() ? null : field);
        }
    }

    AggregateKind() {
        super(
                "aggregate",
                "Takes all events into groups, and gives one row for each at the end; what follows sees the rows only.",
                List.of(BY, COMPUTE, GROUPS_MAX));
    }

    private static String word(Function function) {
        return function.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public String example() {
        return "- aggregate: {by: [status], compute: {requests: count()}}";
    }

    @Override
    boolean givesResults() {
        return true;
    }

    @Override
    Schema check(Scope scope) {
        boolean sound = scope.isRight(BY) && scope.isRight(COMPUTE) && scope.isRight(GROUPS_MAX);
        Set<String> names = new HashSet<>();
        for (Written field : scope.texts(BY)) {
            scope.field(field, scope.schema());
            sound &= takeName(scope, field, names);
        }
        List<Computation> compute = new ArrayList<>();
        for (Map.Entry<Written, Written> pair : scope.pairs(COMPUTE).entrySet()) {
            Written name = pair.getKey();
            if (Set.of("level", "timestamp", "line").contains(name.text())) {
                scope.problem(
                        name,
                        name.text() + " is what each event has (expected: another name)",
                        "such as " + name.text() + "_total");
                sound = false;
            }
            sound &= takeName(scope, name, names);
            computation(scope, name.text(), pair.getValue()).ifPresent(compute::add);
        }
        int fields = Math.max(scope.texts(BY).size(), scope.pairs(COMPUTE).size());
        if (fields > AggregateSpec.FIELDS_MAX) {
            scope.problem(fields + " fields (expected: <= " + AggregateSpec.FIELDS_MAX + ')', "leave some out");
            sound = false;
        }
        sound &= checkCounts(scope, compute)
                && compute.size() == scope.pairs(COMPUTE).size();
        return sound ? spec(scope.options()).rows(scope.schema()) : UnknownStep.ANYTHING;
    }

    private static boolean takeName(Scope scope, Written name, Set<String> names) {
        if (name.text().equals(AggregateSpec.OTHER)) {
            scope.problem(
                    name,
                    AggregateSpec.OTHER + " marks the row of what found no room (expected: another name)",
                    "choose another");
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
    private static boolean checkCounts(Scope scope, List<Computation> compute) {
        boolean counts = compute.stream().anyMatch(computation -> computation.function() == Function.COUNTS);
        for (Written field : scope.texts(BY)) {
            if (counts && field.text().equals("line")) {
                scope.problem(
                        field,
                        "line beside counts(…) (expected: another field)",
                        "copy the line to a field with enrich first");
                return false;
            }
        }
        return true;
    }

    private static Optional<Computation> computation(Scope scope, String name, Written text) {
        Form form = Form.of(text.text());
        String expected = " (expected: count(), "
                + Words.or(
                        FUNCTIONS.stream().skip(1).map(word -> word + "(field)").toList()) + ')';
        if (form == null) {
            String hint = FUNCTIONS.contains(text.text())
                    ? "write " + text.text() + "()"
                    : "compute other things with enrich, before or behind";
            scope.problem(text, text.text() + expected, hint);
            return Optional.empty();
        }
        String word = form.word();
        String field = form.field();
        if (!FUNCTIONS.contains(word)) {
            scope.problem(text, "unknown function " + word + expected, Problems.didYouMean(word, FUNCTIONS, ""));
            return Optional.empty();
        }
        if (field.isEmpty()) {
            if (form.function() != Function.COUNT) {
                scope.problem(
                        text,
                        word + " of nothing (expected: " + word + "(field))",
                        "name the field between the parentheses");
                return Optional.empty();
            }
            return Optional.of(form.computation(name));
        }
        Written place = new Written(field, text.path(), text.mark(form.fieldIndex(), field.length()), null);
        if (!form.isQuoted() && !FIELD.matcher(field).matches()) {
            String instead = "compute it before: - enrich: {compute: {" + name + "_of: '" + field + "'}}";
            scope.problem(place, field + " is no field (expected: a field)", instead);
            return Optional.empty();
        }
        FieldType type = scope.field(place, scope.schema()).orElse(FieldType.ANY);
        checkType(scope, place, form.function(), type);
        return Optional.of(form.computation(name));
    }

    private static void checkType(Scope scope, Written field, Function function, FieldType type) {
        boolean fits =
                switch (function) {
                    case SUM, AVG -> type == FieldType.NUMBER || type == FieldType.ANY;
                    case MIN, MAX -> type == FieldType.NUMBER || type == FieldType.TIME || type == FieldType.ANY;
                    case COUNT, COUNTS -> true;
                };
        if (!fits) {
            String expected = function == Function.MIN || function == Function.MAX ? "a number or a time" : "a number";
            String hint = type == FieldType.TEXT
                    ? "before it: - enrich: {compute: {" + field.text() + "_number: number(" + field.text() + ")}}"
                    : "counts(" + field.text() + ") counts each value";
            scope.problem(field, field.text() + " is " + TypeWords.of(type) + " (expected: " + expected + ')', hint);
        }
    }

    /** The specification of a checked plan. */
    private static AggregateSpec spec(Options options) {
        List<Computation> compute = new ArrayList<>();
        options.mapping(COMPUTE).forEach((name, text) -> {
            Form form = Form.of(text);
            if (form != null) {
                compute.add(form.computation(name));
            }
        });
        return new AggregateSpec(options.texts(BY), compute, (int) options.number(GROUPS_MAX));
    }

    @Override
    PipelineBuilder<LogEvent, LogEvent> add(PipelineBuilder<LogEvent, LogEvent> builder, Part part, Site site) {
        Aggregate aggregate = new Aggregate(site.keys(), spec(part.options()));
        return builder.into(part.name(), LogEvent.TYPE, site.findings().aggregate(part.name(), aggregate));
    }
}
