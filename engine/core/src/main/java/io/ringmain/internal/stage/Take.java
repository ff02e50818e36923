package io.ringmain.internal.stage;

import io.ringmain.spi.Stage;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Passes the first events on, then ends the input and filters what was already on its way.
 *
 * <p>Thread: its lane's.
 *
 * @param <E> the event
 */
public final class Take<E> implements Stage<E>, Stateful {

    private final long count;
    private long taken;
    private Runnable enough = () -> {};

    /** Makes a stage that passes {@code count} events on. */
    public Take(long count) {
        if (count < 1) {
            throw new IllegalArgumentException("take.count: " + count + " (expected: >= 1)");
        }
        this.count = count;
    }

    /** Sets what to do when the last event is taken. Before the start. */
    public void whenEnough(Runnable enough) {
        this.enough = enough;
    }

    @Override
    public boolean process(E event) {
        if (taken == count) {
            return false;
        }
        taken++;
        if (taken == count) {
            enough.run();
        }
        return true;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeLong(taken);
    }

    @Override
    public void load(DataInput in) throws IOException {
        taken = Math.min(count, in.readLong());
    }
}
