package io.ringmain.logs.file;

import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;

/**
 * A file in the Zstandard format, RFC 8878, of any number of frames.
 *
 * <p>Thread: the intake thread. Allocates nothing per read.
 */
final class ZstdFile implements ByteInput {

    /** The first bytes of such a file, see {@link RawFile#magic}. */
    static final int MAGIC = 0xfd2fb528;

    private final RawFile raw;
    private final Blocks blocks = new Blocks();
    private final ZstdInputStreamNoFinalizer frames;

    /** Reads {@code raw} from where it stands, and closes it. */
    ZstdFile(RawFile raw) throws IOException {
        this.raw = raw;
        frames = new ZstdInputStreamNoFinalizer(blocks);
    }

    @Override
    public int read(byte[] to, int offset, int length) throws IOException {
        try {
            return frames.read(to, offset, length);
        } catch (IOException failure) {
            if (blocks.failed) {
                throw failure;
            }
            String what = blocks.ended
                    ? ": ends in the middle of its compressed data, at byte " + raw.offset()
                    : ": damaged before byte " + raw.offset() + ": " + failure.getMessage();
            throw new IOException(raw.path() + what + " (expected: a whole zstd file); get it again", failure);
        }
    }

    @Override
    public void close() throws IOException {
        // Closes the file too.
        frames.close();
    }

    /** The file as a stream. It says that nothing is available: so the frames give what they have before they ask for more. */
    private final class Blocks extends InputStream {

        private boolean ended;
        private boolean failed;

        @Override
        public int read() {
            throw new UnsupportedOperationException("one byte (expected: blocks)");
        }

        @Override
        public int read(byte[] to, int offset, int length) throws IOException {
            failed = true;
            int count = raw.read(to, offset, length);
            failed = false;
            ended = count < 0;
            return count;
        }

        @Override
        public void close() throws IOException {
            raw.close();
        }
    }
}
