package io.ringmain.internal.assembly;

import io.ringmain.internal.assembly.Rooms.Opening;
import io.ringmain.internal.run.Supervisor;
import io.ringmain.spi.DeadLetters;
import org.jspecify.annotations.Nullable;

/**
 * The store of letters, from its opening to its end.
 *
 * <p>Thread: the one that starts the pipeline, then the one that ends it.
 */
final class KeptLetters {

    private final Supervisor supervisor;
    // Opened and not closed again; null if there is none.
    private @Nullable DeadLetters open;

    KeptLetters(Supervisor supervisor) {
        this.supervisor = supervisor;
    }

    Opening opening(DeadLetters store) {
        return new Opening(
                DeadLetters.SOURCE,
                () -> {
                    store.open();
                    open = store;
                },
                this::close);
    }

    /** Closes the store when all that it took is safe; what is not fails the pipeline. */
    void close() {
        DeadLetters store = open;
        open = null;
        if (store == null) {
            return;
        }
        try {
            try {
                store.flush();
            } finally {
                store.close();
            }
        } catch (Exception failure) {
            supervisor.failed(DeadLetters.SOURCE, failure);
        }
    }
}
