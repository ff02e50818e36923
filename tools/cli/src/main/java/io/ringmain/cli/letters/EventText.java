package io.ringmain.cli.letters;

import io.ringmain.journal.Letter;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** The payload of a letter as text. */
public final class EventText {

    private EventText() {}

    /** The bytes as text; empty if they are none. */
    public static Optional<String> utf8(byte[] bytes) {
        try {
            return Optional.of(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString());
        } catch (CharacterCodingException notText) {
            return Optional.empty();
        }
    }

    /** The payload for people: as text where it is, else its first bytes in base64. */
    public static String shown(Letter letter) {
        byte[] payload = letter.payload();
        return utf8(payload).orElseGet(() -> "base64:" + Base64.getEncoder().encodeToString(payload));
    }
}
