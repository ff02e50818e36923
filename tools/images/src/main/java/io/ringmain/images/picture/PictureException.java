package io.ringmain.images.picture;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Reasoned;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

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

    /** Why a file could not be used; Java's own messages are often only its name. */
    public static String words(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }

    @Override
    public String reason() {
        return reason;
    }
}
