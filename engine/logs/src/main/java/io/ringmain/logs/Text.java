package io.ringmain.logs;

import static java.util.Objects.requireNonNull;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A constant text as bytes: the name of a source, the value of a tag, the key of a group. Made once, while a pipeline is built
 * or when a group is first seen; events only refer to it.
 *
 * <p>Thread: any; it never changes. Ordered by its bytes as unsigned numbers, which for UTF-8 is the order of code points.
 */
public final class Text implements Comparable<Text> {

    private final byte[] bytes;
    private final long hash;

    private Text(byte[] bytes) {
        this.bytes = bytes;
        hash = Spans.hash(bytes, 0, bytes.length);
    }

    /** Returns {@code text} as UTF-8. Allocates. */
    public static Text of(String text) {
        return new Text(requireNonNull(text, "text").getBytes(StandardCharsets.UTF_8));
    }

    /** Returns a copy of {@code length} bytes from {@code offset}. Allocates. */
    public static Text of(byte[] bytes, int offset, int length) {
        return new Text(Arrays.copyOfRange(requireNonNull(bytes, "bytes"), offset, offset + length));
    }

    /** How many bytes it has. */
    public int length() {
        return bytes.length;
    }

    /** Copies the bytes to {@code to} from {@code offset} on. */
    public void copyTo(byte[] to, int offset) {
        System.arraycopy(bytes, 0, to, offset, bytes.length);
    }

    /** The bytes. Not to be written to. */
    public byte[] bytes() {
        return bytes;
    }

    /** {@link Spans#hash} of the bytes. */
    public long hash() {
        return hash;
    }

    @Override
    public int compareTo(Text other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Text text && Arrays.equals(bytes, text.bytes);
    }

    @Override
    public int hashCode() {
        return Long.hashCode(hash);
    }

    /** Returns it as a string; bytes that are not UTF-8 show as U+FFFD. Allocates. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
