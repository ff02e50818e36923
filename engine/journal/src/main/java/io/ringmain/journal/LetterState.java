package io.ringmain.journal;

import java.util.Optional;

/** What a letter is. */
public enum LetterState {

    /** Nobody has dealt with it. */
    OPEN(0),

    /** It was tried again, and the pipeline is done with it. */
    RESOLVED(1),

    /** It was tried again and has failed again: there is another letter for that. */
    RETRIED(2),

    /** Somebody has said that it is not needed any more. */
    PURGED(3),

    /** It was changed: there is another letter with the changed event. */
    EDITED(4);

    private static final LetterState[] BY_CODE = {OPEN, RESOLVED, RETRIED, PURGED, EDITED};

    private final int code;

    LetterState(int code) {
        this.code = code;
    }

    /** What stands for it in files. */
    int code() {
        return code;
    }

    static Optional<LetterState> of(int code) {
        return code >= 0 && code < BY_CODE.length ? Optional.of(BY_CODE[code]) : Optional.empty();
    }
}
