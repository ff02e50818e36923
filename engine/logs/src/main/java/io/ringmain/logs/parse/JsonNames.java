package io.ringmain.logs.parse;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Spans;
import io.ringmain.logs.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * The names of members that one parser has met, as a tree: a name is known by the object that it stands in and by its bytes, and knows
 * its key, that of its path with dots.
 *
 * <p>Thread: one lane. Allocates for names that are new only.
 */
final class JsonNames {

    // Lines of one program have the same names in the same order. So each name remembers which one has followed it, and
    // that one is compared with the line, quote and colon included, before anything is scanned or hashed: the first
    // eight
    // bytes by a mask, and the others only of longer names.

    /** The object that the line is. */
    static final int ROOT = 0;

    /** What {@link #find} returns for a name that is new, and {@link #guess} for one that is another. */
    static final int UNKNOWN = -1;

    /** What {@link #add} returns if there are too many names. */
    static final int FULL = -2;

    /** What {@link #add} returns for a path over the limit. */
    static final int TOO_LONG = -3;

    /** The paths that mean something. What stands first is preferred. */
    static final List<String> ROLES =
            List.of("level", "log.level", "severity", "lvl", "timestamp", "@timestamp", "time", "ts", "message", "msg");

    static final int FIRST_LEVEL = 0;
    static final int FIRST_TIME = ROLES.indexOf("timestamp");
    static final int MESSAGE = ROLES.indexOf("message");
    static final int MSG = ROLES.indexOf("msg");

    /** In bits, the roles that make level or time, and no field. */
    static final int PARTS = (1 << MESSAGE) - 1;

    // Objects have names too, but no key.
    private static final int COUNT_MAX = 4 * Keys.COUNT_MAX;
    private static final int COUNT_MIN = 64;
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private final Keys keys;
    private final int pathBytesMax;

    private int count;
    private Node[] nodes = new Node[COUNT_MIN];
    // Open addressing, at most half full: numbers of names, plus 1.
    private int[] table = new int[2 * COUNT_MIN];
    // By the number of a name: its key, or what it has instead of one; the name that has followed it.
    private int[] targets = new int[COUNT_MIN];
    private int[] next = new int[COUNT_MIN];
    // And how it stands in a line: how long, or 0 if it never does; the first eight bytes, and which of them are its
    // own.
    private int[] parents = new int[COUNT_MIN];
    private int[] lengths = new int[COUNT_MIN];
    private long[] firstBytes = new long[COUNT_MIN];
    private long[] firstMasks = new long[COUNT_MIN];

    JsonNames(Keys keys, int pathBytesMax) {
        this.keys = keys;
        this.pathBytesMax = pathBytesMax;
        nodes[ROOT] = new Node(-1, new byte[0], new byte[0]);
        count = 1;
    }

    /** Returns the name that has followed {@code last}, if it stands in the line again, or {@link #UNKNOWN}. */
    int guess(int last, int parent, byte[] bytes, int from, int end) {
        int guess = next[last];
        int length = lengths[guess];
        // May look at bytes behind the line, but not behind the array.
        if (length == 0 || parents[guess] != parent || length > end - from || from > bytes.length - 8) {
            return UNKNOWN;
        }
        long word = (long) LONGS.get(bytes, from);
        boolean isRight = ((word ^ firstBytes[guess]) & firstMasks[guess]) == 0
                && (length <= 8 || nodes[guess].isAt(bytes, from));
        return isRight ? guess : UNKNOWN;
    }

    /** How many bytes a name that was guessed right takes in the line, with its last quote and the colon. */
    int guessedLength(int name) {
        return lengths[name];
    }

    /** Remembers which name follows which. */
    void follow(int last, int name) {
        next[last] = name;
    }

    /**
     * What a value of this name is put under: the key of the name's path, or -1 minus the index in {@link #ROLES} if it means something,
     * or {@link Keys#NONE} if there are too many keys. The key is made when it is first asked for.
     */
    int target(int name) {
        int target = targets[name];
        return target != Keys.NONE ? target : findTarget(name);
    }

    private int findTarget(int name) {
        byte[] path = nodes[name].path;
        int role = ROLES.indexOf(Text.of(path, 0, path.length).toString());
        targets[name] = role >= 0 ? -1 - role : keyOf(path);
        return targets[name];
    }

