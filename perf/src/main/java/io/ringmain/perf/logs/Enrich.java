package io.ringmain.perf.logs;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.Text;
import io.ringmain.logs.step.ComputeField;
import io.ringmain.logs.step.CopyField;
import io.ringmain.logs.step.RemoveField;
import io.ringmain.logs.step.RenameField;
import io.ringmain.logs.step.SetField;
import io.ringmain.logs.step.SetHost;
import io.ringmain.logs.step.SetIngestTime;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Transform;
import java.util.List;

/** One of each step that adds to an event or takes away, as one stage, for {@link MadeLines} of any format. */
public final class Enrich {

    private static final long INGEST_TIME_NS = 1_779_000_000_000_000_000L;

    private Enrich() {}

    /** Makes the stage, for one lane. */
    public static Stage<LogEvent> stage(Format format, Keys keys) {
        List<Transform<LogEvent>> steps = steps(format, keys);
        return event -> {
            // By index, for an iterator would be an object per event.
            for (int i = 0; i < steps.size(); i++) {
                steps.get(i).apply(event);
            }
            return true;
        };
    }

    private static List<Transform<LogEvent>> steps(Format format, Keys keys) {
        Schema schema = Job.ofMade(format).schema();
        String source =
                switch (format) {
                    case COMBINED, COMMON -> "bytes / 1024";
                    case REGEX, JSON, LOGFMT -> "lower(method)";
                    case LEVEL -> "concat(message, '!')";
                };
        String field = format == Format.LEVEL ? "message" : "path";
        return List.of(
                new SetField(keys.id("env"), Text.of("prod")),
                new SetHost(keys, "web-1"),
                new SetIngestTime(() -> INGEST_TIME_NS),
                new ComputeField(keys.id("computed"), Job.compile(source, schema, keys)),
                new CopyField(keys.id(field), keys.id("copied")),
                new RenameField(keys.id("copied"), keys.id("renamed")),
                new CopyField(Keys.LINE, keys.id("removed")),
                new RemoveField(keys.id("removed")));
    }
}
