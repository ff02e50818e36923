package io.ringmain.cli.letters;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads one JSON object of texts and whole numbers, and knows where each stands.
 *
 * <p>Thread: one.
 */
final class FlatJson {

    private static final int TEXT_SHOWN_MAX = 40;

    private final String text;
    private final Map<String, Member> members = new LinkedHashMap<>();
    private int at;

    /**
     * A value.
     *
     * @param column where it stands, from 1
     * @param text the text, or the number as it is written
     */
    record Member(int column, String text, boolean isText) {

        /** For people: the value as it stands there, cut. */
        String shown() {
            String cut = text.length() > TEXT_SHOWN_MAX ? text.substring(0, TEXT_SHOWN_MAX) + "..." : text;
            return isText ? '"' + cut + '"' : cut;
        }
    }

    private FlatJson(String text) {
        this.text = text;
    }

    /** Returns the members of the object that {@code text} is. */
    static Map<String, Member> read(String text) throws WrongLineException {
        var reader = new FlatJson(text);
        reader.object();
        return reader.members;
    }

    private void object() throws WrongLineException {
        require('{', "an object, {...}");
        space();
        if (next() == '}') {
            at++;
        } else {
            do {
                member();
                space();
            } while (takes(','));
            require('}', "a comma, or }");
        }
        space();
        if (at < text.length()) {
            throw wrong("nothing behind the object");
        }
    }

    private void member() throws WrongLineException {
        space();
        int nameAt = at;
        if (next() != '"') {
            throw wrong("a name in quotes");
        }
        String name = string();
        space();
        require(':', "a colon behind the name");
        space();
        int column = at + 1;
        if (next() != '"' && next() != '-' && !isDigit(next())) {
            throw wrong("a text or a whole number");
        }
        Member member = next() == '"' ? new Member(column, string(), true) : new Member(column, number(), false);
        if (members.put(name, member) != null) {
            throw new WrongLineException(nameAt + 1, name + ": given twice (expected: once)");
        }
    }

    private String number() throws WrongLineException {
        int begin = at;
        takes('-');
        int digits = at;
        while (isDigit(next())) {
            at++;
        }
        if (at == digits || next() == '.' || next() == 'e' || next() == 'E') {
            at = begin;
            throw wrong("a whole number");
        }
        return text.substring(begin, at);
    }

    private String string() throws WrongLineException {
        at++;
        var string = new StringBuilder();
        while (next() != '"') {
            char sign = next();
            if (sign < ' ') {
                throw wrong(at < text.length() ? "an escape such as \\t" : "a quote that ends the text");
            }
            at++;
            string.append(sign == '\\' ? escaped() : sign);
        }
        at++;
        return string.toString();
    }

    private char escaped() throws WrongLineException {
        char sign = next();
        at++;
        return switch (sign) {
            case '"', '\\', '/' -> sign;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> unit();
            default -> {
                at -= 2;
                throw wrong("one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u");
            }
        };
    }

    private char unit() throws WrongLineException {
        int unit = 0;
        for (int i = 0; i < 4; i++) {
            int digit = next() < 0x80 ? Character.digit(next(), 16) : -1;
            if (digit < 0) {
                throw wrong("four hexadecimal digits");
            }
            unit = unit * 16 + digit;
            at++;
        }
        return (char) unit;
    }

    private void space() {
        while (next() == ' ' || next() == '\t' || next() == '\r') {
            at++;
        }
    }

    private static boolean isDigit(char sign) {
        return sign >= '0' && sign <= '9';
    }

    /** The sign that comes next; zero at the end. */
    private char next() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private boolean takes(char sign) {
        boolean is = next() == sign;
        at += is ? 1 : 0;
        return is;
    }

    private void require(char sign, String expected) throws WrongLineException {
        if (!takes(sign)) {
            throw wrong(expected);
        }
    }

    private WrongLineException wrong(String expected) {
        String found = at < text.length() ? "found " + text.charAt(at) : "ends here";
        return new WrongLineException(at + 1, found + " (expected: " + expected + ')');
    }
}
