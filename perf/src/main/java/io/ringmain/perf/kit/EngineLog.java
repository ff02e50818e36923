package io.ringmain.perf.kit;

import java.util.logging.Level;
import java.util.logging.Logger;

/** What the engine logs while it is measured. */
public final class EngineLog {

    /** Held, because a logger that nobody holds forgets its level. */
    private static final Logger ENGINE = Logger.getLogger("io.ringmain");

    private EngineLog() {}

    /** Silences warnings: each pipeline would say between the lines of a table that its threads are more than the cores. */
    public static void quiet() {
        ENGINE.setLevel(Level.SEVERE);
    }
}
