package io.ringmain.logs.file;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Text;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class BytesTest {

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
        bytes.putTime(0);

        assertThat(bytes).hasToString("abcdéftrue-11970-01-01T00:00:00Z");
        assertThat(bytes.length()).isEqualTo(33);
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
}
