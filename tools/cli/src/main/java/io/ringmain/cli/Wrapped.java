package io.ringmain.cli;

import java.util.ArrayList;
import java.util.List;

/** Texts in lines of a given width, broken at blanks. */
final class Wrapped {

    private Wrapped() {}

    /** At least one line; a word that is longer than a line stands alone. */
    static List<String> lines(String text, int columnsMax) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > columnsMax) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
