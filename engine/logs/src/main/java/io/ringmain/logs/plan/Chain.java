package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Transform;
import java.util.ArrayList;
import java.util.List;

/** The changes that one step makes, one after the other. */
final class Chain implements Stage<LogEvent> {

    private final boolean isRetried;

    private final List<Transform<LogEvent>> links = new ArrayList<>();

    Chain(boolean isRetried) {
        this.isRetried = isRetried;
    }

    void add(Transform<LogEvent> link) {
        links.add(link);
    }

    @Override
    public boolean process(LogEvent event) throws Exception {
        // Without an iterator, which each event would pay for.
        for (int i = 0; i < links.size(); i++) {
            links.get(i).apply(event);
        }
        return true;
    }

    /** A second attempt would rename or compute again what the first one has changed. */
    @Override
    public boolean restoring() {
        return isRetried;
    }
}
