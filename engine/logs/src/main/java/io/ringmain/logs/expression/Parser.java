package io.ringmain.logs.expression;

import io.ringmain.logs.DurationText;
import io.ringmain.logs.FieldType;
import java.io.Serial;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads tokens, by recursive descent with one method per level of precedence. Gives up at the first mistake. */
final class Parser {

    /** What reads, checks and evaluates an expression calls itself once per level. */
    static final int LEVELS_MAX = 100;

    private static final Set<String> COMPARISONS = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> KEYWORDS = Set.of("and", "or", "not", "in", "matches", "true", "false", "null");

    /** Operators of other languages, and what they are here. */
    private static final Map<String, String> FOREIGN = Map.of(
            "contains", "contains is a function: write contains(path, \"x\")",
            "starts_with", "starts_with is a function: write starts_with(path, \"x\")",
            "startswith", "write starts_with(path, \"x\")",
            "ends_with", "ends_with is a function: write ends_with(path, \"x\")",
            "endswith", "write ends_with(path, \"x\")",
            "like", "write contains(path, \"x\"), or path matches \"…\"",
            "is", "write exists(x) or not exists(x), or ==",
            "between", "write x >= 1 and x <= 9",
            "mod", "write %",
            "div", "write /");

    private final Problems problems;
    private final List<Token> tokens;
    private int index;
    private int levels;

    private Parser(List<Token> tokens, Problems problems) {
        this.tokens = tokens;
        this.problems = problems;
    }

    /** Returns what the text says, or null if that was not to be found out. */
    static @Nullable Ast parse(String text, Problems problems) {
        List<Token> tokens = Lexer.tokens(text, problems);
        if (!problems.isEmpty()) {
            // What the parser makes of a text with holes would only distract.
            return null;
        }
        if (tokens.size() == 1) {
            problems.add(0, 1, "an empty expression", "write a condition like status >= 500, or a value");
            return null;
        }
        try {
            return new Parser(tokens, problems).whole();
        } catch (FailureException noted) {
            return null;
        }
    }

    private Ast whole() throws FailureException {
        Ast ast = any();
        Token next = peek();
        if (next.kind() != Token.Kind.END) {
            String hint = FOREIGN.getOrDefault(next.text().toLowerCase(Locale.ROOT), "");
            if (next.isSign(")")) {
                throw fail(next, "a ) without a ( before it", "remove it, or write a ( before");
            }
            throw fail(
                    next,
                    show(next) + " after a complete expression (expected: an operator or the end)",
                    hint.isEmpty() ? "write and or or between two conditions" : hint);
        }
        return ast;
    }

    private Token peek() {
        return tokens.get(index);
    }

    private Token take() {
        Token token = tokens.get(index);
        index += token.kind() == Token.Kind.END ? 0 : 1;
        return token;
    }

    private boolean accept(String sign) {
        if (peek().isSign(sign) || peek().isWord(sign)) {
            index++;
            return true;
        }
        return false;
    }

    private FailureException fail(Token token, String message, String hint) {
        problems.add(token.offset(), token.end(), message, hint);
        return new FailureException();
    }

    private static String show(Token token) {
        return switch (token.kind()) {
            case STRING -> "a text";
            case END -> "the end";
            case WORD, QUOTED_NAME, NUMBER, DURATION, SIGN -> token.text();
        };
    }

    private void enter(Token token) throws FailureException {
        if (++levels > LEVELS_MAX) {
            throw tooDeep(token);
        }
    }

    private FailureException tooDeep(Token token) {
        return fail(
                token,
                "more than " + LEVELS_MAX + " levels of nesting (expected: <= " + LEVELS_MAX + ')',
                "compute parts of it in steps before");
    }

    private <A extends Ast> A checked(A ast, Token token) throws FailureException {
        if (ast.depth() > LEVELS_MAX) {
            throw tooDeep(token);
        }
        return ast;
    }

