package io.ringmain.journal;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.Optional;

/**
 * How much is kept, of letters or of runs.
 *
 * @param bytesMax how many bytes of disk they take, about; at least {@value #BYTES_MIN}
 * @param ageMax how old letters get before their file may be deleted, which is looked at while letters are written; at most twice as old, then; how long ago runs ended, which is
 *     looked at when a run or a file begins; empty for any age
 * @param whenOutgrown what becomes of them then; an age asks for {@link WhenOutgrown#DROP_OLDEST}
 */
public record Keeping(long bytesMax, Optional<Duration> ageMax, WhenOutgrown whenOutgrown) {

    /** The least that can be kept: {@value}, 4 MiB. */
    public static final long BYTES_MIN = 4 << 20;

    /** One GiB, of any age; then there is no room. */
    public static final Keeping DEFAULT = new Keeping(1 << 30, Optional.empty(), WhenOutgrown.FULL);

    private static final long FILE_BYTES_MAX = 64 << 20;
    private static final int FILES = 16;

    /** Checks the bounds. */
    public Keeping {
        requireNonNull(ageMax, "ageMax");
        requireNonNull(whenOutgrown, "whenOutgrown");
        if (bytesMax < BYTES_MIN) {
            throw new IllegalArgumentException("bytesMax: " + bytesMax + " (expected: >= " + BYTES_MIN + ')');
        }
        if (ageMax.isPresent() && (ageMax.get().isNegative() || ageMax.get().isZero())) {
            throw new IllegalArgumentException("ageMax: " + ageMax.get() + " (expected: > 0)");
        }
        if (ageMax.isPresent() && whenOutgrown == WhenOutgrown.FULL) {
            throw new IllegalArgumentException("ageMax: " + ageMax.get()
                    + " (expected: none when nothing is dropped); choose WhenOutgrown.DROP_OLDEST, or leave it out");
        }
    }

    /** Returns as much as {@code bytesMax}; then there is no room. */
    public static Keeping full(long bytesMax) {
        return new Keeping(bytesMax, Optional.empty(), WhenOutgrown.FULL);
    }

    /** Returns as much as {@code bytesMax}; then the oldest are dropped. */
    public static Keeping dropOldest(long bytesMax) {
        return new Keeping(bytesMax, Optional.empty(), WhenOutgrown.DROP_OLDEST);
    }

    /** How large a file gets: files are what is deleted, so there are some. */
    long fileBytesMax() {
        return Math.min(FILE_BYTES_MAX, Math.max(1 << 20, bytesMax / FILES));
    }
}
