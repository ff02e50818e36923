package io.ringmain.logs;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MomentTextTest {

    private static final long SEED = 6;
    private static final long[] STEPS_NS = {1, 1_000, 1_000_000, 1_000_000_000};

    @Test
    void momentsAreThoseOfJava() {
        check(0);
        check(Long.MAX_VALUE);
        check(Long.MIN_VALUE);
        check(1_431_857_103_000_000_000L);
        SplittableRandom random = new SplittableRandom(SEED);
        for (int i = 0; i < 100_000; i++) {
            long step = STEPS_NS[random.nextInt(STEPS_NS.length)];
            check(random.nextLong() / step * step);
        }
    }

    private static void check(long epochNs) {
        byte[] text = new byte[MomentText.LENGTH_MAX + 1];
        int end = MomentText.write(epochNs, text, 1);

        assertThat(new String(text, 1, end - 1, StandardCharsets.US_ASCII))
                .as("seed %d", SEED)
                .isEqualTo(Instant.ofEpochSecond(0, epochNs).toString());
        assertThat(text[0]).isZero();
    }
}
