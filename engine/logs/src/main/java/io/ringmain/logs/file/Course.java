package io.ringmain.logs.file;

import java.io.IOException;
import java.util.List;

/**
 * Which of its files a source reads when, and what the end of one means.
 *
 * <p>Thread: the intake thread. {@link #next} and {@link #read} are those of {@link LineSource}.
 */
interface Course {

    boolean next() throws IOException;

    int read(byte[] to, int offset, int length) throws IOException;

    /** Where reading stands in all files that were begun, in the order in which they were. */
    List<FileMark> marks();

    /** Closes what is open; {@link #marks} stays as it is. */
    void close() throws IOException;
}
