package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.file.FileSource;
import io.ringmain.logs.file.LineSettings;
import io.ringmain.spi.Source;
import java.util.List;
import java.util.function.LongSupplier;

/** {@code type: file} as a source. */
final class FileSourceKind extends SourceKind {

    static final OptionSpec PATH = OptionSpec.of(
                    "path",
                    OptionType.PATHS,
                    "access.log",
                    "A file, a glob such as logs/*.log, or a list of them; read one after the other. gzip and zstd are recognised.")
            .required();

    static final OptionSpec FOLLOW = OptionSpec.of(
                    "follow",
                    OptionType.BOOLEAN,
                    "true",
                    "Whether to wait at the end for more, through rotation too, until the run is stopped; files may come later.")
            .defaulting("false");

    static final OptionSpec CHECKPOINT = OptionSpec.of(
            "checkpoint",
            OptionType.PATH,
            "var/checkpoints",
            "The directory in which the run keeps where it stands, once a second; a later run goes on there. The same for all sources.");

    FileSourceKind() {
        super(
                "file",
                "Reads the lines of files, from the first to the last, and ends; or follows them.",
                List.of(PATH, FOLLOW, CHECKPOINT, LineOptions.LINE_BYTES_MAX));
    }

    @Override
    public String example() {
        return "web: {type: file, path: access.log}";
    }

    @Override
    Source<LogEvent> source(Part part, LineSettings lines, Site site) {
        return source(part, lines, site.surroundings().nanoTime());
    }

    static FileSource source(Part part, LineSettings lines, LongSupplier nanoTime) {
        List<String> paths = part.options().texts(PATH);
        return part.options().isTrue(FOLLOW)
                ? FileSource.following(paths, lines, nanoTime)
                : new FileSource(paths, lines);
    }
}
