package io.ringmain.internal.window;

import io.ringmain.window.KeyBuffer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The windows of one kind: takes events, and gives results one after the other.
 *
 * <p>Thread: one.
 *
 * @param <E> the event
 */
interface WindowStore<E> {

    /**
     * Whether an event at {@code timeNs} may change what is being given by now or asks for a result at once; then all that is due is given before it is taken.
     *
     * @param watermark how far time has come before the event
     */
    boolean concernsGiven(long timeNs, long watermark);

    /** Takes an event; returns {@code false} if it is late: no window wants it any more. */
    boolean take(E event, Moment moment);

    /** Goes on to the next result that is due at {@code watermark}; {@code false} if there is none by now. */
    boolean next(Given<E> result, long watermark);

    /** Whether {@link #next} may find something. */
    boolean isBehind(long watermark);

    /** How many pieces are kept: panes, or windows of one key. At the end of input none. */
    int kept();

    void save(DataOutput out) throws IOException;

    void load(DataInput in, KeyBuffer scratch) throws IOException;

    /** What is known of an event: the same object again and again. */
    final class Moment {

        long timeNs;
        /** How far time has come before it. */
        long watermark;

        @Nullable
        KeyBuffer key;

        long hash;
        int group;
    }
}
