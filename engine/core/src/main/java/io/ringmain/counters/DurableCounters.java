package io.ringmain.counters;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Checkpointing;
import io.ringmain.spi.Journal;
import io.ringmain.spi.JournalReader;
import java.io.IOException;
import java.time.Duration;

/**
 * How counters of a single writer outlive the process. Each operation is in the journal before it is done, and done before its caller goes on; so an operation that was
 * acknowledged survives what a block survives that the journal has taken. At the start the writer loads the last checkpoint and does again what the journal has behind it.
 *
 * <p>When the journal has grown by {@code runBytesMax} the run ends and the next one begins; whoever comes meanwhile waits, some milliseconds. Once that one has a checkpoint, the runs
 * before it are not needed any more.
 *
 * @param journal takes the operations; nothing that lies behind the last checkpoint may be dropped from it
 * @param past what is in that journal already
 * @param checkpointing where the values are kept from time to time, and how often; its store is not shared
 * @param runBytesMax after how many bytes the next run begins, at least {@value #RUN_BYTES_MIN}; a start reads about twice as many at most
 * @param roomWithin how long the journal may have no room until callers are told so, see {@link UnavailableException}
 */
public record DurableCounters(
        Journal journal, Past past, Checkpointing checkpointing, long runBytesMax, Duration roomWithin) {

    /** After how many bytes the next run begins, unless said otherwise: {@value}, 64 MiB, some 2.5 million changes. */
    public static final long RUN_BYTES_DEFAULT = 64 << 20;

    /** The least of them: {@value}. */
    public static final long RUN_BYTES_MIN = 4096;

    /** How long the journal may have no room, unless said otherwise: 5 seconds. */
    public static final Duration ROOM_WITHIN_DEFAULT = Duration.ofSeconds(5);

    /** Checks that nothing is missing. */
    public DurableCounters {
        requireNonNull(journal, "journal");
        requireNonNull(past, "past");
        if (requireNonNull(checkpointing, "checkpointing").store() == null) {
            throw new IllegalArgumentException(
                    "durable.checkpointing.store: none (expected: one); without it a start would do all operations again that there ever were");
        }
        if (runBytesMax < RUN_BYTES_MIN) {
            throw new IllegalArgumentException(
                    "durable.runBytesMax: " + runBytesMax + " (expected: >= " + RUN_BYTES_MIN + ')');
        }
        if (requireNonNull(roomWithin, "roomWithin").isNegative()) {
            throw new IllegalArgumentException("durable.roomWithin: " + roomWithin + " (expected: >= 0)");
        }
    }

    /** Counters whose runs have {@link #RUN_BYTES_DEFAULT}, and whose journal may have no room for {@link #ROOM_WITHIN_DEFAULT}. */
    public DurableCounters(Journal journal, Past past, Checkpointing checkpointing) {
        this(journal, past, checkpointing, RUN_BYTES_DEFAULT, ROOM_WITHIN_DEFAULT);
    }

    /** Returns the same with other runs. */
    public DurableCounters runBytesMax(long bytes) {
        return new DurableCounters(journal, past, checkpointing, bytes, roomWithin);
    }

    /** Returns the same with another time that the journal may have no room. */
    public DurableCounters roomWithin(Duration limit) {
        return new DurableCounters(journal, past, checkpointing, runBytesMax, limit);
    }

    /** The runs that a journal has. */
    @FunctionalInterface
    public interface Past {

        /** Gives {@code visitor} each run, oldest first; a run that has no event may be among them. Called once at the start, on its thread; the last run may be the one that is beginning. */
        void each(Visitor visitor) throws IOException;

        /**
         * All runs before the one that goes on may be dropped, oldest first: a checkpoint that is stored has what they did. Called once in each run, on a thread of the
         * writer's pipeline; does nothing unless said otherwise, and then the journal grows.
         */
        default void forget() {}
    }

    /** Reads runs. */
    @FunctionalInterface
    public interface Visitor {

        /** Reads one run to its end; the caller closes {@code run}. */
        void run(JournalReader run) throws IOException;
    }
}
