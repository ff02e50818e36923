package io.ringmain.journal;

import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Letters of letters that have failed again, whose parents nobody has marked: the run was killed between the two. The parent is open still; when it is tried once
 * more and fails at the same place, its next letter is there already.
 *
 * <p>Thread: guarded by its owner. Asking allocates nothing.
 */
final class KnownChildren {

    private static final class Entry {
        private final long id;
        private final String stage;
        private final int attempts;
        private final @Nullable Entry next;

        Entry(Letter child, @Nullable Entry next) {
            id = child.id();
            stage = child.stage();
            attempts = child.attempts();
            this.next = next;
        }
    }

    private final Long2ObjectHashMap<Entry> byParent = new Long2ObjectHashMap<>();

    void add(long parent, Letter child) {
        byParent.put(parent, new Entry(child, byParent.get(parent)));
    }

    /** The letter {@code parent} is dealt with. */
    void remove(long parent) {
        byParent.remove(parent);
    }

    /**
     * The number of the letter that {@code parent} has become when it failed at {@code stage}; {@link LetterFormat#NONE} if there is none. One that was edited has as
     * many attempts as its parent, and is another event.
     */
    long find(Flight parent, String stage) {
        for (Entry entry = byParent.get(parent.id()); entry != null; entry = entry.next) {
            if (entry.stage.equals(stage) && entry.attempts > parent.attempts()) {
                return entry.id;
            }
        }
        return LetterFormat.NONE;
    }

    /** The youngest letter that {@code parent}, which had {@code attempts}, has become by failing; {@link LetterFormat#NONE} if there is none. */
    long youngest(long parent, long attempts) {
        for (Entry entry = byParent.get(parent); entry != null; entry = entry.next) {
            if (entry.attempts > attempts) {
                return entry.id;
            }
        }
        return LetterFormat.NONE;
    }

    void clear() {
        byParent.clear();
    }
}
