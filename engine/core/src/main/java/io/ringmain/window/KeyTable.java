package io.ringmain.window;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Numbers keys from 1 on in the order in which they are first seen. Bounded in keys and in bytes: a key that finds no room has the
 * number {@link #OTHER}.
 *
 * <p>Thread: one; more than one may read while nobody adds. Allocates when it grows.
 *
 * <pre>
 *   table   hash → number, open addressing, at most half full
 *   hashes  number → hash
 *   ends    number → where its key ends in arena; it begins where the one before ends
 *   arena   │ key 1 │ key 2 │ …
 * </pre>
 */
public final class KeyTable {

    /** The number that stands for all keys without a number of their own. */
    public static final int OTHER = 0;

    /** The most bytes of all keys together if not said: {@value}. */
    public static final int BYTES_MAX_DEFAULT = 64 << 20;

    private static final int CAPACITY_MIN = 4;

    private final int countMax;
    private final int bytesMax;
    private int count;
    private int[] table = new int[2 * CAPACITY_MIN];
    private long[] hashes = new long[CAPACITY_MIN];
    private int[] ends = new int[CAPACITY_MIN];
    private byte[] arena = new byte[64 * CAPACITY_MIN];

    /** Makes an empty table of at most {@code countMax} keys. */
    public KeyTable(int countMax) {
        this(countMax, BYTES_MAX_DEFAULT);
    }

    /** Makes an empty table of at most {@code countMax} keys that have at most {@code bytesMax} bytes together. */
    public KeyTable(int countMax, int bytesMax) {
        this.countMax = countMax;
        this.bytesMax = bytesMax;
    }

    /** How many keys have a number; it is also the largest one. */
    public int count() {
        return count;
    }

    /** Forgets all keys; what it has grown to stays. */
    public void clear() {
        count = 0;
        Arrays.fill(table, 0);
    }

    /** Whether there is room for a key that is not seen yet. */
    public boolean hasRoom(KeyBuffer key) {
        return count < countMax && key.length() <= bytesMax - ends[count];
    }

    /** Returns the number of a key, a new one if it is seen for the first time and there is room. */
    public int number(KeyBuffer key) {
        return number(key, key.hash());
    }

    /** As {@link #number(KeyBuffer)}, if the hash of the key is known. */
    public int number(KeyBuffer key, long hash) {
        int place = place(key, hash);
        int number = table[place];
        return number == 0 ? add(key, hash, place) : number;
    }

    /** Returns the number here of the key that has {@code number} in {@code from}; as {@link #number(KeyBuffer)}. {@code key} is used for it. */
    public int number(KeyTable from, int number, KeyBuffer key) {
        if (number == OTHER) {
            return OTHER;
        }
        from.read(number, key);
        return number(key, from.hashes[number]);
    }

    /** Puts the key of {@code number}, from 1 on, into {@code key}. */
    public void read(int number, KeyBuffer key) {
        key.clear();
        key.putBytes(arena, ends[number - 1], ends[number] - ends[number - 1]);
    }

    /** Returns the number of a key; {@link #OTHER} if it has none. */
    public int find(KeyBuffer key) {
        return find(key, key.hash());
    }

    /** As {@link #find(KeyBuffer)}, if the hash of the key is known. */
    public int find(KeyBuffer key, long hash) {
        return table[place(key, hash)];
    }

    /** The place in the table that has the key's number, or the empty one where it would be. */
    private int place(KeyBuffer key, long hash) {
        int mask = table.length - 1;
        for (int i = (int) hash & mask; ; i = (i + 1) & mask) {
            int number = table[i];
            if (number == 0 || (hashes[number] == hash && key.isAt(arena, ends[number - 1], ends[number]))) {
                return i;
            }
        }
    }

    private int add(KeyBuffer key, long hash, int place) {
        int begin = ends[count];
        if (!hasRoom(key)) {
            return OTHER;
        }
        count++;
        if (count == hashes.length) {
            hashes = Arrays.copyOf(hashes, 2 * count);
            ends = Arrays.copyOf(ends, 2 * count);
        }
        int end = begin + key.length();
        if (end > arena.length) {
            arena = Arrays.copyOf(arena, Math.min(bytesMax, Math.max(end, 2 * arena.length)));
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
    public void save(DataOutput out) throws IOException {
        out.writeInt(count);
        for (int number = 1; number <= count; number++) {
            out.writeInt(ends[number] - ends[number - 1]);
        }
        out.write(arena, 0, ends[count]);
    }

    /** Takes over what {@link #save} wrote, with the same numbers; {@code key} is used for it. There are no keys yet. */
    public void load(DataInput in, KeyBuffer key) throws IOException {
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
            key.putBytes(keys, offset, lengths[i]);
            offset += lengths[i];
            if (number(key) != i + 1) {
                throw new IOException("keys: " + lengths.length + " (expected: at most " + countMax + ", each once)");
            }
        }
    }

    /** What the keys lie in. Another array after a key was added. */
    public byte[] bytes() {
        return arena;
    }

    /** Where the key of {@code number}, from 1 on, begins. */
    public int offset(int number) {
        return ends[number - 1];
    }

    /** Where the key of {@code number}, from 1 on, ends. */
    public int end(int number) {
        return ends[number];
    }
}
