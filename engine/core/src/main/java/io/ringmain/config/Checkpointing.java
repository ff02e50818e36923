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
 */
public record Checkpointing(@Nullable CheckpointStore store, Duration every) {

    /** Checks the interval. */
    public Checkpointing {
        if (requireNonNull(every, "every").isNegative() || every.isZero()) {
            throw new IllegalArgumentException("checkpointing.every: " + every + " (expected: > 0)");
        }
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
        return new Checkpointing(store, interval);
    }
}
