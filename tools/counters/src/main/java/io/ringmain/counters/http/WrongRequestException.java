package io.ringmain.counters.http;

/** A request that cannot be done as it is; the message says what, and what is expected. */
final class WrongRequestException extends Exception {

    private static final long serialVersionUID = 1;

    private final int status;

    WrongRequestException(int status, String message) {
        super(message);
        this.status = status;
    }

    int status() {
        return status;
    }
}
