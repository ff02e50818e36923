package io.ringmain.perf.chaos;

import io.ringmain.journal.FoundLetter;
import io.ringmain.journal.Letter;
import io.ringmain.journal.LetterReader;
import io.ringmain.journal.LetterState;
import io.ringmain.perf.chaos.Input.Line;
import io.ringmain.perf.chaos.Oracle.Findings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Which letters there must be, and what must have become of them, worked out from the lines alone. Thread: one.
 *
 * <p>Each bad line has a letter of its first failure, known by source and position. Where letters are tried again, each failure has one: it follows the one before it, and
 * the last one is done with.
 */
final class LetterOracle {

    private final Input input;
    private final Map<Long, Line> byPosition = new HashMap<>();
    private final Map<Integer, List<FoundLetter>> found = new HashMap<>();
    private long lost;
    private long doubled;
    private long wrong;
    private String first = "";

    LetterOracle(Input input) {
        this.input = input;
        long position = 0;
        for (Line line : input.lines()) {
            byPosition.put(position, line);
            position += Input.bytes(line).length;
        }
    }

    /** Compares the letters in {@code directory}. */
    Findings compare(Path directory) throws IOException {
        LetterReader.Verified verified;
        try (LetterReader reader = LetterReader.open(directory)) {
            reader.read(letter -> {
                look(letter);
                return true;
            });
            verified = reader.verify();
        }
        for (Line line : input.lines()) {
            if (line.isBad()) {
                follow(line, found.getOrDefault(line.number(), List.of()));
            }
        }
        long closed = found.values().stream()
                .flatMap(List::stream)
                .filter(letter -> letter.state() != LetterState.OPEN)
                .count();
        if (verified.marks() != closed) {
            wrong++;
            note(verified.marks() + " marks of " + closed + " letters");
        }
        compareTally(Files.readString(directory.resolveSibling(LetterPlan.TALLY)));
        return new Findings(lost, doubled, wrong, first);
    }

    /** What a stage with a state has counted over all lives: each line that came through, once. */
    private void compareTally(String tally) {
        long through = input.lines().stream()
                .filter(line -> input.variant().triesAgain() || !line.isBad())
                .count();
        long counted = Long.parseLong(tally);
        if (counted != through) {
            wrong += Math.abs(counted - through);
            note("a stage behind has counted " + counted + " lines (expected: " + through + ')');
        }
    }

    private void look(FoundLetter one) {
        Letter letter = one.letter();
        Line line = byPosition.get(letter.position());
        if (line != null && isOf(line, letter)) {
            found.computeIfAbsent(line.number(), number -> new ArrayList<>()).add(one);
        } else {
            wrong++;
            note("not expected: " + letter);
        }
    }

    private static boolean isOf(Line line, Letter letter) {
        return line.isBad()
                && letter.source().equals(LetterPlan.SOURCE)
                && letter.stage().equals(LetterPlan.STAGE)
                && new String(letter.payload(), StandardCharsets.UTF_8).equals(line.text());
    }

    /** Goes through the letters of one line, oldest first. */
    private void follow(Line line, List<FoundLetter> letters) {
        int failures = input.variant().triesAgain() ? LetterPlan.failuresOf(line.number()) : 1;
        if (letters.size() != failures) {
            lost += Math.max(0, failures - letters.size());
            doubled += Math.max(0, letters.size() - failures);
            note(letters.size() + " letters (expected: " + failures + ") of " + line.text());
            return;
        }
        for (int failure = 0; failure < failures; failure++) {
            FoundLetter letter = letters.get(failure);
            OptionalLong parent = failure == 0
                    ? OptionalLong.empty()
                    : OptionalLong.of(letters.get(failure - 1).letter().id());
            OptionalLong child = failure == failures - 1
                    ? OptionalLong.empty()
                    : OptionalLong.of(letters.get(failure + 1).letter().id());
            LetterState state = child.isPresent() ? LetterState.RETRIED : last();
            boolean isRight = letter.state() == state
                    && letter.child().equals(child)
                    && letter.letter().parent().equals(parent)
                    && letter.letter().attempts() == failure + 1;
            if (!isRight) {
                wrong++;
                note(letter.state() + " with attempts=" + letter.letter().attempts() + ", child=" + letter.child()
                        + " (expected: " + state + ", " + (failure + 1) + ", " + child + "): " + letter.letter());
            }
        }
    }

    private LetterState last() {
        return input.variant().triesAgain() ? LetterState.RESOLVED : LetterState.OPEN;
    }

    private void note(String what) {
        first = first.isEmpty() ? "letters: " + what : first;
    }
}
