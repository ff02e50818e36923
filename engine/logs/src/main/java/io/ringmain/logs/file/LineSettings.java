package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import org.jspecify.annotations.Nullable;

/**
 * How a source reads lines.
 *
 * <p>The lines stay where they were read, in slabs, until their events have left the ring; a source whose slabs are all in use waits. A
 * slab holds a whole line, so it is larger than {@code slabBytes} if a line may be.
 *
 * @param where what messages begin with: the source as its user wrote it, {@code sources.web}
 * @param source what each event gets as its {@code source}; null for nothing
 * @param lineBytesMax the longest line, without its line end, at most {@value LogEvent#LINE_BYTES_MAX}; of a longer one the beginning
 *     is kept, see {@link LineSource}
 * @param slabBytes how large a slab is, at least 16
 * @param poolBytes how large all slabs are together, at least two of them
 */
public record LineSettings(String where, @Nullable Text source, int lineBytesMax, int slabBytes, long poolBytes) {

    /** The longest line if not said: {@value}. */
    public static final int LINE_BYTES_MAX_DEFAULT = 1 << 20;

    /** How large a slab is if not said: {@value}. */
    public static final int SLAB_BYTES_DEFAULT = 256 << 10;

    /** How large all slabs of a source are together if not said: {@value}. */
    public static final long POOL_BYTES_DEFAULT = 16 << 20;

    private static final int SLAB_BYTES_MIN = 16;
    private static final int READ_BYTES_MIN = 4096;

    /** Checks the numbers. */
    public LineSettings {
        requireNonNull(where, "where");
        if (lineBytesMax < 1 || lineBytesMax > LogEvent.LINE_BYTES_MAX) {
            throw new IllegalArgumentException(where + ".line_bytes_max: " + lineBytesMax + " (expected: from 1 to "
                    + LogEvent.LINE_BYTES_MAX + ')');
        }
        if (slabBytes < SLAB_BYTES_MIN || slabBytes > 1 << 30) {
            throw new IllegalArgumentException(where + ".slab_bytes: " + slabBytes + " (expected: from "
                    + SLAB_BYTES_MIN + " to " + (1 << 30) + ')');
        }
        long twoSlabs = 2L * slabLength(slabBytes, lineBytesMax);
        if (poolBytes < twoSlabs) {
            throw new IllegalArgumentException(where + ".pool_bytes: " + poolBytes + " (expected: >= " + twoSlabs
                    + ", two slabs that hold the longest line)");
        }
    }

    /** Returns the defaults for the source that messages call {@code where}; events get no {@code source}. */
    public static LineSettings of(String where) {
        return new LineSettings(where, null, LINE_BYTES_MAX_DEFAULT, SLAB_BYTES_DEFAULT, POOL_BYTES_DEFAULT);
    }

    /** Returns these settings with a {@code source} for each event. */
    public LineSettings withSource(Text source) {
        return new LineSettings(where, requireNonNull(source, "source"), lineBytesMax, slabBytes, poolBytes);
    }

    /** Returns these settings with another longest line. */
    public LineSettings withLineBytesMax(int lineBytesMax) {
        return new LineSettings(where, source, lineBytesMax, slabBytes, poolBytes);
    }

    /** Returns these settings with slabs of another size. */
    public LineSettings withSlabs(int slabBytes, long poolBytes) {
        return new LineSettings(where, source, lineBytesMax, slabBytes, poolBytes);
    }

    /** A slab with less room than this is not read into any more. */
    int readBytesMin() {
        return readBytesMin(slabBytes);
    }

    private static int readBytesMin(int slabBytes) {
        return Math.min(READ_BYTES_MIN, slabBytes / 8);
    }

    // The longest line, its \r, and room to read the rest.
    private static int slabLength(int slabBytes, int lineBytesMax) {
        return Math.max(slabBytes, lineBytesMax + 1 + readBytesMin(slabBytes));
    }

    Slabs slabs() {
        int slabLength = slabLength(slabBytes, lineBytesMax);
        return new Slabs(slabLength, (int) Math.min(poolBytes / slabLength, 1 << 20));
    }
}
