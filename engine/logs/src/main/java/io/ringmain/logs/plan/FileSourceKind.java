package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.FileSource;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.spi.Source;
import java.util.List;

/** {@code type: file} as a source. */
final class FileSourceKind extends SourceKind {

    static final OptionSpec PATH = OptionSpec.of(
                    "path",
                    OptionType.PATHS,
                    "access.log",
                    "A file, a glob such as logs/*.log, or a list of them; read one after the other. gzip and zstd are recognised.")
            .required();

    FileSourceKind() {
        super(
                "file",
                "Reads the lines of files, from the first to the last, and ends.",
                List.of(PATH, LineOptions.LINE_BYTES_MAX));
    }

    @Override
    public String example() {
        return "web: {type: file, path: access.log}";
    }

    @Override
    Source<LogEvent> source(Part part, LineSettings lines, Site site) {
        return new FileSource(part.options().texts(PATH), lines);
    }
}
