package io.ringmain.logs.step;

import io.ringmain.logs.Spans;
import io.ringmain.logs.Text;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Counts by text: an open-addressed table that is looked up by the bytes of a span, so that no string is made. Bounded; what finds
 * no room is counted as {@code other}.
 */
final class Groups {

    private static final int CAPACITY_MIN = 16;
    private static final Text OTHER = Text.of("other");

    private final int countMax;
    // A power of two, at most half full.
    private @Nullable Group[] table = new Group[CAPACITY_MIN];
    private int count;
    private long other;
    private Group @Nullable [] sorted;

    Groups(int countMax) {
        this.countMax = countMax;
    }

    void add(Text key) {
        Group group = find(key.hash(), key.bytes(), 0, key.length());
        if (group == null) {
            // A constant is shared, not copied.
            group = put(key);
        }
        count(group);
    }

    void add(byte[] bytes, int offset, int length) {
        long hash = Spans.hash(bytes, offset, length);
        Group group = find(hash, bytes, offset, length);
        if (group == null && count < countMax) {
            group = put(Text.of(bytes, offset, length));
        }
        count(group);
    }

    private void count(@Nullable Group group) {
        if (group == null) {
            other++;
        } else {
            group.count++;
        }
    }

    private @Nullable Group find(long hash, byte[] bytes, int offset, int length) {
        int mask = table.length - 1;
        for (int i = (int) hash & mask; ; i = (i + 1) & mask) {
            Group group = table[i];
            if (group == null) {
                return null;
            }
            if (group.key.hash() == hash && Spans.equal(bytes, offset, length, group.key.bytes())) {
                return group;
            }
        }
    }

    private @Nullable Group put(Text key) {
        if (count == countMax) {
            return null;
        }
        if (2 * (count + 1) > table.length) {
            @Nullable Group[] old = table;
            table = new Group[2 * old.length];
            for (Group group : old) {
                if (group != null) {
                    place(group);
                }
            }
        }
        Group group = new Group(key);
        place(group);
        count++;
        return group;
    }

    private void place(Group group) {
        int mask = table.length - 1;
        int i = (int) group.key.hash() & mask;
        while (table[i] != null) {
            i = (i + 1) & mask;
        }
        table[i] = group;
    }

    /** Puts the groups in the order of their keys; the second call does nothing. */
    void sort() {
        if (sorted == null) {
            Group[] groups = Arrays.stream(table).filter(group -> group != null).toArray(Group[]::new);
            Arrays.sort(groups, (a, b) -> a.key.compareTo(b.key));
            sorted = groups;
        }
    }

    /** How many rows there are, {@code other} included. */
    int rows() {
        return count + (other > 0 ? 1 : 0);
    }

    /** Fills {@code row} with the group at {@code index}, in order; {@link #sort} was called. */
    void row(int index, CountRow row) {
        Group[] groups = sorted;
        if (groups == null || index == groups.length) {
            row.set(CountBy.SOURCE, OTHER, other, true);
        } else {
            row.set(CountBy.SOURCE, groups[index].key, groups[index].count, false);
        }
    }

    private static final class Group {
        final Text key;
        long count;

        Group(Text key) {
            this.key = key;
        }
    }
}
