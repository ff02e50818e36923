package io.ringmain.testing;

import static io.ringmain.testing.ContractCheck.broken;
import static io.ringmain.testing.ContractCheck.mustNotFail;
import static io.ringmain.testing.ContractCheck.require;
import static io.ringmain.testing.ContractCheck.requireEqual;
import static java.util.Objects.requireNonNull;

import io.ringmain.spi.EventType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Checks an {@link EventType} against its contract: {@code create} gives distinct and equal events, {@code clear} gives what
 * {@code create} gives, {@code copy} overwrites everything and shares nothing mutable, {@code copyable} says the truth.
 *
 * <pre>{@code
 * EventTypeContract.of(Order.TYPE, order -> order.id + "/" + order.lines)
 *         .filledBy(order -> order.id = 7)
 *         .filledBy(order -> order.lines.add("tea"))
 *         .check();
 * }</pre>
 *
 * <p>Thread: one. Errors: {@link #check} throws an {@link AssertionError} that names the first broken clause.
 *
 * @param <E> the event
 */
public final class EventTypeContract<E> {

    private final EventType<E> type;
    private final Function<? super E, ?> picture;
    private final List<Consumer<? super E>> fillers = new ArrayList<>();

    private EventTypeContract(EventType<E> type, Function<? super E, ?> picture) {
        this.type = type;
        this.picture = picture;
    }

    /**
     * Begins a check of {@code type}.
     *
     * @param picture makes an immutable value of all that an event holds, with {@code equals}; a string will do
     */
    public static <E> EventTypeContract<E> of(EventType<E> type, Function<? super E, ?> picture) {
        return new EventTypeContract<>(requireNonNull(type, "type"), requireNonNull(picture, "picture"));
    }

    /** Adds a change that the picture shows: one for each part of the event, above all for each mutable object in it. */
    public EventTypeContract<E> filledBy(Consumer<? super E> filler) {
        fillers.add(requireNonNull(filler, "filler"));
        return this;
    }

    /** Checks all clauses. */
    public void check() {
        if (fillers.isEmpty()) {
            throw new IllegalStateException("filledBy: not called (expected: at least once)");
        }
        checkCreate();
        checkClear();
        if (type.copyable()) {
            mustNotFail("eventType.copy of a copyable type", () -> type.copy(filled(), type.create()));
            fillers.forEach(this::checkCopy);
        } else {
            checkNotCopyable();
        }
    }

    private void checkCreate() {
        E first = type.create();
        E second = type.create();
        require(first != second, "eventType.create", "the same event twice", "a new one for each slot");
        requireEqual(pictureOf(second), pictureOf(first), "eventType.create, second event", ", as the first");
        for (Consumer<? super E> filler : fillers) {
            Object before = pictureOf(second);
            filler.accept(first);
            requireEqual(pictureOf(second), before, "eventType.create, an event after a change to another", "");
            first = type.create();
            filler.accept(first);
            require(
                    !pictureOf(first).equals(before),
                    "filledBy",
                    "a change that the picture does not show",
                    "a picture of all that the event holds");
        }
    }

    private void checkClear() {
        Object empty = pictureOf(type.create());
        E event = filled();
        type.clear(event);
        requireEqual(pictureOf(event), empty, "eventType.clear", ", as created");
        type.clear(event);
        requireEqual(pictureOf(event), empty, "eventType.clear, called twice", ", as created");
    }

    private void checkCopy(Consumer<? super E> change) {
        E from = filled();
        E to = type.create();
        Object full = pictureOf(from);
        type.copy(from, to);
        requireEqual(pictureOf(to), full, "eventType.copy", ", as the original");
        requireEqual(pictureOf(from), full, "eventType.copy, the original afterwards", ", unchanged");

        change.accept(to);
        requireEqual(pictureOf(from), full, "eventType.copy, the original after a change to the copy", ", unchanged");
        type.clear(to);
        requireEqual(pictureOf(from), full, "eventType.copy, the original after the copy was cleared", ", unchanged");

        type.copy(from, to);
        change.accept(from);
        requireEqual(pictureOf(to), full, "eventType.copy, the copy after a change to the original", ", unchanged");
        type.clear(from);
        requireEqual(pictureOf(to), full, "eventType.copy, the copy after the original was cleared", ", unchanged");

        E empty = type.create();
        type.copy(empty, to);
        requireEqual(
                pictureOf(to),
                pictureOf(empty),
                "eventType.copy of an empty event over a full one",
                ", as the original");
    }

    private void checkNotCopyable() {
        try {
            type.copy(filled(), type.create());
        } catch (RuntimeException refused) {
            return;
        }
        throw broken("eventType.copyable", "false, but copy works", "true");
    }

    private E filled() {
        E event = type.create();
        fillers.forEach(filler -> filler.accept(event));
        return event;
    }

    private Object pictureOf(E event) {
        return picture.apply(event);
    }
}
