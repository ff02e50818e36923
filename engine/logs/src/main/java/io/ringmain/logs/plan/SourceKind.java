package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.spi.Source;
import java.util.List;

/** A kind of source. */
abstract non-sealed class SourceKind extends Kind {

    SourceKind(String name, String sentence, List<OptionSpec> options) {
        super(Role.SOURCE, name, sentence, options);
    }

    /** Makes the source that {@code part} describes, which reads lines so; nothing is opened yet. */
    abstract Source<LogEvent> source(Part part, LineSettings lines, Site site);
}
