package io.ringmain.cli;

import io.ringmain.Report;
import io.ringmain.config.Pooling;
import io.ringmain.images.ImageRun;
import io.ringmain.images.ImageTaskType;
import io.ringmain.journal.ChronicleDeadLetters;
import io.ringmain.journal.RetryRequest;
import io.ringmain.spi.Source;
import java.nio.file.Path;
import java.time.Duration;

/** A run of {@code images} with nothing but letters, which say themselves what is to be done with which picture: it needs no plan. */
final class ImageLetterRun {

    private static final Duration TIME_LIMIT = Duration.ofMinutes(10);

    private ImageLetterRun() {}

    static LetterRun.Outcome retry(Shell shell, Path directory, long[] ids) {
        ChronicleDeadLetters store = ChronicleDeadLetters.builder(directory)
                .codec(ImageTaskType.TYPE, ImageTaskType.TYPE)
                .build();
        RetryRequest request = store.retries().request(ids);
        Progress progress = new Progress(shell.screen(), false);
        try (ImageRun run = new ImageRun((intake, max) -> Source.Status.END, settings(workers("auto"), true), store)) {
            shell.signals().onFirst(signal -> run.pipeline().drain(TIME_LIMIT));
            run.pipeline().start();
            progress.start(
                    () -> ImagesReport.reading(run, ids.length, run.pipeline().reportWithoutTimes()), null, () -> {});
            Report report = run.pipeline().await();
            return new LetterRun.Outcome(report.succeeded() ? ExitCodes.DONE : ExitCodes.FAILED, request.results());
        } finally {
            progress.stop();
        }
    }

    static ImageRun.Settings settings(int[] workers, boolean anew) {
        return new ImageRun.Settings(
                workers[0], workers[1], TIME_LIMIT, anew, Runtime.getRuntime().maxMemory() / 10 * 6);
    }

    /**
     * Reads {@code auto}, {@code 4} or {@code 2..8}: the least and the most.
     *
     * @throws IllegalArgumentException if it is none of them
     */
    static int[] workers(String text) {
        if (text.equals("auto")) {
            return new int[] {1, Math.min(Runtime.getRuntime().availableProcessors(), Pooling.WORKERS_MAX)};
        }
        try {
            int dots = text.indexOf("..");
            int min = Integer.parseInt(dots < 0 ? text : text.substring(0, dots));
            int max = Integer.parseInt(dots < 0 ? text : text.substring(dots + 2));
            if (min >= 1 && max >= min && max <= Pooling.WORKERS_MAX) {
                return new int[] {min, max};
            }
        } catch (NumberFormatException notOne) {
            // Said below.
        }
        throw new IllegalArgumentException("workers: " + text + " (expected: auto, a number from 1 to "
                + Pooling.WORKERS_MAX + ", or MIN..MAX as 2..8)");
    }
}
