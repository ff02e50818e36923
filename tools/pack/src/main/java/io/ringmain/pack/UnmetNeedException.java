package io.ringmain.pack;

import java.io.IOException;
import java.io.Serial;

/** Why a file that may well be whole cannot be read: its message says what it needs. */
final class UnmetNeedException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    UnmetNeedException(String need) {
        super(need);
    }
}
