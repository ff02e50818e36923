package io.ringmain.perf.throughput;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** One thread reads the file block by block and adds up its bytes: what a single core can do at all with bytes of a file. */
final class RawLoop implements Pass {

    private static final int BLOCK_BYTES = 256 << 10;

    private final Path file;
    private final ByteBuffer block = ByteBuffer.allocateDirect(BLOCK_BYTES);
    private final byte[] bytes = new byte[BLOCK_BYTES];

    RawLoop(Path file) {
        this.file = file;
    }

    @Override
    public String title() {
        return "raw byte loop, 1 thread";
    }

    @Override
    public Seen run() throws IOException {
        long sum = 0;
        long length = 0;
        try (FileChannel channel = FileChannel.open(file)) {
            for (int count = channel.read(block.clear()); count >= 0; count = channel.read(block.clear())) {
                block.flip().get(bytes, 0, count);
                sum += sum(bytes, count);
                length += count;
            }
        }
        return new Seen(length, 0, sum);
    }

    /** Adds up the first {@code length} bytes. */
    static long sum(byte[] bytes, int length) {
        long sum = 0;
        for (int i = 0; i < length; i++) {
            sum += bytes[i];
        }
        return sum;
    }
}
