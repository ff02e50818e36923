package io.ringmain.counters;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Checkpointing;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalReader;
import java.io.IOException;

/**
 * How counters of a single writer outlive the process. Each operation is in the journal before it is done, and done before its caller goes on; so an operation that was
 * acknowledged survives what the journal survives. At the start the writer loads the last checkpoint and does again what the journal has behind it.
 *
 * @param journal takes the operations; nothing that lies behind the last checkpoint may be dropped from it
 * @param past what is in that journal already
 * @param checkpointing where the values are kept from time to time, and how often; its store is not shared
 */
public record DurableCounters(Journal journal, Past past, Checkpointing checkpointing) {

    /** Checks that nothing is missing. */
    public DurableCounters {
        requireNonNull(journal, "journal");
        requireNonNull(past, "past");
        if (requireNonNull(checkpointing, "checkpointing").store() == null) {
            throw new IllegalArgumentException(
                    "durable.checkpointing.store: none (expected: one); without it a start would do all operations again that there ever were");
        }
    }

    /** The runs that a journal has. */
    @FunctionalInterface
    public interface Past {

        /** Gives {@code visitor} each run, oldest first; a run that has no event may be among them. Called once at the start, on its thread; the last run may be the one that is beginning. */
        void each(Visitor visitor) throws IOException;
    }

    /** Reads runs. */
    @FunctionalInterface
    public interface Visitor {

        /** Reads one run to its end; the caller closes {@code run}. */
        void run(JournalReader run) throws IOException;
    }
}
