package io.ringmain.logs.expression;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects the mistakes of one text. */
final class Problems {

    private static final int QUOTE_LENGTH_MAX = 40;

    private final String text;
    private final List<Problem> all = new ArrayList<>();

    Problems(String text) {
        this.text = text;
    }

    void add(int offset, int end, String message, String hint) {
        all.add(new Problem(offset, Math.max(1, end - offset), message, hint));
    }

    void add(Ast place, String message, String hint) {
        add(place.offset(), place.end(), message, hint);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    /** The text of a part, to be quoted in a message. */
    String quote(Ast part) {
        String quote = text.substring(part.offset(), part.end());
        return quote.length() <= QUOTE_LENGTH_MAX ? quote : quote.substring(0, QUOTE_LENGTH_MAX) + "…";
    }

    void throwIfAny() throws ExpressionException {
        if (!all.isEmpty()) {
            all.sort(Comparator.comparingInt(Problem::offset));
            throw new ExpressionException(all);
        }
    }
}
