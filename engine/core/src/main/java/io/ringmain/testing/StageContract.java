package io.ringmain.testing;

import static io.ringmain.testing.ContractCheck.mustNotFail;
import static io.ringmain.testing.ContractCheck.requireEqual;
import static java.util.Objects.requireNonNull;

import io.ringmain.spi.EventType;
import io.ringmain.spi.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Checks a {@link Stage} against its contract: it opens and closes in any of the orders that a pipeline may need, gives the same
 * answers to the same events whether or not they come in the same object, and bears another attempt.
 *
 * <pre>{@code
 * StageContract.of(ParseStage::new, Order.TYPE, Order::toString)
 *         .given(order -> order.text = "7 tea")
 *         .given(order -> order.text = "nonsense")
 *         .check();
 * }</pre>
 *
 * <p>What no suite can see is a reference kept and not used. One that is used shows: the events come once in objects of their own
 * and once all in one object, as in a ring of one slot.
 *
 * <p>Thread: one. Errors: {@link #check} throws an {@link AssertionError} that names the first broken clause.
 *
 * @param <E> the event
 */
public final class StageContract<E> {

    private final Supplier<? extends Stage<E>> stages;
    private final EventType<E> type;
    private final Function<? super E, ?> picture;
    private final List<Consumer<? super E>> events = new ArrayList<>();
    private boolean retried = true;

    private StageContract(Supplier<? extends Stage<E>> stages, EventType<E> type, Function<? super E, ?> picture) {
        this.stages = stages;
        this.type = type;
        this.picture = picture;
    }

    /**
     * Begins a check of the stages that {@code stages} makes, a new one for each run.
     *
     * @param type a copyable type of their events
     * @param picture makes an immutable value of all that an event holds, with {@code equals}; a string will do
     */
    public static <E> StageContract<E> of(
            Supplier<? extends Stage<E>> stages, EventType<E> type, Function<? super E, ?> picture) {
        return new StageContract<>(
                requireNonNull(stages, "stages"), requireNonNull(type, "type"), requireNonNull(picture, "picture"));
    }

    /** Adds an event, made from a clear one, which the stage can process without failing. */
    public StageContract<E> given(Consumer<? super E> filler) {
        events.add(requireNonNull(filler, "filler"));
        return this;
    }

    /** Says that the stage never fails, or only before it has changed anything, so that it need not bear another attempt. */
    public StageContract<E> neverRetried() {
        retried = false;
        return this;
    }

    /** Checks all clauses. */
    public void check() {
        if (events.isEmpty()) {
            throw new IllegalStateException("given: not called (expected: at least once)");
        }
        mustNotFail("stage.close without open", () -> stages.get().close());
        mustNotFail("stage.open and close without events", () -> {
            Stage<E> stage = stages.get();
            stage.open();
            stage.close();
        });
        List<Object> answers = run(false, false);
        requireEqual(run(false, false), answers, "stage.process, a second run", ", as the first run");
        requireEqual(
                run(true, false),
                answers,
                "stage.process, all events in the same object",
                ", as in objects of their own; keep no event and leave nothing in it");
        if (retried) {
            requireEqual(
                    run(false, true),
                    answers,
                    "stage.process, each event a second time",
                    ", as the first time; make the stage idempotent or restoring");
        }
    }

    /** Returns the answer and the picture of each event. */
    private List<Object> run(boolean sameObject, boolean twice) {
        List<Object> answers = new ArrayList<>();
        Stage<E> stage = stages.get();
        mustNotFail("stage.open", stage::open);
        E event = type.create();
        for (Consumer<? super E> filler : events) {
            event = sameObject ? event : type.create();
            type.clear(event);
            filler.accept(event);
            answers.add(process(stage, event, twice) + " " + picture.apply(event));
        }
        mustNotFail("stage.close", stage::close);
        return answers;
    }

    private boolean process(Stage<E> stage, E event, boolean twice) {
        boolean[] passed = new boolean[1];
        mustNotFail("stage.process of a given event", () -> {
            E saved = type.create();
            if (twice) {
                type.copy(event, saved);
                passed[0] = stage.process(event);
                if (stage.restoring()) {
                    type.copy(saved, event);
                }
            }
            passed[0] = stage.process(event);
        });
        return passed[0];
    }
}
