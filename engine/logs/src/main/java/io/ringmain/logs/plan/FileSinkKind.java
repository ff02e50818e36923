package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.logs.file.FileSink;
import io.ringmain.spi.Sink;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** {@code type: file} as a sink. */
final class FileSinkKind extends SinkKind {

    static final OptionSpec PATH = OptionSpec.of(
                    "path", OptionType.PATH, "errors.jsonl", "The file; what it has is replaced unless append is true.")
            .required();

    private static final OptionSpec FORMAT = OptionSpec.choice(
            "format",
            List.of(SinkFormat.TEXT, SinkFormat.JSON),
            "Lines as they came, or an object per line; without it json for .json, .jsonl and .ndjson, else text.");

    private static final OptionSpec APPEND = OptionSpec.of(
                    "append", OptionType.BOOLEAN, "true", "Whether to write behind what the file has.")
            .defaulting("false");

    FileSinkKind() {
        super("file", "Writes events to a file.", List.of(PATH, FORMAT, APPEND));
    }

    @Override
    public String example() {
        return "errors: {type: file, path: errors.jsonl}";
    }

    @Override
    Schema check(Scope scope) {
        String refusal = scope.usable(PATH) ? refusal(scope.options().text(PATH)) : "";
        if (!refusal.isEmpty()) {
            scope.problem(PATH, "not a path: " + refusal + " (expected: a path)", "such as path: errors.jsonl");
        }
        return scope.schema();
    }

    /** Why the file system takes no such path; empty if it does. */
    private static String refusal(String path) {
        try {
            return Path.of(path).toString().isEmpty() ? "nothing" : "";
        } catch (InvalidPathException wrong) {
            return wrong.getReason();
        }
    }

    @Override
    Sink<LogEvent> sink(Part part, Site site) {
        Options options = part.options();
        String path = options.text(PATH);
        boolean isJson = Stream.of(".json", ".jsonl", ".ndjson").anyMatch(path::endsWith);
        String byDefault = isJson ? SinkFormat.JSON : SinkFormat.TEXT;
        String format = options.has(FORMAT) ? options.text(FORMAT) : byDefault;
        return new FileSink(
                options.path(), Path.of(path), SinkFormat.encoder(format, site.keys()), options.isTrue(APPEND));
    }
}
