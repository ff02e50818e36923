package io.ringmain.window;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * By what events are told apart. Thread: one; each lane has its own.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface Keying<E> {

    /** Returns the key of {@code event}, in a buffer that is good until the next call; null if it is too long: the event is one of the others then. */
    @Nullable
    KeyBuffer of(E event);

    /** Which of two keys of one key group stands first in the results: as unsigned bytes, unless something else is said. */
    default int compare(byte[] left, int leftFrom, int leftTo, byte[] right, int rightFrom, int rightTo) {
        return Arrays.compareUnsigned(left, leftFrom, leftTo, right, rightFrom, rightTo);
    }
}
