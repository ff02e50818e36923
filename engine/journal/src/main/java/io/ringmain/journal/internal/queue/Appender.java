package io.ringmain.journal.internal.queue;

import java.io.Closeable;
import java.io.IOException;

/** What of the library is used. Any call may throw whatever a library that writes into mapped memory can, errors too. */
interface Appender extends Closeable {

    /** The next excerpt goes to the file of {@code next}; if that is another one, the file before gets its end. */
    void roll(int next);

    /** Tells the queue that files have been deleted. */
    void refresh();

    /**
     * Appends one excerpt, and returns the number that the queue has given it. When this throws, the appender is not to be used again, and who wants to know whether the excerpt is
     * there looks into the file.
     */
    long append(byte[] head, byte[] from, int offset, int length, byte[] tail) throws IOException;

    /**
     * Appends one excerpt whose payload lies in the file already, {@code length} bytes at {@code payloadAt}; as {@link #append}.
     *
     * @throws IOException also if the queue wants it elsewhere
     */
    long appendAround(byte[] head, long payloadAt, int length, byte[] tail) throws IOException;

    /** Where in its file the last excerpt ends, and the next one begins. */
    long end();
}
