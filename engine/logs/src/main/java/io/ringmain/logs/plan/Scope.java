package io.ringmain.logs.plan;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Schema;
import io.ringmain.logs.expression.Expression;
import io.ringmain.logs.expression.ExpressionException;
import io.ringmain.logs.expression.Problem;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A part at its place in the plan while it is checked: the fields that events have there, and where problems go. */
final class Scope {

    /** How the compiler of expressions says it too. */
    private static final String UNKNOWN_FIELD = "unknown field ";

    private static final String TIMESTAMP = "timestamp";

    /** What an expression that says how much an event matters may be. */
    private static final Set<FieldType> PRIORITIES =
            Set.of(FieldType.LEVEL, FieldType.BOOLEAN, FieldType.NUMBER, FieldType.ANY);

    private final Options options;
    private final Role role;
    private final Place place;
    private final Set<OptionSpec> wrong;
    private final Problems problems;
    // Nothing is evaluated during a check, so the numbers of the keys do not matter.
    private final Keys keys = new Keys();

    private final Set<String> named = new HashSet<>();
    private final List<String> asked = new ArrayList<>();
    private final List<String> given = new ArrayList<>();

    /**
     * Where the part stands.
     *
     * @param schema the fields of events that come to it
     * @param isParsed whether a step before it parses the lines
     * @param taker the kind of the last step before it that has taken events and given results; empty if there is none
     * @param taken the fields of the events that it has taken
     * @param groupedBy the fields whose values tell its results apart
     */
    record Place(Schema schema, boolean isParsed, String taker, Schema taken, List<String> groupedBy) {}

    Scope(Part part, Place place, Set<OptionSpec> wrong, Problems problems) {
        this(part.options(), part.kind().role(), place, wrong, problems);
    }

    Scope(Options options, Role role, Place place, Set<OptionSpec> wrong, Problems problems) {
        this.options = options;
        this.role = role;
        this.place = place;
        this.wrong = wrong;
        this.problems = problems;
    }

    private void ask(List<String> names, Schema fields) {
        named.addAll(names);
        if (fields.isOpen()) {
            asked.addAll(names);
        }
    }

    /** The fields that the part names. */
    Set<String> named() {
        return named;
    }

    /** The fields that the part reads where there may be any. */
    List<String> asked() {
        return asked;
    }

    /** Notes a field that events have behind the part, whatever their lines had. */
    void give(String name) {
        given.add(name);
    }

    /** The fields that the part gives to events. */
    List<String> given() {
        return given;
    }

    Options options() {
        return options;
    }

    /** The fields of events that come to the part. */
    Schema schema() {
        return place.schema();
    }

    /** The kind of the last step before the part that has taken events and given results; empty if there is none. */
    String taker() {
        return place.taker();
    }

    /** The fields whose values tell these results apart. */
    List<String> groupedBy() {
        return place.groupedBy();
    }

    /** Whether {@code spec} is given and right in itself. */
    boolean usable(OptionSpec spec) {
        return options().has(spec) && !wrong.contains(spec);
    }

    /** Whether nothing is wrong with {@code spec}, which may be absent if it is not required. */
    boolean isRight(OptionSpec spec) {
        return !wrong.contains(spec);
    }

    /** The texts of a single or list option; empty if it is wrong. */
    List<Written> texts(OptionSpec spec) {
        return usable(spec) ? options().written(spec) : List.of();
    }

    /** The names and texts of a mapping option; empty if it is wrong. */
    Map<Written, Written> pairs(OptionSpec spec) {
        return usable(spec) ? options().writtenPairs(spec) : Map.of();
    }

    void problem(OptionSpec spec, String message, String hint) {
        problems.add(options().mark(spec), options().path(spec), message, hint);
    }

    /** Reports a problem of the part as a whole. */
    void problem(String message, String hint) {
        problems.add(options().mark(), options().path(), message, hint);
    }

