package io.ringmain.logs.expression;

import io.ringmain.logs.DurationText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Cuts a text into tokens; notes what is none and goes on behind it. */
final class Lexer {

    /** Longer ones first. */
    private static final List<String> SIGNS =
            List.of("==", "!=", "<=", ">=", "&&", "||", "<", ">", "!", "(", ")", ",", "+", "-", "*", "/", "%");

    /** What other languages write, and what it is here. Longer ones first. */
    private static final Map<String, String> FOREIGN = foreign();

    private static Map<String, String> foreign() {
        Map<String, String> foreign = new LinkedHashMap<>();
        foreign.put("===", "write ==");
        foreign.put("!==", "write !=");
        foreign.put("=~", "write matches");
        foreign.put("!~", "write not matches");
        foreign.put("~", "write matches with quotes: path matches \"^/cart\"");
        foreign.put("<>", "write !=");
        foreign.put("=>", "write >=");
        foreign.put("=<", "write <=");
        foreign.put("=", "write ==");
        foreign.put("&", "write and");
        foreign.put("|", "write or");
        foreign.put(";", "join conditions by and, or or");
        foreign.put("[", "write a list in round brackets: status in (200, 304)");
        foreign.put("@", "write the whole name in backquotes: `@name`");
        foreign.put("$", "write a field by its name alone");
        foreign.put(".", "a number is written like 0.5, a name like http.status");
        foreign.put("#", "an expression has no comments");
        foreign.put("?", "write if(condition, a, b)");
        return foreign;
    }

    private final String text;
    private final Problems problems;
    private final List<Token> tokens = new ArrayList<>();

    private Lexer(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
    }

    /** Returns the tokens, the last of which is the end. */
    static List<Token> tokens(String text, Problems problems) {
        return new Lexer(text, problems).cut();
    }

    private List<Token> cut() {
        int index = 0;
        while (index < text.length()) {
            char c = text.charAt(index);
            if (Character.isWhitespace(c)) {
                index++;
            } else if (isDigit(c)) {
                index = number(index);
            } else if (isNameStart(c)) {
                index = name(index);
            } else if (c == '"' || c == '\'') {
                index = string(index);
            } else if (c == '`') {
                index = quotedName(index);
            } else {
                index = sign(index);
            }
        }
        tokens.add(new Token(Token.Kind.END, text.length(), text.length(), "the end"));
        return tokens;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isNameStart(char c) {
        return c == '_' || Character.isLetter(c);
    }

    private static boolean isNamePart(char c) {
        return isNameStart(c) || isDigit(c);
    }

    private char at(int index) {
        return index < text.length() ? text.charAt(index) : '\0';
    }

    private int add(Token.Kind kind, int offset, int end, String value) {
        tokens.add(new Token(kind, offset, end, value));
        return end;
    }

    private int name(int offset) {
        int end = offset + 1;
        while (isNamePart(at(end)) || (at(end) == '.' && isNamePart(at(end + 1)))) {
            end++;
        }
        return add(Token.Kind.WORD, offset, end, text.substring(offset, end));
    }

    private int quotedName(int offset) {
        int end = text.indexOf('`', offset + 1);
        if (end < 0) {
            problems.add(offset, text.length(), "a backquote that does not end", "write a second ` behind the name");
            return add(Token.Kind.QUOTED_NAME, offset, text.length(), text.substring(offset + 1));
        }
        if (end == offset + 1) {
            problems.add(offset, end + 1, "an empty name", "write the field's name between the backquotes");
        }
        return add(Token.Kind.QUOTED_NAME, offset, end + 1, text.substring(offset + 1, end));
    }

    private int digits(int from) {
        int end = from;
        while (isDigit(at(end)) || (at(end) == '_' && isDigit(at(end + 1)))) {
            end++;
        }
        return end;
    }

    private int number(int offset) {
        int end = digits(offset);
        if (at(end) == '.' && isDigit(at(end + 1))) {
            end = digits(end + 1);
        }
        int exponent = at(end) != 'e' && at(end) != 'E' ? end : end + 1;
        int sign = at(exponent) == '+' || at(exponent) == '-' ? 1 : 0;
        if (exponent > end && isDigit(at(exponent + sign))) {
            end = digits(exponent + sign);
        }
        if (!isNamePart(at(end))) {
            return add(
                    Token.Kind.NUMBER, offset, end, text.substring(offset, end).replace("_", ""));
        }
        while (isNamePart(at(end)) || (at(end) == '.' && isDigit(at(end + 1)))) {
            end++;
        }
        String written = text.substring(offset, end);
        byte[] bytes = written.replace("_", "").getBytes(StandardCharsets.UTF_8);
        if (DurationText.parse(bytes, 0, bytes.length) == DurationText.NONE) {
            problems.add(
                    offset,
                    end,
                    written
                            + " is neither a number nor a duration (expected: digits, or digits and ns, us, ms, s, m, h or d, at most 292 years)",
                    "write a duration like 5s or 1h30m, a text in quotes, a name that begins with a digit in backquotes");
            return add(Token.Kind.NUMBER, offset, end, "0");
        }
        return add(Token.Kind.DURATION, offset, end, written);
    }

    private int string(int offset) {
        char quote = text.charAt(offset);
        StringBuilder value = new StringBuilder();
        int badEscape = -1;
        int index = offset + 1;
        while (index < text.length() && text.charAt(index) != quote) {
            int length = escape(index, value);
            if (length == 0) {
                badEscape = badEscape < 0 && text.charAt(index) == '\\' ? index : badEscape;
                value.append(text.charAt(index));
                length = 1;
            }
            index += length;
        }
        if (index >= text.length()) {
            problems.add(offset, text.length(), "a text that does not end", "write a second " + quote + " behind it");
        }
        int end = Math.min(index + 1, text.length());
        tokens.add(new Token(Token.Kind.STRING, offset, end, value.toString(), badEscape));
        return end;
    }

    /** Returns how many characters stood for what was added to {@code value}, 0 if there is no escape that means anything. */
    private int escape(int index, StringBuilder value) {
        if (text.charAt(index) != '\\') {
            return 0;
        }
        char next = at(index + 1);
        int plain = "\\\"'ntr".indexOf(next);
        if (next != '\0' && plain >= 0) {
            value.append("\\\"'\n\t\r".charAt(plain));
            return 2;
        }
        if (next != 'u' || index + 6 > text.length()) {
            return 0;
        }
        int code = 0;
        for (int i = index + 2; i < index + 6; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return 0;
            }
            code = code * 16 + digit;
        }
        value.append((char) code);
        return 6;
    }

    private int sign(int offset) {
        for (String foreign : FOREIGN.keySet()) {
            if (text.startsWith(foreign, offset) && (foreign.length() > 1 || !SIGNS.contains(two(offset)))) {
                return unknown(offset, foreign);
            }
        }
        for (String sign : SIGNS) {
            if (text.startsWith(sign, offset)) {
                return add(Token.Kind.SIGN, offset, offset + sign.length(), sign);
            }
        }
        return unknown(offset, Character.toString(text.codePointAt(offset)));
    }

    private String two(int offset) {
        return text.substring(offset, Math.min(offset + 2, text.length()));
    }

    private int unknown(int offset, String sign) {
        int end = offset + sign.length();
        problems.add(offset, end, sign + " means nothing here", FOREIGN.getOrDefault(sign, "text stands in quotes"));
        // Something in its place, so that the rest can be read.
        return add(Token.Kind.SIGN, offset, end, sign);
    }
}
