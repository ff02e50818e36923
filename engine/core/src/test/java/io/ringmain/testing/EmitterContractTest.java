package io.ringmain.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.kit.Cell;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The suite lets good emitters pass and finds what is wrong with others. */
class EmitterContractTest {

    private static EmitterContract<Cell, Cell> contract(Supplier<Emitter<Cell, Cell>> emitters) {
        return EmitterContract.of(emitters, Cell.TYPE, Cell.TYPE, Cell::toString)
                .given(cell -> cell.value = 3)
                .given(cell -> cell.value = 0)
                .given(cell -> cell.value = 5);
    }

    /** Gives 0, 1, 2 … up to the number of the event, and at the end the sum, as often as there were events. */
    private static final class Counting implements Emitter<Cell, Cell> {
        private long next;
        private long sum;
        private int events;

        @Override
        public Progress emit(Cell cell, Outlet<Cell> outlet) {
            for (; next < cell.value; next++) {
                Cell result = outlet.claim();
                if (result == null) {
                    return Progress.MORE;
                }
                result.value = next;
            }
            next = 0;
            sum += cell.value;
            events++;
            return Progress.DONE;
        }

        @Override
        public Progress finish(Outlet<Cell> outlet) {
            for (; events > 0; events--) {
                Cell result = outlet.claim();
                if (result == null) {
                    return Progress.MORE;
                }
                result.value = sum;
            }
            return Progress.DONE;
        }
    }

    @Test
    void goodEmittersPass() {
        assertThatCode(() -> contract(Counting::new).check()).doesNotThrowAnyException();
        assertThatCode(() -> contract(() -> (cell, outlet) -> Progress.DONE).check())
                .doesNotThrowAnyException();
    }

    @Test
    void anEmitterThatLosesAResultAtAFullOutletIsFound() {
        assertBroken(
                () -> (cell, outlet) -> {
                    Cell result = outlet.claim();
                    if (result != null) {
                        result.value = cell.value;
                    }
                    return Progress.DONE;
                },
                "remember the place and return MORE");
    }

    @Test
    void anEmitterThatBeginsAgainAfterAFullOutletIsFound() {
        assertBroken(
                () -> (cell, outlet) -> {
                    for (int i = 0; i < 2; i++) {
                        Cell result = outlet.claim();
                        if (result == null) {
                            return Progress.MORE;
                        }
                        result.value = i;
                    }
                    return Progress.DONE;
                },
                "remember the place and return MORE");
    }

    @Test
    void anEmitterThatWaitsInALoopIsFound() {
        assertBroken(
                () -> (cell, outlet) -> {
                    Cell result = outlet.claim();
                    while (result == null) {
                        result = outlet.claim();
                    }
                    for (int i = 0; i < 3; i++) {
                        result.value = i;
                        do {
                            result = outlet.claim();
                        } while (result == null);
                    }
                    return Progress.DONE;
                },
                "waits in a loop for room");
    }

    @Test
    void moreThatLeadsNowhereIsFound() {
        assertBroken(() -> (cell, outlet) -> Progress.MORE, "MORE must lead on");
    }

    @Test
    void anEmitterThatKeepsEventsIsFound() {
        assertBroken(
                () -> new Emitter<>() {
                    private final List<Cell> kept = new ArrayList<>();

                    @Override
                    public Progress emit(Cell cell, Outlet<Cell> outlet) {
                        kept.add(cell);
                        return Progress.DONE;
                    }

                    @Override
                    public Progress finish(Outlet<Cell> outlet) {
                        while (!kept.isEmpty()) {
                            Cell result = outlet.claim();
                            if (result == null) {
                                return Progress.MORE;
                            }
                            result.value = kept.remove(0).value;
                        }
                        return Progress.DONE;
                    }
                },
                "copy what you need later");
    }

    @Test
    void anEmitterThatClaimsAfterItsCallIsFound() {
        assertBroken(
                () -> new Emitter<>() {
                    private Outlet<Cell> kept = Cell::new;

                    @Override
                    public void open() {
                        kept = Cell::new;
                    }

                    @Override
                    public Progress emit(Cell cell, Outlet<Cell> outlet) {
                        kept = outlet;
                        return Progress.DONE;
                    }

                    @Override
                    public void close() {
                        kept.claim();
                    }
                },
                "a claim after its call has returned");
    }

    /** Gives its time twice at each tick. */
    private static final class Timed implements Emitter<Cell, Cell> {

        private final boolean remembers;
        private int given;

        Timed(boolean remembers) {
            this.remembers = remembers;
        }

        @Override
        public long tickNs() {
            return 10;
        }

        @Override
        public Progress emit(Cell cell, Outlet<Cell> outlet) {
            return Progress.DONE;
        }

        @Override
        public Progress tick(long timeNs, Outlet<Cell> outlet) {
            for (; given < 2; given++) {
                Cell result = outlet.claim();
                if (result == null) {
                    given = remembers ? given : 0;
                    return Progress.MORE;
                }
                result.value = timeNs;
            }
            given = 0;
            return Progress.DONE;
        }
    }

    @Test
    void aTickIsAskedForUntilItIsDone() {
        assertThatCode(() -> contract(() -> new Timed(true)).tick(10).tick(20).check())
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> contract(() -> new Timed(false)).tick(10).check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("remember the place and return MORE");
    }

    private static void assertBroken(Supplier<Emitter<Cell, Cell>> emitters, String message) {
        assertThatThrownBy(() -> contract(emitters).check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
