package io.ringmain.cli;

import io.ringmain.cli.pack.FilePair;
import io.ringmain.cli.pack.PackJson;
import io.ringmain.cli.pack.PackJson.Fate;
import io.ringmain.logs.file.StandardOutput;
import io.ringmain.pack.ChunkFlow;
import io.ringmain.pack.FlowInput;
import io.ringmain.pack.FlowOutput;
import io.ringmain.pack.FlowReport;
import io.ringmain.pack.NewFile;
import io.ringmain.pack.PackException;
import io.ringmain.spi.FailureKind;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.channels.ReadableByteChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Files that are packed, or unpacked, one after the other: each is opened, sent through a flow, and given its name when it is whole. One that fails leaves
 * nothing, and the next comes; a signal ends them all.
 *
 * <p>Thread: one, beside those of the signal and the progress.
 */
final class PackFlows {

    private final Shell shell;
    private final String verb;
    private final boolean isForced;
    private final Kind kind;
    private final Progress progress;
    private final List<Fate> fates = new ArrayList<>();
    private final AtomicReference<@Nullable Running> running = new AtomicReference<>();
    private volatile @Nullable String signal;
    private final AtomicLong bytesBefore = new AtomicLong();
    private long bytesTotal;

    /** What makes packing and unpacking different. */
    interface Kind {

        /** Makes the flow of one file. */
        Running begin(FlowInput input, FlowOutput output) throws IOException;

        /** Looks at what was written before it gets its name; in vain once {@code isStopped}. */
        void check(Running running, Path written, BooleanSupplier isStopped) throws IOException;

        /** What is said of a file that is done. */
        String summary(FlowReport report);
    }

    /**
     * A flow, and how many bytes of its input it has read.
     *
     * @param flow the flow
     * @param read counts the bytes; any thread
     */
    record Running(ChunkFlow flow, LongSupplier read) {

        long bytesRead() {
            return read.getAsLong();
        }
    }

    PackFlows(Shell shell, String verb, boolean isForced, Kind kind) {
        this.shell = shell;
        this.verb = verb;
        this.isForced = isForced;
        this.kind = kind;
        progress = new Progress(shell.screen(), false);
    }

    /** Runs all; returns the exit code. */
    int run(List<FilePair> pairs, @Nullable Path report) {
        Optional<String> noReport = report == null ? Optional.empty() : ReportFile.write(report, "");
        if (noReport.isPresent()) {
            say(noReport.get());
            return ExitCodes.FAILED;
        }
        long beganNs = System.nanoTime();
        bytesTotal = pairs.stream()
                .mapToLong(PackFlows::sizeOf)
                .reduce(0, (sum, size) -> sum < 0 || size < 0 ? -1 : sum + size);
        shell.signals().onFirst(this::stop);
        progress.start(this::reading, null, () -> {});
        try {
            for (FilePair pair : pairs) {
                if (signal == null) {
                    one(pair);
                }
            }
        } finally {
            progress.stop();
        }
        double seconds = (System.nanoTime() - beganNs) / 1e9;
        return Math.max(summary(pairs), report == null ? ExitCodes.DONE : write(report, seconds));
    }

