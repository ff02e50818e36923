package io.ringmain.perf.compare;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The rows of a comparison: printed as a table while they come, and written as JSON at the end if that is wanted.
 *
 * <p>Thread: one.
 */
final class Rows {

    private final List<Map<String, Object>> rows = new ArrayList<>();
    private final Optional<Path> json;
    private final String[] columns;
    private final int[] widths;

    /** Rows with these columns, at least as wide as they need to be, which go to {@code json} in the end; prints the head. */
    Rows(Optional<Path> json, String... columns) {
        this.json = json;
        this.columns = columns;
        widths = new int[columns.length];
        StringBuilder head = new StringBuilder();
        for (int i = 0; i < columns.length; i++) {
            widths[i] = Math.max(columns[i].length(), 9);
            head.append(cell(i, columns[i]));
        }
        System.out.println(head.toString().stripTrailing());
    }

    /** Adds and prints a row: texts, whole numbers, and decimals, of which two digits are shown. */
    void add(Object... values) {
        StringBuilder line = new StringBuilder();
        Map<String, Object> row = new LinkedHashMap<>();
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            row.put(columns[i], value);
            line.append(cell(
                    i, value instanceof Double number ? String.format(Locale.ROOT, "%,.2f", number) : text(value)));
        }
        rows.add(row);
        System.out.println(line.toString().stripTrailing());
    }

    private static String text(Object value) {
        return value instanceof Number number
                ? String.format(Locale.ROOT, "%,d", number.longValue())
                : value.toString();
    }

    /** Texts stand at the left in the first column, all else at the right. */
    private String cell(int column, String text) {
        String blanks = " ".repeat(Math.max(0, (column == 0 ? 23 : widths[column]) - text.length()));
        return column == 0 ? text + blanks : "  " + blanks + text;
    }

    /** Writes all rows as a JSON array, if that is wanted. */
    void write() {
        json.ifPresent(file -> {
            try {
                Files.writeString(file, text());
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    private String text() {
        StringBuilder text = new StringBuilder("[");
        for (Map<String, Object> row : rows) {
            text.append(text.length() == 1 ? "\n  {" : ",\n  {");
            String comma = "";
            for (Map.Entry<String, Object> value : row.entrySet()) {
                String word = value.getValue() instanceof Number
                        ? value.getValue().toString()
                        : '"' + value.getValue().toString() + '"';
                text.append(comma)
                        .append('"')
                        .append(value.getKey())
                        .append("\": ")
                        .append(word);
                comma = ", ";
            }
            text.append('}');
        }
        return text.append("\n]\n").toString();
    }
}
