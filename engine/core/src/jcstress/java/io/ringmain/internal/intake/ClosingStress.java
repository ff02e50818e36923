package io.ringmain.internal.intake;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.ring.LaneCursor;
import io.ringmain.internal.ring.LaneProgress;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.SharedWriter;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.Room;
import io.ringmain.spi.BatchFiller;
import io.ringmain.spi.Duty;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Runner;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LII_Result;

/**
 * A publisher against the end of input, over the real ring: what it was told is published lies before END, and nothing lies behind
 * END but padding.
 */
@JCStressTest
@Outcome(id = "PUBLISHED, 2, 0", expect = Expect.ACCEPTABLE, desc = "Published before the end.")
@Outcome(id = "CLOSED, 0, 0", expect = Expect.ACCEPTABLE, desc = "Refused; what was claimed is padding.")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "Data behind the end is lost, or the publisher was told something else than what happened.")
@State
public class ClosingStress {

    private static final EventType<long[]> NUMBER =
            EventType.of(() -> new long[1], number -> number[0] = 0, (from, to) -> to[0] = from[0]);
    private static final BatchFiller<long[], Object> FILL = (number, index, unused) -> number[0] = index;

    private final Ring<long[]> ring = Ring.of(NUMBER, 8, true, () -> {});
    private final LaneCursor lane = new LaneCursor(ring, 16);
    private final DirectIntake<long[]> intake;

    /** Makes the intake over a ring with room for all. */
    public ClosingStress() {
        ring.gateOn(new LaneProgress());
        intake = new DirectIntake<>(
                new SharedWriter<>(ring), new Room(new NoHelp()), () -> 0, WhenFull.block(), () -> false);
    }

    /** Publishes two events at once. */
    @Actor
    public void publisher(LII_Result result) {
        result.r1 = intake.publishBatch(2, FILL, this);
    }

    /** Closes the intake and ends the input, as the supervisor does. */
    @Actor
    public void supervisor() {
        intake.close();
        intake.end(0);
    }

    /** What lies before END, and behind it. */
    @Arbiter
    public void inTheEnd(LII_Result result) {
        boolean ended = false;
        long high = lane.poll();
        for (long sequence = 0; sequence <= high; sequence++) {
            int kind = Slot.kind(ring.columns().mark(sequence));
            ended = ended || kind == Slot.END;
            if (kind == Slot.DATA && ended) {
                result.r3++;
            } else if (kind == Slot.DATA) {
                result.r2++;
            }
        }
        if (!ended || intake.received() != (result.r1 == Publication.PUBLISHED ? 2 : 0)) {
            result.r3 = -1;
        }
    }

    /** A runner whose threads do the work. */
    private static final class NoHelp implements Runner {
        @Override
        public long nowNs() {
            return 0;
        }

        @Override
        public void start(List<? extends Duty> duties) {}

        @Override
        public void spawn(String name, Runnable task) {}

        @Override
        public void await(BooleanSupplier condition) {}

        @Override
        public boolean help() {
            return false;
        }
    }
}
