package io.ringmain.perf.compare;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.zip.CRC32C;
import java.util.zip.Deflater;

/** The work that is compared: chunks of made lines, what deflate makes of one, and a writer that only sums up. */
final class PackedChunks {

    private static final int LEVEL = 6;

    private final byte[] content;
    private final int chunkBytes;
    private final int count;

    PackedChunks(int count, int chunkBytes) {
        this.count = count;
        this.chunkBytes = chunkBytes;
        Random random = new Random(1);
        // Four chunks' worth of lines, of which each chunk begins somewhere else.
        StringBuilder lines = new StringBuilder(4 * chunkBytes + 100);
        while (lines.length() < 4 * chunkBytes) {
            lines.append("10.0.")
                    .append(random.nextInt(255))
                    .append(" GET /page/")
                    .append(random.nextInt(5_000));
            lines.append(" 200 ").append(random.nextInt(100_000)).append('\n');
        }
        content = lines.toString().getBytes(StandardCharsets.US_ASCII);
    }

    int count() {
        return count;
    }

    int chunkBytes() {
        return chunkBytes;
    }

    /** The most that a chunk can become. */
    int boundBytes() {
        return chunkBytes + chunkBytes / 1_000 + 64;
    }

    /** Puts chunk {@code number} into {@code to}, as a reader does. */
    void read(int number, byte[] to) {
        int from = (int) (number * 7_919L % (content.length - chunkBytes));
        System.arraycopy(content, from, to, 0, chunkBytes);
    }

    static Deflater deflater() {
        return new Deflater(LEVEL, true);
    }

    /** Packs {@code from} into {@code to}; returns how many bytes it became. */
    int pack(Deflater deflater, byte[] from, byte[] to) {
        deflater.reset();
        deflater.setInput(from, 0, chunkBytes);
        deflater.finish();
        int bytes = deflater.deflate(to);
        if (!deflater.finished()) {
            throw new IllegalStateException("packed: more than " + to.length + " bytes (expected: fewer)");
        }
        return bytes;
    }

    /** Takes what would go to a disk; in order, or the sum is another. */
    static final class Writer {
        private final CRC32C crc = new CRC32C();

        void write(byte[] packed, int bytes) {
            crc.update(packed, 0, bytes);
        }

        long sum() {
            return crc.getValue();
        }
    }
}
