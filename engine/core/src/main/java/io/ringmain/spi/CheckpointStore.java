package io.ringmain.spi;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Where a pipeline keeps its last checkpoint.
 *
 * <p>Thread: {@link #open}, {@link #read} and {@link #close} on the thread that starts or closes the pipeline, {@link #write} on its supervisor's; one call at
 * a time.
 */
public interface CheckpointStore extends AutoCloseable {

    /** Gets ready, and makes sure that nobody else uses the place. A failure here ends the start of the pipeline. */
    default void open() throws IOException {}

    /** The last checkpoint that was written whole; null if there is none. */
    byte @Nullable [] read() throws IOException;

    /** Keeps {@code checkpoint} in place of the one before. When this returns it is durable; when the process dies before, the old one is still whole. */
    void write(byte[] checkpoint) throws IOException;

    @Override
    default void close() throws IOException {}
}
