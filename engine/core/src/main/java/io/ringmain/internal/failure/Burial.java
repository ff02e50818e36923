package io.ringmain.internal.failure;

import io.ringmain.config.WhenLettersFull;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Failures.Origin;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.FailedEvent;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Turns failed events into dead letters for one lane, which stays at the event while there is no room for its letter.
 *
 * <p>Thread: the lane's own. What a letter costs is its store's matter.
 *
 * @param <E> the event
 */
public final class Burial<E> {

    /** How often a full store is asked again. */
    private static final long ASK_AGAIN_NS = 10_000_000;

    private final Ring<E> ring;
    private final LetterHead head;
    private final BlockedTime blocked = new BlockedTime("dead_letters");
    private final Failed failed;
    private @Nullable Exception cause;
    private long askAtNs = Long.MAX_VALUE;

    /** Makes the burial of events of {@code ring}. */
    public Burial(Ring<E> ring, LetterHead head) {
        this.ring = ring;
        this.head = head;
        failed = new Failed(ring.event(0));
    }

    /**
     * What the letters of one segment have in common, and where they go.
     *
     * @param sources the names of the sources, by number; may grow
     * @param lasting whether a later run finds the positions of a source again
     */
    public record LetterHead(
            String pipeline,
            List<String> sources,
            IntPredicate lasting,
            DeadLetters letters,
            WhenLettersFull whenFull) {}

    /** Remembers why the events that are buried next have failed. */
    public void because(Exception failure) {
        cause = failure;
    }

    /** Whether a failure is remembered: the lane was held back before all its events were buried. */
    public boolean pending() {
        return cause != null;
    }

    /** Keeps the event at {@code sequence} as a letter; as {@link #bury(Object, String, int, long)} of one that {@link #stands}. */
    public boolean bury(long sequence, String stage, int attempts, long nowNs) throws StoppedException {
        var columns = ring.columns();
        stands(columns.source(sequence), columns.position(sequence), columns.ingressNs(sequence));
        return bury(ring.event(sequence), stage, attempts, nowNs);
    }

    /** Says where the event that is buried next came from: its slot may be gone. */
    public void stands(int source, long position, long ingressNs) {
        failed.source = source;
        failed.position = position;
        failed.ingressNs = ingressNs;
    }

    private boolean isTooEarly(long nowNs) {
        boolean isTooEarly = askAtNs != Long.MAX_VALUE && nowNs < askAtNs;
        if (isTooEarly) {
            blocked.hold(nowNs);
        }
        return isTooEarly;
    }

    /**
     * Keeps {@code event} as a letter.
     *
     * @return {@code false} when there is no room and the lane is to stay
     * @throws StoppedException when there is no room and the pipeline is to stop
     */
    public boolean bury(E event, String stage, int attempts, long nowNs) throws StoppedException {
        if (isTooEarly(nowNs)) {
            return false;
        }
        failed.event = event;
        failed.stage = stage;
        failed.attempts = attempts;
        if (head.letters.add(failed)) {
            askAtNs = Long.MAX_VALUE;
            blocked.release(nowNs);
            return true;
        }
        if (head.whenFull == WhenLettersFull.STOP) {
            long bytes = head.letters.bytes();
            IllegalStateException full = new IllegalStateException(
                    "deadLetters: full with " + head.letters.count() + " letters (expected: room)"
                            + (bytes > 0 ? "; they hold " + bytes + " bytes" : "")
                            + "; take letters out, give a larger capacity, or choose WhenLettersFull.BLOCK");
            full.addSuppressed(cause());
            throw new StoppedException(stage, full);
        }
        blocked.hold(nowNs);
        askAtNs = nowNs + ASK_AGAIN_NS;
        return false;
    }

    /** What the store is given: one for all letters of the lane. */
    private final class Failed implements FailedEvent<E> {

        private E event;
        private String stage = "";
        private int attempts;
        private int source;
        private long position;
        private long ingressNs;

        Failed(E event) {
            this.event = event;
        }

        @Override
        public String pipeline() {
            return head.pipeline;
        }

        @Override
        public String stage() {
            return stage;
        }

        @Override
        public Exception cause() {
            return Burial.this.cause();
        }

        @Override
        public int attempts() {
            return attempts;
        }

        @Override
        public String source() {
            return head.sources.get(source);
        }

        @Override
        public long position() {
            return position;
        }

        @Override
        public boolean positionLasts() {
            return head.lasting.test(source);
        }

        @Override
        public long ingressNs() {
            return ingressNs;
        }

        @Override
        public E event() {
            return event;
        }

        @Override
        public EventType<E> type() {
            return ring.type();
        }
    }

    private Exception cause() {
        if (cause == null) {
            throw new IllegalStateException("An event is buried, but nothing has failed.");
        }
        return cause;
    }

    /** Where the event at {@code sequence} came from. */
    public Origin origin(long sequence) {
        return new Origin(
                head.sources.get(ring.columns().source(sequence)),
                ring.columns().position(sequence));
    }

    /** All events of the failure are buried. */
    public void rest() {
        cause = null;
    }

    /** When to ask for room again. */
    public long askAtNs() {
        return askAtNs;
    }

    /** The time spent waiting for room. */
    public BlockedTime blocked() {
        return blocked;
    }
}