    void problem(Written text, String message, String hint) {
        problems.add(text.mark(), text.path(), message, hint);
    }

    /** Reports a problem of a part of {@code text}. */
    void problem(Written text, Problem problem) {
        boolean isField = problem.message().startsWith(UNKNOWN_FIELD);
        String hint = isField
                ? fieldHint(problem.message().substring(UNKNOWN_FIELD.length()), problem.hint())
                : problem.hint();
        problems.add(text.mark(problem.offset(), problem.length()), text.path(), problem.message(), hint);
    }

    /** What events do not have yet, or no longer, is that rather than a slip. */
    private String fieldHint(String field, String hint) {
        if (!place.isParsed()) {
            return "nothing before it parses the lines; put a step such as - parse: combined first";
        }
        boolean isTaken = place.taken().typeOf(field).isPresent() && !hint.startsWith(Problems.DID_YOU_MEAN);
        String move = role == Role.SINK
                ? "give the sink after: and a step before the " + place.taker()
                : "put this step before the " + place.taker();
        return isTaken ? move + "; behind it there are only " + names(schema()) : hint;
    }

    /** Reports if events have no time here; returns whether they may have one. */
    boolean checkTime() {
        ask(List.of(TIMESTAMP), schema());
        boolean isThere = schema().typeOf(TIMESTAMP).isPresent();
        if (!isThere) {
            problem("events have no time here (expected: a " + TIMESTAMP + ')', timeHint());
        }
        return isThere;
    }

    private String timeHint() {
        Optional<String> other = schema().types().entrySet().stream()
                .filter(field -> !place.taker().isEmpty() && field.getValue() == FieldType.TIME)
                .map(Map.Entry::getKey)
                .findFirst();
        return other.map(time -> "before it: - enrich: {copy: {" + time + ": " + TIMESTAMP + "}}")
                .orElseGet(() -> fieldHint(
                        TIMESTAMP,
                        "parse a format that has one: combined, common, json, logfmt, or regex with a group (?<"
                                + TIMESTAMP + ">…)"));
    }

    private static String names(Schema fields) {
        return String.join(", ", fields.types().keySet());
    }

    /** Compiles an expression over {@code fields}; what is wrong with it is reported. */
    Optional<Expression> compile(Written text, Schema fields) {
        try {
            Expression expression = Expression.compile(text.text(), fields, keys);
            ask(expression.fieldNames(), fields);
            return Optional.of(expression);
        } catch (ExpressionException failure) {
            failure.problems().forEach(problem -> problem(text, problem));
            return Optional.empty();
        }
    }

    /** Reports what is wrong with an expression that has to be true or false for each event. */
    void checkCondition(Written text) {
        try {
            ask(Expression.condition(text.text(), schema(), keys).fieldNames(), schema());
        } catch (ExpressionException failure) {
            failure.problems().forEach(problem -> problem(text, problem));
        }
    }

    /** Reports what is wrong with an expression that says how much an event matters. */
    void checkPriority(Written text) {
        compile(text, schema())
                .filter(expression -> !PRIORITIES.contains(expression.type()))
                .ifPresent(expression -> problem(
                        text,
                        text.text() + " (expected: level, a condition or a number from 0 to 7)",
                        "such as shed: level, or shed: status >= 500"));
    }

    /** The type of the field that {@code name} says, one of {@code fields}; one that is not there is reported. */
    Optional<FieldType> field(Written name, Schema fields) {
        ask(List.of(name.text()), fields);
        Optional<FieldType> type = fields.typeOf(name.text());
        if (type.isEmpty()) {
            List<String> known = List.copyOf(fields.types().keySet());
            problem(
                    name,
                    UNKNOWN_FIELD + name.text(),
                    fieldHint(
                            name.text(),
                            Problems.didYouMean(name.text(), known, "the fields here are " + names(fields))));
        }
        return type;
    }
}
