package io.ringmain.logs.file;

import static java.util.Objects.requireNonNull;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import org.jspecify.annotations.Nullable;

/**
 * How a source reads lines.
 *
 * <p>The lines stay where they were read, in slabs, until their events have left the ring; a source whose slabs are all in use waits. A
 * slab holds a whole line, and is larger if the pool is large: a sixteenth of it.
 *
 * @param where what messages begin with: the source as its user wrote it, {@code sources.web}
 * @param source what each event gets as its {@code source}; null for nothing
 * @param lineBytesMax the longest line, without its line end, at most {@value LogEvent#LINE_BYTES_MAX}; of a longer one the beginning
 *     is kept, see {@link LineSource}
 * @param poolBytes how large all slabs of the source are together at most; room for one that holds the longest line at least
 */
public record LineSettings(String where, @Nullable Text source, int lineBytesMax, long poolBytes) {

    /** The longest line if not said: {@value}. */
    public static final int LINE_BYTES_MAX_DEFAULT = 1 << 20;

    /** How large all slabs are together if not said: {@value}. */
    public static final long POOL_BYTES_DEFAULT = 16 << 20;

    // With so many the reader is seldom held by a slab of which only the last line is still in the ring.
    private static final int SLABS = 16;
    private static final int READ_BYTES_MIN = 2;
    private static final int READ_BYTES_ENOUGH = 4096;

    /** Checks the numbers. */
    public LineSettings {
        requireNonNull(where, "where");
        if (lineBytesMax < 1 || lineBytesMax > LogEvent.LINE_BYTES_MAX) {
            throw new IllegalArgumentException(where + ".line_bytes_max: " + lineBytesMax + " (expected: from 1 to "
                    + LogEvent.LINE_BYTES_MAX + ')');
        }
        int slabBytesMin = slabBytesMin(lineBytesMax);
        if (poolBytes < slabBytesMin || poolBytes > 1L << 32) {
            throw new IllegalArgumentException(where + ".pool_bytes: " + poolBytes + " (expected: from " + slabBytesMin
                    + ", a slab that holds the longest line, to " + (1L << 32) + ')');
        }
    }

    /** Returns the defaults for the source that messages call {@code where}; events get no {@code source}. */
    public static LineSettings of(String where) {
        return new LineSettings(where, null, LINE_BYTES_MAX_DEFAULT, POOL_BYTES_DEFAULT);
    }

    /** Returns these settings with a {@code source} for each event. */
    public LineSettings withSource(Text source) {
        return new LineSettings(where, requireNonNull(source, "source"), lineBytesMax, poolBytes);
    }

    /** Returns these settings with another longest line. */
    public LineSettings withLineBytesMax(int lineBytesMax) {
        return new LineSettings(where, source, lineBytesMax, poolBytes);
    }

    /** Returns these settings with a pool of another size. */
    public LineSettings withPool(long poolBytes) {
        return new LineSettings(where, source, lineBytesMax, poolBytes);
    }

    /**
     * Returns these settings with an equal part of {@link #POOL_BYTES_DEFAULT}, for one of so many sources of a pipeline. A part of its
     * own, for then none can take what another needs to go on. It is larger where it would not hold the longest line: more than fifteen
     * sources of the longest lines exceed that default together.
     *
     * @param sources how many sources share, at least 1
     */
    public LineSettings withPoolSharedBy(int sources) {
        if (sources < 1) {
            throw new IllegalArgumentException(where + ": its pool shared by " + sources + " sources (expected: >= 1)");
        }
        return withPool(Math.max(POOL_BYTES_DEFAULT / sources, slabBytesMin(lineBytesMax)));
    }

    /** A slab with less room than this is not read into any more. */
    int readBytesMin() {
        return readBytesMin(lineBytesMax);
    }

    private static int readBytesMin(int lineBytesMax) {
        return Math.max(READ_BYTES_MIN, Math.min(READ_BYTES_ENOUGH, lineBytesMax / 8));
    }

    // The longest line, its \r, and room to read the rest.
    private static int slabBytesMin(int lineBytesMax) {
        return lineBytesMax + 1 + readBytesMin(lineBytesMax);
    }

    Slabs slabs() {
        int slabBytes = Math.max((int) (poolBytes / SLABS), slabBytesMin(lineBytesMax));
        return new Slabs(slabBytes, (int) (poolBytes / slabBytes));
    }
}
