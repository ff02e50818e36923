package io.ringmain.cli.query;

import io.ringmain.cli.rows.Row;
import io.ringmain.cli.rows.RowOrder;
import io.ringmain.logs.Nearest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A question in one line: stages with bars between them, each of which is a condition, {@code where}, {@code set}, {@code take}, an
 * aggregate, {@code sort} or {@code top}. All but the last two become steps of a plan; those put the rows of an aggregate in order.
 *
 * <p>Thread: any; it does not change.
 */
public final class Query {

    /** Which stages there are, for messages. */
    static final String STAGES = "a condition, where, set, take, count() by …, sort or top";

    private static final String FIELD = "(?:`[^`]+`|[A-Za-z_][\\w.]*)";
    private static final String CALL =
            "(?:([A-Za-z_]\\w*)\\s*=(?!=)\\s*)?(count|sum|min|max|avg|counts)\\s*\\(\\s*(" + FIELD + ")?\\s*\\)";
    private static final Pattern CALLS = Pattern.compile(CALL);
    private static final Pattern AGGREGATE = Pattern.compile(
            "(" + CALL + "(?:\\s*,\\s*" + CALL + ")*)(?:\\s+by\\s+(" + FIELD + "(?:\\s*,\\s*" + FIELD + ")*))?");
    private static final Pattern BY = Pattern.compile(CALL + "(?:\\s*,\\s*" + CALL + ")*\\s+(?:by\\b\\s*(.*))");
    private static final Pattern FIELDS = Pattern.compile(FIELD);
    private static final Pattern SET = Pattern.compile("set\\s+(" + FIELD + ")\\s*=(?!=)\\s*(.*)");
    private static final Pattern TAKE = Pattern.compile("(?:take|limit)\\s+(\\d{1,18})");
    private static final Pattern TOP = Pattern.compile("top\\s+(\\d{1,9})(?:\\s+by\\s+(" + FIELD + "))?");
    private static final Pattern SORT = Pattern.compile("sort\\s+(?:by\\s+)?(" + FIELD + ")(?:\\s+(asc|desc))?");
    private static final Pattern WHERE = Pattern.compile("(?:where|filter)\\s+(.*)");
    private static final Pattern VERB =
            Pattern.compile("(where|filter|set|take|limit|top|sort)\\b(?!\\s*[-=<>!(.+*/%]).*");

    private static final Pattern NEXT = Pattern.compile("\\s(where|filter|set|take|limit|top|sort)\\b");

    private final String text;
    private final List<Stage> stages = new ArrayList<>();
    // To be named in sort and top, what was computed first: top takes it.
    private final List<String> columns = new ArrayList<>();
    private final List<String> shown = new ArrayList<>();
    private final List<RowOrder> orders = new ArrayList<>();
    private long rowsMax = Long.MAX_VALUE;
    private boolean aggregates;

    /**
     * A step of the plan.
     *
     * @param piece where it stands in the question
     * @param before what stands before the value in the plan's line
     * @param value the expression in it, if it has one
     * @param after what stands behind the value
     */
    record Stage(Piece piece, String before, @Nullable Piece value, String after) {}

    private Query(String text) {
        this.text = text;
    }

    /**
     * Understands {@code text}.
     *
     * @throws QueryException if it cannot; expressions and fields are checked with the plan
     */
    public static Query of(String text) throws QueryException {
        // A line end is a blank like any other, and no place moves.
        Query query = new Query(text.replace('\n', ' ').replace('\r', ' ').replace('\t', ' '));
        List<Piece> pieces = Piece.split(query.text);
        boolean alone = pieces.size() == 1 && pieces.get(0).text().isEmpty();
        for (Piece piece : alone ? List.<Piece>of() : pieces) {
            query.add(piece);
        }
        return query;
    }

    private void add(Piece piece) throws QueryException {
        String stage = piece.text();
        if (stage.isEmpty()) {
            throw new QueryException(piece, "an empty stage (expected: " + STAGES + ')', "remove one of the bars");
        }
        Matcher aggregate = AGGREGATE.matcher(stage);
        Matcher set = SET.matcher(stage);
        Matcher take = TAKE.matcher(stage);
        Matcher where = WHERE.matcher(stage);
        if (aggregate.matches()) {
            aggregate(piece, aggregate.group(1), aggregate.group(aggregate.groupCount()));
        } else if (set.matches()) {
            String before = "enrich: {compute: {" + Yaml.quoted(bare(set.group(1))) + ": ";
            value(piece, before, piece.part(set.start(2), set.end(2)), "}}");
        } else if (take.matches()) {
            take(piece, Long.parseLong(take.group(1)));
        } else if (!order(piece)) {
            refuseBy(piece);
            boolean isWhere = where.matches();
            if (!isWhere && VERB.matcher(stage).matches()) {
                throw new QueryException(piece, "not understood (expected: " + form(stage) + ')', "");
            }
            value(piece, "filter: {condition: ", isWhere ? piece.part(where.start(1), where.end(1)) : piece, "}");
        }
    }

