package io.ringmain.spi;

import java.util.List;

/**
 * What is known of a run when it has ended.
 *
 * @param complete whether everything up to the end of input was appended, and nothing failed
 * @param slots how many slots were appended
 * @param sinks what each sink was given that stands behind a {@link DigestSink}
 */
public record JournalFoot(boolean complete, long slots, List<SinkDigest> sinks) {

    /** Copies the list. */
    public JournalFoot {
        sinks = List.copyOf(sinks);
    }
}
