package io.ringmain.pack;

import java.io.IOException;

/** Decodes blocks of lz4 that refer to what stands before them, which the native library cannot be told of from Java. */
final class Lz4Block {

    private static final int MATCH_BYTES_MIN = 4;

    private Lz4Block() {}

    /**
     * Decodes the first {@code length} bytes of {@code packed} to {@code to}, from {@code at}.
     *
     * @param historyFrom from where on what stands before {@code at} may be referred to
     * @return how many bytes it became
     */
    static int decode(byte[] packed, int length, byte[] to, int historyFrom, int at) throws IOException {
        int limit = to.length;
        int from = 0;
        int out = at;
        while (from < length) {
            int token = packed[from++] & 0xff;
            int literals = token >> 4;
            if (literals == 15) {
                int more;
                do {
                    more = from < length ? packed[from++] & 0xff : fail();
                    literals += more;
                } while (more == 255 && literals <= limit);
            }
            if (literals > length - from || literals > limit - out) {
                fail();
            }
            System.arraycopy(packed, from, to, out, literals);
            from += literals;
            out += literals;
            if (from == length) {
                return out - at;
            }
            if (length - from < 2) {
                fail();
            }
            int distance = (packed[from++] & 0xff) | ((packed[from++] & 0xff) << 8);
            int match = token & 15;
            if (match == 15) {
                int more;
                do {
                    more = from < length ? packed[from++] & 0xff : fail();
                    match += more;
                } while (more == 255 && match <= limit);
            }
            match += MATCH_BYTES_MIN;
            if (distance == 0 || distance > out - historyFrom || match > limit - out) {
                fail();
            }
            // One by one: a match may overlap what it makes.
            for (int end = out + match; out < end; out++) {
                to[out] = to[out - distance];
            }
        }
        return fail();
    }

    private static int fail() throws IOException {
        throw new IOException("has a block that lz4 did not make");
    }
}
