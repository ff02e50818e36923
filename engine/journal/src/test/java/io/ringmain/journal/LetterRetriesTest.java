package io.ringmain.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.ringmain.journal.RetryRequest.Result;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.DeadLetters;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Portable;
import io.ringmain.spi.Reentry;
import io.ringmain.spi.Source.Status;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** Letters go back to their stage when somebody asks, and are dealt with once. */
@Timeout(60)
@ExtendWith(NoThreadLeft.class)
class LetterRetriesTest {

    @TempDir
    private Path directory;

    private final AtomicLong clockNs = new AtomicLong(1_000_000);
    private final Engine engine = new Engine();
    private ChronicleDeadLetters letters;

    /** Takes what comes back, as the intake does. */
    private static final class Engine implements Reentry {

        private final List<Cell> cells = new ArrayList<>();
        private final List<String> places = new ArrayList<>();
        private EventType<?> type = Failed.TYPE;

        @Override
        public @Nullable EventType<?> typeAt(String name) {
            return name.equals("gone") ? null : type;
        }

        @Override
        public Object claim(String name, long id) {
            Cell cell = Failed.TYPE.create();
            cells.add(cell);
            places.add(name + " " + LetterId.text(id));
            return cell;
        }
    }

    @BeforeEach
    void open() throws IOException {
        letters = ChronicleDeadLetters.builder(directory).clock(clockNs::get).build();
        letters.retries().wakes(() -> {});
        letters.open();
    }

    @AfterEach
    void close() throws IOException {
        letters.close();
    }

    private void add(Failed... all) throws IOException {
        for (Failed failed : all) {
            assertThat(letters.add(failed)).isTrue();
        }
        letters.flush();
    }

    private Status fill() throws IOException {
        return letters.retries().fill(engine, 10);
    }

    @Test
    void aLetterGoesBackWithItsEventAndIsResolvedOnceAcknowledged() throws IOException {
        add(Failed.at(10), Failed.at(20), Failed.at(30));

        RetryRequest request = letters.retries().request(2, 0);
        assertThat(fill()).isEqualTo(Status.IDLE);
        assertThat(engine.places).containsExactly("stage 0-0", "stage 0-2");
        assertThat(engine.cells).extracting(cell -> cell.value).containsExactly(10L, 30L);
        assertThat(request.isDone()).isFalse();

        clockNs.set(2_000_000);
        letters.retries().acknowledged(1);
        assertThat(request.results())
                .containsExactly(new Result(0, RetryOutcome.RESOLVED, LetterState.RESOLVED, 2_000_000));
        letters.retries().acknowledged(2);
        assertThat(request.isDone()).isTrue();
        letters.flush();
        assertThat(Letters.marksIn(directory))
                .extracting(Mark::letter, Mark::state, Mark::timeNs)
                .containsExactly(
                        tuple(0L, LetterState.RESOLVED, 2_000_000L), tuple(2L, LetterState.RESOLVED, 2_000_000L));
    }

    @Test
    void whatFailsAgainIsANewLetterOfTheSameEvent() throws IOException {
        Failed first = Failed.at(10);
        first.attempts = 3;
        add(first);
        RetryRequest request = letters.retries().request(0);
        fill();

        Failed again = Failed.again(0);
        again.attempts = 2;
        add(again);
        letters.retries().acknowledged(1);
        letters.flush();

        Letter child = Letters.in(directory).get(1);
        assertThat(child.parent()).hasValue(0);
        assertThat(child.source()).isEqualTo("source");
        assertThat(child.position()).isEqualTo(10);
        assertThat(child.attempts()).isEqualTo(5);
        assertThat(child.positionLasts()).isFalse();
        assertThat(request.results()).extracting(Result::outcome).containsExactly(RetryOutcome.FAILED_AGAIN);
        assertThat(Letters.marksIn(directory)).containsExactly(new Mark(0, LetterState.RETRIED, child.id(), 1_000_000));
        assertThat(letters.count()).isEqualTo(2);
    }

    private void failAgainWithoutAMark(Failed again) throws IOException {
        letters.retries().request(0);
        fill();
        add(again);
        letters.close();
        open();
        letters.retries().request(0);
        fill();
    }

    @Test
    void whatFailsAsItDidBeforeTheRunWasKilledIsNoSecondLetter() throws IOException {
        add(Failed.at(10));
        failAgainWithoutAMark(Failed.again(0));

        add(Failed.again(0));
        letters.retries().acknowledged(1);
        letters.flush();

        assertThat(Letters.in(directory)).extracting(Letter::id).containsExactly(0L, 1L);
        assertThat(Letters.marksIn(directory)).containsExactly(new Mark(0, LetterState.RETRIED, 1, 1_000_000));
    }

