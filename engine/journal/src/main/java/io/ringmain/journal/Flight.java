package io.ringmain.journal;

/** A letter that is being tried again: what its next letter will have of it, should it fail again. */
final class Flight {

    private final Letter letter;
    private final String source;
    private final RetryRequest request;
    private volatile boolean hasChild;
    private volatile long child = LetterFormat.NONE;

    Flight(Letter letter, RetryRequest request) {
        this.letter = letter;
        this.request = request;
        source = letter.source();
    }

    Letter letter() {
        return letter;
    }

    long id() {
        return letter.id();
    }

    String source() {
        return source;
    }

    long position() {
        return letter.position();
    }

    int attempts() {
        return letter.attempts();
    }

    RetryRequest request() {
        return request;
    }

    /** Notes that it has failed again. */
    void failedAgain() {
        hasChild = true;
    }

    /** Notes that it has failed again as it did in a run that was killed: {@code id} is what it has become then. */
    void failedAsBefore(long id) {
        child = id;
        hasChild = true;
    }

    boolean hasChild() {
        return hasChild;
    }

    /** The letter that it has become, if that is an older one; else the writer knows. */
    long child() {
        return child;
    }
}
