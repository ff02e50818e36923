package io.ringmain.logs.expression;

import io.ringmain.logs.DurationText;
import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.NumberText;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Which operators fit which types, and the nodes of those that do. */
final class Operators {

    private final Problems problems;

    Operators(Problems problems) {
        this.problems = problems;
    }

    private Node wrong(Ast place, String message, String hint) {
        problems.add(place, message, hint);
        return Constant.missing();
    }

    private String is(Ast ast, Node node) {
        return problems.quote(ast) + " is " + Types.words(node.type());
    }

    private static boolean isNull(Ast ast) {
        return ast instanceof Ast.Literal literal && literal.value() == null;
    }

    Node condition(Ast ast, Node node, String hint) {
        if (isNull(ast)) {
            return wrong(ast, "null is neither true nor false", "write true or false");
        }
        if (node.type() != FieldType.BOOLEAN && node.type() != FieldType.ANY) {
            return wrong(ast, is(ast, node) + " (expected: true or false)", hint.isEmpty() ? compare(ast, node) : hint);
        }
        return node.type() == FieldType.BOOLEAN ? node : Converted.to(FieldType.BOOLEAN, node);
    }

    private String compare(Ast ast, Node node) {
        if (ast instanceof Ast.Literal) {
            return "write true or false";
        }
        String other =
                switch (node.type()) {
                    case TEXT -> " == \"x\"";
                    case NUMBER -> " > 0";
                    case LEVEL -> " >= WARN";
                    case DURATION -> " > 1s";
                    case TIME -> " >= \"2015-05-17\"";
                    case BOOLEAN, ANY -> "";
                };
        return "compare it with something: " + problems.quote(ast) + other;
    }

    Node text(Ast ast, Node node) {
        if (node.type() != FieldType.TEXT && node.type() != FieldType.ANY) {
            String quote = problems.quote(ast);
            return wrong(ast, is(ast, node) + " (expected: text)", "write text(" + quote + ')');
        }
        return Converted.to(FieldType.TEXT, node);
    }

    /** Null is nothing, and nothing is equal to nothing: whoever compares with it means something else. */
    boolean isComparable(Ast side, Ast whole) {
        if (!isNull(side)) {
            return true;
        }
        Ast other = whole instanceof Ast.Binary binary
                ? isNull(binary.left()) ? binary.right() : binary.left()
                : ((Ast.In) whole).operand();
        boolean isContrary = whole instanceof Ast.Binary binary && binary.sign().equals("!=");
        String quote = isNull(other) ? "x" : problems.quote(other);
        problems.add(
                side, "null is not equal to anything", "write " + (isContrary ? "" : "not ") + "exists(" + quote + ')');
        return false;
    }

    Node comparison(Ast.Binary binary, Node left, Node right) {
        if (!isComparable(binary.left(), binary)
                || !isComparable(binary.right(), binary)
                || !fits(binary, binary.left(), left, binary.right(), right)) {
            return Constant.missing();
        }
        Comparison.Sign sign = Comparison.Sign.of(binary.sign());
        boolean isTruth = left.type() == FieldType.BOOLEAN || right.type() == FieldType.BOOLEAN;
        if (isTruth && sign != Comparison.Sign.EQUAL) {
            return wrong(binary, "true and false have no order (expected: == or !=)", "");
        }
        Node node = compare(sign, left, right);
        return binary.sign().equals("!=") ? Constant.fold(new Logic.Not(node), List.of(node)) : node;
    }

    /** Whether two types can be compared; notes why not. */
    boolean fits(Ast place, Ast left, Node leftNode, Ast right, Node rightNode) {
        FieldType a = leftNode.type();
        FieldType b = rightNode.type();
        if (a == b || a == FieldType.ANY || b == FieldType.ANY) {
            return true;
        }
        Ast marked = place instanceof Ast.In ? right : place;
        problems.add(
                marked,
                is(left, leftNode) + ", " + is(right, rightNode) + " (expected: the same on both sides)",
                b == FieldType.TEXT ? mismatch(right, b, left, a) : mismatch(left, a, right, b));
        return false;
    }

    /** If one of the two is text, it is the first. */
    private String mismatch(Ast ast, FieldType type, Ast other, FieldType otherType) {
        if (type == FieldType.TEXT && ast instanceof Ast.Literal literal) {
            String hint = textLiteral(String.valueOf(literal.value()), otherType);
            return hint.isEmpty() && !(other instanceof Ast.Literal)
                    ? "write text(" + problems.quote(other) + ')'
                    : hint;
        }
        String quote = problems.quote(ast);
        if (type == FieldType.TEXT) {
            return switch (otherType) {
                case NUMBER ->
                    other instanceof Ast.Literal
                            ? "write number(" + quote + ") or \"" + problems.quote(other) + '"'
                            : "write number(" + quote + ')';
                case TEXT, ANY -> "";
                case BOOLEAN, TIME, DURATION, LEVEL ->
                    other instanceof Ast.Literal
                            ? "write " + problems.quote(other) + " in quotes"
                            : "write text(" + problems.quote(other) + ')';
            };
        }
        if (type == FieldType.LEVEL || otherType == FieldType.LEVEL) {
            return "the levels are " + Types.LEVELS;
        }
        if (type == FieldType.TIME || otherType == FieldType.TIME) {
            return "write a time like \"2015-05-17T10:05:03Z\"";
        }
        if (type == FieldType.DURATION || otherType == FieldType.DURATION) {
            return "a duration is written like 10ms, 5s or 1h; a duration divided by 1ms is a number";
        }
        return "write true or false";
    }

