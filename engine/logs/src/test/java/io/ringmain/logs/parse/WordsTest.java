package io.ringmain.logs.parse;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Eight bytes at a time find what one byte at a time finds. */
class WordsTest {

    private static final int ROUNDS = 50_000;

    @Test
    void theyFindWhatASimpleLoopFinds() {
        long seed = 20269;
        SplittableRandom random = new SplittableRandom(seed);
        // Each sign, its neighbours in value and with the high bit, and what borrows and carries make of them.
        byte[] signs = {
            ' ', '!', 0x1f, (byte) 0xa0, '"', '#', (byte) 0xa2, '\\', ']', (byte) 0xdc, '0', '9', '/', ':', 0, 1, -1
        };
        for (int i = 0; i < ROUNDS; i++) {
            byte[] bytes = new byte[random.nextInt(1, 40)];
            boolean isDense = random.nextBoolean();
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = isDense || random.nextInt(12) == 0 ? signs[random.nextInt(signs.length)] : (byte) '5';
            }
            int from = random.nextInt(bytes.length + 1);
            int end = random.nextInt(from, bytes.length + 1);
            String what = "seed " + seed + ", " + new String(bytes, from, end - from, StandardCharsets.ISO_8859_1);

            assertThat(Words.blank(bytes, from, end)).as(what).isEqualTo(blank(bytes, from, end));
            assertThat(Words.quote(bytes, from, end)).as(what).isEqualTo(quote(bytes, from, end));
            assertThat(Words.digitsEnd(bytes, from, end)).as(what).isEqualTo(digitsEnd(bytes, from, end));
        }
    }

    @Test
    void aNumberIsItsDigits() {
        long seed = 20270;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < ROUNDS; i++) {
            int count = random.nextInt(1, 19);
            StringBuilder digits = new StringBuilder();
            for (int j = 0; j < count; j++) {
                digits.append(random.nextInt(10));
            }
            byte[] bytes = ("x" + digits + (random.nextBoolean() ? "7654321098" : "")).getBytes(StandardCharsets.UTF_8);

            assertThat(Words.number(bytes, 1, count)).isEqualTo(Long.parseLong(digits.toString()));
        }
    }

    @Test
    void behindTheArrayThereIsNothing() {
        byte[] bytes = "abcdefghij".getBytes(StandardCharsets.UTF_8);

        assertThat(Words.at(bytes, 2)).isEqualTo(Words.of("cdefghij"));
        assertThat(Words.at(bytes, 8)).isEqualTo(Words.of("ij"));
        assertThat(Words.at(bytes, 10)).isZero();
    }

    private static int blank(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] != ' ') {
            i++;
        }
        return i;
    }

    private static int quote(byte[] bytes, int from, int end) {
        for (int i = from; i < end; i++) {
            if (bytes[i] == '"') {
                return i;
            }
            i += bytes[i] == '\\' ? 1 : 0;
        }
        return -1;
    }

    private static int digitsEnd(byte[] bytes, int from, int end) {
        int i = from;
        while (i < end && bytes[i] >= '0' && bytes[i] <= '9') {
            i++;
        }
        return i;
    }
}
