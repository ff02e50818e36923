package io.ringmain.cli;

/** What the command ends with; 130 and 143 are those of a second signal. */
final class ExitCodes {

    /** Done, or drained by a signal with nothing left. */
    static final int DONE = 0;
    /** Failed, or something was left. */
    static final int FAILED = 1;
    /** Called wrongly. */
    static final int USAGE = 2;
    /** A plan, or cases, that are wrong. */
    static final int CONFIG = 78;

    private ExitCodes() {}
}
