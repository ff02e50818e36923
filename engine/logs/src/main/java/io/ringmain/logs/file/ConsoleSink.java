package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Batch;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Sink;
import java.io.IOException;

/**
 * Writes events to standard output as they come; each batch is written and flushed at once, so that whoever looks sees it. A batch that
 * fails half written and is tried again shows twice what was written of it. Lines of several sinks are not mixed within a line.
 *
 * <p>Thread: as {@link Sink}. Nothing allocates per event or per batch.
 */
public final class ConsoleSink implements Sink<LogEvent> {

    private final Console console;
    private final Encoder encoder;
    private final Bytes bytes = new Bytes();

    /**
     * Makes a sink.
     *
     * @param where what messages begin with: the sink as its user wrote it, {@code sinks.screen}
     * @param out standard output, which other sinks may write to; it is closed by {@link #abort} only
     */
    public ConsoleSink(String where, StandardOutput out, Encoder encoder) {
        console = new Console(where, out);
        this.encoder = requireNonNull(encoder, "encoder");
    }

    /**
     * Writes a batch.
     *
     * @throws OutputClosedException if nobody reads any more
     */
    @Override
    public void write(Batch<LogEvent> batch) throws IOException {
        bytes.clear();
        for (int i = 0; i < batch.size(); i++) {
            encoder.encode(batch.event(i), bytes);
            if (bytes.length() >= BlockWriter.BLOCK_BYTES) {
                console.write(bytes);
            }
        }
        console.write(bytes);
        console.flush();
    }

    /** Lines that somebody may have read cannot be taken back, and the command ends when its output does: no want of room is waited for. */
    @Override
    public FailureKind kindOf(Exception failure) {
        return FailureKind.TRANSIENT;
    }

    @Override
    public void abort() {
        console.abort();
    }
}
