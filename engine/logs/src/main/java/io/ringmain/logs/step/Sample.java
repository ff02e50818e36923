package io.ringmain.logs.step;

import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * The filter that keeps the first of every so many events: which ones follows from their order alone.
 *
 * <p>Thread: one lane. Never allocates, never fails.
 */
public final class Sample implements Stage<LogEvent>, Stateful {

    private final long oneIn;
    private long next;

    /**
     * Makes a filter that keeps one of {@code oneIn} events.
     *
     * @throws IllegalArgumentException if {@code oneIn} is less than 1
     */
    public Sample(long oneIn) {
        if (oneIn < 1) {
            throw new IllegalArgumentException("sample: one in " + oneIn + " (expected: >= 1)");
        }
        this.oneIn = oneIn;
    }

    @Override
    public boolean process(LogEvent event) {
        boolean keep = next == 0;
        next = next + 1 == oneIn ? 0 : next + 1;
        return keep;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeLong(next);
    }

    @Override
    public void load(DataInput in) throws IOException {
        next = in.readLong() % oneIn;
    }
}
