package io.ringmain.cli;

import io.ringmain.PipelineException;
import io.ringmain.Report;
import io.ringmain.config.Pooling;
import io.ringmain.images.ImageRun;
import io.ringmain.images.Outcome.Status;
import io.ringmain.images.PictureFiles;
import io.ringmain.images.picture.Format;
import io.ringmain.images.picture.Limits;
import io.ringmain.images.picture.Operation;
import io.ringmain.images.picture.Operation.Fit;
import io.ringmain.logs.plan.FileNames;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.MemoryDeadLetters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Changes many pictures at once. */
@Command(
        name = "images",
        description = {
            "Resize, blur and brighten the pictures of a directory, many at once, into another one.",
            "",
            "  ringmain images photos small --resize 800x600",
            "  ringmain images photos small --resize 400x400 --fill --blur 0.5 --brighten 10 --format jpg",
            "  ringmain images photos small --resize 800x600 --dead-letters var/failed --report small.json",
            "",
            "Reads JPEG, PNG, GIF, BMP, TIFF and WebP, also in the directories below, but not behind links to directories; of several",
            "pictures in a file the first. What they say of orientation and colours is applied: results are upright and in sRGB, and have no",
            "metadata but a comment that says what was done. Operations are done in the order in which they are given. A result that is at",
            "least as new as its picture, and was made by the same operations of a file as long, is left as it is. Results appear whole or",
            "not at all.",
            ""
        },
        footer = {
            "",
            "A picture that fails is told with its reason; the others go on. With --dead-letters it can be looked at and tried again:",
            "ringmain dlq list DIR, ringmain dlq retry DIR. Each worker holds one picture, and the pictures share 6 tenths of the heap: one",
            "for which there is no room waits. A picture is given up after 10 minutes.",
            "",
            "Exit codes: 0 all done, or what failed is kept by --dead-letters, or ended by a signal with nothing half-done; 1 some failed",
            "and are kept nowhere, or something was left; 2 wrong usage."
        })
final class ImagesCommand implements Callable<Integer> {

    private static final Duration DRAIN = Duration.ofSeconds(30);

    private final Shell shell;
    private final Screen screen;

    @Spec
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "IN", description = "A directory with pictures, or one picture.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path in;

    @Parameters(
            index = "1",
            paramLabel = "OUT",
            description = "The directory for the results, which lie there as the pictures do in IN. Made if need be.")
    @SuppressWarnings("NullAway.Init") // Set by picocli.
    private Path out;

    @Option(
            names = "--resize",
            paramLabel = "WxH",
            description = "A new size, as 800x600, by Lanczos; smaller pictures are made larger.")
    private @Nullable String resize;

    @Option(names = "--fit", description = "As large as fits into the size; keeps the shape. The default.")
    private boolean fit;

    @Option(
            names = "--fill",
            description = "As small as fills the size; keeps the shape, and cuts off what sticks out on both sides.")
    private boolean fill;

    @Option(names = "--exact", description = "The size, whatever becomes of the shape.")
    private boolean exact;

    @Option(
            names = "--blur",
            paramLabel = "SIGMA",
            description = "Blur by a Gaussian that is so many pixels wide, as convert -blur 0xSIGMA.")
    private @Nullable String blur;

