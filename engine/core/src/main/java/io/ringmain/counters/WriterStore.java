package io.ringmain.counters;

import io.ringmain.spi.CheckpointStore;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoints of a writer. It stays open between two runs, so that no other process comes in, and says when the runs before are not needed any more.
 *
 * <p>Thread: as {@link CheckpointStore}; {@link #beforeRun} the one that begins a run, {@link #closeForGood} the one that ends the writer.
 */
final class WriterStore implements CheckpointStore {

    private static final System.Logger LOGGER = System.getLogger("io.ringmain");

    private final CheckpointStore store;
    private final DurableCounters.Past past;
    private final BooleanSupplier hasBegun;
    private boolean isOpen;
    private boolean isForgotten;
    private volatile boolean isEnding;

    /** The store of {@code durable}, where {@code hasBegun} says whether the journal has the first command of the run. */
    WriterStore(CheckpointStore store, DurableCounters.Past past, BooleanSupplier hasBegun) {
        this.store = store;
        this.past = past;
        this.hasBegun = hasBegun;
    }

    /** A run is to begin. */
    void beforeRun() {
        isForgotten = false;
        isEnding = false;
    }

    /** The run is to end, and another to follow. */
    void endsRun() {
        isEnding = true;
    }

    @Override
    public void open() throws IOException {
        if (!isOpen) {
            store.open();
            isOpen = true;
        }
    }

    @Override
    public byte @Nullable [] read() throws IOException {
        return store.read();
    }

    @Override
    public void write(byte[] checkpoint) throws IOException {
        try {
            store.write(checkpoint);
        } catch (IOException failure) {
            if (!isEnding) {
                throw failure;
            }
            // It would be the failure of a run that has lost nothing: what it did stays in the journal.
            LOGGER.log(
                    System.Logger.Level.WARNING,
                    "The checkpoint between two runs of counters could not be stored; the journal is kept.",
                    failure);
            return;
        }
        // Whatever it covers, it covers what there was before the run; and the run's begin says in the journal how much
        // that is.
        if (!isForgotten && hasBegun.getAsBoolean()) {
            isForgotten = true;
            past.forget();
        }
    }

    @Override
    public void close() {
        // See closeForGood.
    }

    /** Lets others in. */
    void closeForGood() {
        if (isOpen) {
            isOpen = false;
            try {
                store.close();
            } catch (IOException failure) {
                LOGGER.log(System.Logger.Level.WARNING, "The checkpoints of counters could not be closed.", failure);
            }
        }
    }

    @Override
    public String toString() {
        return store.toString();
    }
}
