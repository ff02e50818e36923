package io.ringmain.spi;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * An event type whose events can leave the process: journals, spills, encoded letters and distributed runners ask for it,
 * nothing else does.
 *
 * <p>Thread: as {@link EventType}. Neither method may keep a reference to the event or the stream.
 *
 * @param <E> the mutable event
 */
public interface Portable<E> extends EventType<E> {

    /** The number of the format that {@link #write} writes; raise it with each change of the bytes. */
    int format();

    /** Writes {@code event} to {@code out}. Fails with the error of the stream. */
    void write(E event, DataOutput out) throws IOException;

    /** Fills {@code event}, which is clear, from bytes that {@link #write} of the given format wrote. */
    void read(E event, DataInput in, int format) throws IOException;
}
