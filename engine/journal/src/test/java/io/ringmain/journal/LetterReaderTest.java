package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.journal.LetterReader.Verified;
import io.ringmain.journal.internal.queue.CycleCursor;
import io.ringmain.journal.internal.queue.CycleFile;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.EventType;
import io.ringmain.spi.LetterCodec;
import io.ringmain.spi.Reentry;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Letters are read, verified, salvaged and purged. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class LetterReaderTest {

    private static final Reentry ANYWHERE = new Reentry() {
        @Override
        public @Nullable EventType<?> typeAt(String name) {
            return Failed.TYPE;
        }

        @Override
        public Object claim(String name, long id) {
            return Failed.TYPE.create();
        }
    };

    @TempDir
    private Path folder;

    private Path directory;
    private ChronicleDeadLetters letters;

    @BeforeEach
    void open() throws IOException {
        directory = folder.resolve("letters");
        letters = ChronicleDeadLetters.builder(directory)
                .clock(() -> 1_000_000)
                .keeping(Keeping.full(64 << 20))
                .build();
        letters.retries().wakes(() -> {});
        letters.open();
    }

    @AfterEach
    void close() throws IOException {
        letters.close();
    }

    private void add(int count) throws IOException {
        for (int i = 0; i < count; i++) {
            Failed failed = Failed.at(i);
            failed.stage = i % 3 == 0 ? "third" : "stage";
            failed.event.note = "x".repeat(1000);
            while (!letters.add(failed)) {
                Thread.onSpinWait();
            }
        }
        letters.flush();
    }

    private List<FoundLetter> read() throws IOException {
        List<FoundLetter> found = new ArrayList<>();
        try (LetterReader reader = LetterReader.open(directory)) {
            reader.read(found::add);
        }
        return found;
    }

    private void resolve(long... ids) throws IOException {
        letters.retries().request(ids);
        letters.retries().fill(ANYWHERE, ids.length);
        resolved += ids.length;
        letters.retries().acknowledged(resolved);
        letters.flush();
    }

    private long resolved;

    @Test
    void whatIsBroughtIsALetterLikeAnyOther() throws IOException {
        byte[] event = {1, 2, 3, 4, 5};
        var failure = new LetterCopy.Failure("stage", "reason", "no", 3);
        var origin = new LetterCopy.Origin("pipeline", "source", 77);

        long first = letters.bring(new LetterCopy(5, failure, origin, new LetterCopy.Event("other", 9, event, 1, 3)));
        long second =
                letters.bring(new LetterCopy(6, failure, origin, new LetterCopy.Event("other", 9, new byte[0], 0, 0)));

        List<Letter> found = Letters.in(directory);
        assertThat(found).extracting(Letter::id).containsExactly(first, second);
        assertThat(found).extracting(Letter::hasEvent).containsExactly(true, false);
        assertThat(found.get(0)).satisfies(letter -> {
            assertThat(letter.timeNs()).isEqualTo(5);
            assertThat(List.of(letter.pipeline(), letter.stage(), letter.reason(), letter.message()))
                    .containsExactly("pipeline", "stage", "reason", "no");
            assertThat(letter.attempts()).isEqualTo(3);
            assertThat(letter.source()).isEqualTo("source");
            assertThat(letter.position()).isEqualTo(77);
            assertThat(letter.positionLasts()).isFalse();
            assertThat(letter.parent()).isEmpty();
            assertThat(letter.codec()).isEqualTo("other");
            assertThat(letter.codecFormat()).isEqualTo(9);
            assertThat(letter.event()).isEqualTo(event);
            assertThat(letter.payload()).containsExactly(2, 3, 4);
        });
        assertThat(letters.count()).isEqualTo(2);
    }

    @Test
    void whatHasNoRoomInALetterIsNotBrought() {
        String text = "x".repeat(LetterCopy.TEXT_BYTES_MAX + 1);

        assertThatThrownBy(() -> new LetterCopy.Failure("stage", "reason", text, 1))
                .hasMessage("message: 4097 bytes (expected: <= 4096)");
        assertThatThrownBy(() -> new LetterCopy.Failure("stage", "reason", "no", 0))
                .hasMessage("attempts: 0 (expected: >= 1)");
        assertThatThrownBy(() -> new LetterCopy.Event("codec", 1, new byte[64 << 20], 0, 0))
                .hasMessageStartingWith("event: 67108864 bytes (expected: <= ");
    }

    @Test
    void lettersAreReadInOrderWithWhatBecameOfThem() throws IOException {
        add(4);
        resolve(2);

        List<FoundLetter> found = read();
        assertThat(found).extracting(one -> one.letter().id()).containsExactly(0L, 1L, 2L, 3L);
        assertThat(found)
                .extracting(FoundLetter::state)
                .containsExactly(LetterState.OPEN, LetterState.OPEN, LetterState.RESOLVED, LetterState.OPEN);
        assertThat(found).extracting(FoundLetter::stateTimeNs).containsExactly(0L, 0L, 1_000_000L, 0L);
    }

    @Test
    void aReaderStopsWhenItIsTold() throws IOException {
        add(10);
        List<FoundLetter> found = new ArrayList<>();
        try (LetterReader reader = LetterReader.open(directory)) {
            reader.read(one -> found.add(one) && found.size() < 3);
        }
        assertThat(found).hasSize(3);
    }

    @Test
    void aLetterIsFoundByItsNumber() throws IOException {
        add(5_000);

        try (LetterReader reader = LetterReader.open(directory)) {
            List<FoundLetter> all = read();
            for (int index : new int[] {4_999, 0, 700, 701, 4_998, 3}) {
                long id = all.get(index).letter().id();
                assertThat(reader.find(id).orElseThrow().letter().position()).isEqualTo(index);
            }
            assertThat(reader.find(99L << 32)).isEmpty();
            assertThat(reader.find(1_000_000)).isEmpty();
        }
    }

    @Test
    void whereNothingIsNothingIsFound() throws IOException {
        try (LetterReader reader = LetterReader.open(folder.resolve("nowhere"))) {
            reader.read(one -> {
                throw new AssertionError(one);
            });
            assertThat(reader.find(0)).isEmpty();
            assertThat(reader.verify()).isEqualTo(new Verified(0, 0, 0, List.of()));
        }
    }

    @Test
    void anEditedLetterHasTheNewEventAndTheOldOrigin() throws IOException {
        add(1);
        Cell cell = Cell.TYPE.create();
        cell.value = 77;
        cell.note = "better";
        var bytes = new ByteArrayOutputStream();
        Failed.TYPE.write(cell, new DataOutputStream(bytes));

        OptionalLong child = letters.edit(0, bytes.toByteArray(), 0, bytes.size());

        assertThat(child).hasValue(1);
        List<FoundLetter> found = read();
        assertThat(found.get(0).state()).isEqualTo(LetterState.EDITED);
        assertThat(found.get(0).child()).hasValue(1);
        Letter edited = found.get(1).letter();
        assertThat(edited.parent()).hasValue(0);
        assertThat(edited.stage()).isEqualTo("third");
        assertThat(edited.source()).isEqualTo("source");
        Cell read = Cell.TYPE.create();
        edited.read(read, LetterCodec.of(Failed.TYPE));
        assertThat(read.note).isEqualTo("better");
        assertThat(letters.edit(0, new byte[0], 0, 0)).isEmpty();
        assertThat(letters.edit(9, new byte[0], 0, 0)).isEmpty();
        assertThat(letters.count()).isEqualTo(2);
    }

    @Test
    void aPurgeDeletesTheFilesInWhichNothingIsOpen() throws IOException {
        add(10_000);
        int files = CycleFile.list(directory).size();
        assertThat(files).isGreaterThan(2);

        Purged some = letters.purge(found -> found.letter().stage().equals("third"));
        assertThat(some).isEqualTo(new Purged(3_334, 0, 0));
        Purged half = letters.purge(found -> found.letter().position() < 5_000);
        assertThat(half.files()).isBetween(1, files - 1);
        assertThat(letters.count()).isEqualTo(10_000 - half.deleted());
        assertThat(read())
                .filteredOn(found -> found.state() == LetterState.OPEN)
                .hasSize(10_000 - 3_334 - (int) half.marked());

        Purged rest = letters.purge(found -> true);
        assertThat(rest.deleted()).isEqualTo(10_000 - half.deleted());
        assertThat(read()).isEmpty();
        add(1);
        assertThat(read()).hasSize(1);
    }

    @Test
    void aPurgeForgetsNothingOfLettersThatStay() throws IOException {
        add(1);
        letters.purge(found -> false);
        add(1);
        resolve(0);
        // Now the first file has two letters of which one is open, and the second says that the other is resolved.
        List<FoundLetter> before = read();
        assertThat(before).extracting(FoundLetter::state).containsExactly(LetterState.RESOLVED, LetterState.OPEN);

        Purged purged = letters.purge(found -> false);

        assertThat(purged).isEqualTo(new Purged(0, 1, 1));
        assertThat(read()).extracting(FoundLetter::state).containsExactly(LetterState.OPEN);

        resolve(before.get(1).letter().id());
        add(1);
        assertThat(letters.purge(found -> false).files()).isEqualTo(1);
        assertThat(read()).extracting(FoundLetter::state).containsExactly(LetterState.OPEN);
    }

    @Test
    void whatAFileThatGoesSaysOfLettersThatStayIsSaidAgain() throws IOException {
        add(2);
        letters.purge(found -> false);
        resolve(0);
        letters.purge(found -> false);

        // The file that said so had no letters.
        letters.close();
        assertThat(read()).extracting(FoundLetter::state).containsExactly(LetterState.RESOLVED, LetterState.OPEN);
        assertThat(CycleFile.list(directory)).hasSize(2);
    }

    @Test
    void aFullStoreHasRoomAfterAPurge() throws IOException {
        letters.close();
        letters = ChronicleDeadLetters.builder(directory)
                .keeping(Keeping.full(Keeping.BYTES_MIN))
                .build();
        letters.retries().wakes(() -> {});
        letters.open();
        Failed failed = Failed.at(1);
        failed.event.note = "x".repeat(10_000);
        boolean isTaken = true;
        while (isTaken) {
            isTaken = letters.add(failed);
            letters.flush();
        }
        assertThat(letters.add(failed)).isFalse();

        letters.purge(found -> true);

        assertThat(letters.add(failed)).isTrue();
    }

    @Test
    void whatIsWholeIsVerified() throws IOException {
        add(5_000);
        resolve(0, 1);

        try (LetterReader reader = LetterReader.open(directory)) {
            Verified verified = reader.verify();
            assertThat(verified.letters()).isEqualTo(5_000);
            assertThat(verified.marks()).isEqualTo(2);
            assertThat(verified.files()).isEqualTo(CycleFile.list(directory).size());
            assertThat(verified.damages()).isEmpty();
        }
    }

    /** Where the excerpt of letter {@code index} begins in the file that it is in, which is returned too. */
    private record Place(Path file, long position) {}

    private Place placeOf(int index) throws IOException {
        int at = 0;
        for (CycleFile file : CycleFile.list(directory)) {
            try (var cursor = new CycleCursor(file)) {
                while (cursor.nextWhole()) {
                    if (at++ == index) {
                        return new Place(file.path(), cursor.position());
                    }
                }
            }
        }
        throw new AssertionError("no letter " + index);
    }

    private static void write(Place place, int offset, byte[] bytes) throws IOException {
        try (var file = new RandomAccessFile(place.file().toFile(), "rw")) {
            file.seek(place.position() + offset);
            file.write(bytes);
        }
    }

    @Test
    void damageIsFoundAndWhatIsWholeIsSalvaged() throws IOException {
        add(5_000);
        letters.close();
        Place flipped = placeOf(10);
        Place lengthened = placeOf(20);
        Place holed = placeOf(30);
        Place cut = placeOf(4_990);
        Place afterFlipped = placeOf(11);
        write(flipped, 100, new byte[] {1, 2, 3});
        write(lengthened, 1, new byte[] {77});
        write(holed, 0, new byte[3_000]);
        try (var file = new RandomAccessFile(cut.file().toFile(), "rw")) {
            file.setLength(cut.position() + 100);
        }

        try (LetterReader reader = LetterReader.open(directory)) {
            Verified verified = reader.salvage(folder.resolve("salvaged"));
            assertThat(verified.damages()).hasSize(4);
            assertThat(verified.damages().get(0))
                    .isEqualTo(new LetterReader.Damage(
                            flipped.file(),
                            flipped.position(),
                            afterFlipped.position(),
                            "an excerpt with another checksum"));
            assertThat(verified.damages().get(2).what()).isEqualTo("nothing, with something behind it");
            assertThat(verified.damages().get(3).end()).isEqualTo(-1);
            assertThat(verified.letters()).isEqualTo(5_000 - 1 - 1 - 3 - 10);
        }

        List<FoundLetter> damaged = new ArrayList<>();
        try (LetterReader reader = LetterReader.open(folder.resolve("salvaged"))) {
            reader.read(damaged::add);
            Verified verified = reader.verify();
            assertThat(verified.damages()).isEmpty();
            assertThat(verified.letters()).isEqualTo(4_985);
            assertThat(reader.find(damaged.get(25).letter().id())
                            .orElseThrow()
                            .letter()
                            .position())
                    .isEqualTo(damaged.get(25).letter().position());
            assertThatThrownBy(() -> reader.salvage(folder.resolve("salvaged")))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("give another directory");
        }
        assertThat(damaged).hasSize(4_985);
        assertThat(damaged.get(10).letter().position()).isEqualTo(11);

        // The next run goes on there.
        letters = ChronicleDeadLetters.in(folder.resolve("salvaged"));
        letters.retries().wakes(() -> {});
        letters.open();
        assertThat(letters.count()).isEqualTo(4_985);
        letters.add(Failed.at(1));
        letters.flush();
        assertThat(letters.count()).isEqualTo(4_986);
    }

    @Test
    void whatWasBegunAndNotEndedIsSaid() throws IOException {
        add(2);
        letters.close();
        Place last = placeOf(1);
        long length = placeOf(1).position() - placeOf(0).position();
        write(last, (int) length + 4, "half".getBytes(java.nio.charset.StandardCharsets.UTF_8));

        try (LetterReader reader = LetterReader.open(directory)) {
            assertThat(reader.verify().damages())
                    .containsExactly(new LetterReader.Damage(
                            last.file(), last.position() + length, -1, "an excerpt that was begun and not ended"));
        }
    }

    /** Counts the letters in a directory, again and again, until there are as many as it is told; fails if they ever get fewer or change. */
    static final class Counting {

        private Counting() {}

        public static void main(String[] args) throws IOException {
            long wanted = Long.parseLong(args[1]);
            long before = 0;
            while (before < wanted) {
                long[] seen = new long[1];
                try (LetterReader reader = LetterReader.open(Path.of(args[0]))) {
                    reader.read(found -> {
                        if (found.letter().position() != seen[0]) {
                            throw new AssertionError(found.letter() + " at " + seen[0]);
                        }
                        seen[0]++;
                        return true;
                    });
                }
                if (seen[0] < before) {
                    throw new AssertionError(seen[0] + " after " + before);
                }
                before = seen[0];
            }
        }
    }

    @Test
    void anotherProcessReadsWhileThisOneWrites() throws Exception {
        int count = 40_000;
        Files.createDirectories(directory);
        Process reader = new ChildJvm(Counting.class, directory, count).start();
        add(count);

        assertThat(reader.waitFor()).isZero();
    }

    @Test
    @Tag("slow")
    @Timeout(300)
    void aMillionLettersAreCountedByReason() throws IOException {
        letters.close();
        letters = ChronicleDeadLetters.in(directory);
        letters.retries().wakes(() -> {});
        letters.open();
        Failed failed = Failed.at(0);
        for (int i = 0; i < 1_000_000; i++) {
            failed.position = i;
            failed.stage = i % 4 == 0 ? "fourth" : "stage";
            while (!letters.add(failed)) {
                Thread.onSpinWait();
            }
        }
        letters.flush();

        Map<String, Integer> byStage = new HashMap<>();
        Predicate<FoundLetter> count = found -> {
            byStage.merge(found.letter().stage(), 1, Integer::sum);
            return true;
        };
        try (LetterReader reader = LetterReader.open(directory)) {
            reader.read(count);
        }
        assertThat(byStage).containsOnly(Map.entry("fourth", 250_000), Map.entry("stage", 750_000));
        assertThat(letters.count()).isEqualTo(1_000_000);
    }
}
