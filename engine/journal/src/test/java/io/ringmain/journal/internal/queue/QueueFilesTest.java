package io.ringmain.journal.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.journal.internal.queue.CycleCursor.Found;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that roll when we say, have one writer, and say what is in them. */
class QueueFilesTest {

    private static final int KIND = 7;

    @TempDir
    private Path directory;

    private final List<QueueFiles> opened = new ArrayList<>();

    private QueueFiles open() throws IOException {
        return open(false);
    }

    private QueueFiles open(boolean forced) throws IOException {
        var files = new QueueFiles(directory, QueueFiles.FILE_BYTES_MIN, forced);
        files.open();
        opened.add(files);
        return files;
    }

    @AfterEach
    void closeAll() throws IOException {
        for (QueueFiles files : opened) {
            files.close();
        }
    }

    private static long append(QueueFiles files, String text) throws IOException {
        byte[] bytes = ("<" + text + ">").getBytes(StandardCharsets.UTF_8);
        return files.append(KIND, bytes, 1, bytes.length - 2);
    }

    /** Everything that is whole, as {@code id=text}. */
    private List<String> read() throws IOException {
        List<String> found = new ArrayList<>();
        for (CycleFile file : CycleFile.list(directory)) {
            try (var cursor = new CycleCursor(file)) {
                Found next = cursor.next();
                while (next == Found.EXCERPT || (next == Found.DAMAGE && cursor.findBehind())) {
                    if (next == Found.EXCERPT) {
                        assertThat(cursor.kind()).isEqualTo(KIND);
                        found.add(Long.toHexString(cursor.id()) + "="
                                + new String(cursor.bytes(), cursor.offset(), cursor.length(), StandardCharsets.UTF_8));
                    }
                    next = cursor.next();
                }
            }
        }
        return found;
    }

    @Test
    void whatIsAppendedIsReadInOrderWithItsNumber() throws IOException {
        QueueFiles files = open();

        assertThat(files.nextId(1)).isEqualTo(0);
        assertThat(append(files, "a")).isEqualTo(0);
        assertThat(append(files, "")).isEqualTo(1);
        assertThat(files.nextId(1)).isEqualTo(2);
        assertThat(append(files, "ccc")).isEqualTo(2);

        assertThat(read()).containsExactly("0=a", "1=", "2=ccc");
    }

    @Test
    void theQueueItselfReadsTheSameUnderTheSameNumbers() throws IOException {
        QueueFiles files = open();
        for (int i = 0; i < 1000; i++) {
            append(files, "x".repeat(i));
            if (i == 400 || i == 401) {
                files.roll();
            }
        }
        files.close();

        List<String> seen = new ArrayList<>();
        try (ChronicleQueue queue = SingleChronicleQueueBuilder.binary(directory)
                        .blockSize(1 << 20)
                        .readOnly(true)
                        .build();
                ExcerptTailer tailer = queue.createTailer()) {
            Bytes<byte[]> bytes = Bytes.allocateElasticOnHeap();
            while (tailer.readBytes(bytes)) {
                byte[] all = bytes.toByteArray();
                seen.add(Long.toHexString(tailer.lastReadIndex()) + "="
                        + new String(all, 12, all.length - 16, StandardCharsets.UTF_8));
                bytes.clear();
            }
        }

        assertThat(seen).hasSize(1000).isEqualTo(read());
    }

    @Test
    void oneThreadAfterAnotherMayAppend() throws Exception {
        QueueFiles files = open();
        append(files, "a");
        for (int i = 0; i < 3; i++) {
            var failures = new CopyOnWriteArrayList<Throwable>();
            boolean rolls = i == 1;
            var thread = new Thread(() -> {
                try {
                    if (rolls) {
                        files.roll();
                    }
                    append(files, "b");
                } catch (IOException failure) {
                    failures.add(failure);
                }
            });
            thread.start();
            thread.join();
            append(files, "c");
            assertThat(failures).isEmpty();
        }

        assertThat(read()).hasSize(7);
    }