    @Test
    void whatFailsElsewhereThanBeforeTheRunWasKilledIsANewLetter() throws IOException {
        add(Failed.at(10));
        Failed elsewhere = Failed.again(0);
        elsewhere.stage = "later";
        failAgainWithoutAMark(elsewhere);

        add(Failed.again(0));
        letters.retries().acknowledged(1);
        letters.flush();

        assertThat(Letters.in(directory)).extracting(Letter::stage).containsExactly("stage", "later", "stage");
        assertThat(Letters.marksIn(directory)).containsExactly(new Mark(0, LetterState.RETRIED, 2, 1_000_000));
    }

    @Test
    void whatCannotBeTriedSaysWhy() throws IOException {
        Failed gone = Failed.at(1);
        gone.stage = "gone";
        add(Failed.at(0), gone, Failed.at(2));
        RetryRequest first = letters.retries().request(0);
        RetryRequest same = letters.retries().request(0);
        RetryRequest wrong = letters.retries().request(1, 99, 7L << 32);

        assertThat(fill()).isEqualTo(Status.IDLE);
        letters.retries().acknowledged(1);
        RetryRequest late = letters.retries().request(0);
        fill();

        assertThat(first.results()).extracting(Result::outcome).containsExactly(RetryOutcome.RESOLVED);
        assertThat(same.results()).extracting(Result::outcome).containsExactly(RetryOutcome.UNDER_WAY);
        assertThat(wrong.results())
                .extracting(Result::outcome)
                .containsExactly(RetryOutcome.NO_SUCH_STAGE, RetryOutcome.NO_SUCH_LETTER, RetryOutcome.NO_SUCH_LETTER);
        letters.flush();
        RetryRequest latest = letters.retries().request(0);
        fill();
        assertThat(late.results()).extracting(Result::outcome).containsExactly(RetryOutcome.DEALT_WITH_BEFORE);
        assertThat(latest.results())
                .containsExactly(new Result(0, RetryOutcome.DEALT_WITH_BEFORE, LetterState.RESOLVED, 1_000_000));
        assertThat(engine.cells).hasSize(1);
    }

    /** Cells that another version wrote. */
    private static final class Older implements Portable<Cell> {

        @Override
        public Cell create() {
            return Cell.TYPE.create();
        }

        @Override
        public void clear(Cell event) {
            Cell.TYPE.clear(event);
        }

        @Override
        public void copy(Cell from, Cell to) {
            Cell.TYPE.copy(from, to);
        }

        @Override
        public int format() {
            return 0;
        }

        @Override
        public void write(Cell event, DataOutput out) throws IOException {
            out.writeByte(0);
        }

        @Override
        public void read(Cell event, DataInput in, int format) throws IOException {
            in.readByte();
        }
    }

    @Test
    void whatThePipelineCannotReadIsLeftOpenAndTakesNoSlot() throws IOException {
        add(Failed.at(0));
        engine.type = new Older();

        RetryRequest request = letters.retries().request(0);
        fill();

        assertThat(request.results()).containsExactly(new Result(0, RetryOutcome.UNREADABLE, LetterState.OPEN, 0));
        assertThat(engine.cells).isEmpty();
    }

    @Test
    void noMoreAreGivenThanThereIsRoomFor() throws IOException {
        add(Failed.at(0), Failed.at(1), Failed.at(2));
        letters.retries().request(0, 1, 2);

        assertThat(letters.retries().fill(engine, 2)).isEqualTo(Status.READY);
        assertThat(engine.cells).hasSize(2);
        assertThat(letters.retries().fill(engine, 2)).isEqualTo(Status.IDLE);
        assertThat(engine.cells).hasSize(3);
    }

    @Test
    void theNextRunKnowsWhatWasDealtWith() throws IOException {
        add(Failed.at(0), Failed.at(1));
        letters.retries().request(0, 1);
        fill();
        letters.retries().acknowledged(1);
        letters.close();
        open();

        RetryRequest request = letters.retries().request(0, 1);
        fill();

        assertThat(request.results()).extracting(Result::outcome).containsExactly(RetryOutcome.DEALT_WITH_BEFORE);
        assertThat(engine.places).containsExactly("stage 0-0", "stage 0-1", "stage 0-1");
    }

    private void killedAfterABarrierBehind(long... ids) throws IOException {
        letters.retries().request(ids);
        fill();
        var checkpoint = new ByteArrayOutputStream();
        letters.save(new DataOutputStream(checkpoint));
        letters.close();
        letters = ChronicleDeadLetters.builder(directory).clock(clockNs::get).build();
        letters.load(new DataInputStream(new ByteArrayInputStream(checkpoint.toByteArray())));
        letters.retries().wakes(() -> {});
        clockNs.set(2_000_000);
        letters.open();
        letters.flush();
    }

