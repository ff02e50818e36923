package io.ringmain.cli;

import io.ringmain.journal.ChronicleDeadLetters;
import java.io.IOException;
import java.nio.file.Path;

/** A directory of letters to which no run writes, opened to change what is in it. */
final class StoppedStore {

    private StoppedStore() {}

    /** What is done with the store. */
    @FunctionalInterface
    interface Work<R> {
        R with(ChronicleDeadLetters store) throws IOException;
    }

    /** Opens the store in {@code directory}, works with it and closes it. Fails if somebody else writes there. */
    static <R> R change(Path directory, Work<R> work) throws IOException {
        ChronicleDeadLetters store = ChronicleDeadLetters.in(directory);
        store.open();
        try {
            R result = work.with(store);
            store.flush();
            return result;
        } finally {
            store.close();
        }
    }
}
