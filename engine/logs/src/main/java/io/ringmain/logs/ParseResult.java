package io.ringmain.logs;

/** What a parser has to say about a line. */
public enum ParseResult {
    /** The event is filled. */
    PARSED("parsed"),
    /** The line is empty or blank. */
    EMPTY_LINE("nothing but blanks (expected: LEVEL message)"),
    /** The first word is no level. */
    UNKNOWN_LEVEL("the first word is no level (expected: TRACE, DEBUG, INFO, WARN, ERROR, FATAL or an alias)"),
    /** There is nothing after the level. */
    NO_MESSAGE("nothing after the level (expected: LEVEL message)"),
    /** The event has no room for another field. */
    FIELDS_FULL("no room for another field (expected: <= " + Fields.COUNT_MAX + ")");

    private final String explanation;

    ParseResult(String explanation) {
        this.explanation = explanation;
    }

    /** A sentence for people; a constant. */
    public String explanation() {
        return explanation;
    }
}