    private int keyOf(byte[] path) {
        int key = keys.id(path, 0, path.length);
        // What the event has besides its fields is none of them.
        return key >= 0 || key == Keys.NONE ? key : fieldKey(keys.text(key));
    }

    private int fieldKey(Text name) {
        Text other = Text.of(fieldName(name.toString()));
        return keys.id(other.bytes(), 0, other.length());
    }

    /** What a member is called whose name is taken by something that every event has. */
    static String fieldName(String taken) {
        return taken + "_field";
    }

    /** Returns the number of a name in an object, or {@link #UNKNOWN}. */
    int find(int parent, byte[] bytes, int from, int length) {
        return table[place(parent, bytes, from, length)] - 1;
    }

    /** The place of a name in the table, or the free one where it belongs. */
    private int place(int parent, byte[] bytes, int from, int length) {
        int mask = table.length - 1;
        int i = (int) hash(parent, Spans.hash(bytes, from, length)) & mask;
        while (table[i] != 0) {
            Node node = nodes[table[i] - 1];
            if (node.parent == parent && Spans.equal(bytes, from, length, node.name)) {
                return i;
            }
            i = (i + 1) & mask;
        }
        return i;
    }

    private static long hash(int parent, long nameHash) {
        long hash = nameHash + parent * 0x9e3779b97f4a7c15L;
        return hash ^ hash >>> 32;
    }

    /** Adds a name that is unknown; returns its number, or {@link #FULL} or {@link #TOO_LONG}. */
    int add(int parent, byte[] bytes, int from, int length) {
        byte[] above = nodes[parent].path;
        int pathLength = parent == ROOT ? length : above.length + 1 + length;
        if (pathLength > pathBytesMax) {
            return TOO_LONG;
        }
        if (count == COUNT_MAX) {
            return FULL;
        }
        byte[] path = Arrays.copyOf(above, pathLength);
        if (parent != ROOT) {
            path[above.length] = '.';
        }
        System.arraycopy(bytes, from, path, pathLength - length, length);
        if (count == nodes.length) {
            grow();
        }
        int name = count++;
        Node node = new Node(parent, Arrays.copyOfRange(bytes, from, from + length), path);
        nodes[name] = node;
        targets[name] = Keys.NONE;
        parents[name] = parent;
        lengths[name] = node.quoted.length;
        for (int i = Math.min(8, lengths[name]) - 1; i >= 0; i--) {
            firstBytes[name] = firstBytes[name] << 8 | (node.quoted[i] & 0xff);
            firstMasks[name] = firstMasks[name] << 8 | 0xff;
        }
        table[place(parent, bytes, from, length)] = name + 1;
        return name;
    }

    private void grow() {
        int size = 2 * nodes.length;
        nodes = Arrays.copyOf(nodes, size);
        targets = Arrays.copyOf(targets, size);
        next = Arrays.copyOf(next, size);
        parents = Arrays.copyOf(parents, size);
        lengths = Arrays.copyOf(lengths, size);
        firstBytes = Arrays.copyOf(firstBytes, size);
        firstMasks = Arrays.copyOf(firstMasks, size);
        table = new int[2 * size];
        for (int name = 1; name < count; name++) {
            Node node = nodes[name];
            table[place(node.parent, node.name, 0, node.name.length)] = name + 1;
        }
    }

    private static final class Node {
        final int parent;
        final byte[] name;
        final byte[] path;

        // The name as it stands in a line, up to and with its last quote and the colon; empty if it cannot stand there
        // as it is.
        final byte[] quoted;

        Node(int parent, byte[] name, byte[] path) {
            this.parent = parent;
            this.name = name;
            this.path = path;
            boolean isPlain = parent >= 0;
            for (byte b : name) {
                isPlain &= b < 0 || (b >= ' ' && b != '"' && b != '\\');
            }
            quoted = isPlain ? Arrays.copyOf(name, name.length + 2) : new byte[0];
            if (isPlain) {
                quoted[name.length] = '"';
                quoted[name.length + 1] = ':';
            }
        }

        /** Whether the line, which has its first eight bytes, has this name of more than eight at {@code from}. */
        boolean isAt(byte[] bytes, int from) {
            int last = quoted.length - 8;
            for (int i = 8; i < last; i += 8) {
                if ((long) LONGS.get(bytes, from + i) != (long) LONGS.get(quoted, i)) {
                    return false;
                }
            }
            return (long) LONGS.get(bytes, from + last) == (long) LONGS.get(quoted, last);
        }
    }
}
