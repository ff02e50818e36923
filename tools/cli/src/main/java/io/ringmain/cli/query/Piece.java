package io.ringmain.cli.query;

import java.util.ArrayList;
import java.util.List;

/**
 * A piece of a question.
 *
 * @param offset where it begins in the question
 * @param text the piece, without blanks at its ends
 */
record Piece(int offset, String text) {

    /** Returns the piece from {@code begin} to {@code end} of {@code question}. */
    static Piece of(String question, int begin, int end) {
        int from = begin;
        int to = end;
        while (from < to && Character.isWhitespace(question.charAt(from))) {
            from++;
        }
        while (to > from && Character.isWhitespace(question.charAt(to - 1))) {
            to--;
        }
        return new Piece(from, question.substring(from, to));
    }

    /** Returns the part of this piece from {@code begin} to {@code end}. */
    Piece part(int begin, int end) {
        Piece part = of(text, begin, end);
        return new Piece(offset + part.offset, part.text);
    }

    /** Splits {@code question} at each bar that stands neither in quotes nor beside another bar, which means or. */
    static List<Piece> split(String question) {
        List<Piece> pieces = new ArrayList<>();
        int begin = 0;
        char quote = 0;
        for (int i = 0; i < question.length(); i++) {
            char at = question.charAt(i);
            if (quote != 0) {
                // A quote of a backquoted name has no escapes.
                i += at == '\\' && quote != '`' ? 1 : 0;
                quote = at == quote ? 0 : quote;
            } else if (at == '"' || at == '\'' || at == '`') {
                quote = at;
            } else if (at == '|') {
                if (i + 1 < question.length() && question.charAt(i + 1) == '|') {
                    i++;
                } else {
                    pieces.add(of(question, begin, i));
                    begin = i + 1;
                }
            }
        }
        pieces.add(of(question, Math.min(begin, question.length()), question.length()));
        return pieces;
    }
}
