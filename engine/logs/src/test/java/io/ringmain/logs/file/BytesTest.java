package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Text;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {

    private static final long[] STEPS_NS = {1, 1_000, 1_000_000, 1_000_000_000};

    private final Bytes bytes = new Bytes();

    @Test
    void whatIsPutStandsOneBehindTheOther() {
        bytes.put('a');
        bytes.put((byte) 'b');
        bytes.put("xcdx".getBytes(StandardCharsets.UTF_8), 1, 2);
        bytes.put(Text.of("é"));
        bytes.putAscii("f");
        bytes.putBoolean(true);
        bytes.putLong(-1);

        assertThat(bytes).hasToString("abcdéftrue-1");
        assertThat(bytes.length()).isEqualTo(13);
    }

    @Test
    void itGrowsAndKeepsWhatIsThere() {
        byte[] many = "0123456789".repeat(1000).getBytes(StandardCharsets.UTF_8);

        bytes.put('x');
        bytes.put(many, 0, many.length);

        assertThat(bytes.toString()).isEqualTo("x" + "0123456789".repeat(1000));
    }

    @Test
    void cuttingTakesBackTheLastAndClearingAll() {
        bytes.putAscii("abcdef");

        bytes.cut(3);
        assertThat(bytes).hasToString("abc");
        bytes.cut(5);
        assertThat(bytes).hasToString("abc");
        bytes.clear();
        assertThat(bytes.length()).isZero();
    }

    @Test
    void wholeNumbersAreThoseOfJava() {
        for (long value : new long[] {0, 9, 10, -10, 99, 100, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1}) {
            check(value);
        }
        Random random = new Random(5);
        for (int i = 0; i < 10_000; i++) {
            check(random.nextLong() >> random.nextInt(64));
        }
    }

    private void check(long value) {
        bytes.clear();
        bytes.putLong(value);
        assertThat(bytes).hasToString(Long.toString(value));
    }

    @Test
    void momentsAreThoseOfJava() {
        Random random = new Random(6);
        checkTime(0);
        checkTime(Long.MAX_VALUE);
        checkTime(Long.MIN_VALUE + 1);
        checkTime(1_431_857_103_000_000_000L);
        for (int i = 0; i < 100_000; i++) {
            long step = STEPS_NS[random.nextInt(STEPS_NS.length)];
            checkTime(random.nextLong() / step * step);
        }
    }

    private void checkTime(long epochNs) {
        bytes.clear();
        bytes.putTime(epochNs);
        Instant instant = Instant.ofEpochSecond(0, epochNs);
        assertThat(bytes).hasToString(instant.toString());
    }
}
