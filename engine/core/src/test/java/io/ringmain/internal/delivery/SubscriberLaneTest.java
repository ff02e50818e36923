package io.ringmain.internal.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.failure.Retries;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Place;
import io.ringmain.internal.ring.Ring;
import io.ringmain.kit.Cell;
import io.ringmain.testing.CollectingSink;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a subscriber's lane does whoever ends it. */
@Timeout(10)
class SubscriberLaneTest {

    private final Ring<Cell> ring = Ring.of(Cell.TYPE, 8, false, () -> {});
    private final SettleLane settling = new SettleLane(
            "settle", ring, new LaneCursor(ring, 8), new SettleLane.Behind(List.of(), List.of(), false), 8);
    private final Subscribers<Cell> subscribers = new Subscribers<>(ring, List.of("test"), settling, Place.last(0));
    private final CollectingSink<Cell, Long> sink = new CollectingSink<>(cell -> cell.value);

    @Test
    void whoMeetsTheEndOfAPipelineThatIsNeverStartedIsClosedOnce() {
        var exits = new SubscriberLane.Exits(
                new Retries("test", 1).attempts("lane", WhenFailed.stop()), new Failures(), (where, error) -> {});
        var lane = new SubscriberLane<>("meeting", sink, Subscribing.lossless(), subscribers, exits);

        assertThat(subscribers.ask(lane)).isTrue();
        subscribers.closeUnstarted();
        // The thread that asked finds only now that the pipeline is closed, and gives up.
        lane.leave();
        lane.release();

        assertThat(sink.closes()).isEqualTo(1);
        assertThat(sink.flushes()).isEqualTo(1);
        assertThat(lane.isOpen()).isFalse();
    }
}
