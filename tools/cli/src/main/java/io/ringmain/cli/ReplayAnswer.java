package io.ringmain.cli;

import io.ringmain.cli.rows.Row;
import io.ringmain.logs.JsonText;
import io.ringmain.spi.Digest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a replay shows on standard output: the digest of each sink, and what a step remembers. */
final class ReplayAnswer {

    private final Screen screen;
    private final Format format;
    private final JsonText json = new JsonText();
    private @Nullable State state;

    private record State(
            String step, long bytes, int parts, @Nullable List<Map<String, Object>> rows) {}

    /** How what a sink was given compares with the run. */
    enum Verdict {
        AS_IN_THE_RUN("as in the run"),
        NOT_AS_IN_THE_RUN("NOT as in the run"),
        NOT_COMPARED("nothing to compare with");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }
    }

    ReplayAnswer(Screen screen, Format format) {
        this.screen = screen;
        this.format = format;
        json.beginObject().name("sinks").beginArray();
    }

    /** Shows what a sink was given; {@code more} says for people what it was in the run. */
    void sink(String name, Digest digest, Verdict verdict, String more) {
        json.beginObject().name("name").string(name).name("events").number(digest.events());
        json.name("in_order").string(digest.inOrder());
        json.name("in_any_order").string(digest.inAnyOrder());
        json.name("verdict").string(verdict.name().toLowerCase(Locale.ROOT)).endObject();
        line(name + ": " + Numbers.counted(digest.events(), "event") + ", " + digest.inOrder() + ", " + verdict.words
                + more);
    }

    /** Takes what {@code step} remembers, to be shown behind the sinks: the {@code rows} of an aggregate, or else only how many bytes in how many parts. */
    void state(String step, long bytes, int parts, @Nullable List<Map<String, Object>> rows) {
        state = new State(step, bytes, parts, rows);
    }

    /** Shows what is left. */
    void end() {
        json.endArray();
        if (state != null) {
            show(state);
        }
        json.endObject();
        if (format == Format.JSON) {
            screen.out().println(json);
        }
        screen.out().flush();
    }

    private void show(State remembered) {
        json.name("state").beginObject().name("step").string(remembered.step());
        json.name("bytes").number(remembered.bytes());
        List<Map<String, Object>> rows = remembered.rows();
        if (rows == null) {
            String parts = remembered.parts() > 1 ? " in " + remembered.parts() + " parts" : "";
            line(remembered.step() + ": remembers " + Numbers.counted(remembered.bytes(), "byte") + parts);
        } else {
            json.name("rows").beginArray();
            rows.forEach(json::object);
            json.endArray();
            line(remembered.step() + ": " + Numbers.counted(rows.size(), "row"));
            table(rows);
        }
        json.endObject();
    }

    private void table(List<Map<String, Object>> rows) {
        if (format == Format.TEXT && !rows.isEmpty()) {
            List<Row> all = rows.stream().map(row -> new Row("", row)).toList();
            new RowTable(List.of(), all).lines(screen.outColumns()).forEach(line -> screen.out()
                    .println(line));
        }
    }

    private void line(String text) {
        if (format == Format.TEXT) {
            screen.out().println(Screen.plain(text));
        }
    }
}
