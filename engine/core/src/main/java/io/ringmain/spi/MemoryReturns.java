package io.ringmain.spi;

import io.ringmain.spi.Source.Status;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Letters on their way back from memory.
 *
 * <p>Thread: any.
 */
final class MemoryReturns implements LetterSource {

    private final Object lock = new Object();
    private final Consumer<DeadLetter> keep;
    private final ArrayDeque<DeadLetter> requested = new ArrayDeque<>();
    // By number, and the numbers in the order in which they were claimed.
    private final Map<Long, DeadLetter> underWay = new HashMap<>();
    private final ArrayDeque<Long> claimed = new ArrayDeque<>();
    private long claims;
    // By the run that goes on, as the count that it is told.
    private long acknowledged;
    private Runnable wake = () -> {};

    /** Gives letters that do not go back to {@code keep}: there is no such stage or sink, or the run ended too early. */
    MemoryReturns(Consumer<DeadLetter> keep) {
        this.keep = keep;
    }

    void request(List<DeadLetter> letters) {
        Runnable waking;
        synchronized (lock) {
            requested.addAll(letters);
            waking = wake;
        }
        waking.run();
    }

    @Override
    public void wakes(Runnable wake) {
        synchronized (lock) {
            this.wake = wake;
        }
    }

    @Override
    public Status fill(Reentry reentry, int max) {
        synchronized (lock) {
            for (int i = 0; i < max && !requested.isEmpty(); i++) {
                fill(reentry, requested.element());
                // Not before: if the copy fails it is still there.
                requested.remove();
            }
            return requested.isEmpty() ? Status.IDLE : Status.READY;
        }
    }

    private void fill(Reentry reentry, DeadLetter letter) {
        EventType<?> type = reentry.typeAt(letter.stage());
        if (type == null) {
            keep.accept(letter);
            return;
        }
        copy(type, letter.event(), reentry.claim(letter.stage(), claims + 1));
        claims++;
        underWay.put(claims, letter);
        claimed.add(claims);
    }

    @SuppressWarnings("unchecked") // The letter is one of that stage.
    private static <E> void copy(EventType<E> type, Object from, Object to) {
        type.copy((E) from, (E) to);
    }

    /** {@code letter} as one of an event that has failed before, if it is. */
    DeadLetter again(DeadLetter letter) {
        if (!letter.source().equals(DeadLetters.SOURCE)) {
            return letter;
        }
        synchronized (lock) {
            @Nullable DeadLetter parent = underWay.get(letter.position());
            return parent == null ? letter : letter.after(parent);
        }
    }

    @Override
    public void acknowledged(long count) {
        synchronized (lock) {
            for (; acknowledged < count; acknowledged++) {
                underWay.remove(claimed.remove());
            }
        }
    }

    /** A run ends: what is not done with, of which it may or may not have been delivered, and what it has not come to, are letters again. */
    void end() {
        synchronized (lock) {
            claimed.forEach(number -> keep.accept(underWay.get(number)));
            requested.forEach(keep);
            claimed.clear();
            underWay.clear();
            requested.clear();
            acknowledged = 0;
        }
    }

    /** How many were given back and are not done with. */
    long underWay() {
        synchronized (lock) {
            return (long) requested.size() + underWay.size();
        }
    }
}
