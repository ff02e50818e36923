package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.DiscardSink;
import io.ringmain.spi.Sink;
import java.util.List;

/** {@code type: discard}. */
final class DiscardKind extends SinkKind {

    DiscardKind() {
        super(
                "discard",
                "Takes events and keeps nothing: for measuring, and where only the report matters.",
                List.of());
    }

    @Override
    public String example() {
        return "out: {type: discard}";
    }

    @Override
    Sink<LogEvent> sink(Part part, Site site) {
        return new DiscardSink<>();
    }
}
