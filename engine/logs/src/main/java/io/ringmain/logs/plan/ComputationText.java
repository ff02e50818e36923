package io.ringmain.logs.plan;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.step.Computation;
import io.ringmain.logs.step.Computation.Function;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A computation as it is written: {@code sum(bytes)}.
 *
 * @param field empty if there is none
 * @param fieldIndex where the field stands in the text
 * @param argument what stands behind it, empty if there is nothing
 */
record ComputationText(String word, String field, boolean isQuoted, int fieldIndex, String argument) {

    private static final Pattern TEXT =
            Pattern.compile("\\s*(\\w+)\\s*\\(\\s*(?:`([^`]+)`|([^()`,]*?))\\s*(?:,\\s*([^()`,]*?)\\s*)?\\)\\s*");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,4}(\\.\\d{1,9})?");
    private static final Pattern FIELD = Pattern.compile("[\\w.@-]+");

    private static final List<String> FUNCTIONS =
            Stream.of(Function.values()).map(ComputationText::word).toList();

    private static String word(Function function) {
        return function.name().toLowerCase(Locale.ROOT);
    }

    /** How a function is written. */
    private static String example(Function function) {
        return word(function)
                + switch (function) {
                    case COUNT -> "()";
                    case PERCENTILE -> "(field, 99)";
                    case TOP -> "(field, 10)";
                    case SUM, MIN, MAX, AVG, COUNTS, VARIANCE, STDDEV, FIRST, LAST, DISTINCT -> "(field)";
                };
    }

    /** Null if the text is none. */
    private static @Nullable ComputationText of(String text) {
        Matcher match = TEXT.matcher(text);
        if (!match.matches()) {
            return null;
        }
        int group = match.group(2) == null ? 3 : 2;
        return new ComputationText(
                match.group(1),
                match.group(group),
                group == 2,
                match.start(group),
                match.group(4) == null ? "" : match.group(4));
    }

    /** Reads a computation of a checked plan. */
    static Computation read(String name, String text) {
        ComputationText form = of(text);
        if (form == null) {
            throw new IllegalStateException(name + ": " + text + " (expected: a checked plan)");
        }
        return form.computation(name);
    }

    /** Reads the computation {@code text} of the field {@code name}; empty if it is none, which is reported. */
    static Optional<Computation> check(Scope scope, String name, Written text) {
        ComputationText form = of(text.text());
        String expected = " (expected: "
                + Words.or(Stream.of(Function.values())
                        .map(ComputationText::example)
                        .toList()) + ')';
        if (form == null) {
            String hint = FUNCTIONS.contains(text.text())
                    ? "write " + text.text() + "()"
                    : "compute other things with enrich, before or behind";
            scope.problem(text, text.text() + expected, hint);
            return Optional.empty();
        }
        if (!FUNCTIONS.contains(form.word)) {
            scope.problem(
                    text, "unknown function " + form.word + expected, Problems.didYouMean(form.word, FUNCTIONS, ""));
            return Optional.empty();
        }
        return form.check(scope, text, name);
    }

    private Optional<Computation> check(Scope scope, Written text, String name) {
        if (!isArgumentRight()) {
            String given = argument.isEmpty() ? text.text() : word + " with " + argument;
            scope.problem(text, given + " (expected: " + example(function()) + ')', argumentHint());
            return Optional.empty();
        }
        if (field.isEmpty()) {
            if (function() != Function.COUNT) {
                scope.problem(
                        text,
                        word + " of nothing (expected: " + example(function()) + ')',
                        "name the field between the parentheses");
                return Optional.empty();
            }
            return Optional.of(computation(name));
        }
        Written place = new Written(field, text.path(), text.mark(fieldIndex, field.length()), null);
        if (!isQuoted && !FIELD.matcher(field).matches()) {
            String instead = "compute it before: - enrich: {compute: {" + name + "_of: '" + field + "'}}";
            scope.problem(place, field + " is no field (expected: a field)", instead);
            return Optional.empty();
        }
        FieldType type = scope.field(place, scope.schema()).orElse(FieldType.ANY);
        checkType(scope, place, function(), type);
        return Optional.of(computation(name));
    }

    private boolean isArgumentRight() {
        if (!function().hasArgument()) {
            return argument.isEmpty();
        }
        double number = NUMBER.matcher(argument).matches() ? Double.parseDouble(argument) : 0;
        return function() == Function.PERCENTILE
                ? number > 0 && number <= 100
                : number >= 1 && number <= Computation.VALUES_MAX && number == Math.rint(number);
    }

    private String argumentHint() {
        return switch (function()) {
            case PERCENTILE -> "say behind the field how many percent: more than 0, at most 100";
            case TOP -> "say behind the field how many values: from 1 to " + Computation.VALUES_MAX;
            case COUNT, SUM, MIN, MAX, AVG, COUNTS, VARIANCE, STDDEV, FIRST, LAST, DISTINCT ->
                "name one field between the parentheses, and nothing else";
        };
    }

    /** The function of that word, which must be one. */
    private Function function() {
        return Function.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private Computation computation(String name) {
        return new Computation(
                name,
                function(),
                field.isEmpty() ? null : field,
                argument.isEmpty() ? 0 : Double.parseDouble(argument));
    }

    private static void checkType(Scope scope, Written field, Function function, FieldType type) {
        boolean fits =
                switch (function) {
                    case SUM, AVG, VARIANCE, STDDEV, PERCENTILE -> type == FieldType.NUMBER || type == FieldType.ANY;
                    case MIN, MAX -> type == FieldType.NUMBER || type == FieldType.TIME || type == FieldType.ANY;
                    case COUNT, COUNTS, FIRST, LAST, DISTINCT, TOP -> true;
                };
        if (!fits) {
            String expected = function == Function.MIN || function == Function.MAX ? "a number or a time" : "a number";
            String hint = type == FieldType.TEXT
                    ? "before it: - enrich: {compute: {" + field.text() + "_number: number(" + field.text() + ")}}"
                    : "counts(" + field.text() + ") counts each value";
            scope.problem(field, field.text() + " is " + TypeWords.of(type) + " (expected: " + expected + ')', hint);
        }
    }
}
