package io.ringmain.perf.levels;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.perf.logs.Format;
import io.ringmain.perf.logs.Lines;
import io.ringmain.perf.logs.MadeLines;
import java.util.List;

/**
 * The same lines for both sides. Those of the queues are strings already, so that they need not be decoded: that makes them the stronger
 * opponent. Lines come from four sources in turn.
 */
final class LevelLines {

    static final List<String> SOURCES = List.of("api", "web", "jobs", "mail");

    private static final long SEED = 42;

    private final Lines lines;
    private final String[] strings;

    LevelLines(int count) {
        lines = new MadeLines(Format.LEVEL, SEED).make(count);
        strings = new String[count];
        LogEvent event = new LogEvent();
        for (int i = 0; i < count; i++) {
            event.clear();
            lines.wrap(i, event);
            strings[i] = event.line();
        }
    }

    int count() {
        return strings.length;
    }

    Lines lines() {
        return lines;
    }

    String string(int index) {
        return strings[index];
    }

    static List<Text> sourceTexts() {
        return SOURCES.stream().map(Text::of).toList();
    }
}
