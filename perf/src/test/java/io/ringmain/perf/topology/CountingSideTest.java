package io.ringmain.perf.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.ringmain.perf.work.Feed;
import io.ringmain.perf.work.Side;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A side that counts wrong is refused, whatever it was faster by. */
@Timeout(20)
class CountingSideTest {

    /** Hands each number to its end, changed as it is told, and to a second end if the shape has one. */
    private static final class Handed extends CountingSide {

        private final Count count = end();
        private final LongUnaryOperator change;
        private final long extra;

        Handed(Topology topology, LongUnaryOperator change, long extra) {
            super(topology, Feed.BATCHES, true);
            this.change = change;
            this.extra = extra;
        }

        @Override
        protected void publish(long first, long end) {
            for (long number = first; number < end; number++) {
                for (int i = 0; i < topology.ends(); i++) {
                    count.add(change.applyAsLong(number));
                }
            }
        }

        @Override
        protected void stop() {
            for (long i = 0; i < extra; i++) {
                count.add((1L << 30) + i);
            }
        }
    }

    @Test
    void whatCameRightIsTakenAndHashed() {
        long hash;
        try (Side side = new Handed(Topology.POOL, number -> number, 0)) {
            side.move(640);
            side.move(64);
            hash = side.hash();
        }

        try (Side side = new Handed(Topology.POOL, number -> number, 0)) {
            side.move(704);
            assertThat(side.hash()).isEqualTo(hash);
        }
    }

    @Test
    void aNumberThatCameInsteadOfAnotherShowsInTheHash() {
        try (Side right = new Handed(Topology.POOL, number -> number, 0);
                Side wrong = new Handed(Topology.POOL, number -> number == 63 ? 64 : number, 0)) {
            right.move(64);
            wrong.move(64);

            assertThat(wrong.hash()).isNotEqualTo(right.hash());
        }
    }

    @Test
    void anEventThatComesLateAndTwiceIsFound() {
        Side side = new Handed(Topology.POOL, number -> number, 1);
        side.move(64);

        assertThatThrownBy(side::close).hasMessageContaining("65 events (expected: 64)");
    }

    @Test
    void anEventThatWasOvertakenIsFound() {
        Side side = new Handed(Topology.POOL, number -> number ^ 1, 0);
        side.move(64);

        assertThatThrownBy(side::close).hasMessageContaining("32 events out of order");
    }

    @Test
    void eachEndMustSeeAllEventsWhereItShould() {
        Side side = new Handed(Topology.FAN_OUT, number -> number, 0);
        side.move(64);

        assertThatThrownBy(side::close).hasMessageContaining("192 events at one end (expected: 64)");
    }
}
