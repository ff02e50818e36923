package io.ringmain.spi;

import java.util.ArrayDeque;
import java.util.List;

/**
 * Dead letters in a bounded list in memory: gone with the process, and enough to look at what failed.
 *
 * <p>Thread: any. Allocates per letter, never per event.
 */
public final class MemoryDeadLetters implements DeadLetters {

    /** How many letters {@link #MemoryDeadLetters()} keeps: {@value}. */
    public static final int CAPACITY_DEFAULT = 10_000;

    private final Object lock = new Object();
    private final int capacity;
    private final ArrayDeque<DeadLetter> letters = new ArrayDeque<>();

    /** Keeps at most {@value #CAPACITY_DEFAULT} letters. */
    public MemoryDeadLetters() {
        this(CAPACITY_DEFAULT);
    }

    /** Keeps at most {@code capacity} letters, at least 1. */
    public MemoryDeadLetters(int capacity) {
        if (capacity < 1) {
            throw new IllegalArgumentException("deadLetters.capacity: " + capacity + " (expected: >= 1)");
        }
        this.capacity = capacity;
    }

    @Override
    public boolean add(DeadLetter letter) {
        synchronized (lock) {
            return letters.size() < capacity && letters.add(letter);
        }
    }

    @Override
    public long count() {
        synchronized (lock) {
            return letters.size();
        }
    }

    /** Returns the letters, oldest first, as they are now. */
    public List<DeadLetter> letters() {
        synchronized (lock) {
            return List.copyOf(letters);
        }
    }

    /** Removes and returns all letters, oldest first, which makes room. */
    public List<DeadLetter> takeAll() {
        synchronized (lock) {
            List<DeadLetter> taken = List.copyOf(letters);
            letters.clear();
            return taken;
        }
    }

    @Override
    public String toString() {
        return "MemoryDeadLetters{count=" + count() + ", capacity=" + capacity + '}';
    }
}
