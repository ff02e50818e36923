package io.ringmain.internal.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A ring of bytes in a file gives its records back in order and stays within its bound. */
@Timeout(20)
class SpillFileTest {

    private static final long BYTES_MAX = 4096;

    @TempDir
    private Path folder;

    private Path path;

    @BeforeEach
    void choosePath() {
        path = folder.resolve("events.spill");
    }

    private static SpillRecord record(byte[] bytes) {
        var record = new SpillRecord();
        record.writeBytes(bytes);
        return record;
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void givesBackWhatItWasGivenInOrder(long seed) throws IOException {
        var random = new SplittableRandom(seed);
        var file = new SpillFile(path, BYTES_MAX);
        var first = new SpillRecord();
        Deque<byte[]> model = new ArrayDeque<>();
        long modelBytes = 0;
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            if (random.nextInt(100) < (i / 1000 % 2 == 0 ? 60 : 40)) {
                byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 3000 : 60)];
                random.nextBytes(bytes);
                boolean fits = modelBytes + 4 + bytes.length <= BYTES_MAX - 16;
                assertThat(file.append(record(bytes))).isEqualTo(fits);
                if (fits) {
                    model.add(bytes);
                    modelBytes += 4 + bytes.length;
                } else {
                    refused++;
                }
            } else if (!model.isEmpty()) {
                byte[] expected = model.remove();
                file.first(first);
                assertThat(first.toByteArray()).isEqualTo(expected);
                assertThat(first.input().readAllBytes()).isEqualTo(expected);
                file.removeFirst();
                modelBytes -= 4 + expected.length;
            }
            assertThat(file.isEmpty()).isEqualTo(model.isEmpty());
            assertThat(file.bytes()).isEqualTo(modelBytes);
        }
        assertThat(refused).isPositive();
        assertThat(Files.size(path)).isLessThanOrEqualTo(BYTES_MAX);
        file.close();
        assertThat(path).doesNotExist();
    }

    @Test
    void shrinksWhenTheLastRecordHasBeenTaken() throws IOException {
        var file = new SpillFile(path, BYTES_MAX);
        assertThat(file.append(record(new byte[2000]))).isTrue();
        assertThat(Files.size(path)).isGreaterThan(2000);

        file.removeFirst();

        assertThat(Files.size(path)).isEqualTo(16);
        file.close();
    }

    @Test
    void nothingIsOpenedBeforeItIsNeeded() throws IOException {
        var file = new SpillFile(path, BYTES_MAX);
        assertThat(path).doesNotExist();

        file.close();

        assertThat(path).doesNotExist();
        assertThatThrownBy(() -> file.append(record(new byte[1]))).hasMessageContaining("closed");
    }

    @Test
    void whatIsNoSpillIsLeftAlone() throws IOException {
        Files.writeString(path, "the diary of somebody, which is longer than a header");
        var file = new SpillFile(path, BYTES_MAX);

        assertThatThrownBy(file::open)
                .isInstanceOf(IOException.class)
                .hasMessage("whenFull.spill.path: " + path
                        + ": something else is there (expected: nothing, or what a killed process has left of a spill);"
                        + " move it away, or choose another path");
        file.close();

        assertThat(path).hasContent("the diary of somebody, which is longer than a header");
    }

    @Test
    void whatAKilledProcessLeftIsOverwritten() throws IOException {
        Files.writeString(path, "RINGMAIN SPILL 1 and some events of long ago");
        var file = new SpillFile(path, BYTES_MAX);

        file.open();

        assertThat(Files.size(path)).isEqualTo(16);
        assertThat(file.isEmpty()).isTrue();
        file.close();
    }

    @Test
    void oneFileServesOneEdge() throws IOException {
        var file = new SpillFile(path, BYTES_MAX);
        file.open();
        var second = new SpillFile(path, BYTES_MAX);

        assertThatThrownBy(second::open).hasMessageContaining("in use");
        second.close();

        assertThat(path).exists();
        file.close();
    }
}
