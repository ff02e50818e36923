package io.ringmain.perf.logs;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import java.util.List;

/**
 * Gives lines that are in memory, where they stand, from the first to the last and again, until it has given enough.
 *
 * <p>Thread: as {@link Source}. Never allocates per event.
 */
public final class MemorySource implements Source<LogEvent> {

    private final Lines lines;
    private final Text[] sources;
    private final long events;
    private long given;
    private int line;
    private int source;

    /**
     * Makes a source.
     *
     * @param events how many lines to give
     * @param sources the names that the events get, in turn; none for none
     */
    public MemorySource(Lines lines, long events, List<Text> sources) {
        this.lines = lines;
        this.events = events;
        this.sources = sources.toArray(Text[]::new);
    }

    @Override
    public Status fill(Intake<LogEvent> intake, int max) {
        int count = (int) Math.min(max, events - given);
        for (int i = 0; i < count; i++) {
            LogEvent event = intake.claim(given);
            lines.wrap(line, event);
            line = line + 1 == lines.count() ? 0 : line + 1;
            if (sources.length > 0) {
                event.fields().putText(Keys.SOURCE, sources[source]);
                source = source + 1 == sources.length ? 0 : source + 1;
            }
            given++;
        }
        return given == events ? Status.END : Status.READY;
    }
}