    @Test
    void aFullFileIsFollowedByAnother() throws IOException {
        QueueFiles files = open();
        String text = "x".repeat(100_000);
        for (int i = 0; i < 30; i++) {
            append(files, text);
        }

        assertThat(files.files()).hasSize(4);
        assertThat(files.nextId(10)).isEqualTo(0x3_0000_0003L);
        assertThat(read()).hasSize(30).last().isEqualTo("300000002=" + text);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anotherRunGoesOnInTheSameFile(boolean forced) throws IOException {
        for (int i = 0; i < 3; i++) {
            try (QueueFiles files = open(forced)) {
                append(files, "a" + i);
                files.sync();
                append(files, "b" + i);
            }
        }

        assertThat(read()).containsExactly("0=a0", "1=b0", "2=a1", "3=b1", "4=a2", "5=b2");
    }

    @Test
    void excerptsLargerThanABlockAreWhole() throws IOException {
        QueueFiles files = open();
        var random = new Random(1);
        List<byte[]> all = new ArrayList<>();
        for (int bytes : new int[] {1 << 20, 3, 300_000, 5_000_000, (1 << 20) - 16, 17, 20_000_000}) {
            byte[] excerpt = new byte[bytes];
            random.nextBytes(excerpt);
            files.append(KIND, excerpt, 0, bytes);
            all.add(excerpt);
        }

        int index = 0;
        for (CycleFile file : files.files()) {
            try (var cursor = new CycleCursor(file)) {
                while (cursor.next() == Found.EXCERPT) {
                    assertThat(Arrays.copyOfRange(cursor.bytes(), cursor.offset(), cursor.offset() + cursor.length()))
                            .isEqualTo(all.get(index++));
                }
            }
        }
        assertThat(index).isEqualTo(all.size());
    }

    private QueueFiles open(AtomicReference<String> fault) throws IOException {
        var files = new QueueFiles(directory, QueueFiles.FILE_BYTES_MIN, true, path -> new FaultyAppender(path, fault));
        files.open();
        opened.add(files);
        return files;
    }

    @ParameterizedTest
    @CsvSource({"before,0", "behind,0", "before,1", "behind,1", "before,2", "behind,2"})
    void whatFailedIsWrittenOnceWhenItIsGivenAgain(String when, int rolledBefore) throws IOException {
        var fault = new AtomicReference<>("never");
        QueueFiles files = open(fault);
        if (rolledBefore > 0) {
            append(files, "first");
        }
        if (rolledBefore > 1) {
            files.roll();
        }

        fault.set(when);
        assertThatThrownBy(() -> append(files, "second"))
                .isInstanceOf(IOException.class)
                .hasRootCauseInstanceOf(InternalError.class);
        long id = append(files, "second");
        append(files, "third");
        files.sync();

        assertThat(read())
                .extracting(found -> found.substring(found.indexOf('=') + 1))
                .isEqualTo(rolledBefore > 0 ? List.of("first", "second", "third") : List.of("second", "third"));
        assertThat(read()).contains(Long.toHexString(id) + "=second");
        assertThat(files.files()).hasSize(Math.max(1, rolledBefore));
    }

    @Test
    void aFileThatIsCutWhileItIsWrittenIsPutAside() throws IOException {
        QueueFiles files = open();
        append(files, "a");
        append(files, "b");
        try (var raw = new RandomAccessFile(files.files().get(0).path().toFile(), "rw")) {
            raw.setLength(1000);
        }

        assertThatThrownBy(() -> append(files, "c")).isInstanceOf(IOException.class);
        try {
            append(files, "c");
        } catch (IOException late) {
            // Java may tell of a fault in mapped memory only a moment later.
            append(files, "c");
        }
        append(files, "d");

        assertThat(read()).containsExactly("100000000=c", "100000001=d");
        assertThat(files.files()).extracting(CycleFile::isAside).containsExactly(true, false);
    }

    /** Whoever unmaps it may make it as long as it was, with nothing in it. */
    @Test
    void aFileThatWasCutAndIsLongAgainIsPutAside() throws IOException {
        var fault = new AtomicReference<>("never");
        QueueFiles files = open(fault);
        append(files, "a");
        append(files, "b");
        fault.set("before");
        assertThatThrownBy(() -> append(files, "c")).isInstanceOf(IOException.class);

        try (var raw = new RandomAccessFile(files.files().get(0).path().toFile(), "rw")) {
            long length = raw.length();
            raw.setLength(1000);
            raw.setLength(length);
        }
        append(files, "c");

        assertThat(read()).containsExactly("100000000=c");
        assertThat(files.files()).extracting(CycleFile::isAside).containsExactly(true, false);
    }

    @Test
    void aSecondWriterIsRefused() throws IOException {
        open();

        assertThatThrownBy(this::open)
                .isInstanceOf(IOException.class)
                .hasMessage(
                        directory
                                + ": another run writes there (expected: one at a time); wait for it, or give another directory");
    }

    @Test
    void aFileInPlaceOfTheDirectoryIsSaid() throws IOException {
        directory = Files.createFile(directory.resolve("file"));

        assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("expected: a directory");
    }

    @Test
    void wholeFilesAreDeletedButNotTheCurrentOne() throws IOException {
        QueueFiles files = open();
        append(files, "old");
        files.roll();
        append(files, "new");
        long before = files.allocatedBytes();

        CycleFile current = files.files().get(1);
        assertThatIllegalArgumentException().isThrownBy(() -> files.delete(current));
        files.delete(files.files().get(0));
        append(files, "newer");

        assertThat(read()).containsExactly("100000000=new", "100000001=newer");
        assertThat(files.allocatedBytes()).isEqualTo(before / 2);
    }

    @Test
    void aNumberIsNotGivenAgainWhenAllIsDeleted() throws IOException {
        QueueFiles files = open();
        append(files, "a");
        files.roll();
        files.delete(files.files().get(0));

        assertThat(append(files, "b")).isEqualTo(1L << 32);
    }

    @Test
    void whatAFileTakesOfTheDiskIsNotWhatItSeems() throws IOException {
        QueueFiles files = open();
        append(files, "a");

        Path file = files.files().get(0).path();
        assertThat(Files.size(file)).isGreaterThan(1 << 20);
        assertThat(files.allocatedBytes()).isBetween(100_000L, 700_000L).isCloseTo(diskBytes(file), within(8192));
        files.close();
        QueueFiles again = open();
        assertThat(again.allocatedBytes()).isLessThan(700_000L);
    }

    private static org.assertj.core.data.Offset<Long> within(long bytes) {
        return org.assertj.core.data.Offset.offset(bytes);
    }

    private static long diskBytes(Path file) throws IOException {
        Process process = new ProcessBuilder("du", "-B1", file.toString()).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Long.parseLong(said.substring(0, said.indexOf('\t')));
    }

    @Test
    void aFileThatWasNeverBegunIsDropped() throws IOException {
        Files.write(directory.resolve("19700103F.cq4"), new byte[100_000]);
        Files.write(directory.resolve("19700105F.cq4"), new byte[0]);

        QueueFiles files = open();

        assertThat(append(files, "a")).isEqualTo(5L << 32);
        assertThat(read()).containsExactly("500000000=a");
        assertThat(files.files()).hasSize(1);
    }

    @Test
    void aDamagedFileIsPutAsideAndWhatIsWholeInItIsRead() throws IOException {
        String text = "x".repeat(1000);
        try (QueueFiles files = open()) {
            for (int i = 0; i < 10; i++) {
                append(files, text + i);
            }
        }
        overwrite(text + 3, "y");
        overwrite(text + 4, "y");

        QueueFiles files = open();
        append(files, "after");

        assertThat(read()).hasSize(9).doesNotContain("3=" + text + 3).contains("5=" + text + 5, "100000000=after");
        assertThat(files.files()).extracting(CycleFile::isAside).containsExactly(true, false);
    }

    /** Overwrites the beginning of {@code text} in the first file. */
    private void overwrite(String text, String with) throws IOException {
        Path path = CycleFile.list(directory).get(0).path();
        byte[] all = Files.readAllBytes(path);
        int at = new String(all, StandardCharsets.ISO_8859_1).indexOf(text);
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(at);
            file.write(with.getBytes(StandardCharsets.UTF_8));
        }
    }

