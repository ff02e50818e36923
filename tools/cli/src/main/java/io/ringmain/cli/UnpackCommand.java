package io.ringmain.cli;

import io.ringmain.cli.PackFlows.Running;
import io.ringmain.cli.pack.FilePair;
import io.ringmain.pack.ChunkFlow;
import io.ringmain.pack.ChunkMemory;
import io.ringmain.pack.FlowInput;
import io.ringmain.pack.FlowOutput;
import io.ringmain.pack.FlowReport;
import io.ringmain.pack.PackedInput;
import io.ringmain.pack.Unlocking;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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

    @Mixin
    private PackOptions options = new PackOptions();

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

    UnpackCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        int chunkBytes = options.chunkBytes(chunkText);
        int chunks = options.checkedDepth(depth);
        if (keys.hasPassphrase() && keys.hasIdentity()) {
            throw options.wrong("--passphrase beside --identity (expected: one of them); a file has either");
        }
        List<FilePair> pairs = options.pairs(out, FilePair::unpackedName);
        return options.run(
                shell,
                pairs,
                keys.files(null),
                () -> new Kind(keys.unlocking(), ChunkMemory.toUnpack(chunks, chunkBytes)));
    }

    /** Unpacking, as {@link PackFlows} needs to know it. */
    private record Kind(Unlocking unlocking, ChunkMemory memory) implements PackFlows.Kind {

        @Override
        public Running begin(FlowInput input, FlowOutput output) {
            PackedInput packed = new PackedInput(input.name(), input.channel(), unlocking);
            ChunkFlow flow = ChunkFlow.unpacking(memory, packed, input, output);
            return new Running(flow, packed::packedBytes);
        }

        @Override
        public void check(Running running, Path written, BooleanSupplier isStopped) {
            // The reader has done so: it does not end before what it has read matches what the file says of itself.
        }

        @Override
        public String summary(FlowReport report) {
            return Numbers.bytes(report.contentBytes()) + " in " + Numbers.seconds(report.ran()) + ", "
                    + Numbers.bytes(Math.round(report.bytesPerSecond())) + "/s";
        }
    }
}
