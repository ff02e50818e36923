package io.ringmain.perf.throughput;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.parse.LineParser;
import io.ringmain.logs.parse.ParseResult;
import io.ringmain.perf.logs.Format;
import io.ringmain.perf.logs.Lines;

/** One thread parses lines in memory into one event, again and again: the parser alone. */
final class ParseMemory implements Pass {

    private final Format format;
    private final Lines lines;
    private final LineParser parser;
    private final LogEvent event = new LogEvent();

    ParseMemory(Format format, Lines lines) {
        this.format = format;
        this.lines = lines;
        parser = format.parser(new Keys());
    }

    @Override
    public String title() {
        return "parse " + format.title() + ", 1 thread";
    }

    @Override
    public Seen run() {
        long parsed = 0;
        long fields = 0;
        for (int i = 0; i < lines.count(); i++) {
            event.clear();
            lines.wrap(i, event);
            if (parser.parse(event) == ParseResult.PARSED) {
                parsed++;
                fields += event.fields().count();
            }
        }
        return new Seen(lines.length(), lines.count(), 31 * parsed + fields);
    }
}
