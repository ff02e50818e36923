package io.ringmain.spi;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;

/** What a failure is about, and so whether it can help to try again; see {@link Stage#kindOf}. */
public enum FailureKind {

    /** It may pass: what {@code WhenFailed} says holds. */
    TRANSIENT,

    /** Another attempt would fail the same way: there is none, and what {@code WhenFailed} says to come last comes at once. */
    PERMANENT,

    /** Nothing that follows can succeed either: the pipeline stops, whatever {@code WhenFailed} says. */
    FATAL,

    /**
     * There is no room for what was to be written, on a disk or in a quota. Somebody must make room, and until then whatever comes would fail: so
     * the lane stays where it is and tries again for as long as it takes, whatever {@code WhenFailed} says, and what is before it is held
     * back.
     */
    NO_ROOM;

    private static final int CAUSES_MAX = 8;

    /**
     * What {@code failure} is by itself: permanent if it is {@link Reasoned}, that is, data was refused; no room if the system says that a disk or
     * quota is full; else transient.
     */
    public static FailureKind of(Exception failure) {
        if (failure instanceof Reasoned) {
            return PERMANENT;
        }
        return saysNoRoom(failure) ? NO_ROOM : TRANSIENT;
    }

    /** Java has neither a type nor a code for it: only the system's own words, in English for want of a better language. */
    private static boolean saysNoRoom(Exception failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < CAUSES_MAX; depth++) {
            String said = cause instanceof IOException ? String.valueOf(cause.getMessage()) : "";
            if (said.contains("No space left on device") || said.contains("Disk quota exceeded")) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    /** What was wrong with a file, in words for people: Java's own message is often only the file's name. */
    public static String words(IOException failure) {
        if (failure instanceof NoSuchFileException) {
            return "no such file or directory";
        }
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileAlreadyExistsException) {
            return "something of that name is there";
        }
        if (failure instanceof FileSystemException system && system.getReason() != null) {
            return system.getReason();
        }
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
