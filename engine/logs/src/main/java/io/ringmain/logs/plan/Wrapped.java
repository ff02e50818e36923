package io.ringmain.logs.plan;

import java.util.ArrayList;
import java.util.List;

/** Texts for people, in lines of a given width. Thread: any. */
public final class Wrapped {

    private Wrapped() {}

    /**
     * Breaks {@code text} at spaces, and where it has line ends itself; the spaces that a line begins with stay.
     *
     * @param columnsMax how long a line may be, in characters; a word that is longer stands alone
     * @return at least one line
     */
    public static List<String> lines(String text, int columnsMax) {
        List<String> lines = new ArrayList<>();
        for (String line : text.split("\n", -1)) {
            String words = line.stripLeading();
            wrap(line.substring(0, line.length() - words.length()), words, columnsMax, lines);
        }
        return lines;
    }

    private static void wrap(String indent, String words, int columnsMax, List<String> lines) {
        StringBuilder line = new StringBuilder(indent);
        for (String word : words.split(" ", -1)) {
            boolean isFirst = line.length() == indent.length();
            if (!isFirst && line.length() + 1 + word.length() > columnsMax) {
                lines.add(line.toString());
                line.setLength(0);
                line.append(indent).append(word);
            } else {
                line.append(isFirst ? "" : " ").append(word);
            }
        }
        lines.add(line.toString());
    }
}
