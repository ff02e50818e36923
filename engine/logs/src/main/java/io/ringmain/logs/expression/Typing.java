package io.ringmain.logs.expression;

import io.ringmain.logs.BudgetedText;
import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Nearest;
import io.ringmain.logs.Schema;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the parts of an expression are, says what is wrong with them, and makes the nodes. What is wrong goes on as a missing
 * value of type {@link FieldType#ANY}, which fits everywhere, so that one mistake makes one message.
 */
final class Typing {

    private final Schema schema;
    private final Keys keys;
    private final Problems problems;
    private final Set<String> fieldNames = new LinkedHashSet<>();
    private final Operators operators;

    Typing(Schema schema, Keys keys, Problems problems) {
        this.schema = schema;
        this.keys = keys;
        this.problems = problems;
        operators = new Operators(problems);
    }

    /** The fields that have been asked for. */
    Set<String> fieldNames() {
        return fieldNames;
    }

    private Node wrong(Ast place, String message, String hint) {
        problems.add(place, message, hint);
        return Constant.missing();
    }

    /** The node of the whole, which may have to be true or false. */
    Node root(Ast ast, boolean isCondition) {
        return isCondition ? condition(ast, "") : type(ast);
    }

    private Node type(Ast ast) {
        return type(ast, null);
    }

    /** {@code beside} is the type of what it is compared with: beside a level a name may be one, beside a time a text. */
    private Node type(Ast ast, @Nullable FieldType beside) {
        if (ast instanceof Ast.Literal literal) {
            return literal(literal, beside);
        }
        if (ast instanceof Ast.Name name) {
            return name(name, beside);
        }
        if (ast instanceof Ast.Unary unary) {
            return unary(unary);
        }
        if (ast instanceof Ast.Chain chain) {
            return chain(chain);
        }
        if (ast instanceof Ast.In in) {
            return in(in);
        }
        if (ast instanceof Ast.Call call) {
            return call(call);
        }
        return binary((Ast.Binary) ast);
    }

    private Node literal(Ast.Literal literal, @Nullable FieldType beside) {
        if (literal.type() == FieldType.TEXT && literal.value() instanceof String text) {
            if (beside == FieldType.LEVEL) {
                return level(literal, text);
            }
            if (beside == FieldType.TIME) {
                return time(literal, text);
            }
        }
        if (literal.value() instanceof Double number && number.isInfinite()) {
            return wrong(literal, problems.quote(literal) + " is too large (expected: < 1.8e308)", "");
        }
        return Constant.of(literal.type(), literal.value());
    }

    private Node level(Ast.Literal literal, String text) {
        Level level = Level.of(text);
        return level != null
                ? Constant.of(FieldType.LEVEL, level)
                : wrong(
                        literal,
                        problems.quote(literal) + " is no level (expected: " + Types.LEVELS + ')',
                        Nearest.to(text, Types.LEVEL_NAMES)
                                .map(nearest -> "did you mean " + nearest + '?')
                                .orElse(""));
    }

    private Node time(Ast.Literal literal, String text) {
        long epochNs = Types.epochNs(text);
        return epochNs != LogEvent.NO_TIME
                ? Constant.of(FieldType.TIME, epochNs)
                : wrong(
                        literal,
                        problems.quote(literal) + " is no time (expected: ISO 8601, from 1678 to 2261)",
                        "write \"2015-05-17T10:05:03Z\" or \"2015-05-17\"");
    }

    private Node name(Ast.Name name, @Nullable FieldType beside) {
        if (isLevel(name, beside)) {
            return Constant.of(FieldType.LEVEL, Level.of(name.text()));
        }
        Optional<FieldType> type = typeOf(name.text());
        if (type.isEmpty()) {
            return wrong(name, "unknown field " + name.text(), fieldHint(name, beside));
        }
        fieldNames.add(name.text());
        try {
            return new Field(keys.id(name.text()), type.get());
        } catch (IllegalStateException full) {
            return wrong(name, "one name too many (expected: <= " + Keys.COUNT_MAX + " in one pipeline)", "");
        }
    }

    private boolean isLevel(Ast.Name name, @Nullable FieldType beside) {
        Level level = name.isQuoted() ? null : Level.of(name.text());
        if (level == null || beside == FieldType.LEVEL) {
            return level != null;
        }
        // Beside a field that may hold anything, WARN is meant as the level, unless it is known to be a field.
        return beside == FieldType.ANY
                && level.name().equals(name.text())
                && !schema.types().containsKey(name.text());
    }

    /** What every event has is known even where the schema only says that there may be more. */
    private Optional<FieldType> typeOf(String name) {
        Optional<FieldType> type = schema.typeOf(name);
        if (!schema.isOpen() || schema.types().containsKey(name)) {
            return type;
        }
        return switch (name) {
            case "level" -> Optional.of(FieldType.LEVEL);
            case "timestamp", "ingest_time" -> Optional.of(FieldType.TIME);
            case "line" -> Optional.of(FieldType.TEXT);
            default -> type;
        };
    }

    private String fieldHint(Ast.Name name, @Nullable FieldType beside) {
        Optional<String> nearest = Nearest.to(name.text(), schema.types().keySet());
        if (nearest.isPresent()) {
            return "did you mean " + nearest.get() + '?';
        }
        if (Level.of(name.text()) != null && typeOf("level").isPresent()) {
            return "compare a level with it: level >= " + name.text();
        }
        if (schema.types().isEmpty()) {
            return "there are no fields here";
        }
        String fields =
                "the fields here are " + String.join(", ", schema.types().keySet());
        return beside == FieldType.TEXT ? "write \"" + name.text() + "\" if it is a text; " + fields : fields;
    }

    private Node condition(Ast ast, String hint) {
        return operators.condition(ast, type(ast), hint);
    }

    private Node unary(Ast.Unary unary) {
        if (unary.sign().equals("not")) {
            Node operand = condition(unary.operand(), "");
            return Constant.fold(new Logic.Not(operand), List.of(operand));
        }
        return operators.negated(unary, type(unary.operand()));
    }

    private Node chain(Ast.Chain chain) {
        List<Node> operands = new ArrayList<>();
        Ast before = null;
        for (Ast operand : chain.operands()) {
            operands.add(condition(operand, before == null ? "" : listHint(before, operand)));
            before = operand;
        }
        return Constant.fold(new Logic.Chain(chain.isAnd(), operands), operands);
    }

    /** For {@code method == "GET" or "POST"}. */
    private String listHint(Ast before, Ast operand) {
        boolean isList = operand instanceof Ast.Literal && before instanceof Ast.Binary;
        if (!isList || !((Ast.Binary) before).sign().equals("==")) {
            return "";
        }
        Ast.Binary equal = (Ast.Binary) before;
        return "write " + problems.quote(equal.left()) + " in (" + problems.quote(equal.right()) + ", "
                + problems.quote(operand) + ')';
    }

    private Node in(Ast.In in) {
        Node operand = type(in.operand());
        List<Node> choices = new ArrayList<>();
        boolean isRight = operators.isComparable(in.operand(), in);
        for (Ast choice : in.choices()) {
            Node node = type(choice, operand.type());
            isRight &= operators.isComparable(choice, in) && operators.fits(in, in.operand(), operand, choice, node);
            choices.add(node);
        }
        return isRight ? operators.in(operand, choices) : Constant.missing();
    }

    private Node binary(Ast.Binary binary) {
        return switch (binary.sign()) {
            case "matches" -> matches(binary);
            case "+", "-", "*", "/", "%" -> arithmetic(binary);
            default -> comparison(binary);
        };
    }

    private Node arithmetic(Ast.Binary binary) {
        Node left = type(binary.left());
        boolean isFromTime = binary.sign().equals("-") && left.type() == FieldType.TIME;
        return operators.arithmetic(binary, left, type(binary.right(), isFromTime ? FieldType.TIME : null));
    }

    private Node comparison(Ast.Binary binary) {
        Node left;
        Node right;
        if (dependsOnOther(binary.left())) {
            right = type(binary.right(), null);
            left = type(binary.left(), right.type());
        } else {
            left = type(binary.left(), null);
            right = type(binary.right(), left.type());
        }
        return operators.comparison(binary, left, right);
    }

    private static boolean dependsOnOther(Ast ast) {
        return ast instanceof Ast.Literal
                || (ast instanceof Ast.Name name && !name.isQuoted() && Level.of(name.text()) != null);
    }

    private Node matches(Ast.Binary binary) {
        Node operand = operators.text(binary.left(), type(binary.left()));
        String regex = String.valueOf(((Ast.Literal) binary.right()).value());
        try {
            Node node = new Texts.Matches(operand, BudgetedText.pattern(regex));
            return Constant.fold(node, List.of(operand));
        } catch (PatternSyntaxException mistake) {
            String place = mistake.getIndex() < 0 ? "" : ", at its character " + (mistake.getIndex() + 1);
            return wrong(
                    binary.right(),
                    "no regular expression" + place + ": " + mistake.getDescription(),
                    "write one of java.util.regex; \\\\ before a sign that stands for itself");
        }
    }

    private Node call(Ast.Call call) {
        String name = call.name().text();
        Functions.Definition definition = Functions.find(name);
        if (definition == null) {
            call.arguments().forEach(this::type);
            String hint = Nearest.to(name, Functions.names())
                    .map(nearest -> "did you mean " + nearest + '?')
                    .orElse("the functions are " + String.join(", ", Functions.names()));
            problems.add(call.name().offset(), call.name().end(), "unknown function " + name, hint);
            return Constant.missing();
        }
        Signature signature = definition.signature();
        List<Node> nodes = arguments(call, signature);
        if (!signature.takes(nodes.size())) {
            return wrong(
                    call,
                    name + ": " + nodes.size() + (nodes.size() == 1 ? " argument" : " arguments") + " (expected: "
                            + signature.counts() + ')',
                    "write " + signature.text());
        }
        for (int i = 0; i < nodes.size(); i++) {
            if (!signature.isSame(i)) {
                nodes.set(i, operators.argument(call, i, nodes.get(i), signature));
            }
        }
        FieldType same = operators.sameType(call, nodes, signature);
        return Constant.fold(definition.maker().make(signature.result(same), nodes), nodes);
    }

    private List<Node> arguments(Ast.Call call, Signature signature) {
        List<Node> nodes = new ArrayList<>();
        FieldType same = null;
        for (int i = 0; i < call.arguments().size(); i++) {
            FieldType beside = signature.isSame(i) ? same : i < signature.count() ? signature.wanted(i) : null;
            Node node = type(call.arguments().get(i), beside);
            if (signature.isSame(i) && same == null && node.type() != FieldType.ANY) {
                same = node.type();
            }
            nodes.add(node);
        }
        return nodes;
    }
}
