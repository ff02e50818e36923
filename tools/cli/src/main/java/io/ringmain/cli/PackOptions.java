package io.ringmain.cli;

import io.ringmain.cli.pack.FilePair;
import io.ringmain.cli.pack.PackNumbers;
import io.ringmain.logs.plan.FileNames;
import io.ringmain.pack.PackFormat;
import io.ringmain.pack.Packing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** What packing and unpacking are told alike, and what they do alike with it. */
final class PackOptions {

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec verb;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What to ${COMMAND-NAME}; - for standard input.")
    private List<String> files = new ArrayList<>();

    @Option(names = "--force", description = "Replace what is there.")
    private boolean isForced;

    @Option(names = "--report", paramLabel = "FILE", description = "Write an account for programs to FILE, as JSON.")
    private @Nullable Path report;

    /** Makes what the flows need to know, for which it may have to read keys. */
    interface Preparation {
        PackFlows.Kind kind() throws IOException;
    }

    boolean isForced() {
        return isForced;
    }

    ParameterException wrong(String sentence) {
        return new ParameterException(verb.commandLine(), sentence);
    }

    /** The files, and where what comes of each goes: to {@code out}, or beside it under the name that {@code naming} makes of its own. */
    List<FilePair> pairs(@Nullable String out, Function<String, Optional<String>> naming) {
        try {
            List<FilePair> pairs = FilePair.of(files, out, naming);
            if (pairs.size() > 1 && pairs.stream().anyMatch(pair -> pair.to() == null)) {
                throw wrong(
                        "-o: - for " + pairs.size() + " files (expected: a directory); they could not be told apart");
            }
            return pairs;
        } catch (FilePair.WrongPaths paths) {
            throw wrong(String.valueOf(paths.getMessage()));
        }
    }

    int chunkBytes(String text) {
        return PackNumbers.bytes(text, PackFormat.CHUNK_BYTES_MIN, PackFormat.CHUNK_BYTES_MAX)
                .orElseThrow(() -> wrong("--chunk: " + text + " (expected: from 64KiB to 1GiB)"));
    }

    int checkedDepth(int depth) {
        if (depth < 2 || depth > Packing.DEPTH_MAX) {
            throw wrong("--depth: " + depth + " (expected: from 2 to " + Packing.DEPTH_MAX + ')');
        }
        return depth;
    }

    /** The report would take the place of what the file has. */
    private void checkReport(Path to, List<FilePair> pairs, List<Path> keyFiles) {
        for (Path file : keyFiles) {
            requireOther(to, file, "read");
        }
        for (FilePair pair : pairs) {
            requireOther(to, pair.from(), "read");
            requireOther(to, pair.to(), "written");
        }
    }

    private void requireOther(Path to, @Nullable Path file, String use) {
        if (file != null && FileNames.isSame(file, to)) {
            throw wrong(ReportFile.inUse(to, "a file that is " + use));
        }
    }

    /** Sends all through, with the keys of {@code keyFiles}; returns the exit code. */
    int run(Shell shell, List<FilePair> pairs, List<Path> keyFiles, Preparation preparation) {
        if (report != null) {
            checkReport(report, pairs, keyFiles);
        }
        try {
            return new PackFlows(shell, verb.name(), isForced, preparation.kind()).run(pairs, report);
        } catch (LinkageError notLoaded) {
            return failed(
                    shell,
                    "the native code of the format cannot be loaded: " + notLoaded.getMessage()
                            + " (expected: a directory for temporary files that can be written, and code in it run); give"
                            + " another, JAVA_TOOL_OPTIONS=-Djava.io.tmpdir=DIR, or --format gzip");
        } catch (IOException problem) {
            return failed(shell, String.valueOf(problem.getMessage()));
        }
    }

    private int failed(Shell shell, String sentence) {
        shell.screen().say(verb.name(), sentence);
        return ExitCodes.FAILED;
    }
}