    private int write(Path report, double seconds) {
        Optional<String> problem = ReportFile.write(report, PackJson.of(verb, fates, seconds) + '\n');
        problem.ifPresent(this::say);
        return problem.isPresent() ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    private static long sizeOf(FilePair pair) {
        try {
            return pair.from() == null || !Files.isRegularFile(pair.from()) ? Reading.UNKNOWN : Files.size(pair.from());
        } catch (IOException unknown) {
            return Reading.UNKNOWN;
        }
    }

    private void stop(String name) {
        signal = name;
        progress.note(name + ": stopping; nothing that is not whole is kept; a second signal halts at once");
        Running now = running.get();
        if (now != null) {
            now.flow().stop();
        }
    }

    private Reading reading() {
        Running now = running.get();
        if (now == null) {
            return new Reading(0, Reading.UNKNOWN, bytesBefore.get(), bytesTotal, 0, 0, 0, true, "chunks");
        }
        return Reading.of(now.flow().report())
                .withUnit("chunks")
                .withBytes(bytesBefore.get() + now.bytesRead(), bytesTotal);
    }

    private void one(FilePair pair) {
        try {
            FlowReport report = through(pair);
            fates.add(new Fate(pair, report, null));
            progress.note(pair.fromText() + " -> " + pair.toText() + ": " + kind.summary(report));
            progress.note("bottleneck: " + report.bottleneckInWords());
        } catch (IOException failure) {
            String sentence = failure instanceof PackException
                    ? String.valueOf(failure.getMessage())
                    : pair.fromText() + ": " + FailureKind.words(failure);
            fates.add(new Fate(pair, null, sentence));
            if (signal == null) {
                progress.note(line(sentence));
            }
        } finally {
            Running ended = running.getAndSet(null);
            bytesBefore.addAndGet(ended == null ? 0 : ended.bytesRead());
        }
    }

    private FlowReport through(FilePair pair) throws IOException {
        checkInput(pair);
        try (ReadableByteChannel in = open(pair.from())) {
            FlowInput input = new FlowInput(pair.fromText(), in, in);
            Path to = pair.to();
            if (to == null) {
                return toStandardOutput(input, pair);
            }
            checkOutput(pair, to);
            try (NewFile file = NewFile.at(to, isForced)) {
                if (pair.from() != null) {
                    file.permitAs(pair.from());
                }
                FlowOutput output = new FlowOutput(pair.toText(), file.channel(), file.channel());
                FlowReport report = flow(input, output, pair);
                file.force();
                kind.check(running(), file.temporary(), () -> signal != null);
                if (signal != null) {
                    throw new PackException(pair.fromText() + ": stopped before its end");
                }
                file.commit();
                return report;
            } catch (FileAlreadyExistsException exists) {
                throw there(to);
            } catch (PackException sentence) {
                throw sentence;
            } catch (IOException problem) {
                throw new PackException(
                        to + ": cannot be written: " + FailureKind.words(problem)
                                + " (expected: a place in a directory that is there, and may be written to)",
                        problem);
            }
        }
    }

    private Running running() {
        return Objects.requireNonNull(running.get(), "running");
    }

    private FlowReport toStandardOutput(FlowInput input, FilePair pair) throws IOException {
        StandardOutput results = shell.screen().results();
        FlowOutput output = new FlowOutput("standard output", Channels.newChannel(results), results::abort);
        FlowReport report = flow(input, output, pair);
        results.flush();
        return report;
    }

    private FlowReport flow(FlowInput input, FlowOutput output, FilePair pair) throws IOException {
        long size = sizeOf(pair);
        Running begun = kind.begin(input, output);
        running.set(begun);
        if (signal != null) {
            // It came before there was a flow to stop.
            begun.flow().stop();
        }
        FlowReport report = begun.flow().run();
        if (size >= 0 && begun.bytesRead() < size) {
            throw new PackException(pair.fromText() + ": has become shorter while it was read: " + begun.bytesRead()
                    + " bytes (expected: " + size + ")");
        }
        return report;
    }

    private ReadableByteChannel open(@Nullable Path from) throws IOException {
        return from == null ? Channels.newChannel(shell.in()) : FileChannel.open(from, StandardOpenOption.READ);
    }

    private void checkInput(FilePair pair) throws IOException {
        Path from = pair.from();
        if (from != null && Files.isDirectory(from)) {
            throw new PackException(from + ": is a directory (expected: a file); make one of it first, as tar does");
        }
        if (from != null && !Files.exists(from)) {
            throw new NoSuchFileException(from.toString());
        }
    }

    private void checkOutput(FilePair pair, Path to) throws IOException {
        Path directory = to.toAbsolutePath().getParent();
        if (directory != null && !Files.exists(directory)) {
            if (!pair.isInto()) {
                throw new PackException(
                        to + ": cannot be written: " + directory + " is not there (expected: a directory)");
            }
            Files.createDirectories(directory);
        }
        if (!Files.exists(to, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        if (!Files.isRegularFile(to)) {
            throw new PackException(to + ": is not a file (expected: a file, or - for standard output)");
        }
        if (pair.from() != null && Files.isSameFile(pair.from(), to)) {
            throw new PackException(to + ": is the input itself (expected: another file)");
        }
        if (!isForced) {
            throw there(to);
        }
    }

    private static PackException there(Path to) {
        return new PackException(
                to + ": is there already (expected: nothing); give --force to replace it, or another -o");
    }

    private int summary(List<FilePair> pairs) {
        if (signal != null) {
            long done = fates.stream().filter(fate -> fate.error() == null).count();
            say(signal + ": stopped; " + done + " of " + Numbers.counted(pairs.size(), "file")
                    + " done, nothing kept of the rest");
            return ExitCodes.FAILED;
        }
        return fates.stream().anyMatch(fate -> fate.error() != null) ? ExitCodes.FAILED : ExitCodes.DONE;
    }

    /** For people: {@code 1.12 GB to 123 MB (11.0 %) in 2.31 s, 484 MB/s}. */
    static String amounts(long from, long to, FlowReport report) {
        String share = from == 0 ? "" : " (" + Numbers.percent((double) to / from) + ')';
        return Numbers.bytes(from) + " to " + Numbers.bytes(to) + share + " in " + Numbers.seconds(report.ran()) + ", "
                + Numbers.bytes(Math.round(report.bytesPerSecond())) + "/s";
    }

    private String line(String sentence) {
        return "ringmain " + verb + ": " + Screen.plain(sentence);
    }

    private void say(String sentence) {
        shell.screen().say(verb, sentence);
    }
}
