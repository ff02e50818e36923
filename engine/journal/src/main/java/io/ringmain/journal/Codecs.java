package io.ringmain.journal;

import io.ringmain.spi.EventType;
import io.ringmain.spi.LetterCodec;
import io.ringmain.spi.Portable;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** How the events of each type are written. Thread: any; allocates when a type is met for the first time. */
final class Codecs {

    private final Map<EventType<?>, LetterCodec<?>> byType;

    Codecs(Map<EventType<?>, LetterCodec<?>> given) {
        byType = new ConcurrentHashMap<>(given);
    }

    /** Whether there is a codec for events of {@code type}. */
    boolean has(EventType<?> type) {
        return byType.containsKey(type) || type instanceof Portable<?>;
    }

    /** The codec for events of {@code type}: the one that was given, else the type's own form. */
    @SuppressWarnings("unchecked") // They are put in together.
    <E> LetterCodec<E> of(EventType<E> type) {
        LetterCodec<?> known = byType.get(type);
        if (known == null) {
            if (!(type instanceof Portable<E> portable)) {
                throw new IllegalArgumentException("deadLetters: no way to write events of " + type
                        + " (expected: a Portable type); give a codec for it");
            }
            known = LetterCodec.of(portable);
            byType.put(type, known);
        }
        return (LetterCodec<E>) known;
    }
}
