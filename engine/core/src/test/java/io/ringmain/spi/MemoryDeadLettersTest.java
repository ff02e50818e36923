package io.ringmain.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Letters in memory: bounded, in order, taken out at once. */
class MemoryDeadLettersTest {

    @Test
    void fullMeansNoAndTakesNothing() {
        var letters = new MemoryDeadLetters(2);

        assertThat(letters.add(FailedLong.at(0))).isTrue();
        assertThat(letters.add(FailedLong.at(1))).isTrue();
        assertThat(letters.add(FailedLong.at(2))).isFalse();
        assertThat(letters.count()).isEqualTo(2);
        assertThat(letters).hasToString("MemoryDeadLetters{count=2, capacity=2, bytes=260, bytesMax=67108864}");
    }

    @Test
    void takingAllMakesRoomAndKeepsTheOrder() {
        var letters = new MemoryDeadLetters(2);
        letters.add(FailedLong.at(0));
        letters.add(FailedLong.at(1));

        List<DeadLetter> taken = letters.takeAll();

        assertThat(taken).extracting(DeadLetter::position).containsExactly(0L, 1L);
        assertThat(letters.count()).isZero();
        assertThat(letters.add(FailedLong.at(2))).isTrue();
        assertThat(letters.letters()).extracting(DeadLetter::position).containsExactly(2L);
        assertThat(taken).hasSize(2);
    }

    @Test
    void lettersAreBoundedInBytesButASingleOneHasRoom() {
        var letters = new MemoryDeadLetters(10, 5_000);

        assertThat(letters.add(FailedLong.of(6_000))).isTrue();
        assertThat(letters.add(FailedLong.of(0))).isFalse();
        assertThat(letters.bytes()).isEqualTo(6_000 + 130);

        letters.takeAll();
        assertThat(letters.add(FailedLong.of(2_000))).isTrue();
        assertThat(letters.add(FailedLong.of(2_000))).isTrue();
        assertThat(letters.add(FailedLong.of(2_000))).isFalse();
        assertThat(letters.count()).isEqualTo(2);
        assertThat(letters.bytes()).isEqualTo(2 * 2_130);
    }

    @Test
    void aListenerIsToldWhatIsTakenAndTheRestIsTheStoresOwn() throws Exception {
        var letters = new MemoryDeadLetters(2);
        List<Long> told = new ArrayList<>();

        DeadLetters both = letters.telling(failed -> told.add(failed.position()));
        both.open();
        for (int i = 0; i < 3; i++) {
            both.add(FailedLong.at(i));
        }
        both.flush();

        assertThat(told).containsExactly(0L, 1L);
        assertThat(both.count()).isEqualTo(letters.count()).isEqualTo(2);
        assertThat(both.bytes()).isEqualTo(letters.bytes()).isPositive();
    }

    @Test
    void aCapacityBelowOneIsRefused() {
        assertThatThrownBy(() -> new MemoryDeadLetters(1, 0)).hasMessage("deadLetters.bytesMax: 0 (expected: >= 1)");
        assertThatThrownBy(() -> new MemoryDeadLetters(0)).hasMessage("deadLetters.capacity: 0 (expected: >= 1)");
    }

    @Test
    void aLetterNeedsAllItsParts() {
        assertThatThrownBy(() -> new DeadLetter("p", "stage", "exception", "m", 1, "s", 0, 0, 0, null))
                .hasMessage("event");
        assertThatThrownBy(() -> new DeadLetter("p", "stage", null, "m", 1, "s", 0, 0, 0, new Object()))
                .hasMessage("reason");
    }
}
