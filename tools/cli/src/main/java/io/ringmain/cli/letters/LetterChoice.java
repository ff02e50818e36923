package io.ringmain.cli.letters;

import io.ringmain.journal.FoundLetter;
import io.ringmain.journal.Letter;
import io.ringmain.journal.LetterId;
import io.ringmain.journal.LetterState;
import io.ringmain.logs.DurationText;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Which letters are meant.
 *
 * @param ids their numbers; all if empty
 * @param states their states; any if empty
 * @param sinceNs the first moment, in epoch nanoseconds
 * @param untilNs the last moment
 * @param stages the names of their stages; any if empty
 * @param reasons their reasons; any if empty
 * @param sources their sources; any if empty
 * @param text what their payload has in it; anything if empty
 * @param condition what holds for their events; null for nothing
 */
public record LetterChoice(
        Set<Long> ids,
        Set<LetterState> states,
        long sinceNs,
        long untilNs,
        Set<String> stages,
        Set<String> reasons,
        Set<String> sources,
        String text,
        EventCondition condition) {

    /** What holds for the event of a letter. */
    @FunctionalInterface
    public interface EventCondition {
        /** Holds for all. */
        EventCondition ALL = letter -> true;

        /** Whether it holds. Fails if the event cannot be read. */
        boolean holds(Letter letter) throws IOException;
    }

    /** Whether {@code entry} is meant. */
    public boolean takes(FoundLetter entry) throws IOException {
        Letter letter = entry.letter();
        return (ids.isEmpty() || ids.contains(letter.id()))
                && (states.isEmpty() || states.contains(entry.state()))
                && letter.timeNs() >= sinceNs
                && letter.timeNs() <= untilNs
                && isAmong(stages, letter::stage)
                && isAmong(reasons, letter::reason)
                && isAmong(sources, letter::source)
                && (text.isEmpty() || contains(letter.payload(), text.getBytes(StandardCharsets.UTF_8)))
                && condition.holds(letter);
    }

    private static boolean isAmong(Set<String> wanted, Supplier<String> its) {
        return wanted.isEmpty() || wanted.contains(its.get());
    }

    private static boolean contains(byte[] in, byte[] what) {
        for (int at = 0; at + what.length <= in.length; at++) {
            if (Arrays.equals(in, at, at + what.length, what, 0, what.length)) {
                return true;
            }
        }
        return false;
    }

    /** Returns the numbers that {@code texts} show. */
    public static Set<Long> ids(List<String> texts) {
        Set<Long> ids = new HashSet<>();
        for (String text : texts) {
            OptionalLong id = LetterId.parse(text);
            if (id.isEmpty()) {
                throw new IllegalArgumentException("ID: " + text + " (expected: a letter's number such as 0-17)");
            }
            ids.add(id.getAsLong());
        }
        return ids;
    }

    /** Returns the states that {@code words} name. */
    public static Set<LetterState> states(List<String> words) {
        Set<LetterState> states = new HashSet<>();
        for (String word : words) {
            states.add(Arrays.stream(LetterState.values())
                    .filter(state -> LetterJson.word(state).equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("--state: " + word + " (expected: "
                            + Arrays.stream(LetterState.values())
                                    .map(LetterJson::word)
                                    .collect(Collectors.joining(", "))
                            + ')')));
        }
        return states;
    }

    /** Reads a moment: a time, a day, or how long before {@code nowNs}; in epoch nanoseconds. */
    public static long moment(String option, String text, long nowNs) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        long ago = DurationText.parse(utf8, 0, utf8.length);
        if (ago >= 0) {
            return nowNs - ago;
        }
        try {
            Instant instant = text.contains("T")
                    ? Instant.parse(text.toUpperCase(Locale.ROOT))
                    : LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000_000L), instant.getNano());
        } catch (DateTimeException | ArithmeticException wrong) {
            throw new IllegalArgumentException(
                    option + ": " + text
                            + " (expected: a time such as 2026-01-31T12:00:00Z, a day such as 2026-01-31, or an age such as 2h)",
                    wrong);
        }
    }
}
