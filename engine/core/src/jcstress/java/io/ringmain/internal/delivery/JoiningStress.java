package io.ringmain.internal.delivery;

import io.ringmain.config.Subscribing;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.failure.Retries;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.Place;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.RingWriter;
import io.ringmain.spi.EventType;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** One thread asks to join and then publishes; the other is the settling lane, which must not settle that event past the one who asked. */
@JCStressTest
@Outcome(id = "-1, -1", expect = Expect.ACCEPTABLE, desc = "The event is not there yet.")
@Outcome(id = "0, -1", expect = Expect.ACCEPTABLE, desc = "The event is there, and waits for the subscriber.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "The event was settled past a subscriber that had asked before it was published.")
@State
public class JoiningStress {

    private final Ring<long[]> ring =
            Ring.of(EventType.of(() -> new long[1], number -> {}, (from, to) -> {}), 2, false, () -> {});
    private final RingWriter<long[]> writer = new RingWriter<>(ring, false);
    private final LaneCursor cursor = new LaneCursor(ring, 4);
    private final Subscribers<long[]> subscribers = new Subscribers<>(
            ring,
            List.of("source"),
            new SettleLane("settle", ring, cursor, new SettleLane.Behind(List.of(), List.of(), false), 4),
            Place.last(0));
    private final SubscriberLane<long[]> lane = new SubscriberLane<>(
            "joiner",
            batch -> {},
            Subscribing.lossless(),
            subscribers,
            new SubscriberLane.Exits(
                    new Retries("test", 1).attempts("lane", WhenFailed.stop()), new Failures(), (name, error) -> {}));

    /** Makes the ring. */
    public JoiningStress() {
        ring.gateOn(cursor.progress());
    }

    /** Asks, then publishes. */
    @Actor
    public void joiner() {
        subscribers.ask(lane);
        writer.claim(0, 0);
        writer.commit(0);
    }

    /** How far the settling lane may go, and how far it is let. */
    @Actor
    public void settling(JJ_Result result) {
        long high = cursor.poll();
        result.r1 = high;
        result.r2 = subscribers.offer(high, 0);
    }
}
