package io.ringmain.journal.internal.queue;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * How an excerpt lies in its file. It says itself what it is and where it belongs, so that it is found again behind damage.
 *
 * <pre>
 *   queue's │ mark 'R' 'M' format kind │ id            │ payload … │ CRC-32C of all since the mark │ to 4 bytes
 *   4 bytes │ 4 bytes                  │ 8 bytes       │           │ 4 bytes                       │
 * </pre>
 *
 * All numbers are little endian. The id is the file's cycle in the upper 32 bits, and how many excerpts stand before it in the lower.
 */
final class Excerpt {

    /** What stands before the payload. */
    static final int HEAD_BYTES = 12;

    /** What stands around the payload. */
    static final int FRAME_BYTES = HEAD_BYTES + 4;

    /** The queue's own word before each excerpt. */
    static final int WORD_BYTES = 4;

    /** The largest payload. */
    static final int PAYLOAD_BYTES_MAX = 64 << 20;

    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final int FORMAT = 1;
    private static final int MARK = 'R' | 'M' << 8 | FORMAT << 16;
    private static final int KIND_SHIFT = 24;

    private Excerpt() {}

    static int mark(int kind) {
        return MARK | kind << KIND_SHIFT;
    }

    static boolean isMark(int mark) {
        return (mark & (1 << KIND_SHIFT) - 1) == MARK;
    }

    static int kind(int mark) {
        return mark >>> KIND_SHIFT;
    }

    static long id(int cycle, long sequence) {
        return (long) cycle << Integer.SIZE | sequence;
    }

    static int cycle(long id) {
        return (int) (id >>> Integer.SIZE);
    }

    static long sequence(long id) {
        return id & 0xFFFF_FFFFL;
    }
}
