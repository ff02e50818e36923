package io.ringmain.cli.stat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RunViewTest {

    @TempDir
    private Path directory;

    private Path path;
    private CountersFile file;

    @BeforeEach
    void writeAFile() throws IOException {
        path = directory.resolve("1.cnc");
        file = CountersFile.create(path, 1, "shop", () -> 1);
        file.update(Reports.of(80, 1));
    }

    @AfterEach
    void closeTheFile() {
        file.close();
    }

    @Test
    void anotherVersionIsRefused() throws IOException {
        putLong(CountersLayout.WORD_OFFSET, CountersLayout.MAGIC | 9);

        assertThatThrownBy(() -> RunView.open(path))
                .isInstanceOf(IOException.class)
                .hasMessage(path + ": version 9 (expected: 2); use the ringmain that wrote it");
    }

    @Test
    void aFileOfSomethingElseIsRefused() throws IOException {
        putLong(CountersLayout.WORD_OFFSET, 0x1234_5678_0000_0001L);

        assertThatThrownBy(() -> RunView.open(path)).hasMessageContaining("not the counters of a run");
    }

    @Test
    void aFileThatWasCutIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(path);
        Path cut = directory.resolve("2.cnc");
        Files.write(cut, Arrays.copyOf(bytes, bytes.length - 1));

        assertThatThrownBy(() -> RunView.open(cut)).hasMessageContaining("cut or damaged");
    }

    @Test
    void lengthsThatCannotBeAreRefused() throws IOException {
        putInt(CountersLayout.NAME_LENGTH_OFFSET, 1 << 20);

        assertThatThrownBy(() -> RunView.open(path)).hasMessageContaining("cut or damaged");
    }

    @Test
    void aFileIsNotUsedBeforeItsWordIsThere() throws IOException {
        putLong(CountersLayout.WORD_OFFSET, 0);
        Path empty = Files.createFile(directory.resolve("2.cnc"));

        assertThatThrownBy(() -> RunView.open(path, 1)).hasMessageContaining("not complete");
        assertThatThrownBy(() -> RunView.open(empty, 3)).hasMessageContaining("not complete");
        putLong(CountersLayout.WORD_OFFSET, CountersLayout.MAGIC | CountersLayout.VERSION);

        try (RunView view = RunView.open(path, 1)) {
            assertThat(view.look().counter("received")).isEqualTo(80);
        }
    }

    @Test
    void aFileThatIsNotThereIsSaidToBeSo() {
        assertThatThrownBy(() -> RunView.open(directory.resolve("3.cnc"))).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void countsOfARunThatStoppedInAnUpdateAreSaidNotToBelongTogether() throws IOException {
        putLong(CountersLayout.CHANGES_OFFSET, 3);

        try (RunView view = RunView.open(path)) {
            RunSnapshot seen = view.look(3);
            assertThat(seen.whole()).isFalse();
            assertThat(seen.counter("received")).isEqualTo(80);
        }
    }

    private void putLong(int offset, long value) throws IOException {
        put(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder()).putLong(0, value), offset);
    }

    private void putInt(int offset, int value) throws IOException {
        put(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.nativeOrder()).putInt(0, value), offset);
    }

    private void put(ByteBuffer bytes, int offset) throws IOException {
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
            channel.write(bytes, offset);
        }
    }
}
