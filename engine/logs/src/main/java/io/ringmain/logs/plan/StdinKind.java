package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.logs.file.StandardInput;
import io.ringmain.spi.Source;
import java.util.List;

/** {@code type: stdin}. */
final class StdinKind extends SourceKind {

    StdinKind() {
        super("stdin", "Reads lines from the standard input until it ends.", List.of(LineOptions.LINE_BYTES_MAX));
    }

    @Override
    public String example() {
        return "in: {type: stdin}";
    }

    @Override
    Source<LogEvent> source(Part part, LineSettings lines, Site site) {
        return new StandardInput(site.surroundings().in(), lines);
    }
}
