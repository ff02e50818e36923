package io.ringmain.cli.letters;

import io.ringmain.cli.letters.FlatJson.Member;
import io.ringmain.journal.LetterCopy;
import io.ringmain.journal.LetterState;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A letter as {@link LetterJson} writes it whole.
 *
 * @param copy what another store can keep of it
 * @param state what had become of it where it was
 */
public record ExportedLetter(LetterCopy copy, String state) {

    private static final String OPEN = LetterJson.word(LetterState.OPEN);

    /** What is of the store that it was in. */
    private static final Set<String> LEFT_BEHIND = Set.of("id", "state", "state_time", "child", "parent");

    private static final Set<String> TEXTS =
            Set.of("time", "pipeline", "stage", "reason", "message", "source", "codec", "event_base64");
    private static final Set<String> NUMBERS = Set.of("attempts", "position", "codec_format");
    private static final List<String> STATES =
            Stream.of(LetterState.values()).map(LetterJson::word).toList();
    private static final List<String> PAYLOADS = List.of("payload", "payload_base64");

    /** Whether it was done with where it was. */
    public boolean wasDoneWith() {
        return !state.equals(OPEN);
    }

    /** Returns the letter that {@code line} is, in UTF-8; of one that {@code isCut} it says that. */
    public static ExportedLetter of(byte[] line, boolean isCut) throws WrongLineException {
        if (isCut) {
            throw new WrongLineException(
                    LineInput.LINE_BYTES_MAX,
                    "a line that goes on (expected: at most " + LineInput.LINE_BYTES_MAX + " bytes)");
        }
        String text = EventText.utf8(line)
                .orElseThrow(() -> new WrongLineException(1, "bytes that are no text (expected: JSON in UTF-8)"));
        return new Members(FlatJson.read(text)).letter();
    }

    /** The members of the object, each looked at once. */
    private record Members(Map<String, Member> all) {

        ExportedLetter letter() throws WrongLineException {
            for (Map.Entry<String, Member> one : new TreeMap<>(all).entrySet()) {
                checkKind(one.getKey(), one.getValue());
            }
            for (String name : TEXTS.stream().sorted().toList()) {
                member(name);
            }
            int attempts = (int) number("attempts", 1, Integer.MAX_VALUE);
            LetterCopy.Event event = event();
            try {
                var failure = new LetterCopy.Failure(text("stage"), text("reason"), text("message"), attempts);
                long position = number("position", Long.MIN_VALUE, Long.MAX_VALUE);
                var origin = new LetterCopy.Origin(text("pipeline"), text("source"), position);
                Member state = all.get("state");
                return new ExportedLetter(
                        new LetterCopy(timeNs(), failure, origin, event), state == null ? OPEN : state.text());
            } catch (IllegalArgumentException tooLong) {
                throw new WrongLineException(1, String.valueOf(tooLong.getMessage()));
            }
        }

        private static void checkKind(String name, Member member) throws WrongLineException {
            boolean isNumber = NUMBERS.contains(name);
            if (!isNumber && !TEXTS.contains(name) && !PAYLOADS.contains(name) && !LEFT_BEHIND.contains(name)) {
                throw wrong(name, member, "what dlq export writes");
            }
            if (name.equals("state") && !STATES.contains(member.text())) {
                throw wrong(name, member, "one of " + String.join(", ", STATES));
            }
            if (isNumber == member.isText()) {
                throw wrong(name, member, isNumber ? "a whole number" : "a text in quotes");
            }
        }

        private LetterCopy.Event event() throws WrongLineException {
            byte[] bytes = base64("event_base64");
            String codec = text("codec");
            int format = (int) number("codec_format", Integer.MIN_VALUE, Integer.MAX_VALUE);
            String payloadName = payloadName();
            byte[] payload = payloadName.equals("payload")
                    ? text(payloadName).getBytes(StandardCharsets.UTF_8)
                    : base64(payloadName);
            var events = new LetterEvents();
            int payloadAt;
            if (bytes.length > 0 && events.reads(codec)) {
                try {
                    payloadAt = events.read(bytes, format).payloadAt(payload);
                } catch (IOException damaged) {
                    throw wrong("event_base64", "a whole event of codec " + codec + ", format " + events.format());
                }
            } else {
                payloadAt = indexOf(payload, bytes);
            }
            if (payloadAt < 0) {
                throw wrong(payloadName, "the one in event_base64; import it as it was, then change it with dlq edit");
            }
            return new LetterCopy.Event(codec, format, bytes, payloadAt, payload.length);
        }

        private String payloadName() throws WrongLineException {
            List<String> given = PAYLOADS.stream().filter(all::containsKey).toList();
            if (given.size() != 1) {
                throw new WrongLineException(
                        1, "payload: " + given.size() + " given (expected: payload, or payload_base64)");
            }
            return given.get(0);
        }

        private static int indexOf(byte[] part, byte[] whole) {
            for (int at = 0; at <= whole.length - part.length; at++) {
                if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
                    return at;
                }
            }
            return -1;
        }

        private long timeNs() throws WrongLineException {
            try {
                Instant time = Instant.parse(text("time"));
                return Math.addExact(Math.multiplyExact(time.getEpochSecond(), 1_000_000_000L), time.getNano());
            } catch (DateTimeException | ArithmeticException none) {
                throw wrong("time", "a time such as 2026-03-01T12:00:00Z");
            }
        }

        private byte[] base64(String name) throws WrongLineException {
            try {
                return Base64.getDecoder().decode(text(name));
            } catch (IllegalArgumentException none) {
                throw wrong(name, "base64");
            }
        }

        private long number(String name, long min, long max) throws WrongLineException {
            try {
                long number = Long.parseLong(member(name).text());
                if (number >= min && number <= max) {
                    return number;
                }
            } catch (NumberFormatException tooLarge) {
                // Said like any other that is out of bounds.
            }
            throw wrong(name, "a whole number from " + min + " to " + max);
        }

        private String text(String name) throws WrongLineException {
            return member(name).text();
        }

        private Member member(String name) throws WrongLineException {
            @Nullable Member member = all.get(name);
            if (member == null) {
                throw new WrongLineException(1, name + ": missing (expected: all that dlq export writes)");
            }
            return member;
        }

        private WrongLineException wrong(String name, String expected) throws WrongLineException {
            return wrong(name, member(name), expected);
        }

        private static WrongLineException wrong(String name, Member member, String expected) {
            return new WrongLineException(
                    member.column(), name + ": " + member.shown() + " (expected: " + expected + ')');
        }
    }
}
