package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Value;
import io.ringmain.spi.Batch;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Sink;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Gathers events, meant for results, and writes them as one table to standard output when it is flushed. There is a column for each field,
 * those that are expected first and the others in the order in which they first appear, time and level before and the line of an event
 * that was not parsed behind them; numbers stand on the right. Of more than {@value #ROWS_MAX} events, or {@value #CHARS_MAX} characters,
 * the other events are only counted; beyond {@value #COLUMNS_MAX} columns the other values are; of long values the beginning is shown.
 *
 * <p>Thread: as {@link Sink}. Allocates for each row it keeps.
 */
public final class TableSink implements Sink<LogEvent> {

    /** The most rows of a table: {@value}. */
    public static final int ROWS_MAX = 10_000;

    /** The most columns of a table: {@value}. */
    public static final int COLUMNS_MAX = 100;

    /** With how many characters in its cells a table takes no more rows: {@value}. */
    public static final int CHARS_MAX = 8 << 20;

    private static final int CELL_CHARS_MAX = 200;
    private static final String GAP = "  ";

    private final Console console;
    private final Keys keys;
    private final List<Integer> expected;
    private final Value value = new Value();
    private final Bytes bytes = new Bytes();
    private final Map<Integer, Column> columns = new LinkedHashMap<>();
    private int rows;
    private long chars;
    private long more;
    private long valuesMore;

    /** The cells of one field; rows that have no such field are missing at the end, or empty. */
    private static final class Column {

        private final String name;
        private final List<String> cells = new ArrayList<>();
        private int width;
        private boolean numbers = true;

        Column(String name) {
            this.name = name;
            width = width(name);
        }

        void put(int row, String text, boolean number) {
            while (cells.size() < row) {
                cells.add("");
            }
            cells.add(text);
            width = Math.max(width, width(text));
            numbers &= number;
        }

        static int width(String text) {
            return text.codePointCount(0, text.length());
        }

        void print(String text, StringBuilder to) {
            String gap = " ".repeat(width - width(text));
            to.append(numbers ? gap : "")
                    .append(text)
                    .append(numbers ? "" : gap)
                    .append(GAP);
        }

        String cell(int row) {
            return row < cells.size() ? cells.get(row) : "";
        }
    }

    /**
     * Makes a sink of events whose fields have the names in {@code keys}; the rest as {@link ConsoleSink}.
     *
     * @param expected the fields that have a column even if no event has them
     */
    public TableSink(String where, StandardOutput out, Keys keys, List<String> expected) {
        console = new Console(where, out);
        this.keys = requireNonNull(keys, "keys");
        this.expected = expected.stream().map(keys::id).toList();
        addExpected();
    }

    private void addExpected() {
        expected.forEach(this::column);
    }

    private Column column(int key) {
        return columns.computeIfAbsent(key, id -> new Column(keys.name(id)));
    }

    @Override
    public void write(Batch<LogEvent> batch) {
        for (int i = 0; i < batch.size(); i++) {
            if (rows < ROWS_MAX && chars < CHARS_MAX) {
                add(batch.event(i));
                rows++;
            } else {
                more++;
            }
        }
    }

    private void add(LogEvent event) {
        boolean timed = addCell(Keys.TIMESTAMP, event);
        boolean parsed = addCell(Keys.LEVEL, event) || timed || !event.hasLine();
        Fields fields = event.fields();
        for (int i = 0; i < fields.count(); i++) {
            int key = fields.key(i);
            parsed |= !keys.isOfIntake(key);
            addCell(key, event);
        }
        if (!parsed || expected.contains(Keys.LINE)) {
            addCell(Keys.LINE, event);
        }
    }

    private boolean addCell(int key, LogEvent event) {
        if (!event.read(key, value)) {
            return false;
        }
        Column column = columns.get(key);
        if (column == null && columns.size() == COLUMNS_MAX) {
            valuesMore++;
            return true;
        }
        if (column == null) {
            column = column(key);
        }
        bytes.clear();
        Plain.put(value, bytes);
        String text = shown();
        chars += text.length();
        column.put(rows, text, value.isNumber());
        return true;
    }

    /** What was put, without what would change the terminal, and not longer than a cell. */
    private String shown() {
        // No character has more than four bytes.
        int length = Math.min(bytes.length(), 4 * CELL_CHARS_MAX);
        String text = new String(bytes.array(), 0, length, StandardCharsets.UTF_8);
        StringBuilder shown = new StringBuilder();
        int count = 0;
        for (int i = 0; i < text.length(); i = text.offsetByCodePoints(i, 1)) {
            int character = text.codePointAt(i);
            if (++count == CELL_CHARS_MAX) {
                return shown.append('…').toString();
            }
            shown.appendCodePoint(Character.isISOControl(character) ? '\uFFFD' : character);
        }
        return shown.toString();
    }

    @Override
    public void flush() throws IOException {
        if (rows == 0) {
            return;
        }
        List<Column> ordered = ordered();
        StringBuilder row = new StringBuilder();
        bytes.clear();
        for (int i = -1; i < rows; i++) {
            row.setLength(0);
            for (Column column : ordered) {
                column.print(i < 0 ? column.name : column.cell(i), row);
            }
            put(row.toString().stripTrailing());
            if (bytes.length() >= BlockWriter.BLOCK_BYTES) {
                console.write(bytes);
            }
        }
        if (more > 0) {
            put("… " + more + " more");
        }
        if (valuesMore > 0) {
            put("… and " + valuesMore + " values beyond " + COLUMNS_MAX + " columns");
        }
        console.write(bytes);
        console.flush();
        columns.clear();
        addExpected();
        rows = 0;
        chars = 0;
        more = 0;
        valuesMore = 0;
    }

    private List<Column> ordered() {
        List<Column> ordered = new ArrayList<>();
        addIfThere(Keys.TIMESTAMP, ordered);
        addIfThere(Keys.LEVEL, ordered);
        columns.forEach((key, column) -> {
            if (key >= 0) {
                ordered.add(column);
            }
        });
        addIfThere(Keys.LINE, ordered);
        return ordered;
    }

    private void addIfThere(int key, List<Column> ordered) {
        Column column = columns.get(key);
        if (column != null) {
            ordered.add(column);
        }
    }

    private void put(String line) {
        byte[] utf8 = line.getBytes(StandardCharsets.UTF_8);
        bytes.put(utf8, 0, utf8.length);
        bytes.put('\n');
    }

    /** Lines that somebody may have read cannot be taken back, and the command ends when its output does: no want of room is waited for. */
    @Override
    public FailureKind kindOf(Exception failure) {
        return FailureKind.TRANSIENT;
    }

    @Override
    public void abort() {
        console.abort();
    }
}
