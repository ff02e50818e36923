package io.ringmain.pack;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** How chunks are made smaller. What each makes of a file is read by the program of that name too; {@link #NONE} by lz4. */
public enum PackFormat {
    /** A frame of zstd for each chunk, with a checksum. */
    ZSTD(1, ".zst", 3, 22, 4 << 20),
    /** A member of gzip for each chunk. */
    GZIP(2, ".gz", 6, 9, 1 << 20),
    /** A frame of lz4 for each chunk, with a checksum. */
    LZ4(3, ".lz4", 1, 12, 1 << 20),
    /** A frame of lz4 whose blocks are stored as they are. */
    NONE(4, ".lz4", 0, 0, 1 << 20);

    /** The least bytes of a chunk: {@value}. */
    public static final int CHUNK_BYTES_MIN = 64 << 10;

    /** The most bytes of a chunk: {@value}. */
    public static final int CHUNK_BYTES_MAX = 1 << 30;

    private static final int MEMBER_BYTES = 18;

    private final byte code;
    private final String suffix;
    private final int level;
    private final int levelMax;
    private final int chunkBytes;

    PackFormat(int code, String suffix, int level, int levelMax, int chunkBytes) {
        this.code = (byte) code;
        this.suffix = suffix;
        this.level = level;
        this.levelMax = levelMax;
        this.chunkBytes = chunkBytes;
    }

    /** What names of files in this format end with. */
    public String suffix() {
        return suffix;
    }

    /** The level if nobody says. */
    public int level() {
        return level;
    }

    /** The least level. */
    public int levelMin() {
        return Math.min(1, levelMax);
    }

    /** The highest level. */
    public int levelMax() {
        return levelMax;
    }

    /** How many bytes a chunk has if nobody says: with no fewer the result is within 3 % of what the program of that name makes in one piece. */
    public int chunkBytes() {
        return chunkBytes;
    }

    /** The most bytes that a chunk of {@code chunkBytes} can become. */
    public int boundBytes(int chunkBytes) {
        long bound =
                switch (this) {
                    case ZSTD -> Zstd.compressBound(chunkBytes) + 4;
                    // What deflate stores: five bytes per 16 KiB at the least level, and a few.
                    case GZIP -> chunkBytes + 5L * (chunkBytes / 16_000 + 1) + 16 + MEMBER_BYTES;
                    case LZ4, NONE -> Lz4Codec.boundBytes(chunkBytes);
                };
        return Math.toIntExact(bound);
    }

    /** What stands for it in our files. */
    byte code() {
        return code;
    }

    /** The format that {@code code} stands for; null if there is none. */
    static @Nullable PackFormat of(byte code) {
        for (PackFormat format : values()) {
            if (format.code == code) {
                return format;
            }
        }
        return null;
    }

    ChunkCodec codec(int level) {
        return switch (this) {
            case ZSTD -> new ZstdCodec(level);
            case GZIP -> new GzipCodec(level);
            case LZ4 -> new Lz4Codec(level, true);
            case NONE -> new Lz4Codec(level, false);
        };
    }

    /** Reads what is packed in this format, by whomever: any number of frames or members. Says {@link IOException} of what is not whole. */
    InputStream decoded(InputStream packed) throws IOException {
        return switch (this) {
            case ZSTD -> new ZstdInput(packed);
            case GZIP -> new GzipInput(packed);
            case LZ4, NONE -> new Lz4Input(packed);
        };
    }
}
