package io.ringmain.cli.letters;

/** A line that is none of a letter. */
public final class WrongLineException extends Exception {

    private static final long serialVersionUID = 1;

    private final int column;

    WrongLineException(int column, String problem) {
        super(problem);
        this.column = column;
    }

    /** Where in the line what is wrong begins, from 1. */
    public int column() {
        return column;
    }
}
