package io.ringmain.cli.letters;

import io.ringmain.journal.ChronicleDeadLetters;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.OptionalLong;

/** An event that somebody has changed, as its letter is to have it. */
public final class EditedEvent {

    private final byte[] bytes;
    private final int payloadAt;
    private final int payloadLength;

    EditedEvent(byte[] bytes, int payloadAt, int payloadLength) {
        this.bytes = bytes;
        this.payloadAt = payloadAt;
        this.payloadLength = payloadLength;
    }

    /** Reads what {@link #file} returned, in another process. */
    static EditedEvent ofFile(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        int at = buffer.getInt();
        int length = buffer.getInt();
        return new EditedEvent(Arrays.copyOfRange(file, buffer.position(), file.length), at, length);
    }

    /** Returns where its payload begins if that is {@code payload}, else -1. */
    int payloadAt(byte[] payload) {
        return Arrays.equals(bytes, payloadAt, payloadAt + payloadLength, payload, 0, payload.length) ? payloadAt : -1;
    }

    /** Returns what another process can read. */
    byte[] file() {
        return ByteBuffer.allocate(2 * Integer.BYTES + bytes.length)
                .putInt(payloadAt)
                .putInt(payloadLength)
                .put(bytes)
                .array();
    }

    /** Makes it the event of a letter that takes the place of letter {@code id}; returns that letter's number, or nothing if {@code id} is not open. */
    public OptionalLong writeTo(ChronicleDeadLetters store, long id) throws IOException {
        return store.edit(id, bytes, payloadAt, payloadLength);
    }
}
