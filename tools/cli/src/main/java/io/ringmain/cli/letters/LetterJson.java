package io.ringmain.cli.letters;

import io.ringmain.journal.FoundLetter;
import io.ringmain.journal.Letter;
import io.ringmain.journal.LetterId;
import io.ringmain.journal.LetterState;
import io.ringmain.logs.JsonText;
import java.time.Instant;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** A letter as one JSON object in a line. */
public final class LetterJson {

    private LetterJson() {}

    /** Returns the object; {@code whole} if its event is to be in it, so that it can be imported elsewhere. */
    public static String of(FoundLetter entry, boolean whole) {
        Letter letter = entry.letter();
        JsonText json = new JsonText().beginObject();
        json.name("id").string(LetterId.text(letter.id()));
        json.name("time").string(time(letter.timeNs()));
        json.name("state").string(word(entry.state()));
        if (entry.state() != LetterState.OPEN) {
            json.name("state_time").string(time(entry.stateTimeNs()));
        }
        entry.child().ifPresent(child -> json.name("child").string(LetterId.text(child)));
        letter.parent().ifPresent(parent -> json.name("parent").string(LetterId.text(parent)));
        json.name("pipeline").string(letter.pipeline());
        json.name("stage").string(letter.stage());
        json.name("reason").string(letter.reason());
        json.name("message").string(letter.message());
        json.name("attempts").number(letter.attempts());
        json.name("source").string(letter.source());
        json.name("position").number(letter.position());
        byte[] payload = letter.payload();
        Optional<String> text = EventText.utf8(payload);
        if (text.isPresent()) {
            json.name("payload").string(text.get());
        } else {
            json.name("payload_base64").string(Base64.getEncoder().encodeToString(payload));
        }
        if (whole) {
            json.name("codec").string(letter.codec());
            json.name("codec_format").number(letter.codecFormat());
            json.name("event_base64").string(Base64.getEncoder().encodeToString(letter.event()));
        }
        return json.endObject().toString();
    }

    /** The word for {@code state}. */
    public static String word(LetterState state) {
        return state.name().toLowerCase(Locale.ROOT);
    }

    /** A time in epoch nanoseconds, as ISO 8601 in UTC. */
    public static String time(long epochNs) {
        return Instant.ofEpochSecond(Math.floorDiv(epochNs, 1_000_000_000L), Math.floorMod(epochNs, 1_000_000_000L))
                .toString();
    }
}
