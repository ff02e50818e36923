package io.ringmain.kit;

import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import java.util.ArrayList;
import java.util.List;

/** Notes what came from whom. */
public final class NotingSink implements Sink<Cell> {

    private final List<String> sources = new ArrayList<>();
    private final List<Long> values = new ArrayList<>();

    @Override
    public synchronized void write(Batch<Cell> batch) {
        for (int i = 0; i < batch.size(); i++) {
            sources.add(batch.source(i));
            values.add(batch.event(i).value);
        }
    }

    /** The values of the events of one source, in order. */
    public synchronized List<Long> from(String source) {
        List<Long> found = new ArrayList<>();
        for (int i = 0; i < sources.size(); i++) {
            if (sources.get(i).equals(source)) {
                found.add(values.get(i));
            }
        }
        return found;
    }

    /** How many events came. */
    public synchronized int count() {
        return values.size();
    }

    /** The names of the sources, event by event. */
    public synchronized List<String> sources() {
        return List.copyOf(sources);
    }
}
