package io.ringmain.cli;

import io.ringmain.Report;
import io.ringmain.config.Pooling;
import io.ringmain.images.ImageRun;
import io.ringmain.images.ImageSlotType;
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
        ChronicleDeadLetters store = store(directory);
        RetryRequest request = store.retries().request(ids);
        Progress progress = new Progress(shell.screen(), false);
        try (ImageRun run = new ImageRun((intake, max) -> Source.Status.END, settings(auto(), true), store)) {
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

    /** Where pictures that failed are kept. */
    static ChronicleDeadLetters store(Path directory) {
        return ChronicleDeadLetters.builder(directory)
                .codec(ImageSlotType.TYPE, ImageSlotType.TYPE)
                .build();
    }

    static ImageRun.Settings settings(WorkerRange workers, boolean anew) {
        return new ImageRun.Settings(workers.min(), workers.max(), TIME_LIMIT, anew);
    }

    /** As many workers as there is work for, up to one for each core. */
    static WorkerRange auto() {
        return new WorkerRange(1, Math.min(Runtime.getRuntime().availableProcessors(), Pooling.WORKERS_MAX));
    }
}
