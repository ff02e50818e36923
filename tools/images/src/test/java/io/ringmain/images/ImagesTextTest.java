package io.ringmain.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.Pipeline;
import io.ringmain.Pool;
import io.ringmain.Report;
import io.ringmain.TaskPool;
import io.ringmain.config.PoolPolicy;
import io.ringmain.config.Pooling;
import io.ringmain.images.ImageRun.Settings;
import io.ringmain.images.Outcome.Status;
import io.ringmain.images.picture.Drawn;
import io.ringmain.images.picture.Limits;
import io.ringmain.images.picture.Operation;
import io.ringmain.spi.MemoryDeadLetters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The checkpoint tests of the text about a parallel image processor, under their names. Those of its first milestone are in core's {@code PoolTest} and {@code
 * TaskPoolTest}. Where the text sleeps to see what has become of a pool, a task holds a latch here.
 */
@Timeout(60)
class ImagesTextTest {

    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path directory;

    // Of the tasks of a test that has any.
    private final Queue<CompletableFuture<?>> results = new ConcurrentLinkedQueue<>();
    private Path in;
    private Path out;

    @BeforeEach
    void begin() throws IOException {
        in = Files.createDirectories(directory.toRealPath().resolve("in"));
        out = in.resolveSibling("out");
    }

    private ImageRun run(String operations, int workers) throws IOException {
        PictureFiles files = PictureFiles.in(in, out, null, Operation.parseAll(operations), Limits.DEFAULT);
        return new ImageRun(files, new Settings(1, workers, LONG, false, 200 << 20), new MemoryDeadLetters());
    }

    private static TaskPool pool(int min, int max, PoolPolicy policy) {
        return TaskPool.of("text", Pooling.of(min, max).policy(policy).idleAfter(Duration.ofMillis(20)), 1024);
    }

    @Test
    void imageResize() throws IOException {
        Drawn.file(in.resolve("test.png"), 300, 200);

        try (ImageRun run = run("resize 100x100 exact", 1)) {
            run.pipeline().start();

            assertThat(run.pipeline().await().succeeded()).isTrue();
        }

        assertThat(ImageIO.read(out.resolve("test.png").toFile()).getWidth()).isEqualTo(100);
        assertThat(ImageIO.read(out.resolve("test.png").toFile()).getHeight()).isEqualTo(100);
    }

    @Test
    void parallelProcessing() throws IOException {
        for (int i = 0; i < 10; i++) {
            Drawn.file(in.resolve(i + ".jpg"), 100, 80);
        }

        try (ImageRun run = run("resize 50x40 exact, blur 1, brighten 10", 4)) {
            run.pipeline().start();
            run.pipeline().await();

            assertThat(run.outcomes().count(Status.DONE)).isEqualTo(10);
        }
    }

    @Test
    void progressTracking() throws IOException {
        for (int i = 0; i < 10; i++) {
            Drawn.file(in.resolve(i + ".png"), 20, 20);
        }

        try (ImageRun run = run("", 4)) {
            assertThat(run.outcomes().count()).isZero();
            run.pipeline().start();
            Report report = run.pipeline().await();

            assertThat(run.outcomes().all()).hasSize(10).allSatisfy(outcome -> {
                assertThat(outcome.duration()).isPositive();
                assertThat(outcome.status()).isEqualTo(Status.DONE);
            });
            assertThat(report.accounts().received()).isEqualTo(10);
            assertThat(run.outcomes().all())
                    .extracting(outcome -> outcome.task().id())
                    .containsExactly(1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        }
    }

    @Test
    void errorCollection() throws IOException {
        for (int i = 0; i < 5; i++) {
            Path file = Drawn.file(in.resolve(i + ".png"), 20, 20);
            if (i % 2 == 1) {
                Files.write(file, new byte[] {1, 2, 3});
            }
        }

        try (ImageRun run = run("resize 5x5 fit", 2)) {
            run.pipeline().start();
            run.pipeline().await();

            assertThat(run.outcomes().count(Status.FAILED)).isEqualTo(2);
            assertThat(run.outcomes().all())
                    .filteredOn(outcome -> outcome.status() == Status.FAILED)
                    .extracting(Outcome::error)
                    .containsOnly("no picture (expected: JPEG, PNG, GIF, BMP, TIFF or WebP)");
        }
    }

    @Test
    void dynamicSubmission() throws Exception {
        AtomicInteger done = new AtomicInteger();
        CountDownLatch tenSubmitted = new CountDownLatch(1);
        try (TaskPool pool = pool(4, 4, PoolPolicy.byDepth(0))) {
            results.add(pool.submit(() -> {
                tenSubmitted.await();
                return done.incrementAndGet();
            }));
            for (int i = 1; i < 10; i++) {
                results.add(pool.submit(done::incrementAndGet));
            }
            // The first is at work while more come.
            tenSubmitted.countDown();
            for (int i = 10; i < 20; i++) {
                results.add(pool.submit(done::incrementAndGet));
            }
        }

        assertThat(done).hasValue(20);
        assertThat(results).hasSize(20).allSatisfy(result -> assertThat(result).isCompleted());
    }

    @Test
    void multiThreadedSubmission() throws InterruptedException {
        AtomicInteger done = new AtomicInteger();
        try (TaskPool pool = pool(4, 4, PoolPolicy.byDepth(0))) {
            List<Thread> submitters = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Thread submitter = new Thread(() -> {
                    for (int task = 0; task < 100; task++) {
                        results.add(pool.submit(done::incrementAndGet));
                    }
                });
                submitter.start();
                submitters.add(submitter);
            }
            for (Thread submitter : submitters) {
                submitter.join();
            }
        }

        assertThat(done).hasValue(400);
        assertThat(results).hasSize(400).allSatisfy(result -> assertThat(result).isCompleted());
    }

    @Test
    void scaleUp() {
        CountDownLatch held = new CountDownLatch(1);
        try (TaskPool pool = pool(2, 8, PoolPolicy.byDepth(4))) {
            for (int i = 0; i < 100; i++) {
                results.add(pool.submit(() -> {
                    held.await();
                    return null;
                }));
            }

            // All hang, so it grows for as long as more than four wait for each.
            await(pool.pool(), workers -> workers > 2);
            held.countDown();
        }
    }

    @Test
    void scaleDown() {
        try (TaskPool pool = pool(1, 8, PoolPolicy.byDepth(0))) {
            pool.pool().resize(8);
            for (int i = 0; i < 4; i++) {
                results.add(pool.submit(() -> null));
            }

            await(pool.pool(), workers -> workers < 8);
        }
    }

    @Test
    void theRunOverPicturesScalesToo() throws IOException {
        for (int i = 0; i < 40; i++) {
            Drawn.file(in.resolve(i + ".png"), 200, 200);
        }

        try (ImageRun run = run("resize 400x400 exact, blur 3", 3)) {
            Pipeline<ImageSlot> pipeline = run.pipeline();
            assertThat(pipeline.pool("picture").workerCount()).isEqualTo(1);
            pipeline.start();
            await(pipeline.pool("picture"), workers -> workers == 3);
            pipeline.await();

            assertThat(run.outcomes().count(Status.DONE)).isEqualTo(40);
        }
    }

    /** Looks until it is so; the test's own limit ends it. */
    private static void await(Pool pool, IntPredicate workers) {
        while (!workers.test(pool.workerCount())) {
            Thread.onSpinWait();
        }
    }
}
