package io.ringmain.perf.chaos;

import java.util.Locale;

/** What the child itself does wrong, on purpose. */
enum Fault {
    /** Nothing. */
    NONE,
    /** A sink says that it has a batch, and has not. Once. */
    LIES,
    /** A sink writes a batch twice. Once. */
    REPEATS,
    /** A sink throws an {@link Error}. Once. */
    ERROR,
    /** The clock jumps forward by an hour, several times. */
    CLOCK;

    String title() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Fault named(String title) {
        return valueOf(title.toUpperCase(Locale.ROOT));
    }
}
