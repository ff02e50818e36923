package io.ringmain.logs.expression;

import java.util.Locale;

/**
 * A word, sign or literal of the text.
 *
 * @param offset where it begins
 * @param end where what follows may begin
 * @param text a name without backquotes, a string without quotes and escapes, else as it was written
 * @param badEscape where a string has a backslash that means nothing, or -1
 */
record Token(Kind kind, int offset, int end, String text, int badEscape) {

    enum Kind {
        WORD,
        QUOTED_NAME,
        STRING,
        NUMBER,
        DURATION,
        SIGN,
        END
    }

    Token(Kind kind, int offset, int end, String text) {
        this(kind, offset, end, text, -1);
    }

    boolean isSign(String sign) {
        return kind == Kind.SIGN && text.equals(sign);
    }

    boolean isWord(String word) {
        return kind == Kind.WORD && text.toLowerCase(Locale.ROOT).equals(word);
    }
}
