package io.ringmain.images;

import static java.util.Objects.requireNonNull;

import io.ringmain.Pipeline;
import io.ringmain.config.Batching;
import io.ringmain.config.PoolPolicy;
import io.ringmain.config.Pooling;
import io.ringmain.config.WhenFailed;
import io.ringmain.config.WhenLettersFull;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.Source;
import java.time.Duration;

/**
 * A run over many pictures: a source of tasks, an elastic pool that does them, a sink that keeps what came of each. A picture that fails is a dead letter, and
 * the others go on.
 *
 * <pre>
 *   PictureFiles ──▶ ring ──▶ pool "picture": read, change, write ──▶ Outcomes
 *                                        └── failed ──▶ dead letters
 * </pre>
 *
 * <p>Memory: what the ring holds are names. A worker has at most one picture, and takes the memory for it from a budget of the heap before it decodes: so it is
 * bounded by workers × the largest picture allowed, and by the heap.
 *
 * <p>Thread: any.
 */
public final class ImageRun implements AutoCloseable {

    /** The name of the pipeline, which dead letters have. */
    public static final String NAME = "images";

    /** How many tasks wait for each worker: few, so that little is left to do when somebody wants an end. */
    private static final int WAITING_PER_WORKER = 1;

    private final Pipeline<ImageSlot> pipeline;
    private final Outcomes outcomes = new Outcomes();
    private final Outputs outputs = new Outputs();

    /**
     * How a run goes.
     *
     * @param workersMin the least number of workers, at least 1
     * @param workersMax the most
     * @param timeLimit how long one picture may take
     * @param anew whether pictures are done again that are up to date
     * @param memoryBytes how much memory pictures may take together
     */
    public record Settings(int workersMin, int workersMax, Duration timeLimit, boolean anew, long memoryBytes) {

        /** Settings with as much memory as the heap can well spare. */
        public Settings(int workersMin, int workersMax, Duration timeLimit, boolean anew) {
            this(workersMin, workersMax, timeLimit, anew, MemoryBudget.ofHeap());
        }
    }

    /** Builds a run of what {@code tasks} gives, whose failures go to {@code letters}. */
    public ImageRun(Source<ImageSlot> tasks, Settings settings, DeadLetters letters) {
        requireNonNull(tasks, "tasks");
        requireNonNull(settings, "settings");
        MemoryBudget memory = new MemoryBudget(settings.memoryBytes);
        // A worker for each picture that waits, up to the most: each is work for a while.
        Pooling pooling = Pooling.of(settings.workersMin, settings.workersMax)
                .policy(PoolPolicy.byDepth(0))
                .timeLimit(settings.timeLimit);
        pipeline = Pipeline.of(NAME, ImageSlotType.TYPE)
                .source("files", tasks)
                .bound(settings.workersMax * (1 + WAITING_PER_WORKER))
                .pool(
                        "picture",
                        pooling,
                        () -> new ImageStage(memory, outputs, settings.anew, settings.timeLimit.toNanos()))
                .sink("outcomes", outcomes, Batching.DEFAULT)
                .whenFailed(WhenFailed.deadLetter())
                .deadLetters(letters.telling(outcomes::failed), WhenLettersFull.STOP)
                .build();
    }

    /** The pipeline, to start, await and drain. */
    public Pipeline<ImageSlot> pipeline() {
        return pipeline;
    }

    /** What became of the pictures. */
    public Outcomes outcomes() {
        return outcomes;
    }

    /** Closes the pipeline, and removes what threads that were given up had begun to write. */
    @Override
    public void close() {
        pipeline.close();
        outputs.close();
    }
}
