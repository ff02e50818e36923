package io.ringmain.window;

import static java.util.Objects.requireNonNull;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * The bytes of one key: events are of the same key if what is put here is the same.
 *
 * <p>Thread: one. Never allocates.
 */
public class KeyBuffer {

    /** The most bytes of one key: {@value}. */
    public static final int LENGTH_MAX = 4096;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long MULTIPLIER = 0x9e3779b97f4a7c15L;

    // A word longer than a key, so that the last word of each can be filled up with zeros.
    private final byte[] bytes = new byte[LENGTH_MAX + Long.BYTES];
    private int length;

    /** Makes an empty key. */
    public KeyBuffer() {}

    /** Makes the key empty. */
    public final void clear() {
        length = 0;
    }

    /** What the key lies in, from 0 on; not to be written to. */
    public final byte[] bytes() {
        return bytes;
    }

    /** How many bytes the key has. */
    public final int length() {
        return length;
    }

    /** Whether there is room for {@code count} bytes more. */
    public final boolean hasRoom(int count) {
        return count <= LENGTH_MAX - length;
    }

    /** Adds a byte; returns {@code false}, and adds nothing, if the key would be too long. */
    public final boolean putByte(byte value) {
        if (!hasRoom(1)) {
            return false;
        }
        bytes[length++] = value;
        return true;
    }

    /** Adds four bytes; as {@link #putByte}. */
    public final boolean putInt(int value) {
        if (!hasRoom(Integer.BYTES)) {
            return false;
        }
        INTS.set(bytes, length, value);
        length += Integer.BYTES;
        return true;
    }

    /** Adds eight bytes; as {@link #putByte}. */
    public final boolean putLong(long value) {
        if (!hasRoom(Long.BYTES)) {
            return false;
        }
        LONGS.set(bytes, length, value);
        length += Long.BYTES;
        return true;
    }

    /** Adds bytes of {@code from}; as {@link #putByte}. */
    public final boolean putBytes(byte[] from, int offset, int count) {
        if (!hasRoom(count)) {
            return false;
        }
        System.arraycopy(requireNonNull(from, "from"), offset, bytes, length, count);
        length += count;
        return true;
    }

    /** Adds a text with its length, two bytes a character, so that texts one behind the other cannot be mistaken; as {@link #putByte}. */
    public final boolean putText(CharSequence text) {
        int count = requireNonNull(text, "text").length();
        if (count > LENGTH_MAX || !hasRoom(Integer.BYTES + 2 * count)) {
            return false;
        }
        putInt(count);
        for (int i = 0; i < count; i++) {
            char character = text.charAt(i);
            bytes[length++] = (byte) (character >> 8);
            bytes[length++] = (byte) character;
        }
        return true;
    }

    /** The long that {@link #putLong} put at {@code offset} of a key. */
    public static long longAt(byte[] key, int offset) {
        return (long) LONGS.get(key, offset);
    }

    /** The int that {@link #putInt} put at {@code offset} of a key. */
    public static int intAt(byte[] key, int offset) {
        return (int) INTS.get(key, offset);
    }

    /** The text that {@link #putText} put at {@code offset} of a key. Allocates it. */
    public static String textAt(byte[] key, int offset) {
        int count = intAt(key, offset);
        StringBuilder text = new StringBuilder(count);
        for (int at = offset + Integer.BYTES; at < offset + Integer.BYTES + 2 * count; at += 2) {
            text.append((char) ((key[at] & 0xff) << 8 | (key[at + 1] & 0xff)));
        }
        return text.toString();
    }

    /** A hash of the key, the same for ever: word by word a product, folded. */
    public final long hash() {
        LONGS.set(bytes, length, 0L);
        long hash = length;
        for (int i = 0; i < length; i += Long.BYTES) {
            long product = (hash ^ (long) LONGS.get(bytes, i)) * MULTIPLIER;
            hash = product ^ (product >>> 32);
        }
        return hash;
    }

    /** Whether the key is {@code other} from {@code offset} to before {@code end}. */
    public final boolean isAt(byte[] other, int offset, int end) {
        return Arrays.equals(other, offset, end, bytes, 0, length);
    }
}
