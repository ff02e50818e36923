package io.ringmain;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** Tests over many seeds, of which {@code -Dringmain.seed=N} runs one. Simulated failures are no news, and there are thousands. */
abstract class SeededTest {

    private static final Logger ENGINE = Logger.getLogger("io.ringmain");

    /** The seeds from 0 to before {@code count}, or the one that is asked for. */
    static List<Long> seeds(int count) {
        Long only = Long.getLong("ringmain.seed");
        return only != null ? List.of(only) : LongStream.range(0, count).boxed().toList();
    }

    @BeforeAll
    static void silence() {
        ENGINE.setLevel(Level.OFF);
    }

    @AfterAll
    static void speak() {
        ENGINE.setLevel(null);
    }
}
