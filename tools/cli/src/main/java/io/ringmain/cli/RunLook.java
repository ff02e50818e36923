package io.ringmain.cli;

import io.ringmain.cli.stat.RunSnapshot;
import io.ringmain.cli.stat.RunSnapshot.Part;
import org.jspecify.annotations.Nullable;

/**
 * What one look at a run has seen.
 *
 * @param now the picture
 * @param before the one of the look before; null at the first
 * @param state what has become of the run
 */
record RunLook(RunSnapshot now, @Nullable RunSnapshot before, State state) {

    enum State {
        RUNNING,
        /** Ended in order; the file is gone. */
        ENDED,
        /** The process is gone, its file is not. */
        STALE
    }

    /** How fast the run's counter {@code name} grew between the looks; since the start at the first. */
    double perSecond(String name) {
        return perSecond(now.counter(name), before == null ? 0 : before.counter(name));
    }

    /** As {@link #perSecond(String)}, for a counter of {@code part}. */
    double perSecond(Part part, String name) {
        return perSecond(part.counter(name), before == null ? 0 : counterBefore(before, part, name));
    }

    private double perSecond(long count, long countBefore) {
        long ns = now.counter("ran_ns") - (before == null ? 0 : before.counter("ran_ns"));
        return ns <= 0 ? 0 : Math.max(0, count - countBefore) * 1e9 / ns;
    }

    private static long counterBefore(RunSnapshot before, Part part, String name) {
        for (Part candidate : before.parts(part.kind())) {
            if (candidate.name().equals(part.name())) {
                return candidate.counter(name);
            }
        }
        return 0;
    }
}
