package io.ringmain.internal.failure;

import io.ringmain.config.WhenLettersFull;
import io.ringmain.internal.counters.BlockedTime;
import io.ringmain.internal.counters.Failures.Origin;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.spi.DeadLetter;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.Reasoned;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Turns failed events into dead letters for one lane, which stays at the event while there is no room for its letter.
 *
 * <p>Thread: the lane's own. Allocates per letter.
 *
 * @param <E> the event
 */
public final class Burial<E> {

    /** How often a full store is asked again. */
    private static final long ASK_AGAIN_NS = 10_000_000;

    private final Ring<E> ring;
    private final LetterHead head;
    private final BlockedTime blocked = new BlockedTime("dead_letters");
    private @Nullable Exception cause;
    private long askAtNs = Long.MAX_VALUE;

    /** Makes the burial of events of {@code ring}. */
    public Burial(Ring<E> ring, LetterHead head) {
        this.ring = ring;
        this.head = head;
    }

    /** What the letters of one pipeline have in common, and where they go. */
    public record LetterHead(String pipeline, List<String> sources, DeadLetters letters, WhenLettersFull whenFull) {}

    /** Remembers why the events that are buried next have failed. */
    public void because(Exception failure) {
        cause = failure;
    }

    /** Whether a failure is remembered: the lane was held back before all its events were buried. */
    public boolean pending() {
        return cause != null;
    }

    /** An event that is to be buried, and where it came from; it may be a copy whose slot is gone. */
    public record Standing<E>(E event, int source, long position, long ingressNs) {}

    /** Keeps the event at {@code sequence} as a letter; as {@link #bury(Standing, String, int, long)}. */
    public boolean bury(long sequence, String stage, int attempts, long nowNs) throws StoppedException {
        if (isTooEarly(nowNs)) {
            return false;
        }
        var columns = ring.columns();
        var standing = new Standing<>(
                ring.event(sequence),
                columns.source(sequence),
                columns.position(sequence),
                columns.ingressNs(sequence));
        return bury(standing, stage, attempts, nowNs);
    }

    private boolean isTooEarly(long nowNs) {
        boolean isTooEarly = askAtNs != Long.MAX_VALUE && nowNs < askAtNs;
        if (isTooEarly) {
            blocked.hold(nowNs);
        }
        return isTooEarly;
    }

    /**
     * Keeps {@code standing} as a letter.
     *
     * @return {@code false} when there is no room and the lane is to stay
     * @throws StoppedException when there is no room and the pipeline is to stop
     */
    public boolean bury(Standing<E> standing, String stage, int attempts, long nowNs) throws StoppedException {
        if (isTooEarly(nowNs)) {
            return false;
        }
        if (head.letters.add(letter(standing, stage, attempts))) {
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

    private DeadLetter letter(Standing<E> standing, String stage, int attempts) {
        E copy = ring.type().create();
        ring.type().copy(standing.event(), copy);
        return new DeadLetter(
                head.pipeline,
                stage,
                cause() instanceof Reasoned reasoned ? reasoned.reason() : "exception",
                message(cause()),
                attempts,
                head.sources.get(standing.source()),
                standing.position(),
                standing.ingressNs(),
                ring.type().bytes(copy),
                copy);
    }

    private static String message(Exception cause) {
        String said = cause.getMessage();
        return cause instanceof Reasoned && said != null ? said : cause.toString();
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
