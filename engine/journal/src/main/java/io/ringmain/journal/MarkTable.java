package io.ringmain.journal;

import io.ringmain.journal.internal.queue.CycleFile;
import org.agrona.collections.Long2LongHashMap;

/**
 * What became of which letters, in little memory: a letter that is open takes none, another one some 30 bytes.
 *
 * <p>Thread: any.
 */
final class MarkTable {

    private static final int STATE_MASK = 7;

    private final Object lock = new Object();
    // The time, with the state in its last three bits: eight nanoseconds are nothing here.
    private final Long2LongHashMap byLetter = new Long2LongHashMap(0);
    private final Long2LongHashMap children = new Long2LongHashMap(LetterFormat.NONE);

    void add(Mark mark) {
        synchronized (lock) {
            byLetter.put(
                    mark.letter(), (mark.timeNs() & ~STATE_MASK) | mark.state().code());
            if (mark.child() != LetterFormat.NONE) {
                children.put(mark.letter(), mark.child());
            }
        }
    }

    LetterState state(long letter) {
        synchronized (lock) {
            return LetterState.of((int) byLetter.get(letter) & STATE_MASK).orElse(LetterState.OPEN);
        }
    }

    /** When the letter became what it is; 0 for one that is open. */
    long timeNs(long letter) {
        synchronized (lock) {
            return byLetter.get(letter) & ~STATE_MASK;
        }
    }

    /** What the letter has become; {@link LetterFormat#NONE} if nothing else, or not known. */
    long child(long letter) {
        synchronized (lock) {
            return children.get(letter);
        }
    }

    /** Forgets all: what was not written is not so. */
    void clear() {
        synchronized (lock) {
            byLetter.clear();
            children.clear();
        }
    }

    /** Forgets the letters of a file that is gone. */
    void forget(int cycle) {
        synchronized (lock) {
            byLetter.keySet().removeIf(letter -> CycleFile.cycleOf(letter) == cycle);
            children.keySet().removeIf(letter -> CycleFile.cycleOf(letter) == cycle);
        }
    }
}
