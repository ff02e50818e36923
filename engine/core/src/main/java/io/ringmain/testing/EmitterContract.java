package io.ringmain.testing;

import static io.ringmain.testing.ContractCheck.mustNotFail;
import static io.ringmain.testing.ContractCheck.requireEqual;
import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Emitter;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Checks an {@link Emitter} against its contract: the same results in the same order, whether the outlet has room, is full at
 * every other claim or takes one result per call; {@link Progress#MORE} always leads on; nothing is kept of an event or a result.
 *
 * <pre>{@code
 * EmitterContract.of(SplitLines::new, Text.TYPE, Line.TYPE, Line::toString)
 *         .given(text -> text.set("a\nb\nc"))
 *         .given(text -> text.set(""))
 *         .check();
 * }</pre>
 *
 * <p>Thread: one. Errors: {@link #check} throws an {@link AssertionError} that names the first broken clause.
 *
 * @param <E> the event taken
 * @param <R> the result given
 */
public final class EmitterContract<E, R> {

    /** How often in a row an emitter may say {@link Progress#MORE} without having claimed anything: {@value}. */
    public static final int IDLE_CALLS_MAX = 1000;

    /** How many results a check takes before it gives up: {@value}. */
    public static final int RESULTS_MAX = 1_000_000;

    private final Supplier<? extends Emitter<E, R>> emitters;
    private final EventType<E> type;
    private final EventType<R> resultType;
    private final Function<? super R, ?> picture;
    private final List<Given<E>> given = new ArrayList<>();

    /** An event or, if it has no filler, a tick. */
    private record Given<E>(@Nullable Consumer<? super E> filler, long timeNs) {}

    private EmitterContract(
            Supplier<? extends Emitter<E, R>> emitters,
            EventType<E> type,
            EventType<R> resultType,
            Function<? super R, ?> picture) {
        this.emitters = emitters;
        this.type = type;
        this.resultType = resultType;
        this.picture = picture;
    }

    /**
     * Begins a check of the emitters that {@code emitters} makes, a new one for each run.
     *
     * @param type the type of the events
     * @param resultType the type of the results
     * @param picture makes an immutable value of all that a result holds, with {@code equals}; a string will do
     */
    public static <E, R> EmitterContract<E, R> of(
            Supplier<? extends Emitter<E, R>> emitters,
            EventType<E> type,
            EventType<R> resultType,
            Function<? super R, ?> picture) {
        return new EmitterContract<>(
                requireNonNull(emitters, "emitters"),
                requireNonNull(type, "type"),
                requireNonNull(resultType, "resultType"),
                requireNonNull(picture, "picture"));
    }

    /** Adds an event, made from a clear one, which the emitter can take without failing. */
    public EmitterContract<E, R> given(Consumer<? super E> filler) {
        given.add(new Given<>(requireNonNull(filler, "filler"), 0));
        return this;
    }

    /** Adds a tick, which the emitter can take without failing; an emitter that wants none is not told. */
    public EmitterContract<E, R> tick(long timeNs) {
        given.add(new Given<>(null, timeNs));
        return this;
    }

    /** Checks all clauses. */
    public void check() {
        mustNotFail("emitter.close without open", () -> emitters.get().close());
        mustNotFail("emitter.open and close without events", () -> {
            Emitter<E, R> emitter = emitters.get();
            emitter.open();
            emitter.close();
        });
        ContractCheck.require(
                emitters.get().tickNs() >= 0,
                "emitter.tickNs",
                Long.toString(emitters.get().tickNs()),
                ">= 0; 0 is never");
        List<Object> results = run(TestOutlet.Room.ALWAYS, false, RESULTS_MAX);
        requireEqual(
                run(TestOutlet.Room.ALWAYS, false, results.size()),
                results,
                "emitter, a second run",
                ", as the first run");
        requireEqual(
                run(TestOutlet.Room.ALWAYS, true, results.size()),
                results,
                "emitter, all events in the same object",
                ", as in objects of their own; copy what you need later");
        requireEqual(
                run(TestOutlet.Room.EVERY_OTHER_CLAIM, true, results.size()),
                results,
                "emitter, the outlet full at every other claim",
                ", as with room; after a null claim remember the place and return MORE");
        requireEqual(
                run(TestOutlet.Room.ONE_PER_CALL, true, results.size()),
                results,
                "emitter, the outlet full after one result per call",
                ", as with room; after a null claim remember the place and return MORE");
    }

    /** Returns the pictures of the results, in order. */
    private List<Object> run(TestOutlet.Room room, boolean sameObject, int resultsMax) {
        Emitter<E, R> emitter = emitters.get();
        var outlet = new TestOutlet<R>(resultType, picture, room, resultsMax);
        mustNotFail("emitter.open", emitter::open);
        E event = type.create();
        for (Given<E> each : given) {
            Consumer<? super E> filler = each.filler;
            if (filler == null) {
                tick(emitter, each.timeNs, outlet);
                continue;
            }
            event = sameObject ? event : type.create();
            type.clear(event);
            filler.accept(event);
            E filled = event;
            untilDone("emitter.emit", outlet, () -> emitter.emit(filled, outlet));
        }
        untilDone("emitter.finish", outlet, () -> emitter.finish(outlet));
        mustNotFail("emitter.close", emitter::close);
        return outlet.results();
    }

    private void tick(Emitter<E, R> emitter, long timeNs, TestOutlet<R> outlet) {
        if (emitter.tickNs() > 0) {
            untilDone("emitter.tick", outlet, () -> emitter.tick(timeNs, outlet));
        }
    }

    /** One call of the emitter. */
    private interface Turn {
        Progress take() throws Exception;
    }

    private void untilDone(String what, TestOutlet<R> outlet, Turn turn) {
        int idle = 0;
        Progress[] progress = {Progress.MORE};
        while (progress[0] == Progress.MORE) {
            int before = outlet.count();
            outlet.begin(what);
            mustNotFail(what + " of a given event", () -> progress[0] = turn.take());
            outlet.end();
            idle = outlet.count() == before ? idle + 1 : 0;
            ContractCheck.require(
                    idle <= IDLE_CALLS_MAX,
                    what,
                    "MORE " + idle + " times in a row without a result",
                    "at most " + IDLE_CALLS_MAX + "; MORE must lead on");
        }
    }
}