    private static String textLiteral(String text, FieldType beside) {
        byte[] bytes = Text.of(text).bytes();
        boolean isMeant =
                switch (beside) {
                    case NUMBER -> NumberText.parse(bytes, 0, bytes.length, new Value());
                    case BOOLEAN -> text.equals("true") || text.equals("false");
                    case DURATION -> DurationText.parse(bytes, 0, bytes.length) != DurationText.NONE;
                    case TEXT, TIME, LEVEL, ANY -> false;
                };
        return isMeant ? "write " + text + " without quotes" : "";
    }

    private static Node compare(Comparison.Sign sign, Node left, Node right) {
        if (left instanceof Constant && !(right instanceof Constant)) {
            return compare(sign.mirrored(), right, left);
        }
        if (right instanceof Constant constant && !(left instanceof Constant)) {
            return compareWith(sign, left, constant);
        }
        return general(sign, left, right);
    }

    private static Node general(Comparison.Sign sign, Node left, Node right) {
        // A text is read as a duration only beside one.
        boolean isDuration = left.type() == FieldType.DURATION || right.type() == FieldType.DURATION;
        Node a = isDuration ? Converted.to(FieldType.DURATION, left) : left;
        Node b = isDuration ? Converted.to(FieldType.DURATION, right) : right;
        return Constant.fold(new Comparison.General(sign, a, b), List.of(left, right));
    }

    private static Node compareWith(Comparison.Sign sign, Node left, Constant right) {
        Value value = right.value();
        if (left instanceof Field field) {
            if (field.key() == Keys.LEVEL && value.kind() == Value.Kind.LEVEL) {
                return new Comparison.EventLevel(sign, value.level());
            }
            boolean isNumber = right.type() == FieldType.NUMBER && value.kind() == Value.Kind.LONG;
            if (isNumber && field.key() >= 0) {
                return new Comparison.FieldWithLong(sign, field, right);
            }
        }
        if (sign == Comparison.Sign.EQUAL && isPlainText(left, value)) {
            return new Comparison.TextIn(left, List.of(Objects.requireNonNull(value.constant(), "text")));
        }
        return general(sign, left, right);
    }

    /** Whether only the same text is equal to this constant: for a number in an ANY, the text 5 is equal to it too. */
    private static boolean isPlainText(Node operand, Value constant) {
        if (constant.kind() != Value.Kind.TEXT) {
            return false;
        }
        if (operand.type() == FieldType.TEXT) {
            return true;
        }
        boolean isNumber = NumberText.parse(constant.bytes(), constant.offset(), constant.length(), new Value());
        Level level = Level.of(constant.bytes(), constant.offset(), constant.length());
        return operand.type() == FieldType.ANY && !isNumber && level == null && Converted.truth(constant) < 0;
    }

    Node in(Node operand, List<Node> choices) {
        List<Text> texts = new ArrayList<>();
        List<Long> numbers = new ArrayList<>();
        for (Node choice : choices) {
            if (choice instanceof Constant constant) {
                Value value = constant.value();
                if (isPlainText(operand, value)) {
                    texts.add(Objects.requireNonNull(value.constant(), "text"));
                } else if (operand.type() == FieldType.NUMBER && value.kind() == Value.Kind.LONG) {
                    numbers.add(value.longValue());
                }
            }
        }
        if (texts.size() == choices.size()) {
            return Constant.fold(new Comparison.TextIn(operand, texts), List.of(operand));
        }
        if (numbers.size() == choices.size()) {
            long[] longs = numbers.stream().mapToLong(Long::longValue).toArray();
            return Constant.fold(new Comparison.LongIn(operand, longs), List.of(operand));
        }
        List<Node> equal = new ArrayList<>();
        choices.forEach(choice -> equal.add(compare(Comparison.Sign.EQUAL, operand, choice)));
        return Constant.fold(new Logic.Chain(false, equal), equal);
    }

