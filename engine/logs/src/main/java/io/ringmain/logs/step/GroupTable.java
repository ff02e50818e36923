package io.ringmain.logs.step;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Numbers keys from 1 on in the order in which they are first seen. Bounded in keys and in bytes: a key that finds no room has the
 * number {@link #OTHER}.
 *
 * <pre>
 *   table   hash → number, open addressing, at most half full
 *   hashes  number → hash
 *   ends    number → where its key ends in arena; it begins where the one before ends
 *   arena   │ key 1 │ key 2 │ …
 * </pre>
 */
final class GroupTable {

    /** The number that stands for all keys without a number of their own. */
    static final int OTHER = 0;

    /** The most bytes of all keys together. */
    static final int BYTES_MAX = 64 << 20;

    private static final int CAPACITY_MIN = 16;

    private final int countMax;
    private int count;
    private int[] table = new int[2 * CAPACITY_MIN];
    private long[] hashes = new long[CAPACITY_MIN];
    private int[] ends = new int[CAPACITY_MIN];
    private byte[] arena = new byte[64 * CAPACITY_MIN];

    GroupTable(int countMax) {
        this.countMax = countMax;
    }

    /** How many keys have a number; it is also the largest one. */
    int count() {
        return count;
    }

    /** Returns the number of a key, a new one if it is seen for the first time and there is room. */
    int number(KeyBytes key) {
        long hash = key.hash();
        int place = place(key, hash);
        int number = table[place];
        return number == 0 ? add(key, hash, place) : number;
    }

    /** Returns the number of a key that has one. */
    int find(KeyBytes key) {
        return table[place(key, key.hash())];
    }

    /** The place in the table that has the key's number, or the empty one where it would be. */
    private int place(KeyBytes key, long hash) {
        int mask = table.length - 1;
        for (int i = (int) hash & mask; ; i = (i + 1) & mask) {
            int number = table[i];
            if (number == 0 || (hashes[number] == hash && key.isAt(arena, ends[number - 1], ends[number]))) {
                return i;
            }
        }
    }

    private int add(KeyBytes key, long hash, int place) {
        int begin = ends[count];
        if (count == countMax || key.length() > BYTES_MAX - begin) {
            return OTHER;
        }
        count++;
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        int end = begin + key.length();
        if (end > arena.length) {
            arena = Arrays.copyOf(arena, Math.min(BYTES_MAX, Math.max(end, 2 * arena.length)));
        }
        System.arraycopy(key.bytes(), 0, arena, begin, key.length());
        hashes[count] = hash;
        ends[count] = end;
        table[place] = count;
        if (2 * count >= table.length) {
            rehash();
        }
        return count;
    }

    private void rehash() {
        table = new int[2 * table.length];
        int mask = table.length - 1;
        for (int number = 1; number <= count; number++) {
            int i = (int) hashes[number] & mask;
            while (table[i] != 0) {
                i = (i + 1) & mask;
            }
            table[i] = number;
        }
    }

    /** Writes all keys in the order of their numbers. */
    void save(DataOutput out) throws IOException {
        out.writeInt(count);
        for (int number = 1; number <= count; number++) {
            out.writeInt(ends[number] - ends[number - 1]);
        }
        out.write(arena, 0, ends[count]);
    }

    /** Takes over what {@link #save} wrote, with the same numbers; {@code key} is used for it. There are no keys yet. */
    void load(DataInput in, KeyBytes key) throws IOException {
        int[] lengths = new int[in.readInt()];
        int length = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = in.readInt();
            length += lengths[i];
        }
        byte[] keys = new byte[length];
        in.readFully(keys);
        int offset = 0;
        for (int i = 0; i < lengths.length; i++) {
            key.clear();
            key.addWritten(keys, offset, offset + lengths[i]);
            offset += lengths[i];
            if (number(key) != i + 1) {
                throw new IOException("keys: " + lengths.length + " (expected: at most " + countMax + ", each once)");
            }
        }
    }

    /** What the keys lie in. Another array after a key was added. */
    byte[] bytes() {
        return arena;
    }

    /** Where the key of {@code number}, from 1 on, begins. */
    int offset(int number) {
        return ends[number - 1];
    }

    /** Where the key of {@code number}, from 1 on, ends. */
    int end(int number) {
        return ends[number];
    }
}
