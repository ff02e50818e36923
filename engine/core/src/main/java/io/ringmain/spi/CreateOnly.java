package io.ringmain.spi;

import java.util.function.Supplier;

/** An event type of an embedder who gave only a constructor. */
record CreateOnly<E>(Supplier<? extends E> maker) implements EventType<E> {

    @Override
    public E create() {
        return maker.get();
    }

    @Override
    public void clear(E event) {
        // The filler overwrites what the last event left: that is the bargain of EventType.of(Supplier).
    }

    @Override
    public void copy(E from, E to) {
        throw new IllegalStateException(
                "event type: not copyable (expected: copyable); give EventType.of a copy function");
    }

    @Override
    public boolean copyable() {
        return false;
    }
}
