package io.ringmain.logs.step;

import io.ringmain.logs.Fields;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Progress;
import java.util.ArrayList;
import java.util.List;

/** The rows of an aggregate as text: level and time first, then the fields in their order. */
final class Rows {

    private Rows() {}

    static List<String> of(Aggregate aggregate, Keys keys) {
        boolean hasLine = aggregate.spec().by().contains("line");
        List<LogEvent> rows = new ArrayList<>();
        Progress progress = aggregate.finish(() -> {
            rows.add(new LogEvent());
            return rows.get(rows.size() - 1);
        });
        if (progress != Progress.DONE) {
            throw new AssertionError("finish: " + progress + " (expected: DONE)");
        }
        return rows.stream()
                .map(row -> (hasLine ? "line='" + row.line() + "' " : "") + text(row, keys))
                .toList();
    }

    static String text(LogEvent row, Keys keys) {
        List<String> parts = new ArrayList<>();
        if (row.level() != null) {
            parts.add("level=" + row.level());
        }
        if (row.timeNs() != LogEvent.NO_TIME) {
            parts.add("timestamp=" + row.timeNs());
        }
        Fields fields = row.fields();
        for (int i = 0; i < fields.count(); i++) {
            int key = fields.key(i);
            String quote = isText(fields.kind(i)) ? "'" : "";
            parts.add(keys.name(key) + '=' + quote + row.fieldText(key) + quote);
        }
        return String.join(" ", parts);
    }

    private static boolean isText(Fields.Kind kind) {
        return kind == Fields.Kind.SPAN || kind == Fields.Kind.SPARE || kind == Fields.Kind.TEXT;
    }
}
