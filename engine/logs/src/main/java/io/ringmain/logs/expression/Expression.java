package io.ringmain.logs.expression;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Value;
import io.ringmain.logs.parse.RejectedException;
import java.util.List;

/**
 * A condition or a value over the fields of an event, compiled once: {@code status >= 500 and method in ("GET", "POST")}. The language
 * is described with this package.
 *
 * <p>Thread and ownership: one lane, because it keeps values between the calls; each lane compiles its own. Evaluating never allocates,
 * once its texts have been as long as they get, never changes the event, and never throws on data, except that a regular expression
 * that takes too long for a text is a rejection.
 */
public final class Expression {

    /** The longest text of an expression, in characters: {@value}. */
    public static final int TEXT_LENGTH_MAX = 100_000;

    private final String text;
    private final Node root;
    private final Node condition;
    private final List<String> fieldNames;

    private Expression(String text, Node root, List<String> fieldNames) {
        this.text = text;
        this.root = root;
        this.fieldNames = fieldNames;
        condition = root.type() == FieldType.ANY ? Converted.to(FieldType.BOOLEAN, root) : root;
    }

    /**
     * Compiles a text.
     *
     * @param schema the fields that there are where it will be evaluated
     * @param keys the numbers of their names
     * @throws ExpressionException if something is wrong with it
     */
    public static Expression compile(String text, Schema schema, Keys keys) throws ExpressionException {
        return compile(text, schema, keys, false);
    }

    /**
     * Compiles a text that has to be true or false, or a field that may hold that; as {@link #compile(String, Schema, Keys)}.
     *
     * @throws ExpressionException if something is wrong with it, or it is something else
     */
    public static Expression condition(String text, Schema schema, Keys keys) throws ExpressionException {
        return compile(text, schema, keys, true);
    }

    private static Expression compile(String text, Schema schema, Keys keys, boolean isCondition)
            throws ExpressionException {
        requireNonNull(schema, "schema");
        requireNonNull(keys, "keys");
        Problems problems = new Problems(requireNonNull(text, "text"));
        if (text.length() > TEXT_LENGTH_MAX) {
            problems.add(
                    TEXT_LENGTH_MAX,
                    text.length(),
                    "an expression of " + text.length() + " characters (expected: <= " + TEXT_LENGTH_MAX + ')',
                    "compute parts of it in steps before");
            problems.throwIfAny();
        }
        Ast ast = Parser.parse(text, problems);
        Typing typing = new Typing(schema, keys, problems);
        Node root = ast == null ? Constant.missing() : typing.root(ast, isCondition);
        problems.throwIfAny();
        return new Expression(text, root, List.copyOf(typing.fieldNames()));
    }

    /** What it evaluates to, if that is not missing. */
    public FieldType type() {
        return root.type();
    }

    /**
     * Whether it is true for {@code event}: {@code false} for what is missing or neither true nor false.
     *
     * @throws RejectedException if a regular expression takes too long
     */
    public boolean test(LogEvent event) throws RejectedException {
        return condition.test(event);
    }

    /**
     * Evaluates it for {@code event}; a duration is a whole number, of nanoseconds.
     *
     * @param into what gets the value, or is missing; valid until the next call or until {@code event} changes
     * @throws RejectedException if a regular expression takes too long; {@code into} then holds something
     */
    public void evaluate(LogEvent event, Value into) throws RejectedException {
        root.evaluate(event, into);
    }

    /** The fields that it reads, in the order in which they stand in the text. */
    public List<String> fieldNames() {
        return fieldNames;
    }

    /** What it was compiled from. */
    public String text() {
        return text;
    }

    /** Returns the text. */
    @Override
    public String toString() {
        return text;
    }
}
