package io.ringmain.internal.stage;

import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import java.util.List;

/**
 * An emitter of the engine's own, which is told of which source an event is and when one has ended, and which may owe results: so that closing a million keys does not keep the events waiting.
 *
 * <p>Owed results are given when no event is there, and between two batches of events; when and how many at a time is chance. So whatever an emitter that is behind gives leaves in the
 * same order as without chance: what an event adds comes behind what is owed. Before a control event goes on, nothing is owed any more.
 *
 * <p>Thread, ownership and errors: as {@link Emitter}; {@link #sourceEnded} and {@link #proceed} fail as {@link #finish} does.
 *
 * @param <E> the event taken
 * @param <R> the result given
 */
public interface SlotEmitter<E, R> extends Emitter<E, R> {

    /** Says which sources there are, by number, and {@linkplain io.ringmain.spi.DeadLetters#SOURCE letters} that come back; the list grows when others come. Once, while the pipeline is built. */
    default void connect(List<String> sources) {}

    /** Says in which slot the event or control event stands that it meets next. */
    default void standAt(long sequence) {}

    /** Says that no event comes any more, for a lane in front has failed; {@link #finish} follows. */
    default void breakOff() {}

    /** Takes an event of the source with the number {@code source}. {@link Progress#DONE} also if results are owed; {@link Progress#MORE} if it must come again. */
    Progress emit(E event, int source, Outlet<R> outlet) throws Exception;

    @Override
    default Progress emit(E event, Outlet<R> outlet) throws Exception {
        return emit(event, 0, outlet);
    }

    /**
     * Takes note that nothing new comes of the source with the number {@code source}: what comes of it all the same was set aside, or is a letter that came back. Not called for a source that ends with the whole
     * input; there is {@link #finish} for that.
     */
    default Progress sourceEnded(int source, Outlet<R> outlet) throws Exception {
        return Progress.DONE;
    }

    /** Gives some of the results that are owed, at most a batch. {@link Progress#MORE} if there are others. */
    default Progress proceed(Outlet<R> outlet) throws Exception {
        return Progress.DONE;
    }

    /** Whether the event that was taken last came too late: nothing was done with it. */
    default boolean wasLate() {
        return false;
    }

    /** Whether results are owed. */
    default boolean isBehind() {
        return false;
    }
}