    @Option(
            names = "--brighten",
            paramLabel = "PERCENT",
            description = "Make each sample larger by so much of itself, less than 0 for darker, as convert -evaluate"
                    + " multiply: 10 times 1.1.")
    private @Nullable String brighten;

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            description =
                    "jpg (quality 90, what is transparent on white) or png (default: jpg of JPEG, png of all others).")
    private @Nullable String format;

    @Option(
            names = "--workers",
            paramLabel = "N",
            defaultValue = "auto",
            description = "How many pictures at a time: auto, a number, or MIN..MAX; auto is 1..the cores.")
    private String workers = "auto";

    @Option(
            names = "--max-pixels",
            paramLabel = "N",
            defaultValue = "100000000",
            description = "Refuse pictures with more, before they are decoded (default: ${DEFAULT-VALUE}).")
    private long pixelsMax;

    @Option(
            names = "--max-bytes",
            paramLabel = "N",
            defaultValue = "256000000",
            description = "Refuse larger files (default: ${DEFAULT-VALUE}).")
    private long bytesMax;

    @Option(names = "--force", description = "Do also those that are up to date.")
    private boolean force;

    @Option(names = "--dead-letters", paramLabel = "DIR", description = "Keep what failed, for ringmain dlq.")
    private @Nullable Path deadLetters;

    @Option(names = "--report", paramLabel = "FILE", description = "Write what became of each picture, as JSON.")
    private @Nullable Path report;

    @Option(names = "--quiet", description = "No progress.")
    private boolean quiet;

    ImagesCommand(Shell shell) {
        this.shell = shell;
        screen = shell.screen();
    }

    @Override
    public Integer call() throws IOException {
        List<Operation> operations = operations();
        Format wanted = format();
        ImageRun.Settings settings = ImageLetterRun.settings(workers(), force);
        Limits limits = limits();
        checkPlaces();
        PictureFiles files = PictureFiles.in(in, out, wanted, operations, limits);
        Path to = report;
        if (to != null && files.files().stream().anyMatch(file -> FileNames.isSame(file, to))) {
            throw wrong(ReportFile.inUse(to, "a picture that is read"));
        }
        Optional<String> problem = report == null ? Optional.empty() : ReportFile.write(report, "");
        if (problem.isPresent()) {
            say(problem.get());
            return ExitCodes.FAILED;
        }
        files.unread()
                .forEach(what -> say("IN: " + what + " (expected: leave to read it); what is in there is left out"));
        if (files.count() == 0) {
            say(in + ": no pictures" + (files.others() == 0 ? "" : " among " + Numbers.counted(files.others(), "file"))
                    + " (expected: names that end in jpg, png, gif, bmp, tif or webp)");
        }
        if (files.count() > 0 && !canBeMade(out)) {
            return ExitCodes.FAILED;
        }
        int code = run(files, settings);
        return files.unread().isEmpty() ? code : ExitCodes.FAILED;
    }

    /** Told once, and not of each picture when it has been changed. */
    private boolean canBeMade(Path directory) {
        try {
            Files.createDirectories(directory);
            return true;
        } catch (IOException failure) {
            say("OUT: " + directory + ": cannot be made: "
                    + FailureKind.words(failure)
                    + " (expected: a directory, or leave to make one)");
            return false;
        }
    }

    private int run(PictureFiles files, ImageRun.Settings settings) {
        Progress progress = new Progress(screen, quiet);
        DeadLetters letters = deadLetters == null
                ? new MemoryDeadLetters(Math.max(1, files.count()), Long.MAX_VALUE)
                : ImageLetterRun.store(deadLetters);
        Report done;
        ImagesReport outcome;
        try (ImageRun run = new ImageRun(files, settings, letters)) {
            shell.signals().onFirst(signal -> {
                progress.note(signal + ": finishing what is in hand, at most " + Numbers.seconds(DRAIN)
                        + "; a second signal halts at once");
                run.pipeline().drain(DRAIN);
            });
            run.pipeline().start();
            progress.start(
                    () -> ImagesReport.reading(
                            run, files.count(), run.pipeline().reportWithoutTimes()),
                    null,
                    () -> {});
            done = run.pipeline().await();
            outcome = new ImagesReport(in, out, files.count(), run.outcomes(), done);
        } catch (PipelineException failure) {
            Failures.sentences(failure).forEach(this::say);
            return ExitCodes.FAILED;
        } finally {
            progress.stop();
        }
        outcome.lines().forEach(screen.err()::println);
        screen.err().flush();
        if (deadLetters != null && outcome.count(Status.FAILED) > 0) {
            say("what failed is kept: ringmain dlq list " + deadLetters + ", and dlq retry once it is mended");
        }
        Optional<String> problem = report == null ? Optional.empty() : ReportFile.write(report, outcome.json());
        problem.ifPresent(this::say);
        boolean isLost = deadLetters == null && outcome.count(Status.FAILED) > 0;
        return done.succeeded() && problem.isEmpty() && !isLost ? ExitCodes.DONE : ExitCodes.FAILED;
    }

    private void say(String text) {
        screen.say("images", text);
    }

    private ParameterException wrong(String text) {
        return new ParameterException(spec.commandLine(), text);
    }

    /** In the order of the command line. */
    private List<Operation> operations() {
        if ((fit ? 1 : 0) + (fill ? 1 : 0) + (exact ? 1 : 0) > 1) {
            throw wrong("--fit, --fill, --exact: more than one (expected: one of them)");
        }
        if ((fit || fill || exact) && resize == null) {
            throw wrong("--resize: missing (expected: a size, as 800x600, that --fit, --fill or --exact is about)");
        }
        List<Operation> operations = new ArrayList<>();
        List<String> problems = new ArrayList<>();
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            try {
                operation(option.longestName()).ifPresent(operations::add);
            } catch (NumberFormatException wrong) {
                problems.add(option.longestName() + ": " + option.getValue() + " (expected: a number)");
            } catch (IllegalArgumentException wrong) {
                problems.add("--" + wrong.getMessage());
            }
        }
        if (!problems.isEmpty()) {
            throw wrong(String.join("\n", problems));
        }
        return operations;
    }

    private Optional<Operation> operation(String option) {
        if (option.equals("--resize") && resize != null) {
            return Optional.of(Operation.resize(resize, fill ? Fit.FILL : exact ? Fit.EXACT : Fit.FIT));
        } else if (option.equals("--blur") && blur != null) {
            return Optional.of(new Operation.Blur(Double.parseDouble(blur)));
        } else if (option.equals("--brighten") && brighten != null) {
            return Optional.of(new Operation.Brighten(Double.parseDouble(brighten)));
        }
        return Optional.empty();
    }

    private @Nullable Format format() {
        if (format == null) {
            return null;
        }
        for (Format known : Format.values()) {
            if (known.isNamed('.' + format.toLowerCase(Locale.ROOT))) {
                return known;
            }
        }
        throw wrong(
                "--format: " + format + " (expected: jpg or png; for a report that programs can read, --report FILE)");
    }

    private WorkerRange workers() {
        return WorkerRange.of(workers, ImageLetterRun.auto())
                .orElseThrow(() -> wrong("--workers: " + workers + " (expected: auto, a number from 1 to "
                        + Pooling.WORKERS_MAX + ", or MIN..MAX as 2..8)"));
    }

    private Limits limits() {
        if (pixelsMax < 1) {
            throw wrong("--max-pixels: " + pixelsMax + " (expected: >= 1)");
        }
        if (bytesMax < 1 || bytesMax > Limits.BYTES_MAX) {
            throw wrong("--max-bytes: " + bytesMax + " (expected: from 1 to " + Limits.BYTES_MAX + ')');
        }
        return new Limits(pixelsMax, bytesMax);
    }

    /** Results must never take the place of originals. */
    private void checkPlaces() throws IOException {
        if (!Files.exists(in)) {
            throw wrong(
                    "IN: " + in + ": no such file or directory (expected: a directory with pictures, or one picture)");
        }
        Path from = in.toRealPath();
        Path to = Files.exists(out) ? out.toRealPath() : out.toAbsolutePath().normalize();
        if (from.startsWith(to)) {
            throw wrong("OUT: " + out + ": " + (from.equals(to) ? "is IN" : "holds IN")
                    + " (expected: a directory where no result can take the place of a picture)");
        }
        if (Files.exists(out) && !Files.isDirectory(out)) {
            throw wrong("OUT: " + out + ": is no directory (expected: one, or nothing of that name yet)");
        }
    }
}
