package io.ringmain;

import java.io.Serial;

/** The simulation found something that must never be. An Error, so that no policy of the pipeline takes it for a fault. */
final class BrokenInvariant extends Error {

    @Serial
    private static final long serialVersionUID = 1;

    BrokenInvariant(String message) {
        super(message);
    }
}
