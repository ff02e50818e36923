package io.ringmain.window;

import io.ringmain.spi.EventType;
import java.util.ArrayList;
import java.util.List;

/**
 * Some events as one: the result of a {@link Batcher}. It has room for as many as a batch may have, made once.
 *
 * <p>Thread and ownership: those of an event. What {@link #event} returns is part of it.
 *
 * @param <E> the event
 */
public final class EventBatch<E> {

    private List<E> events;
    private long id;
    private long createdNs = OpenBatch.NO_TIME;
    private long bytes;
    private int size;

    private EventBatch(EventType<E> type, int countMax) {
        events = new ArrayList<>(countMax);
        for (int i = 0; i < countMax; i++) {
            events.add(type.create());
        }
    }

    /** The type of batches of up to {@code countMax} events of {@code type}, which is copyable. */
    static <E> EventType<EventBatch<E>> type(EventType<E> type, int countMax) {
        return EventType.of(
                () -> new EventBatch<>(type, countMax), EventBatch::clear, (from, to) -> to.copyOf(from, type));
    }

    private void clear() {
        id = 0;
        createdNs = OpenBatch.NO_TIME;
        bytes = 0;
        size = 0;
    }

    private void copyOf(EventBatch<E> from, EventType<E> type) {
        describe(from.id, from.createdNs, from.bytes);
        size = from.size;
        for (int i = 0; i < size; i++) {
            E to = events.get(i);
            type.clear(to);
            type.copy(from.events.get(i), to);
        }
    }

    private void describe(long itsId, long itsCreatedNs, long itsBytes) {
        id = itsId;
        createdNs = itsCreatedNs;
        bytes = itsBytes;
    }

    /** Adds a copy of {@code event}; there must be room. */
    void add(E event, EventType<E> type) {
        E to = events.get(size);
        type.clear(to);
        type.copy(event, to);
        size++;
    }

    /** Room for one more, which is clear. */
    E add(EventType<E> type) {
        E to = events.get(size);
        type.clear(to);
        size++;
        return to;
    }

    /** Takes over the events of {@code other}, which has those of this one, to be overwritten. */
    void take(EventBatch<E> other, OpenBatch open) {
        List<E> mine = events;
        events = other.events;
        size = other.size;
        other.events = mine;
        other.clear();
        describe(open.id(), open.createdNs(), open.bytes());
    }

    /** Its number: 1, 2, 3 …, also beyond a checkpoint. */
    public long id() {
        return id;
    }

    /**
     * When it got its first event, in epoch nanoseconds: the time of the last tick before, so a replay says the same. {@link OpenBatch#NO_TIME} if none had come.
     */
    public long createdNs() {
        return createdNs;
    }

    /** How many bytes its events have, as {@link EventType#bytes} tells. */
    public long bytes() {
        return bytes;
    }

    /** How many events it has, at least 1. */
    public int size() {
        return size;
    }

    /** The event number {@code index}, from 0. */
    public E event(int index) {
        if (index >= size) {
            throw new IndexOutOfBoundsException("event " + index + " of " + size);
        }
        return events.get(index);
    }

    @Override
    public String toString() {
        return "batch " + id + ' ' + events.subList(0, size);
    }
}
