package io.ringmain.images.picture;

/**
 * What a picture may cost. Both are checked before anything is decoded.
 *
 * @param pixelsMax the most pixels that its header may claim, at least 1
 * @param bytesMax the most bytes of its file, at least 1 and at most {@value #BYTES_MAX}
 */
public record Limits(long pixelsMax, long bytesMax) {

    /** 100 million pixels of 256 MB. */
    public static final Limits DEFAULT = new Limits(100_000_000, 256_000_000);

    /** The most columns, and the most rows, that a picture may have: {@value}. JPEG and WebP have no more. */
    public static final int SIDE_MAX = 65_535;

    /** What an array can hold: {@value}. */
    public static final long BYTES_MAX = Integer.MAX_VALUE - 64;

    /** Checks the numbers. */
    public Limits {
        if (pixelsMax < 1) {
            throw new IllegalArgumentException("pixelsMax: " + pixelsMax + " (expected: >= 1)");
        }
        if (bytesMax < 1 || bytesMax > BYTES_MAX) {
            throw new IllegalArgumentException("bytesMax: " + bytesMax + " (expected: from 1 to " + BYTES_MAX + ')');
        }
    }
}
