package io.ringmain.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows under each other, each column as wide as its widest cell. A column whose head begins with {@code <} stands to the left,
 * others to the right, as numbers do.
 */
final class Table {

    private static final String INDENT = "  ";
    private static final int GAP_MAX = 2;

    private final boolean[] left;
    private final List<String[]> rows = new ArrayList<>();

    Table(String... heads) {
        left = new boolean[heads.length];
        String[] first = new String[heads.length];
        for (int column = 0; column < heads.length; column++) {
            left[column] = heads[column].startsWith("<");
            first[column] = left[column] ? heads[column].substring(1) : heads[column];
        }
        rows.add(first);
    }

    Table row(String... cells) {
        if (cells.length != left.length) {
            throw new IllegalArgumentException("cells: " + cells.length + " (expected: " + left.length + ')');
        }
        rows.add(cells.clone());
        return this;
    }

    /** Returns the lines, with narrow gaps if they would not fit into {@code columnsMax} otherwise. */
    List<String> lines(int columnsMax) {
        int[] widths = new int[left.length];
        for (String[] row : rows) {
            for (int column = 0; column < row.length; column++) {
                widths[column] = Math.max(widths[column], row[column].length());
            }
        }
        int wide = INDENT.length() + Arrays.stream(widths).sum() + GAP_MAX * (widths.length - 1);
        String gap = wide <= columnsMax ? " ".repeat(GAP_MAX) : " ";
        List<String> lines = new ArrayList<>();
        for (String[] row : rows) {
            StringBuilder line = new StringBuilder(INDENT);
            for (int column = 0; column < row.length; column++) {
                String blanks = " ".repeat(widths[column] - row[column].length());
                line.append(column == 0 ? "" : gap).append(left[column] ? row[column] + blanks : blanks + row[column]);
            }
            lines.add(line.toString().stripTrailing());
        }
        return lines;
    }
}