    @Test
    void whatWasWrittenHalfwayIsWrittenOver() throws IOException {
        try (QueueFiles files = open()) {
            append(files, "whole");
        }
        Path path = CycleFile.list(directory).get(0).path();
        long end;
        try (var cursor = new CycleCursor(CycleFile.list(directory).get(0))) {
            while (cursor.next() == Found.EXCERPT) {}
            end = cursor.position();
        }
        try (var file = new RandomAccessFile(path.toFile(), "rw")) {
            file.seek(end + 4);
            file.write("RM half an excerpt".getBytes(StandardCharsets.UTF_8));
        }

        QueueFiles files = open();
        append(files, "next");

        assertThat(read()).containsExactly("0=whole", "1=next");
        assertThat(files.files()).hasSize(1);
    }

    @Test
    void readingGoesOnWhereTheWriterDoes() throws IOException {
        QueueFiles files = open();
        append(files, "a");
        try (var cursor = new CycleCursor(files.files().get(0))) {
            assertThat(cursor.next()).isEqualTo(Found.EXCERPT);
            assertThat(cursor.next()).isEqualTo(Found.NOTHING_YET);

            append(files, "b");
            assertThat(cursor.next()).isEqualTo(Found.EXCERPT);
            assertThat(cursor.id()).isEqualTo(1);
            assertThat(cursor.next()).isEqualTo(Found.NOTHING_YET);

            files.roll();
            append(files, "c");
            assertThat(cursor.next()).isEqualTo(Found.END);
        }
    }

    @Test
    void aTruncatedFileSaysSo() throws IOException {
        String text = "x".repeat(1000);
        try (QueueFiles files = open()) {
            append(files, text);
            append(files, text);
        }
        CycleFile file = CycleFile.list(directory).get(0);
        long second;
        try (var cursor = new CycleCursor(file)) {
            cursor.next();
            cursor.next();
            second = cursor.position();
        }
        try (var raw = new RandomAccessFile(file.path().toFile(), "rw")) {
            raw.setLength(second + 500);
        }

        try (var cursor = new CycleCursor(file)) {
            assertThat(cursor.next()).isEqualTo(Found.EXCERPT);
            assertThat(cursor.next()).isEqualTo(Found.DAMAGE);
            assertThat(cursor.damage())
                    .isEqualTo(
                            "the file ends at " + (second + 500) + ", before the excerpt does at " + (second + 1020));
            assertThat(cursor.position()).isEqualTo(second);
            assertThat(cursor.findBehind()).isFalse();
        }
    }
}
