package io.ringmain.cli.query;

import java.io.Serial;

/** A question cannot be understood. */
public final class QueryException extends Exception {

    @Serial
    private static final long serialVersionUID = 1;

    private final int offset;
    private final int length;
    private final String hint;

    QueryException(Piece piece, String message, String hint) {
        super(message);
        offset = piece.offset();
        length = Math.max(1, piece.text().length());
        this.hint = hint;
    }

    /** Where in the question it is wrong. */
    public int offset() {
        return offset;
    }

    /** How many characters of the question are meant, at least 1. */
    public int length() {
        return length;
    }

    /** What to do; may be empty. */
    public String hint() {
        return hint;
    }
}