    /** An aggregate that is right but for its fields. */
    private static void refuseBy(Piece piece) throws QueryException {
        Matcher by = BY.matcher(piece.text());
        if (by.matches()) {
            int last = by.groupCount();
            Piece fields = piece.part(by.start(last), by.end(last));
            Matcher next = NEXT.matcher(fields.text());
            throw new QueryException(
                    fields,
                    (fields.text().isEmpty() ? "by without a field" : fields.text())
                            + " (expected: a field, or fields with commas between them)",
                    next.find() ? "put a bar before " + next.group(1) : "such as count() by status");
        }
    }

    private static String form(String stage) {
        return switch (stage.split("\\W", 2)[0]) {
            case "set" -> "set NAME = EXPRESSION";
            case "take", "limit" -> "take NUMBER";
            case "top" -> "top NUMBER, or top NUMBER by NAME";
            case "sort" -> "sort NAME, or sort NAME desc";
            default -> "where CONDITION";
        };
    }

    private void value(Piece piece, String before, Piece value, String after) throws QueryException {
        if (!orders.isEmpty() || (aggregates && rowsMax < Long.MAX_VALUE)) {
            throw new QueryException(
                    piece, "a stage behind sort, top or take (expected: before them)", "move it to the left");
        }
        stages.add(new Stage(piece, before, value, after));
    }

    private void aggregate(Piece piece, String calls, @Nullable String by) throws QueryException {
        if (aggregates) {
            throw new QueryException(
                    piece, "a second aggregate (expected: one)", "put all functions into one, with commas");
        }
        aggregates = true;
        List<String> compute = new ArrayList<>();
        Matcher call = CALLS.matcher(calls);
        List<String> computed = new ArrayList<>();
        while (call.find()) {
            String field = call.group(3) == null ? "" : call.group(3);
            String name = call.group(1) != null ? call.group(1) : name(call.group(2), bare(field));
            computed.add(name);
            compute.add(Yaml.quoted(name) + ": " + Yaml.quoted(call.group(2) + '(' + field + ')'));
        }
        List<String> keys = new ArrayList<>();
        Matcher field = FIELDS.matcher(by == null ? "" : by);
        while (field.find()) {
            keys.add(bare(field.group()));
        }
        columns.addAll(computed);
        columns.addAll(keys);
        shown.addAll(keys);
        shown.addAll(computed);
        String fields = keys.isEmpty()
                ? ""
                : "by: [" + String.join(", ", keys.stream().map(Yaml::quoted).toList()) + "], ";
        stages.add(
                new Stage(piece, "aggregate: {" + fields + "compute: {" + String.join(", ", compute) + "}}", null, ""));
    }

    private static String name(String function, String field) {
        return field.isEmpty() ? function : function + '_' + field;
    }

    private static String bare(String field) {
        return field.startsWith("`") ? field.substring(1, field.length() - 1) : field;
    }

    private void take(Piece piece, long count) throws QueryException {
        if (count < 1) {
            throw new QueryException(piece, "take " + count + " (expected: >= 1)", "");
        }
        if (aggregates) {
            rowsMax = Math.min(rowsMax, count);
        } else {
            stages.add(new Stage(piece, "take: " + count, null, ""));
        }
    }

    /** Takes {@code top} and {@code sort}; returns false if the stage is neither. */
    private boolean order(Piece piece) throws QueryException {
        Matcher top = TOP.matcher(piece.text());
        Matcher sort = SORT.matcher(piece.text());
        boolean isTop = top.matches();
        if (!isTop && !sort.matches()) {
            return false;
        }
        if (!aggregates) {
            throw new QueryException(
                    piece,
                    (isTop ? "top" : "sort") + " of lines (expected: behind an aggregate, whose rows it orders)",
                    "put count() by … before it");
        }
        String name = isTop ? top.group(2) == null ? columns.get(0) : bare(top.group(2)) : bare(sort.group(1));
        if (!columns.contains(name)) {
            throw new QueryException(
                    piece,
                    "no column " + name + " (expected: " + String.join(", ", columns) + ')',
                    Nearest.to(name, columns)
                            .map(near -> "did you mean " + near + '?')
                            .orElse(""));
        }
        orders.add(0, new RowOrder(name, isTop || "desc".equals(sort.group(2))));
        if (isTop) {
            rowsMax = Math.min(rowsMax, Integer.parseInt(top.group(1)));
        }
        return true;
    }

    /** The question, in one line. */
    public String text() {
        return text;
    }

    /** The columns of the answer, in their order; none if the lines are the answer. */
    public List<String> columns() {
        return List.copyOf(shown);
    }

    /** Whether the answer is rows rather than lines. */
    public boolean aggregates() {
        return aggregates;
    }

    /** Returns {@code rows} in the order asked for, and as many as were asked for. */
    public List<Row> arrange(List<Row> rows) {
        List<Row> arranged = new ArrayList<>(rows);
        // The last one asked for stands first and decides; the sort is stable.
        for (int i = orders.size() - 1; i >= 0; i--) {
            arranged.sort(orders.get(i));
        }
        return List.copyOf(arranged.subList(0, (int) Math.min(rowsMax, arranged.size())));
    }

    /** Returns the plan that answers the question. */
    public QueryPlan plan(List<String> paths, String format, String sink) {
        return new QueryPlan(text, List.copyOf(stages), paths, format, sink);
    }
}
