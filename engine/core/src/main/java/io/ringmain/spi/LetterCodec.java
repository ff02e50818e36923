package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * How events are written into letters that outlive the process, for who finds them there later: another run, a person. An event type whose {@link Portable} form only
 * its own run can read has a codec of its own.
 *
 * <p>Thread: {@link #write} and what is asked with it any lane, several at once; {@link #read} the intake's. None may keep a reference to the event or the stream.
 *
 * @param <E> the mutable event
 */
public interface LetterCodec<E> {

    /** What the codec is called in letters; one that reads other bytes has another name. */
    String name();

    /** The number of the format that {@link #write} writes. */
    int format();

    /** Writes {@code event}. Must not allocate. */
    void write(E event, DataOutput out) throws IOException;

    /** Fills {@code event}, which is clear, from bytes that {@link #write} of the given format wrote. Fails on others. */
    void read(E event, DataInput in, int format) throws IOException;

    /** Where in the bytes that {@link #write} writes for {@code event} the raw input begins that the event was made of. */
    default int payloadOffset(E event) {
        return 0;
    }

    /** How many bytes the raw input has, of the {@code written} bytes that {@link #write} wrote for {@code event}. */
    default int payloadLength(E event, int written) {
        return written;
    }

    /** Returns the codec that writes events as {@code type} does, called {@code portable}; all of it is payload. */
    static <E> LetterCodec<E> of(Portable<E> type) {
        requireNonNull(type, "type");
        return new LetterCodec<>() {
            @Override
            public String name() {
                return "portable";
            }

            @Override
            public int format() {
                return type.format();
            }

            @Override
            public void write(E event, DataOutput out) throws IOException {
                type.write(event, out);
            }

            @Override
            public void read(E event, DataInput in, int format) throws IOException {
                type.read(event, in, format);
            }
        };
    }
}
