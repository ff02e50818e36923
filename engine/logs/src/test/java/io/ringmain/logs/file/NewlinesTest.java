package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NewlinesTest {

    private static final long SEED = 7;

    @Test
    void findsWhatALoopOverAllBytesFinds() {
        SplittableRandom random = new SplittableRandom(SEED);
        // The bytes next to a newline's, and those that differ in the highest bit, are where such tricks go wrong.
        byte[] near = {'\n', '\n' + 1, '\n' - 1, 0, (byte) 0x8a, (byte) 0x80, (byte) 0xff, 'x'};
        for (int run = 0; run < 20_000; run++) {
            byte[] bytes = new byte[random.nextInt(40)];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = near[random.nextInt(random.nextInt(4) == 0 ? 1 : 0, near.length)];
            }
            int from = random.nextInt(bytes.length + 1);
            int end = random.nextInt(from, bytes.length + 1);

            int expected = -1;
            for (int i = end - 1; i >= from; i--) {
                expected = bytes[i] == '\n' ? i : expected;
            }
            assertThat(Newlines.find(bytes, from, end))
                    .as("seed %d, run %d", SEED, run)
                    .isEqualTo(expected);
        }
    }
}
