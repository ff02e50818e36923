package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.CheckpointStore;
import io.ringmain.spi.FileCheckpointStore;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * That a pipeline keeps checkpoints: where, and how often. A run that is started again goes on at the last one. After each the sources are told up to where
 * their events are done with.
 *
 * @param store where the last checkpoint is; null if sources are told, and nothing is kept
 * @param every how long after one the next begins, positive; there is also one at the end of input
 * @param bytesMax after how many bytes that the sources have read since one the next begins before that, so that a run that is killed never has to
 *     read much more again; {@link Long#MAX_VALUE} for never
 */
public record Checkpointing(@Nullable CheckpointStore store, Duration every, long bytesMax) {

    /** Checks the interval. */
    public Checkpointing {
        if (requireNonNull(every, "every").isNegative() || every.isZero()) {
            throw new IllegalArgumentException("checkpointing.every: " + every + " (expected: > 0)");
        }
        if (bytesMax < 1) {
            throw new IllegalArgumentException("checkpointing.bytesMax: " + bytesMax + " (expected: >= 1)");
        }
    }

    /** Checkpoints in {@code store}, by time only. */
    public Checkpointing(@Nullable CheckpointStore store, Duration every) {
        this(store, every, Long.MAX_VALUE);
    }

    /** Returns checkpoints in {@code directory}, one a second. */
    public static Checkpointing in(Path directory) {
        return new Checkpointing(new FileCheckpointStore(directory), Duration.ofSeconds(1));
    }

    /**
     * Returns no checkpoints, but sources that are told every so often up to where their events are durably in each sink: for sources whose other side keeps the
     * events until then. The stages of such a pipeline remember nothing.
     */
    public static Checkpointing acknowledging(Duration every) {
        return new Checkpointing(null, every);
    }

    /** Returns the same with another interval. */
    public Checkpointing every(Duration interval) {
        return new Checkpointing(store, interval, bytesMax);
    }

    /** Returns the same with one after so many bytes too. */
    public Checkpointing bytesMax(long bytes) {
        return new Checkpointing(store, every, bytes);
    }
}
