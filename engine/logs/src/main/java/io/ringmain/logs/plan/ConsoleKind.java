package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.ConsoleSink;
import io.ringmain.logs.file.TableSink;
import io.ringmain.logs.step.AggregateSpec;
import io.ringmain.spi.Sink;
import java.util.List;

/** {@code type: console}. */
final class ConsoleKind extends SinkKind {

    private static final OptionSpec FORMAT = OptionSpec.choice(
            "format",
            List.of(SinkFormat.TEXT, SinkFormat.JSON, SinkFormat.TABLE),
            "Lines as they came, an object per line, or a table at the end; without it a table behind an aggregate, else text.");

    ConsoleKind() {
        super("console", "Writes events to the standard output.", List.of(FORMAT));
    }

    @Override
    public String example() {
        return "out: {type: console}";
    }

    /** Results have all their columns, also those that no row has a value for; the mark of the last row is only where it is. */
    private static List<String> expected(Site site) {
        return site.isBehindResults()
                ? site.schema().types().keySet().stream()
                        .filter(name -> !name.equals(AggregateSpec.OTHER))
                        .toList()
                : List.of();
    }

    @Override
    Sink<LogEvent> sink(Part part, Site site) {
        Options options = part.options();
        String byDefault = site.isBehindResults() ? SinkFormat.TABLE : SinkFormat.TEXT;
        String format = options.has(FORMAT) ? options.text(FORMAT) : byDefault;
        return format.equals(SinkFormat.TABLE)
                ? new TableSink(options.path(), site.surroundings().out(), site.keys(), expected(site))
                : new ConsoleSink(options.path(), site.surroundings().out(), SinkFormat.encoder(format, site.keys()));
    }
}