    private Ast any() throws FailureException {
        Token first = peek();
        enter(first);
        List<Ast> operands = new ArrayList<>();
        do {
            operands.add(all());
        } while (accept("or") || accept("||"));
        levels--;
        return operands.size() == 1 ? operands.get(0) : checked(new Ast.Chain(false, operands), first);
    }

    private Ast all() throws FailureException {
        Token first = peek();
        List<Ast> operands = new ArrayList<>();
        do {
            operands.add(negation());
        } while (accept("and") || accept("&&"));
        return operands.size() == 1 ? operands.get(0) : checked(new Ast.Chain(true, operands), first);
    }

    private Ast negation() throws FailureException {
        Token first = peek();
        if (!accept("not") && !accept("!")) {
            return comparison();
        }
        enter(first);
        Ast operand = negation();
        levels--;
        return checked(new Ast.Unary(first.offset(), "not", operand), first);
    }

    private Ast comparison() throws FailureException {
        Ast left = sum();
        Token operator = peek();
        Ast ast;
        if (operator.isWord("not") && (isAhead("in") || isAhead("matches"))) {
            take();
            ast = checked(new Ast.Unary(left.offset(), "not", wordComparison(left)), operator);
        } else if (operator.isWord("in") || operator.isWord("matches")) {
            ast = wordComparison(left);
        } else if (operator.kind() == Token.Kind.SIGN && COMPARISONS.contains(operator.text())) {
            take();
            ast = checked(new Ast.Binary(operator.text(), left, sum()), operator);
        } else {
            return left;
        }
        Token next = peek();
        if (next.kind() == Token.Kind.SIGN && COMPARISONS.contains(next.text())) {
            throw fail(next, "a second comparison", "write a < b and b < c, or put one of them in brackets");
        }
        return ast;
    }

    private boolean isAhead(String word) {
        return tokens.get(index + 1).isWord(word);
    }

    private Ast wordComparison(Ast left) throws FailureException {
        Token operator = take();
        if (operator.isWord("in")) {
            return checked(list(left, operator), operator);
        }
        Token pattern = take();
        if (pattern.kind() != Token.Kind.STRING) {
            throw fail(
                    pattern,
                    show(pattern) + " behind matches (expected: a regular expression in quotes)",
                    "write path matches \"^/api/\"");
        }
        Ast regex = new Ast.Literal(pattern.offset(), pattern.end(), FieldType.TEXT, pattern.text());
        return checked(new Ast.Binary("matches", left, regex), operator);
    }

    private Ast.In list(Ast left, Token operator) throws FailureException {
        Token open = peek();
        if (!accept("(")) {
            throw fail(open, show(open) + " behind in (expected: a list)", "write method in (\"GET\", \"POST\")");
        }
        List<Ast> choices = arguments(operator);
        Ast.In in = new Ast.In(left, choices, tokens.get(index - 1).end());
        if (choices.isEmpty()) {
            throw fail(operator, "an empty list", "write what it may be: method in (\"GET\", \"POST\")");
        }
        return in;
    }

    /** Reads what stands behind a bracket, and the bracket that closes. */
    private List<Ast> arguments(Token owner) throws FailureException {
        List<Ast> arguments = new ArrayList<>();
        if (accept(")")) {
            return arguments;
        }
        do {
            arguments.add(any());
        } while (accept(","));
        close(owner);
        return arguments;
    }

    private void close(Token opened) throws FailureException {
        Token next = peek();
        if (!accept(")")) {
            if (next.kind() == Token.Kind.END) {
                throw fail(next, "a ( that is not closed", "write a ) where it ends");
            }
            String usual = opened.isSign("(") ? "write a ) before it" : "write a comma or a ) before it";
            String hint = FOREIGN.getOrDefault(next.text().toLowerCase(Locale.ROOT), usual);
            String expected = opened.isSign("(") ? "a closing bracket" : "a comma or a closing bracket";
            throw fail(next, show(next) + " within brackets (expected: " + expected + ')', hint);
        }
    }

