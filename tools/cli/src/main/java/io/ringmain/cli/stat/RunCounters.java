package io.ringmain.cli.stat;

import io.ringmain.Report;
import java.util.function.Function;

/**
 * Where a run shows its counts to other processes while it goes on.
 *
 * <p>Thread: any; updates after {@link #close} do nothing. Allocates: meant for a few calls per second.
 */
public interface RunCounters extends AutoCloseable {

    /** Shows the counts to nobody. */
    RunCounters NONE = new RunCounters() {
        @Override
        public void update(Report report, long bytes) {}

        @Override
        public void obey(Function<String, String> commanded) {}

        @Override
        public void close() {}
    };

    /** Shows {@code report} and the {@code bytes} read so far, and that the run is alive. */
    void update(Report report, long bytes);

    /** As {@link #update(Report, long)}, for a run that counts no bytes. */
    default void update(Report report) {
        update(report, -1);
    }

    /** Carries out what others have asked of the run since the last call: {@code commanded} gets each command and gives the answer. */
    void obey(Function<String, String> commanded);

    /** Says that the run has ended. */
    @Override
    void close();
}
