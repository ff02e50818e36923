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

    /** Which of two keys of {@code keys}, by their numbers, stands first in the results of a key group: as unsigned bytes, unless something else is said. */
    default int compare(KeyTable keys, int left, int right) {
        byte[] bytes = keys.bytes();
        return Arrays.compareUnsigned(
                bytes, keys.offset(left), keys.end(left), bytes, keys.offset(right), keys.end(right));
    }
}
