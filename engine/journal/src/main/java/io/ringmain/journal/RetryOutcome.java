package io.ringmain.journal;

/** What became of one letter that was to be tried again. */
public enum RetryOutcome {

    /** It was tried, and the pipeline is done with it: every sink that was to have its event has it, or it was filtered, absorbed or dropped. */
    RESOLVED,

    /** It was tried and has failed again; there is a new letter. */
    FAILED_AGAIN,

    /** It was not tried: it was dealt with before, see the result's state and time. */
    DEALT_WITH_BEFORE,

    /** It was not tried: somebody else has asked for it, and it is under way. */
    UNDER_WAY,

    /** There is no letter of that number. */
    NO_SUCH_LETTER,

    /** The pipeline has no stage or sink of the letter's name, or none to which letters can go back. */
    NO_SUCH_STAGE,

    /** Its event is not there, or what the letter has of it cannot be read by this pipeline. */
    UNREADABLE,

    /** It was not tried: the pipeline takes no letters back, since what comes in waits in a room before the ring, or is published by the program itself. */
    NO_WAY_BACK,

    /** It was not tried: the pipeline has ended. */
    NOT_TRIED,

    /** It was tried, and the pipeline has ended before it knew; the letter is still open. */
    NOT_KNOWN
}
