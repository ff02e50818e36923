package io.ringmain.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.kit.Cell;
import io.ringmain.spi.Stage;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The suite lets good stages pass and finds what is wrong with others. */
class StageContractTest {

    private static StageContract<Cell> contract(Supplier<Stage<Cell>> stages) {
        return StageContract.of(stages, Cell.TYPE, Cell::toString)
                .given(cell -> cell.value = 1)
                .given(cell -> cell.value = 2)
                .given(cell -> cell.value = 1);
    }

    private static class Adding implements Stage<Cell> {
        @Override
        public boolean process(Cell cell) {
            cell.value++;
            return true;
        }
    }

    private static final class RestoringAdding extends Adding {
        @Override
        public boolean restoring() {
            return true;
        }
    }

    /** Passes a number on when it comes for the first time. */
    private static final class First implements Stage<Cell> {
        private final Set<Long> seen = new HashSet<>();

        @Override
        public boolean process(Cell cell) {
            return seen.add(cell.value);
        }
    }

    @Test
    void goodStagesPass() {
        contract(() -> cell -> cell.value % 2 == 0).check();
        contract(RestoringAdding::new).check();
        contract(() -> cell -> {
                    cell.note = "seen";
                    return true;
                })
                .check();
    }

    @Test
    void aStageThatDoesNotBearAnotherAttemptIsFound() {
        assertBroken(Adding::new, "make the stage idempotent or restoring");
        assertBroken(First::new, "make the stage idempotent or restoring");
    }

    @Test
    void aStageThatIsNeverRetriedNeedNotBearAnotherAttempt() {
        assertThatCode(() -> contract(Adding::new).neverRetried().check()).doesNotThrowAnyException();
        assertThatCode(() -> contract(First::new).neverRetried().check()).doesNotThrowAnyException();
    }

    @Test
    void aFilterThatChangesItsMindIsFound() {
        AtomicLong calls = new AtomicLong();

        assertBroken(() -> cell -> calls.incrementAndGet() % 2 == 0, "stage.process, a second run");
    }

    @Test
    void aStageThatUsesAKeptEventIsFound() {
        assertBroken(
                () -> new Stage<>() {
                    private Cell last = new Cell();

                    @Override
                    public boolean process(Cell cell) {
                        boolean risen = cell.value > last.value;
                        last = cell;
                        return risen;
                    }
                },
                "keep no event");
    }

    @Test
    void aStageThatCannotBeClosedUnopenedIsFound() {
        assertBroken(
                () -> new Stage<>() {
                    private AutoCloseable resource = () -> {
                        throw new IllegalStateException("not open");
                    };

                    @Override
                    public boolean process(Cell cell) {
                        return true;
                    }

                    @Override
                    public void open() {
                        resource = () -> {};
                    }

                    @Override
                    public void close() throws Exception {
                        resource.close();
                    }
                },
                "stage.close without open: java.lang.IllegalStateException: not open");
    }

    @Test
    void aStageThatFailsOnAGivenEventIsFound() {
        assertBroken(
                () -> cell -> {
                    throw new IllegalArgumentException("unreadable");
                },
                "stage.process of a given event: java.lang.IllegalArgumentException: unreadable");
    }

    private static void assertBroken(Supplier<Stage<Cell>> stages, String message) {
        assertThatThrownBy(() -> contract(stages).check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
