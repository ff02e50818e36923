package io.ringmain.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with a directory is said, and what to do. */
class FileCheckpointStoreTest {

    @TempDir
    Path temporary;

    @Test
    void whatWasWrittenIsRead() throws IOException {
        try (var store = new FileCheckpointStore(temporary.resolve("a/b"))) {
            store.open();
            assertThat(store.read()).isNull();

            store.write(new byte[] {1, 2, 3});

            assertThat(store.read()).containsExactly(1, 2, 3);
        }
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsRefused() throws IOException {
        Path file = Files.createFile(temporary.resolve("taken"));

        try (var store = new FileCheckpointStore(file)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(store::open)
                    .withMessage(file
                            + ": something of that name is there (expected: a directory that can be made and written);"
                            + " correct the path, or give another");
        }
    }

    @Test
    void aDirectoryInUseIsRefused() throws IOException {
        try (var first = new FileCheckpointStore(temporary);
                var second = new FileCheckpointStore(temporary)) {
            first.open();

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(second::open)
                    .withMessageContaining("another run keeps its checkpoints there");
        }
    }

    @Test
    void aDamagedCheckpointIsRefused() throws IOException {
        try (var store = new FileCheckpointStore(temporary)) {
            store.open();
            store.write(new byte[] {1, 2, 3});
            Path file = temporary.resolve("checkpoint");
            byte[] bytes = Files.readAllBytes(file);
            bytes[bytes.length - 1]++;
            Files.write(file, bytes);

            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(store::read)
                    .withMessageContaining("the checksum is another")
                    .withMessageContaining("remove the directory");
        }
    }
}
