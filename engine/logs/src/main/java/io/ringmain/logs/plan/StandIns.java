package io.ringmain.logs.plan;

import io.ringmain.config.Replaying;
import io.ringmain.config.WhenFull;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.JournalReader;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What takes the place of parts of a plan, for whoever tries a plan out or wants its events in Java. What is empty stays as the plan
 * says.
 *
 * <p>Thread: asked by the one that builds the pipeline; what is returned belongs to the pipeline.
 */
public interface StandIns {

    /** Nothing takes the place of anything. */
    StandIns NONE = new StandIns() {};

    /** What is read instead of {@code part}. */
    default Optional<Source<LogEvent>> source(Part part) {
        return Optional.empty();
    }

    /** What is given the events of {@code part}, whose fields have the names in {@code keys}, behind its {@code where}. */
    default Optional<Sink<LogEvent>> sink(Part part, Keys keys) {
        return Optional.empty();
    }

    /** Who calls the lanes. */
    default Optional<Runner> runner() {
        return Optional.empty();
    }

    /** What a full ring does where the plan says {@code asked}. */
    default WhenFull whenFull(WhenFull asked) {
        return asked;
    }

    /** How many slots of each ring are used at a time. */
    default OptionalInt bound() {
        return OptionalInt.empty();
    }

    /** What is repeated instead of reading the sources: a run that a journal has kept. */
    default Optional<Replay> replay() {
        return Optional.empty();
    }

    /** What is repeated, and how. */
    record Replay(JournalReader reader, Replaying how) {}

    /** Whether what outlives the run is kept as the plan says: checkpoints, a journal, and dead letters on disk. Else letters are in memory. */
    default boolean keepsState() {
        return true;
    }
}
