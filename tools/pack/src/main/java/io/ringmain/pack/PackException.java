package io.ringmain.pack;

import java.io.IOException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Why something could not be packed or unpacked: its message is a sentence that says where, and what is wrong. */
public final class PackException extends IOException {

    @Serial
    private static final long serialVersionUID = 1;

    /** Makes one that says {@code sentence}. */
    public PackException(String sentence) {
        super(sentence);
    }

    /** Makes one that says {@code sentence}, because of {@code cause}. */
    public PackException(String sentence, @Nullable Throwable cause) {
        super(sentence, cause);
    }

    /** What {@code failure} says, or its kind if it says nothing. */
    static String reason(Throwable failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
