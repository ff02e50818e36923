package io.ringmain.logs.step;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.testing.EmitterContract;
import io.ringmain.window.BatchLimits;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Batches of lines: one event each, with a number, a time and its size. */
@Timeout(30)
class LineBatcherTest {

    private static final long MS = 1_000_000;

    private final Keys keys = new Keys();
    private final List<LogEvent> given = new ArrayList<>();

    private LogEvent claim() {
        LogEvent event = LogEvent.TYPE.create();
        given.add(event);
        return event;
    }

    private void give(LineBatcher batcher, String line) {
        LogEvent event = LogEvent.TYPE.create();
        event.setLine(line);
        batcher.emit(event, this::claim);
    }

    private String field(LogEvent event, String name) {
        return String.valueOf(event.fieldText(keys.id(name)));
    }

    private String shown(LogEvent event) {
        return field(event, LineBatcher.ID)
                + ' '
                + field(event, LineBatcher.EVENTS)
                + ' '
                + field(event, LineBatcher.BYTES)
                + ' '
                + event.line().replace('\n', '|');
    }

    private List<String> shown() {
        return given.stream().map(this::shown).toList();
    }

    @Test
    void linesAreJoinedByNewlinesUntilTheBatchIsFull() {
        var batcher = new LineBatcher(keys, BatchLimits.of(3));
        for (String line : List.of("a", "", "ccc", "d")) {
            give(batcher, line);
        }
        batcher.finish(this::claim);

        assertThat(shown()).containsExactly("1 3 6 a||ccc", "2 1 1 d");
        assertThat(field(given.get(0), LineBatcher.CREATED)).isEqualTo("null");
    }

    @Test
    void aBatchEndsBeforeItsLineWouldBeTooLong() {
        var batcher = new LineBatcher(keys, BatchLimits.of(100).bytes(5));
        for (String line : List.of("ab", "cd", "e", "longer than five", "f", "g", "h", "i")) {
            give(batcher, line);
        }
        batcher.finish(this::claim);

        assertThat(shown())
                .containsExactly("1 2 5 ab|cd", "2 1 1 e", "3 1 16 longer than five", "4 3 5 f|g|h", "5 1 1 i");
    }

    @Test
    void noLineIsLongerThanALineMayBe() {
        var batcher = new LineBatcher(keys, BatchLimits.of(Long.MAX_VALUE));
        String half = "x".repeat(LogEvent.LINE_BYTES_MAX / 2);
        give(batcher, half);
        give(batcher, half);
        batcher.finish(this::claim);

        assertThat(given).extracting(LogEvent::lineLength).containsExactly(half.length(), half.length());
    }

    @Test
    void aBatchIsGivenWhenItsFirstEventHasWaitedSoLong() {
        var batcher = new LineBatcher(keys, BatchLimits.of(100).within(Duration.ofSeconds(1)));
        batcher.tick(1_700_000_000_000L * MS, this::claim);
        give(batcher, "a");
        batcher.tick(1_700_000_000_050L * MS, this::claim);
        give(batcher, "b");
        batcher.tick(1_700_000_001_049L * MS, this::claim);
        assertThat(given).isEmpty();

        batcher.tick(1_700_000_001_050L * MS, this::claim);

        assertThat(shown()).containsExactly("1 2 3 a|b");
        assertThat(field(given.get(0), LineBatcher.CREATED)).isEqualTo("1700000000000000000");
    }

    @Test
    void aCheckpointHasTheOpenBatch() throws IOException {
        var before = new LineBatcher(keys, BatchLimits.of(3));
        for (String line : List.of("a", "b", "c", "d")) {
            give(before, line);
        }
        var bytes = new ByteArrayOutputStream();
        before.save(new DataOutputStream(bytes));
        var after = new LineBatcher(keys, BatchLimits.of(3));
        after.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));

        give(after, "e");
        give(after, "f");

        assertThat(shown()).containsExactly("1 3 5 a|b|c", "2 3 5 d|e|f");
    }

    @Test
    void theContractHolds() {
        var contract = EmitterContract.of(
                () -> new LineBatcher(keys, BatchLimits.of(4).bytes(9).within(Duration.ofMillis(100))),
                LogEvent.TYPE,
                LogEvent.TYPE,
                this::shown);
        for (int i = 0; i < 40; i++) {
            String line = "x".repeat(i % 6);
            contract.given(event -> event.setLine(line)).tick(20 * MS * i);
        }
        contract.check();
    }
}
