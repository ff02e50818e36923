package io.ringmain.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UTFDataFormatException;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class ByteOutputTest {

    private final ByteOutput out = new ByteOutput(1);

    private byte[] written() {
        return Arrays.copyOf(out.array(), out.size());
    }

    private static void writeAnything(DataOutput to, SplittableRandom random) throws IOException {
        byte[] bytes = new byte[random.nextInt(50)];
        random.nextBytes(bytes);
        switch (random.nextInt(14)) {
            case 0 -> to.write(random.nextInt());
            case 1 -> to.write(bytes);
            case 2 -> to.write(bytes, bytes.length / 3, bytes.length / 2);
            case 3 -> to.writeBoolean(random.nextBoolean());
            case 4 -> to.writeByte(random.nextInt());
            case 5 -> to.writeShort(random.nextInt());
            case 6 -> to.writeChar(random.nextInt());
            case 7 -> to.writeInt(random.nextInt());
            case 8 -> to.writeLong(random.nextLong());
            case 9 -> to.writeFloat((float) random.nextDouble());
            case 10 -> to.writeDouble(random.nextDouble());
            case 11 -> to.writeBytes("plain");
            case 12 -> to.writeChars("wíde");
            default -> to.writeUTF("\0a\u007F\u0080\u07FF\u0800\uD83D\uDE00");
        }
    }

    @Test
    void itWritesWhatTheStreamOfTheJdkWrites() throws IOException {
        long seed = 5;
        var expected = new ByteArrayOutputStream();
        var jdk = new DataOutputStream(expected);
        var one = new SplittableRandom(seed);
        var other = new SplittableRandom(seed);
        for (int i = 0; i < 2000; i++) {
            writeAnything(out, one);
            writeAnything(jdk, other);
        }

        assertThat(written()).as("seed %d", seed).isEqualTo(expected.toByteArray());
    }

    @Test
    void whatIsCutOffIsForgottenAndNumbersCanBeFilledInLater() throws IOException {
        out.writeInt(0);
        out.writeLong(7);
        out.truncate(4);
        out.overwriteInt(0, 0x01020304);
        out.writeByte(5);

        assertThat(written()).containsExactly(1, 2, 3, 4, 5);
        assertThatThrownBy(() -> out.overwriteInt(2, 0)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> out.truncate(6)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void smallNumbersAreShort() throws IOException {
        long[] numbers = {0, 127, 128, Long.MAX_VALUE, -1};
        int[] lengths = {1, 1, 2, 9, 10};
        for (int i = 0; i < numbers.length; i++) {
            out.truncate(0);
            out.writeVarLong(numbers[i]);
            assertThat(out.size()).isEqualTo(lengths[i]);
        }
    }

    @Test
    void aTextThatIsTooLongLeavesNothingBehind() throws IOException {
        out.writeByte(1);

        assertThatThrownBy(() -> out.writeUTF("€".repeat(30_000))).isInstanceOf(UTFDataFormatException.class);
        assertThat(written()).containsExactly(1);
    }

    @Test
    void aCapacityThatCannotBeIsRefused() {
        assertThatThrownBy(() -> new ByteOutput(0)).hasMessageContaining("byteOutput.capacity: 0");
    }
}
