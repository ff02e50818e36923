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
 */
record ComputationText(String word, String field, boolean isQuoted, int fieldIndex) {

    private static final Pattern TEXT = Pattern.compile("\\s*(\\w+)\\s*\\(\\s*(?:`([^`]+)`|([^()`]*?))\\s*\\)\\s*");
    private static final Pattern FIELD = Pattern.compile("[\\w.@-]+");

    private static final List<String> FUNCTIONS =
            Stream.of(Function.values()).map(ComputationText::word).toList();

    private static String word(Function function) {
        return function.name().toLowerCase(Locale.ROOT);
    }

    /** Null if the text is none. */
    private static @Nullable ComputationText of(String text) {
        Matcher match = TEXT.matcher(text);
        if (!match.matches()) {
            return null;
        }
        int group = match.group(2) == null ? 3 : 2;
        return new ComputationText(match.group(1), match.group(group), group == 2, match.start(group));
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
        if (!FUNCTIONS.contains(form.word)) {
            scope.problem(
                    text, "unknown function " + form.word + expected, Problems.didYouMean(form.word, FUNCTIONS, ""));
            return Optional.empty();
        }
        return form.check(scope, text, name);
    }

    private Optional<Computation> check(Scope scope, Written text, String name) {
        if (field.isEmpty()) {
            if (function() != Function.COUNT) {
                scope.problem(
                        text,
                        word + " of nothing (expected: " + word + "(field))",
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

    /** The function of that word, which must be one. */
    private Function function() {
        return Function.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private Computation computation(String name) {
        return new Computation(name, function(), field.isEmpty() ? null : field);
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
}
