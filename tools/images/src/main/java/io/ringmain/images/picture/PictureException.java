package io.ringmain.images.picture;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Reasoned;
import java.io.IOException;

/** A picture that could not be read, changed or written, with a constant code for why. */
public final class PictureException extends IOException implements Reasoned {

    private static final long serialVersionUID = 1;

    private final String reason;

    /** Makes a failure with a reason for programs, see {@link Reasoned}, and a message for people. */
    public PictureException(String reason, String message) {
        super(requireNonNull(message, "message"));
        this.reason = requireNonNull(reason, "reason");
    }

    /** The same, of a failure below. */
    public PictureException(String reason, String message, Throwable cause) {
        this(reason, message);
        initCause(cause);
    }

    @Override
    public String reason() {
        return reason;
    }
}
