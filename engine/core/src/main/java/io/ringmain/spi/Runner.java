package io.ringmain.spi;

import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * Owns the threads and the clock of a pipeline: it calls the duties. The engine's own runner gives each duty a thread; a
 * stepping runner calls them one by one from the caller's thread, for tests, simulation and single-threaded programs.
 *
 * <p>A runner serves one pipeline.
 */
public interface Runner {

    /** The time that duties are given, in nanoseconds from an arbitrary origin; never goes back. Thread: any. */
    long nowNs();

    /**
     * What a wall clock shows, in nanoseconds since the epoch; what {@link #nowNs} says if the runner has none. Asked once, when the pipeline begins: from then on {@link #nowNs} says how much time has
     * passed, so that nobody sees a clock that is set. Thread: any.
     */
    default long epochNs() {
        return nowNs();
    }

    /**
     * Where the engine's own random numbers begin, as those of the pauses between attempts: the same number gives the same ones. Asked once, while the
     * pipeline is built; any number if not said.
     */
    default long seed() {
        return new SplittableRandom().nextLong();
    }

    /** Takes over the duties, in the order in which they should start. Called once. */
    void start(List<? extends Duty> duties);

    /** Takes over a duty that joins the others while they run; from any thread, a duty's own included. Not before {@link #start}. */
    default void join(Duty duty) {
        start(List.of(duty));
    }

    /** Starts {@code task}, which may block, beside the duties; a runner without threads runs it at once. */
    void spawn(String name, Runnable task);

    /**
     * Returns once {@code condition} holds: a threaded runner waits, a stepping one steps. Called by threads that close a
     * pipeline or wait for its end.
     */
    void await(BooleanSupplier condition);

    /**
     * Called by a publisher that finds the ring full. A runner without threads moves its duties and returns {@code true};
     * a threaded one returns {@code false}, and the publisher waits for a signal.
     */
    boolean help();

    /**
     * As {@link #help}, called by a publisher that waits no longer than {@code untilNs}: a runner without threads that can move nothing before then
     * moves its clock there.
     */
    default boolean helpUntil(long untilNs) {
        return help();
    }
}
