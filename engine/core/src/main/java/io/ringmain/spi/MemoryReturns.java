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
    private final Consumer<DeadLetter> undeliverable;
    private final ArrayDeque<DeadLetter> requested = new ArrayDeque<>();
    // By number, and the numbers in the order in which they were claimed.
    private final Map<Long, DeadLetter> underWay = new HashMap<>();
    private final ArrayDeque<Long> claimed = new ArrayDeque<>();
    private long claims;
    private long acknowledged;
    private Runnable wake = () -> {};

    /** Gives letters for whose stage or sink there is none to {@code undeliverable}. */
    MemoryReturns(Consumer<DeadLetter> undeliverable) {
        this.undeliverable = undeliverable;
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
                fill(reentry, requested.remove());
            }
            return requested.isEmpty() ? Status.IDLE : Status.READY;
        }
    }

    private void fill(Reentry reentry, DeadLetter letter) {
        EventType<?> type = reentry.typeAt(letter.stage());
        if (type == null) {
            undeliverable.accept(letter);
            return;
        }
        claims++;
        copy(type, letter.event(), reentry.claim(letter.stage(), claims));
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

    /** How many were given back and are not done with. */
    long underWay() {
        synchronized (lock) {
            return (long) requested.size() + underWay.size();
        }
    }
}
