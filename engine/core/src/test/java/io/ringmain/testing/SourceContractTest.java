package io.ringmain.testing;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.kit.Cell;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Intake;
import io.ringmain.spi.Source;
import io.ringmain.spi.Source.Status;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The suite lets good sources pass and finds what is wrong with others. */
class SourceContractTest {

    private static SourceContract<Cell> contract(Supplier<Source<Cell>> sources) {
        return SourceContract.of(sources, Cell.TYPE, Cell::toString);
    }

    private static ScriptedSource<Cell> script() {
        return new ScriptedSource<Cell>((cell, number) -> cell.value = number)
                .give(3)
                .pause()
                .give(2000);
    }

    /** Gives the numbers below a limit, one per call. */
    private static final class OneByOne implements Source<Cell> {
        private final long limit;
        private final Status afterLast;
        private long next;

        private OneByOne(long limit, Status afterLast) {
            this.limit = limit;
            this.afterLast = afterLast;
        }

        @Override
        public Status fill(Intake<Cell> intake, int max) {
            if (next == limit) {
                return afterLast;
            }
            intake.claim(next).value = next;
            next++;
            return Status.READY;
        }
    }

    @Test
    void goodSourcesPass() {
        assertThatCode(() -> contract(SourceContractTest::script).check()).doesNotThrowAnyException();
        assertThatCode(() -> contract(() -> new OneByOne(10, Status.END)).check())
                .doesNotThrowAnyException();
        assertThatCode(() -> contract(() -> (intake, max) -> Status.END).check())
                .doesNotThrowAnyException();
    }

    @Test
    void ofASourceWithoutEndTheFirstEventsAreChecked() {
        assertThatCode(() -> contract(() -> script().neverEnd()).first(100).check())
                .doesNotThrowAnyException();
        assertBroken(() -> script().neverEnd(), "IDLE without an event 1001 times in a row");
    }

    @Test
    void aSourceThatClaimsTooMuchIsFound() {
        assertBroken(
                () -> (intake, max) -> {
                    for (int i = 0; i <= max; i++) {
                        try {
                            intake.claim(0);
                        } catch (IllegalStateException ignored) {
                            return Status.END;
                        }
                    }
                    return Status.END;
                },
                "source.fill: more than 1 claims");
    }

    @Test
    void positionsThatGoBackAreFound() {
        assertBroken(
                () -> new Source<>() {
                    private int calls;

                    @Override
                    public Status fill(Intake<Cell> intake, int max) {
                        calls++;
                        intake.claim(10 - calls);
                        return calls == 3 ? Status.END : Status.READY;
                    }
                },
                "source position: 8 after 9");
    }

    @Test
    void anEndThatIsNoneIsFound() {
        assertBroken(
                () -> new Source<>() {
                    private int calls;

                    @Override
                    public Status fill(Intake<Cell> intake, int max) {
                        calls++;
                        intake.claim(calls);
                        return calls % 2 == 0 ? Status.END : Status.READY;
                    }
                },
                "source.fill after END: READY and 1 events");
    }

    @Test
    void readyWithoutEventsForEverIsFound() {
        assertBroken(() -> new OneByOne(5, Status.READY), "READY without an event 1001 times in a row");
    }

    @Test
    void aSourceThatIsHeldByNothingIsFound() {
        assertBroken(() -> (intake, max) -> Status.HELD, "HELD without an event in the ring");
    }

    @Test
    void bytesThatAreUsedAgainTooEarlyAreFound() {
        StringBuilder slab = new StringBuilder();
        Supplier<Source<StringBuilder[]>> sources = () -> new Source<>() {
            private int calls;

            @Override
            public Status fill(Intake<StringBuilder[]> intake, int max) {
                if (calls == 3) {
                    return Status.END;
                }
                slab.setLength(0);
                slab.append(calls++);
                intake.claim(calls)[0] = slab;
                return Status.READY;
            }
        };

        assertThatThrownBy(() -> SourceContract.of(
                                sources, EventType.of(() -> new StringBuilder[1]), event -> event[0].toString())
                        .check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("as it was filled");
    }

    @Test
    void eventsThatDependOnTheRoomAreFound() {
        assertBroken(
                () -> new Source<>() {
                    private boolean given;

                    @Override
                    public Status fill(Intake<Cell> intake, int max) {
                        if (!given) {
                            intake.claim(0).value = max;
                            given = true;
                        }
                        return Status.END;
                    }
                },
                "as with 1 per call");
    }

    @Test
    void aSourceThatFailsIsFound() {
        assertBroken(
                () -> script().fail(new IllegalStateException("torn")),
                "source.fill: java.lang.IllegalStateException: torn");
    }

    @Test
    void aSourceThatCannotBeClosedUnopenedIsFound() {
        AtomicLong opened = new AtomicLong();

        assertBroken(
                () -> new Source<>() {
                    @Override
                    public void open() {
                        opened.incrementAndGet();
                    }

                    @Override
                    public Status fill(Intake<Cell> intake, int max) {
                        return Status.END;
                    }

                    @Override
                    public void close() {
                        if (opened.getAndDecrement() < 1) {
                            throw new IllegalStateException("not open");
                        }
                    }
                },
                "source.close without open");
    }

    private static void assertBroken(Supplier<Source<Cell>> sources, String message) {
        assertThatThrownBy(() -> contract(sources).check())
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining(message);
    }
}
