package io.ringmain.logs.file;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/** The last bytes of what went by, at most {@value #BYTES_MAX}. One thread. Never allocates. */
final class Tail {

    static final int BYTES_MAX = 64;

    private final byte[] bytes = new byte[BYTES_MAX];
    private int length;

    void clear() {
        length = 0;
    }

    /** Adds what stands in {@code from} from {@code begin} to {@code end}. */
    void add(byte[] from, int begin, int end) {
        int count = Math.min(end - begin, BYTES_MAX);
        System.arraycopy(from, end - count, bytes, makeRoom(count), count);
    }

    /** Adds what stands in {@code from} from {@code begin} to {@code end}, wherever its position is. */
    void add(ByteBuffer from, int begin, int end) {
        int count = Math.min(end - begin, BYTES_MAX);
        from.get(end - count, bytes, makeRoom(count), count);
    }

    /** Takes over what {@code other} has. */
    void set(Tail other) {
        clear();
        add(other.bytes, 0, other.length);
    }

    /** Returns where so many bytes can be put. */
    private int makeRoom(int count) {
        int kept = Math.min(length, BYTES_MAX - count);
        System.arraycopy(bytes, length - kept, bytes, 0, kept);
        length = kept + count;
        return kept;
    }

    int length() {
        return length;
    }

    /** Whether {@code others} begins with the same bytes, wherever its position is. */
    boolean isEqual(ByteBuffer others) {
        for (int i = 0; i < length; i++) {
            if (others.get(i) != bytes[i]) {
                return false;
            }
        }
        return true;
    }

    int checkSum() {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }
}
