package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What looks at eight bytes at once finds what one finds byte by byte. */
class SpansTest {

    private static final byte[] LIKELY =
            "  \t!azAZ@[`{\0\u007f\u0080\u00a0\u00e1\u00ff".getBytes(StandardCharsets.ISO_8859_1);

    private static byte[] bytes(SplittableRandom random) {
        byte[] bytes = new byte[random.nextInt(1, 40)];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = random.nextBoolean() ? (byte) random.nextInt() : LIKELY[random.nextInt(LIKELY.length)];
        }
        return bytes;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void theFirstBlankIsFound(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = bytes(random);
            int end = random.nextInt(bytes.length + 1);
            int from = random.nextInt(end + 1);
            int expected = from;
            while (expected < end && bytes[expected] != ' ' && bytes[expected] != '\t') {
                expected++;
            }

            assertThat(Spans.blank(bytes, from, end))
                    .as("seed %s, from %s to %s of %s", seed, from, end, Arrays.toString(bytes))
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5, 6})
    void lettersBecomeCapitalsAndNothingElseChanges(long seed) {
        var random = new SplittableRandom(seed);
        for (int round = 0; round < 20_000; round++) {
            byte[] bytes = bytes(random);
            int length = random.nextInt(Math.min(8, bytes.length) + 1);
            int offset = random.nextInt(bytes.length - length + 1);
            byte[] part = Arrays.copyOfRange(bytes, offset, offset + length);
            for (int i = 0; i < length; i++) {
                part[i] = (byte) (part[i] >= 'a' && part[i] <= 'z' ? part[i] - 32 : part[i]);
            }
            String hex = "";
            for (byte b : part) {
                hex = String.format(Locale.ROOT, "%02x", b) + hex;
            }

            assertThat(Spans.capitals(Spans.packed(bytes, offset, length)))
                    .as("seed %s, %s bytes at %s of %s", seed, length, offset, Arrays.toString(bytes))
                    .isEqualTo(length == 0 ? 0 : Long.parseUnsignedLong(hex, 16));
        }
    }
}
