package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.CheckpointStore;
import io.ringmain.spi.FileCheckpointStore;
import java.nio.file.Path;
import java.time.Duration;

/**
 * That a pipeline keeps checkpoints: where, and how often. A run that is started again goes on at the last one.
 *
 * @param store where the last checkpoint is
 * @param every how long after one the next begins, positive; there is also one at the end of input
 */
public record Checkpointing(CheckpointStore store, Duration every) {

    /** Checks the interval. */
    public Checkpointing {
        requireNonNull(store, "store");
        if (requireNonNull(every, "every").isNegative() || every.isZero()) {
            throw new IllegalArgumentException("checkpointing.every: " + every + " (expected: > 0)");
        }
    }

    /** Returns checkpoints in {@code directory}, one a second. */
    public static Checkpointing in(Path directory) {
        return new Checkpointing(new FileCheckpointStore(directory), Duration.ofSeconds(1));
    }

    /** Returns the same with another interval. */
    public Checkpointing every(Duration interval) {
        return new Checkpointing(store, interval);
    }
}
