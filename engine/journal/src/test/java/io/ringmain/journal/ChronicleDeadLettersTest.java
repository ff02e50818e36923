package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.config.Durability;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.EventType;
import io.ringmain.spi.LetterCodec;
import io.ringmain.spi.Reasoned;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Letters in files: whole, in order, once, and bounded. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class ChronicleDeadLettersTest {

    @TempDir
    private Path directory;

    private final AtomicLong clockNs = new AtomicLong(1_000);
    private final List<ChronicleDeadLetters> opened = new ArrayList<>();

    private ChronicleDeadLetters.Builder builder() {
        return ChronicleDeadLetters.builder(directory).clock(clockNs::get);
    }

    private ChronicleDeadLetters open(ChronicleDeadLetters.Builder builder) throws IOException {
        ChronicleDeadLetters letters = builder.build();
        letters.open();
        opened.add(letters);
        return letters;
    }

    private ChronicleDeadLetters open() throws IOException {
        return open(builder());
    }

    @AfterEach
    void closeAll() throws IOException {
        for (ChronicleDeadLetters letters : opened) {
            letters.close();
        }
    }

    private static void addWhenThereIsRoom(ChronicleDeadLetters letters, Failed failed) {
        while (!letters.add(failed)) {
            Thread.onSpinWait();
        }
    }

    private static final class Refusal extends Exception implements Reasoned {

        private static final long serialVersionUID = 1;

        Refusal() {
            super("Größe: 𝄞");
        }

        @Override
        public String reason() {
            return "too_large";
        }
    }

    @ParameterizedTest
    @EnumSource
    void aLetterHasAllThatIsKnown(Durability durability) throws IOException {
        ChronicleDeadLetters letters = open(builder().durability(durability));
        Failed failed = Failed.at(42).with(new Refusal());
        failed.attempts = 3;
        failed.event.note = "note";

        assertThat(letters.add(failed)).isTrue();
        letters.flush();

        assertThat(letters.count()).isEqualTo(1);
        Letter letter = Letters.in(directory).get(0);
        assertThat(letter.id()).isZero();
        assertThat(letter.timeNs()).isEqualTo(1_000);
        assertThat(letter.pipeline()).isEqualTo("pipeline");
        assertThat(letter.stage()).isEqualTo("stage");
        assertThat(letter.reason()).isEqualTo("too_large");
        assertThat(letter.message()).isEqualTo("Größe: 𝄞");
        assertThat(letter.attempts()).isEqualTo(3);
        assertThat(letter.source()).isEqualTo("source");
        assertThat(letter.position()).isEqualTo(42);
        assertThat(letter.positionLasts()).isTrue();
        assertThat(letter.ingressNs()).isEqualTo(7);
        assertThat(letter.parent()).isEmpty();
        assertThat(letter.codec()).isEqualTo("portable");
        assertThat(letter.codecFormat()).isEqualTo(1);
        Cell cell = Failed.TYPE.create();
        letter.read(cell, LetterCodec.of(Failed.TYPE));
        assertThat(cell.value).isEqualTo(42);
        assertThat(cell.note).isEqualTo("note");
        assertThat(letter.payload()).isEqualTo(letter.event());
    }

    @Test
    void messagesReadAsTheEngineShowsThem() throws IOException {
        List<Failed> all = List.of(
                Failed.at(0).with(new IOException("broken")),
                Failed.at(1).with(new IOException()),
                Failed.at(2).with(new Refusal()),
                Failed.at(3).with(new IOException("half \ud834 and \udd1e end")));
        ChronicleDeadLetters letters = open();
        for (Failed failed : all) {
            letters.add(failed);
        }
        letters.add(Failed.at(4).with(new IOException("é".repeat(5000))));
        letters.flush();

        List<Letter> found = Letters.in(directory);
        for (int i = 0; i < 3; i++) {
            assertThat(found.get(i).message()).isEqualTo(all.get(i).message());
        }
        assertThat(found.get(3).message()).isEqualTo("java.io.IOException: half ? and ? end");
        assertThat(found.get(4).message()).startsWith("java.io.IOException: éé").endsWith("é");
        assertThat(found.get(4).message().getBytes(StandardCharsets.UTF_8)).hasSizeBetween(4090, 4096);
    }

    @Test
    void manyLettersFromManyLanesAreAllThere() throws Exception {
        ChronicleDeadLetters letters = open(builder().bufferBytes(64 << 10));
        List<Thread> lanes = new ArrayList<>();
        for (int lane = 0; lane < 3; lane++) {
            String source = "source" + lane;
            var thread = new Thread(() -> {
                for (int i = 0; i < 5_000; i++) {
                    Failed failed = Failed.at(i);
                    failed.source = source;
                    addWhenThereIsRoom(letters, failed);
                }
            });
            lanes.add(thread);
            thread.start();
        }
        for (Thread lane : lanes) {
            lane.join();
        }
        letters.flush();

        List<Letter> found = Letters.in(directory);
        assertThat(letters.count()).isEqualTo(15_000);
        for (int lane = 0; lane < 3; lane++) {
            String source = "source" + lane;
            assertThat(found.stream().filter(letter -> letter.source().equals(source)))
                    .extracting(Letter::position)
                    .hasSize(5_000)
                    .isSorted();
        }
    }

    @Test
    void aLetterLargerThanTheBufferMakesItGrow() throws IOException {
        ChronicleDeadLetters letters = open(builder().bufferBytes(64 << 10).codec(Failed.TYPE, new Sized()));

        addWhenThereIsRoom(letters, Failed.at(500_000));
        addWhenThereIsRoom(letters, Failed.at(3));
        letters.flush();

        assertThat(Letters.in(directory)).extracting(Letter::eventBytes).containsExactly(500_000, 3);
    }

    @Test
    void anEventThatCannotBeWrittenLeavesALetterWithoutIt() throws IOException {
        ChronicleDeadLetters letters = open(builder().codec(Failed.TYPE, new Sized()));

        addWhenThereIsRoom(letters, Failed.at(-1));
        addWhenThereIsRoom(letters, Failed.at(65 << 20));
        addWhenThereIsRoom(letters, Failed.at(5));
        letters.flush();

        assertThat(Letters.in(directory)).extracting(Letter::hasEvent).containsExactly(false, false, true);
        assertThat(Letters.in(directory).get(0).message()).isEqualTo("java.lang.IllegalStateException: no");
    }

    /** Writes as many bytes as the event says; of less than none it can not. */
    private static final class Sized implements LetterCodec<Cell> {

        private static final byte[] SOME = new byte[1 << 20];

        @Override
        public String name() {
            return "long";
        }

        @Override
        public int format() {
            return 1;
        }

        @Override
        public void write(Cell event, DataOutput out) throws IOException {
            if (event.value < 0) {
                out.writeLong(0);
                throw new IOException("less than none");
            }
            for (long left = event.value; left > 0; left -= SOME.length) {
                out.write(SOME, 0, (int) Math.min(left, SOME.length));
            }
        }

        @Override
        public void read(Cell event, DataInput in, int format) {
            throw new UnsupportedOperationException("read");
        }
    }

    @Test
    void aTypeThatCannotBeWrittenIsRefused() throws IOException {
        ChronicleDeadLetters letters = open();
        Failed failed = Failed.at(1);
        failed.type = EventType.of(Cell.TYPE::create);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> letters.add(failed))
                .withMessageContaining("expected: a Portable type");
    }

    @Test
    void aStoreThatIsNotOpenTakesNothing() throws IOException {
        ChronicleDeadLetters letters = builder().build();
        assertThatIllegalStateException().isThrownBy(() -> letters.add(Failed.at(1)));
        assertThat(letters.count()).isZero();
        letters.close();

        letters.open();
        assertThatThrownBy(this::open).hasMessageContaining("another run writes there");
        letters.close();
        letters.close();
        assertThatIllegalStateException().isThrownBy(() -> letters.add(Failed.at(1)));
    }

    @Test
    void closingWritesWhatWasTaken() throws IOException {
        try (var first = new Closing(open())) {
            first.letters.add(Failed.at(1));
        }

        ChronicleDeadLetters second = open();
        assertThat(second.count()).isEqualTo(1);
        second.add(Failed.at(2));
        second.flush();
        assertThat(Letters.in(directory)).extracting(Letter::position).containsExactly(1L, 2L);
        assertThat(Letters.in(directory)).extracting(Letter::run).doesNotHaveDuplicates();
    }

    private record Closing(ChronicleDeadLetters letters) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            letters.close();
        }
    }

    @Test
    void anotherPipelineMayUseTheStoreAfterwards() throws IOException {
        ChronicleDeadLetters letters = open();
        add(letters, 1);
        letters.close();

        letters.open();
        add(letters, 1);

        assertThat(Letters.in(directory)).hasSize(2).extracting(Letter::run).doesNotHaveDuplicates();
        assertThat(Letters.in(directory)).extracting(Letter::number).containsExactly(1L, 1L);
    }

    private static byte[] saved(ChronicleDeadLetters letters) throws IOException {
        var bytes = new ByteArrayOutputStream();
        letters.save(new DataOutputStream(bytes));
        return bytes.toByteArray();
    }

    private ChronicleDeadLetters openAfter(byte[] saved) throws IOException {
        ChronicleDeadLetters letters = builder().build();
        letters.load(new DataInputStream(new ByteArrayInputStream(saved)));
        letters.open();
        opened.add(letters);
        return letters;
    }

    private void add(ChronicleDeadLetters letters, long... positions) throws IOException {
        for (long position : positions) {
            assertThat(letters.add(Failed.at(position))).isTrue();
        }
        letters.flush();
    }

    @Test
    void aRunThatGoesOnWritesNoLetterTwice() throws IOException {
        ChronicleDeadLetters first = open();
        add(first, 1, 2);
        byte[] checkpoint = saved(first);
        add(first, 3, 4, 5);
        first.close();

        ChronicleDeadLetters second = openAfter(checkpoint);
        add(second, 3, 4);
        byte[] between = saved(second);
        add(second, 5, 6, 3);
        second.close();

        assertThat(Letters.in(directory)).extracting(Letter::position).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 3L);
        assertThat(Letters.in(directory)).extracting(Letter::number).containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L);

        // Killed again: what was behind the second checkpoint, and what was still to come of the first run.
        ChronicleDeadLetters third = openAfter(between);
        add(third, 5, 6, 3, 7);
        assertThat(Letters.in(directory))
                .extracting(Letter::position)
                .endsWith(5L, 6L, 3L, 7L)
                .hasSize(8);
    }

    @Test
    void aRunThatIsKilledTwiceBeforeACheckpointWritesNoLetterTwice() throws IOException {
        ChronicleDeadLetters first = open();
        byte[] checkpoint = saved(first);
        add(first, 1);
        first.close();
        ChronicleDeadLetters second = openAfter(checkpoint);
        add(second, 1, 2);
        second.close();

        add(openAfter(checkpoint), 1, 2, 3);

        assertThat(Letters.in(directory)).extracting(Letter::position).containsExactly(1L, 2L, 3L);
    }

    @Test
    void whatDiffersInStageOrSourceIsAnotherLetter() throws IOException {
        ChronicleDeadLetters first = open();
        byte[] checkpoint = saved(first);
        add(first, 1);
        first.close();
        ChronicleDeadLetters second = openAfter(checkpoint);
        Failed stage = Failed.at(1);
        stage.stage = "another";
        Failed source = Failed.at(1);
        source.source = "another";
        Failed passing = Failed.at(1);
        passing.lasts = false;

        second.add(stage);
        second.add(source);
        second.add(passing);
        second.add(Failed.at(1));
        second.add(Failed.at(1));
        second.flush();

        assertThat(Letters.in(directory)).hasSize(5);
    }

    @Test
    void aStoreThatIsFullHasNoRoomAndLosesNothing() throws IOException {
        ChronicleDeadLetters letters = open(builder()
                .bufferBytes(64 << 10)
                .keeping(Keeping.full(Keeping.BYTES_MIN))
                .codec(Failed.TYPE, new Sized()));
        long taken = 0;
        boolean isTaken = true;
        while (isTaken) {
            isTaken = letters.add(Failed.at(10_000));
            if (!isTaken) {
                // It may only have been the buffer.
                letters.flush();
                isTaken = letters.add(Failed.at(10_000));
            }
            taken += isTaken ? 1 : 0;
        }
        letters.flush();

        assertThat(letters.add(Failed.at(10_000))).isFalse();
        assertThat(Letters.in(directory)).hasSize((int) taken);
        assertThat(taken).isBetween(250L, 420L);
        assertThat(letters.dropped()).isZero();
    }

    @Test
    void theOldestAreDroppedWhereThatIsWanted() throws IOException {
        ChronicleDeadLetters letters =
                open(builder().keeping(Keeping.dropOldest(Keeping.BYTES_MIN)).codec(Failed.TYPE, new Sized()));
        for (int i = 0; i < 1_000; i++) {
            addWhenThereIsRoom(letters, Failed.at(10_000 + i % 2));
        }
        letters.flush();

        List<Letter> found = Letters.in(directory);
        assertThat(found).hasSizeBetween(180, 420);
        assertThat(letters.count()).isEqualTo(found.size());
        assertThat(letters.dropped()).isEqualTo(1_000 - found.size());
        assertThat(found.get(found.size() - 1).number()).isEqualTo(1_000);
        assertThat(found.get(0).number()).isEqualTo(1_001 - found.size());
    }

    @Test
    void oldLettersAreDroppedWhereThatIsWanted() throws IOException {
        Keeping week = new Keeping(1 << 30, Optional.of(Duration.ofDays(7)), WhenOutgrown.DROP_OLDEST);
        ChronicleDeadLetters letters = open(builder().keeping(week));
        long dayNs = Duration.ofDays(1).toNanos();

        for (int day = 0; day < 30; day++) {
            clockNs.set(day * dayNs);
            add(letters, day);
        }

        List<Letter> found = Letters.in(directory);
        assertThat(found)
                .hasSizeBetween(7, 15)
                .last()
                .extracting(Letter::position)
                .isEqualTo(29L);
        assertThat(letters.dropped()).isEqualTo(30 - found.size());
    }

    @Test
    void anOldLetterThatIsBroughtTakesNoYoungerOneWithIt() throws IOException {
        Keeping week = new Keeping(1 << 30, Optional.of(Duration.ofDays(7)), WhenOutgrown.DROP_OLDEST);
        long dayNs = Duration.ofDays(1).toNanos();
        clockNs.set(30 * dayNs);
        ChronicleDeadLetters letters = open(builder().keeping(week));
        add(letters, 1);
        letters.bring(new LetterCopy(
                dayNs,
                new LetterCopy.Failure("stage", "reason", "no", 1),
                new LetterCopy.Origin("pipeline", "source", 77),
                new LetterCopy.Event("other", 1, new byte[0], 0, 0)));
        letters.close();

        letters = open(builder().keeping(week));
        clockNs.set(31 * dayNs);
        add(letters, 2);

        assertThat(Letters.in(directory)).extracting(Letter::position).containsExactly(1L, 77L, 2L);
        assertThat(letters.dropped()).isZero();
    }

    @Test
    void boundsThatMakeNoSenseAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keeping.full(1))
                .withMessage("bytesMax: 1 (expected: >= 4194304)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Keeping(1 << 30, Optional.of(Duration.ofDays(1)), WhenOutgrown.FULL))
                .withMessageContaining("choose WhenOutgrown.DROP_OLDEST");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder().bufferBytes(1))
                .withMessage("bufferBytes: 1 (expected: >= 65536)");
    }

    @Test
    void numbersAreShownShort() {
        assertThat(LetterId.text((12L << 32) | 345)).isEqualTo("12-345");
        assertThat(LetterId.parse("12-345")).hasValue((12L << 32) | 345);
        assertThat(LetterId.parse("2147483647-4294967295")).hasValue(Long.MAX_VALUE);
        for (String wrong : List.of("", "-", "12", "12-", "-1-1", "1-1-1", "2147483648-0", "1-4294967296", "a-b")) {
            assertThat(LetterId.parse(wrong)).as(wrong).isEmpty();
        }
    }
}