    @Test
    void whatCameBackBeforeTheCheckpointIsDealtWithThoughTheRunWasKilledBeforeItsMark() throws IOException {
        add(Failed.at(10), Failed.at(20), Failed.at(30));

        killedAfterABarrierBehind(0, 2);

        assertThat(Letters.marksIn(directory))
                .containsExactlyInAnyOrder(
                        new Mark(0, LetterState.RESOLVED, LetterFormat.NONE, 2_000_000),
                        new Mark(2, LetterState.RESOLVED, LetterFormat.NONE, 2_000_000));
        RetryRequest request = letters.retries().request(0, 1, 2);
        fill();
        assertThat(request.results())
                .extracting(Result::id, Result::outcome)
                .containsExactly(tuple(0L, RetryOutcome.DEALT_WITH_BEFORE), tuple(2L, RetryOutcome.DEALT_WITH_BEFORE));
        assertThat(engine.places).endsWith("stage 0-1");
    }

    @Test
    void whatFailedAgainBeforeTheCheckpointIsTheNewLetter() throws IOException {
        add(Failed.at(10));
        letters.retries().request(0);
        fill();
        add(Failed.again(0));

        killedAfterABarrierBehind();

        assertThat(Letters.marksIn(directory)).containsExactly(new Mark(0, LetterState.RETRIED, 1, 2_000_000));
        assertThat(Letters.in(directory)).hasSize(2);
    }

    @Test
    void anotherLetterThatHasTheSameNumberIsNotTakenForOneThatCameBack(@TempDir Path other) throws IOException {
        add(Failed.at(10));
        letters.retries().request(0);
        fill();
        var checkpoint = new ByteArrayOutputStream();
        letters.save(new DataOutputStream(checkpoint));
        letters.close();
        directory = other;
        open();
        add(Failed.at(50));
        letters.close();

        letters = ChronicleDeadLetters.in(other);
        letters.load(new DataInputStream(new ByteArrayInputStream(checkpoint.toByteArray())));
        letters.open();
        letters.flush();

        assertThat(Letters.marksIn(other)).isEmpty();
    }

    @Test
    void thoseThatAreChosenAndOpenAreAskedForAlsoBeforeTheStoreIsOpen() throws IOException {
        add(Failed.at(0), Failed.at(1), Failed.at(2));
        letters.retry(found -> found.letter().position() == 2);
        fill();
        letters.retries().acknowledged(1);
        letters.close();
        letters = ChronicleDeadLetters.in(directory);

        RetryRequest before = letters.retry(found -> found.letter().position() > 0);
        letters.retries().wakes(() -> {});
        letters.open();
        fill();
        letters.add(Failed.at(3));
        RetryRequest since = letters.retry(found -> found.letter().position() == 3);
        fill();

        assertThat(before.count()).isEqualTo(1);
        assertThat(since.count()).isEqualTo(1);
        assertThat(engine.places).containsExactly("stage 0-2", "stage 0-1", "stage 0-4");
    }

    @Test
    void atTheEndEveryRequestHasItsAnswers() throws IOException {
        add(Failed.at(0), Failed.at(1));
        RetryRequest begun = letters.retries().request(0);
        fill();
        RetryRequest waiting = letters.retries().request(1);

        letters.close();

        RetryRequest late = letters.retries().request(1);
        assertThat(begun.results()).extracting(Result::outcome).containsExactly(RetryOutcome.NOT_KNOWN);
        assertThat(waiting.results()).extracting(Result::outcome).containsExactly(RetryOutcome.NOT_TRIED);
        assertThat(late.results()).extracting(Result::outcome).containsExactly(RetryOutcome.NOT_TRIED);
    }

    @Test
    void aRequestWhoseMarksCannotBeTakenIsAnsweredAtTheEnd() throws IOException {
        add(Failed.at(0));
        var retries = new LetterRetries(
                new LetterFinder(directory), new MarkTable(), new Codecs(Map.of()), clockNs::get, more -> {
                    throw new IllegalStateException("ended");
                });
        RetryRequest request = retries.request(0);
        retries.fill(engine, 1);
        assertThatThrownBy(() -> retries.acknowledged(1)).hasMessage("ended");

        retries.close();

        assertThat(request.results()).extracting(Result::outcome).containsExactly(RetryOutcome.NOT_KNOWN);
    }

    @Test
    void aPipelineThatTakesNoLettersBackSaysSoAtOnce() throws IOException {
        add(Failed.at(0));
        letters.close();
        letters = ChronicleDeadLetters.in(directory);
        RetryRequest before = letters.retries().request(0);

        letters.open();

        assertThat(before.results()).extracting(Result::outcome).containsExactly(RetryOutcome.NO_WAY_BACK);
        assertThat(letters.retries().request(0).results())
                .extracting(Result::outcome, Result::state)
                .containsExactly(tuple(RetryOutcome.NO_WAY_BACK, LetterState.OPEN));
    }

    @Test
    void aLetterOfALetterThatIsNotUnderWaySaysWhatItKnows() throws IOException {
        add(Failed.again(5));

        Letter letter = Letters.in(directory).get(0);
        assertThat(letter.source()).isEqualTo(DeadLetters.SOURCE);
        assertThat(letter.position()).isEqualTo(5);
    }
}
