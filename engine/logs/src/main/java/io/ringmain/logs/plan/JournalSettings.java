package io.ringmain.logs.plan;

import static java.util.Objects.requireNonNull;

import io.ringmain.config.Durability;
import java.nio.file.Path;

/**
 * That all a pipeline is given is kept, so that the run can be repeated.
 *
 * @param path the directory; made if it is not there
 * @param durability what that survives behind a barrier
 */
public record JournalSettings(Path path, Durability durability) {

    /** Checks that nothing is missing. */
    public JournalSettings {
        requireNonNull(path, "path");
        requireNonNull(durability, "durability");
    }
}
