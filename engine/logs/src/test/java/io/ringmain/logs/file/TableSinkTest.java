package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.testing.SinkContract;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TableSinkTest {

    private final Keys keys = new Keys();
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final TableSink sink = new TableSink("sinks.table", new StandardOutput(out, false), keys, List.of());
    private final List<LogEvent> events = new ArrayList<>();

    private LogEvent event() {
        LogEvent event = new LogEvent();
        events.add(event);
        return event;
    }

    private String table() throws IOException {
        sink.write(new OneBatch(events));
        sink.flush();
        return out.toString(StandardCharsets.UTF_8);
    }

    private void row(String path, long count) {
        LogEvent event = event();
        event.fields().putText(keys.id("path"), Text.of(path));
        event.fields().putLong(keys.id("count"), count);
    }

    @Test
    void keepsTheContractOfSinks() {
        SinkContract.of(
                        () -> new TableSink(
                                "sinks.table", new StandardOutput(new ByteArrayOutputStream(), false), keys, List.of()),
                        LogEvent.TYPE,
                        (event, number) -> event.setLine("line " + number))
                .check();
    }

    @Test
    void columnsAreAlignedAndNumbersStandOnTheRight() throws IOException {
        row("/", 7);
        row("/\u00fcber/uns", 12_345);
        row("/a", -1);

        assertThat(table()).isEqualTo("""
                        path       count
                        /              7
                        /\u00fcber/uns  12345
                        /a            -1
                        """);
    }

    @Test
    void timeAndLevelComeFirstAndWhatARowLacksIsEmpty() throws IOException {
        row("/", 7);
        LogEvent event = event();
        event.setTimeNs(0);
        event.setLevel(Level.WARN);
        event.fields().putDouble(keys.id("avg"), 0.5);
        event.fields().putText(keys.id("count"), Text.of("many"));

        assertThat(table()).isEqualTo("""
                        timestamp             level  path  count  avg
                                                     /     7
                        1970-01-01T00:00:00Z  WARN         many   0.5
                        """);
    }

    @Test
    void expectedColumnsStandThereThoughNoRowHasThem() throws IOException {
        TableSink expecting =
                new TableSink("sinks.table", new StandardOutput(out, false), keys, List.of("user", "path", "count"));
        row("/", 7);

        expecting.write(new OneBatch(events));
        expecting.flush();
        expecting.write(new OneBatch(events));
        expecting.flush();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("user  path  count\n      /         7\n".repeat(2));
    }

    @Test
    void lineIsShownWhereItIsExpected() throws IOException {
        TableSink expecting =
                new TableSink("sinks.table", new StandardOutput(out, false), keys, List.of("line", "count"));
        row("/", 7);
        events.get(0).setLine("some line");

        expecting.write(new OneBatch(events));
        expecting.flush();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("count  path  line\n    7  /     some line\n");
    }

    @Test
    void eventsThatWereNotParsedShowTheirLines() throws IOException {
        LogEvent event = event();
        event.setLine("some line");
        event.fields().putText(Keys.SOURCE, Text.of("web"));

        assertThat(table()).isEqualTo("source  line\nweb     some line\n");
    }

    @Test
    void valuesCannotSteerTheTerminalAndLongOnesAreCut() throws IOException {
        row("\u001b[2Jx\n" + "y".repeat(1000), 1);

        assertThat(table().lines().toList().get(1))
                .startsWith("\uFFFD[2Jx\uFFFDyyyy")
                .endsWith("y…      1")
                .hasSize(200 + 2 + 5);
    }

    @Test
    void rowsBeyondTheBoundAreCounted() throws IOException {
        for (int i = 0; i < TableSink.ROWS_MAX + 5; i++) {
            row("/" + i, i);
        }

        List<String> lines = table().lines().toList();

        assertThat(lines).hasSize(1 + TableSink.ROWS_MAX + 1);
        assertThat(lines.get(TableSink.ROWS_MAX)).isEqualTo("/9999   9999");
        assertThat(lines.get(TableSink.ROWS_MAX + 1)).isEqualTo("… 5 more");
    }

    @Test
    void valuesBeyondTheColumnsAreCounted() throws IOException {
        for (int i = 0; i < 3; i++) {
            LogEvent event = event();
            for (int j = 0; j < 60; j++) {
                event.fields().putLong(keys.id("f" + i + '_' + j), j);
            }
        }

        List<String> lines = table().lines().toList();

        assertThat(lines).hasSize(1 + 3 + 1);
        assertThat(lines.get(0).split(" +")).hasSize(TableSink.COLUMNS_MAX);
        assertThat(lines.get(4)).isEqualTo("… and 80 values beyond 100 columns");
    }

    @Test
    void rowsBeyondTheCharactersAreCounted() throws IOException {
        String wide = "x".repeat(200);
        for (int i = 0; i < 2_000; i++) {
            LogEvent event = event();
            for (int j = 0; j < 50; j++) {
                event.fields().putText(keys.id("f" + j), Text.of(wide));
            }
        }

        List<String> lines = table().lines().toList();

        // 10,000 characters in each row.
        int kept = TableSink.CHARS_MAX / 10_000 + 1;
        assertThat(lines).hasSize(1 + kept + 1);
        assertThat(lines.get(1 + kept)).isEqualTo("… " + (2_000 - kept) + " more");
    }

    @Test
    void tableIsWrittenOnceAndNothingForNoEvents() throws Exception {
        row("/", 1);
        String table = table();

        sink.flush();
        sink.close();

        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(table);
        out.reset();
        new TableSink("sinks.table", new StandardOutput(out, false), keys, List.of()).flush();
        assertThat(out.size()).isZero();
    }
}