    Node negated(Ast.Unary unary, Node operand) {
        FieldType type = operand.type() == FieldType.ANY ? FieldType.NUMBER : operand.type();
        if (type != FieldType.NUMBER && type != FieldType.DURATION) {
            return wrong(
                    unary,
                    is(unary.operand(), operand) + " (expected: a number or a duration)",
                    type == FieldType.BOOLEAN
                            ? "write not"
                            : type == FieldType.TEXT ? "write -number(" + problems.quote(unary.operand()) + ')' : "");
        }
        Node number = Converted.to(type, operand);
        return Constant.fold(new Arithmetic.OfOne(type, Arithmetic.Function.NEGATE, number), List.of(operand));
    }

    Node arithmetic(Ast.Binary binary, Node left, Node right) {
        Arithmetic.Operator operator = Arithmetic.Operator.of(binary.sign());
        boolean isDivision = operator == Arithmetic.Operator.DIVIDED_BY || operator == Arithmetic.Operator.MODULO;
        if (isDivision && isZero(right)) {
            return wrong(binary, "a division by zero, which is always missing", "");
        }
        Node node = Sums.node(operator, left, right);
        if (node == null) {
            String hint = left.type() == FieldType.TEXT || right.type() == FieldType.TEXT
                    ? textHint(binary, operator, left)
                    : Sums.hint(operator, left.type(), right.type());
            return wrong(
                    binary,
                    is(binary.left(), left) + ", " + is(binary.right(), right) + " (expected: what " + binary.sign()
                            + " takes)",
                    hint);
        }
        return Constant.fold(node, List.of(left, right));
    }

    private String textHint(Ast.Binary binary, Arithmetic.Operator operator, Node left) {
        Ast text = left.type() == FieldType.TEXT ? binary.left() : binary.right();
        if (operator != Arithmetic.Operator.PLUS) {
            return "write number(" + problems.quote(text) + ')';
        }
        Ast other = left.type() == FieldType.TEXT ? binary.right() : binary.left();
        return "write text(" + problems.quote(other) + ") to join texts, number(" + problems.quote(text) + ") to add";
    }

    private static boolean isZero(Node node) {
        return node instanceof Constant constant
                && (constant.value().isNumber() && constant.value().doubleValue() == 0);
    }

    /** Checks an argument that has to be of a type of its own. */
    Node argument(Ast.Call call, int index, Node node, Signature signature) {
        FieldType wanted = signature.wanted(index);
        boolean isNumberAlready = signature.name().equals("number") && node.type() == FieldType.NUMBER;
        if (wanted == FieldType.ANY || node.type() == wanted || isNumberAlready) {
            return node;
        }
        if (node.type() == FieldType.ANY) {
            return Converted.to(wanted, node);
        }
        Ast ast = call.arguments().get(index);
        return wrong(
                ast,
                is(ast, node) + " (expected: " + Types.words(wanted) + " in " + signature.text() + ')',
                signature.name().equals("number") ? "" : argumentHint(ast, node, wanted));
    }

    private String argumentHint(Ast ast, Node node, FieldType wanted) {
        String quote = problems.quote(ast);
        return switch (wanted) {
            case TEXT -> ast instanceof Ast.Literal ? "write " + quote + " in quotes" : "write text(" + quote + ')';
            case NUMBER ->
                node.type() != FieldType.TEXT
                        ? ""
                        : ast instanceof Ast.Literal ? "write a number without quotes" : "write number(" + quote + ')';
            case DURATION -> "write a duration like 10ms, 5s or 1h";
            case BOOLEAN -> compare(ast, node);
            case TIME -> "write a time: timestamp";
            case LEVEL, ANY -> "";
        };
    }

    private String sameHint(Ast one, Node oneNode, Ast other, Node otherNode) {
        Ast text = oneNode.type() == FieldType.TEXT ? other : otherNode.type() == FieldType.TEXT ? one : null;
        if (text == null) {
            return "";
        }
        String quote = problems.quote(text);
        return text instanceof Ast.Literal ? "write " + quote + " in quotes" : "write text(" + quote + ')';
    }

    /** Returns the one type of the arguments that must have the same, ANY if one of them is; notes where they differ. */
    FieldType sameType(Ast.Call call, List<Node> nodes, Signature signature) {
        int first = -1;
        boolean isAny = false;
        for (int i = 0; i < nodes.size(); i++) {
            Node node = nodes.get(i);
            if (!signature.isSame(i) || (node instanceof Constant constant && constant.isMissing())) {
                continue;
            }
            isAny |= node.type() == FieldType.ANY;
            if (first < 0 || nodes.get(first).type() == FieldType.ANY) {
                first = i;
            } else if (node.type() != FieldType.ANY
                    && node.type() != nodes.get(first).type()) {
                Ast ast = call.arguments().get(i);
                Ast other = call.arguments().get(first);
                problems.add(
                        ast,
                        is(other, nodes.get(first)) + ", " + is(ast, node) + " (expected: the same in "
                                + signature.text() + ')',
                        sameHint(other, nodes.get(first), ast, node));
                return FieldType.ANY;
            }
        }
        return isAny || first < 0 ? FieldType.ANY : nodes.get(first).type();
    }
}
