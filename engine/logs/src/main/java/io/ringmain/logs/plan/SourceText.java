package io.ringmain.logs.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A text that somebody wrote, and the places in it. Characters are code points, as in the YAML parser's marks. */
final class SourceText {

    private static final Pattern NO_SPACE = Pattern.compile(" *(?:- +)?([A-Za-z_]+:[^\\s/:]\\S*).*");

    private final String file;
    private final int[] characters;
    // Where each line begins, and its text without the end.
    private final List<Integer> begins = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();

    SourceText(String file, String text) {
        this.file = file;
        characters = text.codePoints().toArray();
        int begin = 0;
        for (int i = 0; i < characters.length; i++) {
            if (isBreak(i)) {
                addLine(begin, i);
                i += characters[i] == '\r' && at(i + 1) == '\n' ? 1 : 0;
                begin = i + 1;
            }
        }
        addLine(begin, characters.length);
    }

    private void addLine(int begin, int end) {
        begins.add(begin);
        lines.add(new String(characters, begin, end - begin));
    }

    String file() {
        return file;
    }

    int length() {
        return characters.length;
    }

    /** The characters from {@code start} to {@code end}, which is not part of it. */
    String text(int start, int end) {
        return new String(characters, start, end - start);
    }

    /** The character at {@code index}, or -1 behind the end. */
    int at(int index) {
        return index < characters.length ? characters[index] : -1;
    }

    boolean isBreak(int index) {
        int character = at(index);
        return character == '\n' || character == '\r';
    }

    /** A name and a value with nothing behind the colon between them, in the line of {@code index} or in the one before it. */
    Optional<Mark> withoutSpace(int index) {
        int line = mark(index, index + 1).line() - 1;
        for (int i = line; i >= Math.max(0, line - 1); i--) {
            Matcher matcher = NO_SPACE.matcher(lines.get(i));
            if (matcher.matches()) {
                return Optional.of(new Mark(
                        file,
                        i + 1,
                        matcher.start(1) + 1,
                        Math.max(1, matcher.end(1) - matcher.start(1)),
                        lines.get(i)));
            }
        }
        return Optional.empty();
    }

    /** The place from {@code start} to {@code end}, but at most to the end of its line. */
    Mark mark(int start, int end) {
        int begin = Math.min(Math.max(start, 0), characters.length);
        int found = Collections.binarySearch(begins, begin);
        int line = found < 0 ? -found - 2 : found;
        String text = lines.get(line);
        int lineEnd = begins.get(line) + text.codePointCount(0, text.length());
        int length = Math.max(1, Math.min(end, lineEnd) - begin);
        return new Mark(file, line + 1, begin - begins.get(line) + 1, length, text);
    }
}
