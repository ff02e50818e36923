package io.ringmain.cli;

import io.ringmain.cli.PackFlows.Running;
import io.ringmain.cli.pack.FilePair;
import io.ringmain.cli.pack.PackNumbers;
import io.ringmain.pack.ChunkFlow;
import io.ringmain.pack.ChunkMemory;
import io.ringmain.pack.FlowInput;
import io.ringmain.pack.FlowOutput;
import io.ringmain.pack.FlowReport;
import io.ringmain.pack.PackFormat;
import io.ringmain.pack.PackedInput;
import io.ringmain.pack.Packing;
import io.ringmain.pack.Unlocking;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Unpacks files. */
@Command(
        name = "unpack",
        description = {
            "Unpack files of ringmain pack, and those of zstd, gzip, lz4 and age.",
            "",
            "  ringmain unpack app.log.zst                             to app.log",
            "  ringmain unpack app.log.zst.age --identity key.txt      decrypted too",
            "  ringmain unpack - -o - < dir.tar.gz | tar x             in a pipe",
            "",
            "What is in a file says how it is packed. A file of ringmain pack that has changed in any place, or lost its",
            "end, is refused; a pipe has seen the beginning by then, a file is never left half-written.",
            ""
        },
        footer = {"", "Exit codes: 0 done, 1 failed or stopped by a signal, 2 wrong usage."})
final class UnpackCommand implements Callable<Integer> {

    private final Shell shell;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(paramLabel = "FILE", arity = "1..*", description = "What to unpack; - for standard input.")
    private List<String> files = new ArrayList<>();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description = "A file, a directory, or - for standard output (default: beside FILE, without its suffix).")
    private @Nullable String out;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Option(
            names = "--chunk",
            paramLabel = "SIZE",
            defaultValue = "1MiB",
            description = "How much is written at a time, 64KiB to 1GiB (default: ${DEFAULT-VALUE}).")
    private String chunkText = "1MiB";

    @Option(
            names = "--depth",
            paramLabel = "N",
            defaultValue = "4",
            description = "How many chunks are in memory at a time (default: ${DEFAULT-VALUE}).")
    private int depth = 4;

    @Option(names = "--force", description = "Replace what is there.")
    private boolean isForced;

    @Option(names = "--report", paramLabel = "FILE", description = "Write an account for programs to FILE, as JSON.")
    private @Nullable Path report;

    UnpackCommand(Shell shell) {
        this.shell = shell;
    }

    private ParameterException wrong(String sentence) {
        return new ParameterException(spec.commandLine(), sentence);
    }

    @Override
    public Integer call() {
        int chunkBytes = PackNumbers.bytes(chunkText, PackFormat.CHUNK_BYTES_MIN, PackFormat.CHUNK_BYTES_MAX)
                .orElseThrow(() -> wrong("--chunk: " + chunkText + " (expected: from 64KiB to 1GiB)"));
        if (depth < 2 || depth > Packing.DEPTH_MAX) {
            throw wrong("--depth: " + depth + " (expected: from 2 to " + Packing.DEPTH_MAX + ')');
        }
        if (keys.hasPassphrase() && keys.hasIdentity()) {
            throw wrong("--passphrase beside --identity (expected: one of them); a file has either");
        }
        List<FilePair> pairs;
        try {
            pairs = FilePair.of(files, out, FilePair::unpackedName);
        } catch (FilePair.WrongPaths paths) {
            throw wrong(String.valueOf(paths.getMessage()));
        }
        if (pairs.size() > 1 && pairs.stream().anyMatch(pair -> pair.to() == null)) {
            throw wrong("-o: - for " + pairs.size() + " files (expected: a directory, or a file each)");
        }
        try {
            Kind kind = new Kind(keys.unlocking(), ChunkMemory.toUnpack(depth, chunkBytes));
            return new PackFlows(shell, "unpack", isForced, kind).run(pairs, report);
        } catch (IOException problem) {
            shell.screen().err().println("ringmain unpack: " + Screen.plain(String.valueOf(problem.getMessage())));
            shell.screen().err().flush();
            return ExitCodes.FAILED;
        }
    }

    /** Unpacking, as {@link PackFlows} needs to know it. */
    private record Kind(Unlocking unlocking, ChunkMemory memory) implements PackFlows.Kind {

        @Override
        public Running begin(FlowInput input, FlowOutput output) {
            PackedInput packed = new PackedInput(input.name(), input.channel(), unlocking);
            ChunkFlow flow = ChunkFlow.unpacking(memory, packed, input, output);
            return new Running() {
                @Override
                public ChunkFlow flow() {
                    return flow;
                }

                @Override
                public long bytesRead() {
                    return packed.packedBytes();
                }
            };
        }

        @Override
        public void check(Running running, Path written) {
            // The reader has done so: it does not end before what it has read matches what the file says of itself.
        }

        @Override
        public String summary(FlowReport report) {
            return Numbers.bytes(report.contentBytes()) + " in " + Numbers.seconds(report.ran()) + ", "
                    + Numbers.bytes(Math.round(report.bytesPerSecond())) + "/s";
        }
    }
}
