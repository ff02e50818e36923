package io.ringmain.window;

import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/**
 * What is known of the batch that an emitter fills: its number, how much is in it, and since when. What is in it is the emitter's.
 *
 * <p>Time is that of the ticks, see {@link io.ringmain.spi.Emitter#tick}. How long the first event has waited is counted from the first tick behind it: so no batch is complete too early, also when the
 * pipeline was held back and ticks are old; and it is complete at most two ticks too late.
 *
 * <p>Thread: one lane.
 */
public final class OpenBatch implements Stateful {

    /** What {@link #createdNs} says if no tick had come; that can be in a pipeline into which threads publish. */
    public static final long NO_TIME = Long.MIN_VALUE;

    private static final int FORMAT = 1;
    private static final long TICKS_IN_A_WAIT = 20;
    private static final long TICK_MIN_NS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long TICK_MAX_NS = TimeUnit.SECONDS.toNanos(1);

    private final BatchLimits limits;
    private final long waitMaxNs;
    private long id = 1;
    private long count;
    private long bytes;
    private long lastNs = NO_TIME;
    private long createdNs = NO_TIME;
    // The first tick behind the first event.
    private long sinceNs = NO_TIME;

    /** Makes the first batch, which is empty. */
    public OpenBatch(BatchLimits limits) {
        this.limits = limits;
        waitMaxNs = limits.waitMax().toNanos();
    }

    /** How often the emitter wants to be told the time: a twentieth of what an event waits, from a millisecond to a second. */
    public long tickNs() {
        return Math.max(TICK_MIN_NS, Math.min(TICK_MAX_NS, waitMaxNs / TICKS_IN_A_WAIT));
    }

    /** Takes note of the time. */
    public void tick(long timeNs) {
        lastNs = timeNs;
        if (count > 0 && (sinceNs == NO_TIME || timeNs < sinceNs)) {
            // Earlier than before: it is another run, whose clock was set.
            sinceNs = timeNs;
        }
    }

    /** Whether there is room for an event of {@code more} bytes: in an empty one always. */
    public boolean fits(long more) {
        return count == 0 || (count < limits.countMax() && more <= limits.bytesMax() - bytes);
    }

    /** An event of {@code more} bytes is put into it. */
    public void add(long more) {
        if (count == 0) {
            createdNs = lastNs;
        }
        count++;
        bytes += more;
    }

    /** Whether it is complete: full, or its first event has waited long enough. */
    public boolean isComplete() {
        return count > 0
                && (count >= limits.countMax()
                        || bytes >= limits.bytesMax()
                        || (sinceNs != NO_TIME && lastNs - sinceNs >= waitMaxNs));
    }

    /** The batch was given: the next one begins. */
    public void next() {
        id++;
        count = 0;
        bytes = 0;
        createdNs = NO_TIME;
        sinceNs = NO_TIME;
    }

    /** Its number: 1, 2, 3 …, going on behind a checkpoint. */
    public long id() {
        return id;
    }

    /** How many events are in it. */
    public long count() {
        return count;
    }

    /** How many bytes they have. */
    public long bytes() {
        return bytes;
    }

    /** When it got its first event: the time of the last tick before, in epoch nanoseconds; or {@link #NO_TIME}. */
    public long createdNs() {
        return createdNs;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeLong(id);
        out.writeLong(count);
        out.writeLong(bytes);
        out.writeLong(lastNs);
        out.writeLong(createdNs);
        out.writeLong(sinceNs);
    }

    @Override
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException(
                    "batch: format " + format + " (expected: " + FORMAT + "); it was written by another version");
        }
        id = in.readLong();
        count = in.readLong();
        bytes = in.readLong();
        lastNs = in.readLong();
        createdNs = in.readLong();
        sinceNs = in.readLong();
    }
}