    private Ast sum() throws FailureException {
        Ast left = product();
        for (Token operator = peek(); accept("+") || accept("-"); operator = peek()) {
            left = checked(new Ast.Binary(operator.text(), left, product()), operator);
        }
        return left;
    }

    private Ast product() throws FailureException {
        Ast left = signed();
        for (Token operator = peek(); accept("*") || accept("/") || accept("%"); operator = peek()) {
            left = checked(new Ast.Binary(operator.text(), left, signed()), operator);
        }
        return left;
    }

    private Ast signed() throws FailureException {
        Token first = peek();
        if (!accept("-")) {
            return primary();
        }
        enter(first);
        Ast operand = signed();
        levels--;
        return checked(new Ast.Unary(first.offset(), "-", operand), first);
    }

    private Ast primary() throws FailureException {
        Token token = take();
        return switch (token.kind()) {
            case NUMBER -> literal(token, FieldType.NUMBER, numberOf(token.text()));
            case DURATION -> literal(token, FieldType.DURATION, durationNs(token.text()));
            case STRING -> string(token);
            case QUOTED_NAME -> new Ast.Name(token.offset(), token.end(), token.text(), true);
            case WORD -> word(token);
            case SIGN -> bracket(token);
            case END ->
                throw fail(token, "the expression is not complete (expected: a value)", "write a value at the end");
        };
    }

    private static Ast literal(Token token, FieldType type, @Nullable Object value) {
        return new Ast.Literal(token.offset(), token.end(), type, value);
    }

    private static Number numberOf(String text) {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException notWhole) {
            return Double.valueOf(text);
        }
    }

    private static long durationNs(String text) {
        byte[] bytes = text.replace("_", "").getBytes(StandardCharsets.UTF_8);
        return DurationText.parse(bytes, 0, bytes.length);
    }

    private Ast string(Token token) {
        if (token.badEscape() >= 0) {
            problems.add(
                    token.badEscape(),
                    Math.min(token.badEscape() + 2, token.end()),
                    "a \\ that means nothing here (expected: \\\\, \\\", \\', \\n, \\r, \\t or \\u and four digits)",
                    "write \\\\ for a backslash");
        }
        return literal(token, FieldType.TEXT, token.text());
    }

    private Ast word(Token token) throws FailureException {
        if (token.isWord("true") || token.isWord("false")) {
            return literal(token, FieldType.BOOLEAN, token.isWord("true"));
        }
        if (token.isWord("null")) {
            return literal(token, FieldType.ANY, null);
        }
        if (token.isWord("matches") && peek().isSign("(")) {
            throw fail(token, "matches is no function", "write path matches \"^/api/\"");
        }
        if (KEYWORDS.contains(token.text().toLowerCase(Locale.ROOT))) {
            throw fail(
                    token,
                    token.text() + " where a value is expected",
                    "write a value before and behind it; a field of this name in backquotes");
        }
        if (accept("(")) {
            List<Ast> arguments = arguments(token);
            return checked(new Ast.Call(token, arguments, tokens.get(index - 1).end()), token);
        }
        return new Ast.Name(token.offset(), token.end(), token.text(), false);
    }

    private Ast bracket(Token token) throws FailureException {
        if (!token.isSign("(")) {
            boolean isBehindComma =
                    token.isSign(")") && index > 1 && tokens.get(index - 2).isSign(",");
            String usual = token.isSign("/")
                    ? "put quotes around a path, such as \"/cart\""
                    : "write a field, a number or a text before it";
            throw fail(
                    token,
                    show(token) + " where a value is expected",
                    isBehindComma ? "remove the comma before it" : usual);
        }
        Ast inner = any();
        close(token);
        return inner;
    }

    /** Ends the descent; what was wrong has been noted. */
    private static final class FailureException extends Exception {

        @Serial
        private static final long serialVersionUID = 1;
    }
}
