package io.ringmain.spi;

import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** An event type made of three functions. */
record OfFunctions<E>(Supplier<? extends E> maker, Consumer<? super E> clearer, BiConsumer<? super E, ? super E> copier)
        implements EventType<E> {

    @Override
    public E create() {
        return maker.get();
    }

    @Override
    public void clear(E event) {
        clearer.accept(event);
    }

    @Override
    public void copy(E from, E to) {
        copier.accept(from, to);
    }
}
