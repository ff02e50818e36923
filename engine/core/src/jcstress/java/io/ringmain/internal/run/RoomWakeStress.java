package io.ringmain.internal.run;

import io.ringmain.spi.Duty;
import io.ringmain.spi.Runner;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Mode;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.Signal;
import org.openjdk.jcstress.annotations.State;

/**
 * A publisher sleeps in the {@link Room} of a full ring; the settling lane makes room and raises its signal. The room is made with
 * release only, as a lane's sequence is.
 */
@JCStressTest(Mode.Termination)
@Outcome(id = "TERMINATED", expect = Expect.ACCEPTABLE, desc = "The publisher found the room.")
@Outcome(
        id = "STALE",
        expect = Expect.FORBIDDEN,
        desc = "A lost wake-up: there is room and the publisher sleeps for ever.")
@State
public class RoomWakeStress {

    private static final VarHandle FREE;

    static {
        try {
            FREE = MethodHandles.lookup().findVarHandle(RoomWakeStress.class, "free", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Past the turns in which the publisher spins and yields. */
    private static final int SLEEPY_TURN = 1_000_000;

    private final Room room = new Room(new NoHelp());
    private final io.ringmain.internal.run.Signal settled = new io.ringmain.internal.run.Signal();

    @SuppressWarnings("UnusedVariable") // Read and written through the VarHandle.
    private int free;

    /** Connects the two, as assembly does. */
    public RoomWakeStress() {
        settled.add(room);
    }

    /** Waits until there is room. */
    @Actor
    public void publisher() {
        while (!hasRoom(1)) {
            room.await(SLEEPY_TURN, 1, this::hasRoom);
        }
    }

    private boolean hasRoom(int count) {
        return (int) FREE.getAcquire(this) >= count;
    }

    /** Makes room. */
    @Signal
    public void settlingLane() {
        FREE.setRelease(this, 1);
        settled.raise();
    }

    /** A runner whose threads do the work, so that publishers wait. */
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
