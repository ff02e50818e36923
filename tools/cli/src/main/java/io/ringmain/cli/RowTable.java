package io.ringmain.cli;

import io.ringmain.cli.rows.Row;
import io.ringmain.logs.NumberText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Rows as a table: numbers to the right, texts to the left and cut where a terminal is too narrow for them. */
final class RowTable {

    private static final int CELL_MIN = 12;
    private static final int GAP = 2;

    private final List<Row> rows;
    private final List<String> names;

    /** Makes a table of {@code rows}, with a column for each of {@code first}, then for what else they have as it first appears. */
    RowTable(List<String> first, List<Row> rows) {
        this.rows = rows;
        Set<String> all = new LinkedHashSet<>(first);
        rows.forEach(row -> all.addAll(row.fields().keySet()));
        names = List.copyOf(all);
    }

    List<String> lines(int columnsMax) {
        int[] widths = new int[names.size()];
        boolean[] texts = new boolean[names.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = names.get(column).length();
            for (Row row : rows) {
                widths[column] = Math.max(widths[column], cell(row, column).length());
                texts[column] |= !(row.fields().getOrDefault(names.get(column), 0L) instanceof Number);
            }
        }
        narrow(widths, texts, columnsMax);
        List<String> heads = new ArrayList<>();
        for (int column = 0; column < widths.length; column++) {
            heads.add((texts[column] ? "<" : "") + names.get(column));
        }
        Table table = new Table(heads.toArray(String[]::new));
        for (Row row : rows) {
            String[] cells = new String[widths.length];
            for (int column = 0; column < widths.length; column++) {
                String cell = cell(row, column);
                boolean fits = !texts[column] || cell.length() <= widths[column];
                cells[column] = fits ? cell : cell.substring(0, widths[column] - 3) + "...";
            }
            table.row(cells);
        }
        return table.lines(columnsMax);
    }

    /** Takes from the widest text until all fit, or until none can give more. */
    private static void narrow(int[] widths, boolean[] texts, int columnsMax) {
        long sum = 0;
        for (int width : widths) {
            sum += width + GAP;
        }
        while (sum > columnsMax) {
            int widest = -1;
            for (int column = 0; column < widths.length; column++) {
                boolean gives = texts[column] && widths[column] > CELL_MIN;
                widest = gives && (widest < 0 || widths[column] > widths[widest]) ? column : widest;
            }
            if (widest < 0) {
                return;
            }
            widths[widest]--;
            sum--;
        }
    }

    private String cell(Row row, int column) {
        Object value = row.fields().get(names.get(column));
        return value == null ? "-" : Screen.plain(text(value));
    }

    private static String text(Object value) {
        if (value instanceof Double number) {
            return NumberText.plain(number);
        }
        return value.toString();
    }
}
