package io.ringmain.pack;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4SafeDecompressor;
import net.jpountz.xxhash.StreamingXXHash32;
import net.jpountz.xxhash.XXHash32;
import net.jpountz.xxhash.XXHashFactory;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames of lz4 and leaves out skippable ones. The library's own reader takes no blocks that refer to the one before, as {@code lz4 -BD} makes them.
 *
 * <p>A block is decoded behind the 64 KiB before it, which it may refer to.
 *
 * <p>Thread: one.
 */
final class Lz4Input extends InputStream {

    private static final int HISTORY_BYTES = 64 << 10;
    private static final int SKIPPABLE = 0x184D2A50;
    private static final int LEGACY = 0x184C2102;

    private final InputStream in;
    private final LZ4SafeDecompressor decompressor =
            LZ4Factory.fastestInstance().safeDecompressor();
    private final XXHash32 hash = XXHashFactory.fastestInstance().hash32();
    private final StreamingXXHash32 contentHash =
            XXHashFactory.fastestInstance().newStreamingHash32(0);
    private final ByteBuffer small = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);

    private @Nullable Frame frame;
    private byte[] packed = new byte[0];
    private byte[] content = new byte[0];
    private int position;
    private int limit;

    /** What the header of a frame says, and how much of its content has come. */
    private static final class Frame {
        private final boolean isLinked;
        private final boolean hasBlockHashes;
        private final boolean hasHash;
        private final long length;
        private final int blockBytesMax;
        private long came;

        Frame(int flags, int blockCode, long length) {
            isLinked = (flags & 0x20) == 0;
            hasBlockHashes = (flags & 0x10) != 0;
            hasHash = (flags & 0x04) != 0;
            this.length = length;
            blockBytesMax = 1 << (8 + 2 * blockCode);
        }
    }

    Lz4Input(InputStream in) {
        this.in = in;
    }

    @Override
    public int read() throws IOException {
        return hasContent() ? content[position++] & 0xff : -1;
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (!hasContent()) {
            return -1;
        }
        int count = Math.min(length, limit - position);
        System.arraycopy(content, position, to, offset, count);
        position += count;
        return count;
    }

    private boolean hasContent() throws IOException {
        while (position == limit) {
            Frame now = frame == null ? nextFrame() : frame;
            if (now == null) {
                return false;
            }
            frame = now;
            if (!nextBlock(now)) {
                end(now);
                frame = null;
            }
        }
        return true;
    }

    private @Nullable Frame nextFrame() throws IOException {
        while (true) {
            small.clear();
            int came = in.readNBytes(small.array(), 0, 4);
            if (came == 0) {
                return null;
            }
            if (came < 4) {
                throw new EOFException("ends within the beginning of a frame");
            }
            int magic = small.getInt(0);
            if ((magic & ~0xf) == SKIPPABLE) {
                in.skipNBytes(Integer.toUnsignedLong(nextInt()));
            } else if (magic == Lz4Codec.MAGIC) {
                return header();
            } else {
                throw new IOException(
                        magic == LEGACY
                                ? "is of the format that lz4 had before 2013, which is not read here"
                                : "has something in it that is no frame of lz4");
            }
        }
    }

    private Frame header() throws IOException {
        read(small.array(), 2);
        int flags = small.get(0);
        int blockCode = (small.get(1) >> 4) & 7;
        if ((flags & 0xc0) != 0x40 || (flags & 0x02) != 0 || (small.get(1) & 0x8f) != 0 || blockCode < 4) {
            throw new IOException("has a frame that this version of lz4 does not know");
        }
        if ((flags & 0x01) != 0) {
            throw new UnmetNeedException("a dictionary, which is not read here; lz4 -d -D FILE does it");
        }
        boolean hasLength = (flags & 0x08) != 0;
        byte[] descriptor = new byte[hasLength ? 10 : 2];
        descriptor[0] = small.get(0);
        descriptor[1] = small.get(1);
        if (hasLength && in.readNBytes(descriptor, 2, 8) < 8) {
            throw new EOFException("ends within the beginning of a frame");
        }
        read(small.array(), 1);
        if (small.get(0) != (byte) (hash.hash(descriptor, 0, descriptor.length, 0) >> 8)) {
            throw new IOException("has a frame whose beginning does not match its checksum");
        }
        long length = hasLength
                ? ByteBuffer.wrap(descriptor).order(ByteOrder.LITTLE_ENDIAN).getLong(2)
                : -1;
        Frame next = new Frame(flags, blockCode, length);
        if (content.length < HISTORY_BYTES + next.blockBytesMax) {
            content = new byte[HISTORY_BYTES + next.blockBytesMax];
        }
        if (packed.length < next.blockBytesMax) {
            packed = new byte[next.blockBytesMax];
        }
        position = HISTORY_BYTES;
        limit = HISTORY_BYTES;
        contentHash.reset();
        return next;
    }

    private boolean nextBlock(Frame now) throws IOException {
        int size = nextInt();
        if (size == 0) {
            return false;
        }
        boolean isStored = (size & Lz4Codec.STORED) != 0;
        int bytes = size & ~Lz4Codec.STORED;
        if (bytes > now.blockBytesMax) {
            throw new IOException("has a block larger than its frame allows");
        }
        read(packed, bytes);
        if (now.hasBlockHashes && nextInt() != hash.hash(packed, 0, bytes, 0)) {
            throw new IOException("has a block that does not match its checksum");
        }
        // What has come of this frame, as much of it as may be referred to, moves before the place of the block.
        int history = (int) Math.min(HISTORY_BYTES, now.came);
        System.arraycopy(content, limit - history, content, HISTORY_BYTES - history, history);
        position = HISTORY_BYTES;
        limit = HISTORY_BYTES;
        int came;
        if (isStored) {
            System.arraycopy(packed, 0, content, HISTORY_BYTES, bytes);
            came = bytes;
        } else if (now.isLinked) {
            came = Lz4Block.decode(packed, bytes, content, HISTORY_BYTES - history, HISTORY_BYTES);
        } else {
            came = decompressor.decompress(packed, 0, bytes, content, HISTORY_BYTES, now.blockBytesMax);
        }
        if (came > now.blockBytesMax) {
            throw new IOException("has a block larger than its frame allows");
        }
        limit = HISTORY_BYTES + came;
        now.came += came;
        if (now.hasHash) {
            contentHash.update(content, HISTORY_BYTES, came);
        }
        return true;
    }

    private void end(Frame now) throws IOException {
        if (now.hasHash && nextInt() != contentHash.getValue()) {
            throw new IOException("has a frame whose content does not match its checksum");
        }
        if (now.length >= 0 && now.length != now.came) {
            throw new IOException("has a frame with " + now.came + " bytes of content (expected: " + now.length + ")");
        }
    }

    private int nextInt() throws IOException {
        read(small.array(), 4);
        return small.getInt(0);
    }

    private void read(byte[] to, int count) throws IOException {
        if (in.readNBytes(to, 0, count) < count) {
            throw new EOFException("ends within a frame");
        }
    }

    @Override
    public void close() throws IOException {
        contentHash.close();
        in.close();
    }
}
