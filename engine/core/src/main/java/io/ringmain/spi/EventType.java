package io.ringmain.spi;

import static java.util.Objects.requireNonNull;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * How the engine makes, clears and copies events of one type. The events live in the slots of a ring: {@link #create} is
 * called once per slot when the pipeline is built and never again.
 *
 * <p>Thread: any lane may call {@link #clear} and {@link #copy} on events that it owns, so an implementation keeps no
 * state of its own. None of the methods may keep a reference to an event.
 *
 * @param <E> the mutable event
 */
public interface EventType<E> {

    /** Returns a new, empty event. Called while the pipeline is built; may allocate. */
    E create();

    /** Empties {@code event} before its slot is filled again. Runs once per event, so it must not allocate. */
    void clear(E event);

    /** Makes {@code to} equal to {@code from}, sharing nothing mutable with it. Must not allocate on the data path. */
    void copy(E from, E to);

    /** Whether {@link #release} is to be called. Asked once, while the pipeline is built. */
    default boolean releases() {
        return false;
    }

    /**
     * Lets go of memory that the event should not keep until its slot is filled again: an event that is large once in a while would otherwise
     * leave its size in every slot of the ring. Called when the event has left, by the lane that settles it, if {@link #releases}.
     */
    default void release(E event) {}

    /**
     * Whether {@link #copy} works. Edges, restoring stages and dead letters need copies; a pipeline that has one of these
     * over an event type that cannot be copied is refused when it is built.
     */
    default boolean copyable() {
        return true;
    }

    /**
     * About how many bytes of memory {@code event} holds, for whatever keeps a number of them, such as dead letters; 0 if the type cannot
     * tell. Must not allocate.
     */
    default long bytes(E event) {
        return 0;
    }

    /** Returns a type that only creates: its slots are handed out as the last event left them, and it is not copyable. */
    static <E> EventType<E> of(Supplier<? extends E> create) {
        return new CreateOnly<>(requireNonNull(create, "create"));
    }

    /** Returns a type made of three functions, each under the contract of the method of the same name. */
    static <E> EventType<E> of(
            Supplier<? extends E> create, Consumer<? super E> clear, BiConsumer<? super E, ? super E> copy) {
        return new OfFunctions<>(
                requireNonNull(create, "create"), requireNonNull(clear, "clear"), requireNonNull(copy, "copy"));
    }
}
