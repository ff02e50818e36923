package io.ringmain.internal.window;

import io.ringmain.window.KeyBuffer;
import io.ringmain.window.KeyTable;

/**
 * How many more keys the groups of a store may know, and how many bytes they may have: one bound for all groups together. Only for a store whose groups one lane has.
 *
 * <p>Thread: the lane's.
 */
final class KeyRoom {

    /** What a table may have: this bounds the keys of which something is known, and a table has some that are forgotten too. */
    static final int TABLE_BYTES_MAX = 1 << 30;

    private int keys;
    private long bytes;

    KeyRoom(int keysMax) {
        keys = keysMax;
        // As if a key had 64 bytes: as KeyTable's own bounds are for a million.
        bytes = Math.max(KeyTable.BYTES_MAX_DEFAULT, 64L * keysMax);
    }

    /** Whether any key finds room. */
    boolean isEnough() {
        return keys > 0 && bytes >= KeyBuffer.LENGTH_MAX + Long.BYTES;
    }

    /** Takes room for a key, if it is not {@link KeyTable#OTHER}; there must be some, unless a checkpoint of a greater bound is read. */
    void take(KeyTable table, int number) {
        change(table, number, -1);
    }

    /** Gives back what {@link #take} took. */
    void release(KeyTable table, int number) {
        change(table, number, 1);
    }

    private void change(KeyTable table, int number, int sign) {
        if (number != KeyTable.OTHER) {
            keys += sign;
            bytes += (long) sign * (table.end(number) - table.offset(number));
        }
    }
}
