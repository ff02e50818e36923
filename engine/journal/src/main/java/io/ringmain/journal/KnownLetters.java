package io.ringmain.journal;

import java.util.HashMap;
import java.util.Map;
import org.agrona.collections.Long2ObjectHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Letters that a run which was killed has written behind its last barrier. The run that goes on reads their events again; where one fails again at the same
 * place, its letter is there already.
 *
 * <p>Thread: guarded by its owner. Asking allocates nothing.
 */
final class KnownLetters {

    private static final class Entry {
        private final String stage;
        private final String source;
        private final long position;
        private final long number;
        private @Nullable Entry next;

        Entry(String stage, String source, long position, long number) {
            this.stage = stage;
            this.source = source;
            this.position = position;
            this.number = number;
        }

        boolean is(String otherStage, String otherSource, long otherPosition) {
            return position == otherPosition && stage.equals(otherStage) && source.equals(otherSource);
        }
    }

    // There are few different ones.
    private final Map<String, String> names = new HashMap<>();
    private final Long2ObjectHashMap<Entry> entries = new Long2ObjectHashMap<>();
    private int count;

    void add(Letter letter) {
        var entry = new Entry(name(letter.stage()), name(letter.source()), letter.position(), letter.number());
        entry.next = entries.put(key(entry.stage, entry.source, entry.position), entry);
        count++;
    }

    private String name(String text) {
        return names.computeIfAbsent(text, same -> same);
    }

    private static long key(String stage, String source, long position) {
        return position * 31 * 31 + stage.hashCode() * 31L + source.hashCode();
    }

    /** Whether there is such a letter; if so, it is not known any longer. */
    boolean take(String stage, String source, long position) {
        if (count == 0) {
            return false;
        }
        long key = key(stage, source, position);
        Entry before = null;
        for (Entry entry = entries.get(key); entry != null; entry = entry.next) {
            if (entry.is(stage, source, position)) {
                unlink(key, before, entry);
                count--;
                return true;
            }
            before = entry;
        }
        return false;
    }

    private void unlink(long key, @Nullable Entry before, Entry entry) {
        if (before != null) {
            before.next = entry.next;
        } else if (entry.next != null) {
            entries.put(key, entry.next);
        } else {
            entries.remove(key);
        }
    }

    void clear() {
        entries.clear();
        names.clear();
        count = 0;
    }

    int count() {
        return count;
    }

    /** The numbers that they have in their run, in no order. */
    long[] numbers() {
        long[] numbers = new long[count];
        int index = 0;
        for (Entry first : entries.values()) {
            for (Entry entry = first; entry != null; entry = entry.next) {
                numbers[index++] = entry.number;
            }
        }
        return numbers;
    }
}
