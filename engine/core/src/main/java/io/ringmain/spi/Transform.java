package io.ringmain.spi;

/**
 * Work in place on one event that always passes on: parse, compute, enrich.
 *
 * <p>Thread, ownership and errors: as {@link Stage#process}.
 *
 * @param <E> the event
 */
@FunctionalInterface
public interface Transform<E> {

    /** Changes {@code event} in place. Must not keep it. */
    void apply(E event) throws Exception;
}
