package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Durability;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * That all a pipeline is given is kept, so that the run can be repeated.
 *
 * @param path the directory; made if it is not there
 * @param durability what that survives behind a barrier
 * @param bytesMax how many bytes of disk runs take, about, before the oldest that are over are dropped; empty for no bound
 * @param ageMax how long runs are kept when they are over; empty for ever
 */
public record JournalSettings(Path path, Durability durability, OptionalLong bytesMax, Optional<Duration> ageMax) {

    /** Checks that nothing is missing. */
    public JournalSettings {
        requireNonNull(path, "path");
        requireNonNull(durability, "durability");
        requireNonNull(bytesMax, "bytesMax");
        requireNonNull(ageMax, "ageMax");
    }
}
