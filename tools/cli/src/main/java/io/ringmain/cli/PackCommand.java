package io.ringmain.cli;

import io.ringmain.cli.PackFlows.Running;
import io.ringmain.cli.pack.FilePair;
import io.ringmain.pack.ChunkFlow;
import io.ringmain.pack.ChunkMemory;
import io.ringmain.pack.FlowInput;
import io.ringmain.pack.FlowOutput;
import io.ringmain.pack.FlowReport;
import io.ringmain.pack.Locking;
import io.ringmain.pack.PackException;
import io.ringmain.pack.PackFormat;
import io.ringmain.pack.PackedInput;
import io.ringmain.pack.Packing;
import io.ringmain.pack.Unlocking;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Packs files. */
@Command(
        name = "pack",
        description = {
            "Pack files, on all cores, in little memory; encrypt them if wanted.",
            "",
            "  ringmain pack app.log                        to app.log.zst",
            "  ringmain pack app.log -o - --format gzip     to standard output",
            "  ringmain pack *.log -o packed/               each apart",
            "  tar c dir | ringmain pack - -o dir.tar.zst   from standard input",
            "  ringmain pack app.log --recipient age1...    encrypted, to app.log.zst.age",
            "",
            "zstd, gzip, lz4 and age read what comes of it; unpack also finds each change of it.",
            "A file has its name only when it is whole. What is there is not replaced without --force.",
            ""
        },
        footer = {
            "",
            "It takes depth x (chunk + what a chunk may become) of memory, whatever the length of the files.",
            "Exit codes: 0 done, 1 failed or stopped by a signal, 2 wrong usage."
        })
final class PackCommand implements Callable<Integer> {

    private final Shell shell;

    @Mixin
    private PackOptions options = new PackOptions();

    @Option(
            names = {"-o", "--out"},
            paramLabel = "OUT",
            description = "A file, a directory, or - for standard output (default: beside FILE).")
    private @Nullable String out;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "zstd",
            description = "zstd, gzip, lz4, or none: as lz4, not compressed (default: ${DEFAULT-VALUE}).")
    private String formatName = "zstd";

    @Option(
            names = "--level",
            paramLabel = "N",
            description = "How hard to try: zstd 1 to 22 (default: 3), gzip 1 to 9 (6), lz4 1 to 12 (1).")
    private @Nullable Integer level;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "auto",
            description = "How many threads compress: N, MIN..MAX as there is work, or auto: one per core (default).")
    private String workersText = "auto";

    @Option(
            names = "--chunk",
            paramLabel = "SIZE",
            description = "How much is packed by itself, 64KiB to 1GiB (default: zstd 4MiB, else 1MiB).")
    private @Nullable String chunkText;

    @Option(
            names = "--depth",
            paramLabel = "N",
            description = "How many chunks are in memory at a time (default: workers + 2, at least 4).")
    private @Nullable Integer depth;

    @Option(
            names = "--recipient",
            paramLabel = "age1...",
            description = "Encrypt for this recipient; may be given several times.")
    private List<String> recipients = new ArrayList<>();

    @Option(names = "--recipients-file", paramLabel = "FILE", description = "Encrypt for those in FILE, one a line.")
    private @Nullable Path recipientsFile;

    @Mixin
    private KeyOptions keys = new KeyOptions();

    @Option(
            names = "--verify",
            description =
                    "Read what was written, unpack it and compare it with what was read; encrypted, with --identity.")
    private boolean isVerified;

    PackCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public Integer call() {
        boolean locks = !recipients.isEmpty() || recipientsFile != null || keys.hasPassphrase();
        PackFormat format = format();
        checkKeys(locks);
        List<FilePair> pairs = options.pairs(out, name -> Optional.of(FilePair.packedName(name, format, locks)));
        checkStandardOutput(pairs);
        return options.run(shell, pairs, keys.files(recipientsFile), () -> {
            Packing packing = packing(format, keys.locking(recipients, recipientsFile));
            Unlocking unlocking = isVerified ? keys.unlocking() : Unlocking.none();
            return new Kind(packing, unlocking, ChunkMemory.toPack(packing));
        });
    }

    private PackFormat format() {
        for (PackFormat format : PackFormat.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(formatName)) {
                return format;
            }
        }
        throw options.wrong("--format: " + formatName + " (expected: zstd, gzip, lz4 or none)");
    }

    private void checkKeys(boolean locks) {
        if (keys.hasPassphrase() && (!recipients.isEmpty() || recipientsFile != null)) {
            throw options.wrong("--passphrase beside --recipient (expected: one of them); a file has either");
        }
        if (keys.hasIdentity() && !isVerified) {
            throw options.wrong("--identity without --verify (expected: --recipient to encrypt; an identity decrypts)");
        }
        if (isVerified && locks && !keys.hasPassphrase() && !keys.hasIdentity()) {
            throw options.wrong(
                    "--verify without --identity (expected: --identity FILE); only a recipient can read what is encrypted");
        }
    }

    private void checkStandardOutput(List<FilePair> pairs) {
        boolean isStandard = pairs.stream().anyMatch(pair -> pair.to() == null);
        if (isStandard && isVerified) {
            throw options.wrong("--verify with standard output (expected: a file, which can be read again)");
        }
        if (isStandard && shell.screen().isOutTerminal() && !options.isForced()) {
            throw options.wrong("standard output: a terminal (expected: a file or a pipe); give -o FILE, or --force");
        }
    }

    private Packing packing(PackFormat format, Locking locking) {
        int chosen = level == null ? format.level() : level;
        if (chosen < format.levelMin() || chosen > format.levelMax()) {
            throw options.wrong("--level: " + chosen + " (expected: from " + format.levelMin() + " to "
                    + format.levelMax() + " with --format " + formatName + ')');
        }
        int cores = Runtime.getRuntime().availableProcessors();
        WorkerRange workers = WorkerRange.of(workersText, new WorkerRange(cores, cores))
                .orElseThrow(() ->
                        options.wrong("--workers: " + workersText + " (expected: auto, N or MIN..MAX, from 1 to 256)"));
        int chunkBytes = chunkText == null ? format.chunkBytes() : options.chunkBytes(chunkText);
        int chunks = options.checkedDepth(depth == null ? Packing.depthFor(workers.max()) : depth);
        return new Packing(format, chosen, chunkBytes, chunks, workers.min(), workers.max(), locking);
    }

    /** Packing, as {@link PackFlows} needs to know it. */
    private final class Kind implements PackFlows.Kind {

        private final Packing packing;
        private final Unlocking unlocking;
        private final ChunkMemory memory;

        Kind(Packing packing, Unlocking unlocking, ChunkMemory memory) {
            this.packing = packing;
            this.unlocking = unlocking;
            this.memory = memory;
        }

        @Override
        public Running begin(FlowInput input, FlowOutput output) {
            ChunkFlow flow = ChunkFlow.packing(memory, packing, input, output);
            return new Running(flow, flow::contentBytes);
        }

        @Override
        public void check(Running running, Path written, BooleanSupplier isStopped) throws IOException {
            if (!isVerified) {
                return;
            }
            try (FileChannel again = FileChannel.open(written);
                    PackedInput packed = new PackedInput("what was written", again, unlocking)) {
                if (packed.check(isStopped)
                        && packed.contentCrc() != running.flow().contentCrc()) {
                    throw new PackException("--verify: what was written is not what was read; nothing is kept of it");
                }
            }
        }

        @Override
        public String summary(FlowReport report) {
            return PackFlows.amounts(report.contentBytes(), report.packedBytes(), report)
                    + (isVerified ? ", verified" : "");
        }
    }
}
