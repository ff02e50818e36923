package io.ringmain.window;

import static java.util.Objects.requireNonNull;

import io.ringmain.spi.Emitter;
import io.ringmain.spi.EventType;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Portable;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Stateful;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * Gathers events into batches: one is given when it has enough events or bytes, when its first event has waited long enough, or at the end of input, whichever comes first.
 *
 * <pre>{@code
 * var batcher = new Batcher<>(TYPE, BatchLimits.of(100).within(Duration.ofSeconds(1)));
 * builder.into("batch", batcher.type(), batcher).bound(16)
 * }</pre>
 *
 * <p>While the next ring is full a batch that is complete waits, and the events behind it; none is lost, and none is given before it is complete. Events are copied into objects that were made
 * with the batcher and the ring, so nothing is allocated.
 *
 * <p>Thread: one lane. With checkpoints the events must be {@link Portable}: what is gathered is part of each.
 *
 * @param <E> the event
 */
public final class Batcher<E> implements Emitter<E, EventBatch<E>>, Stateful {

    /** The most events that a batch may have: {@value}. */
    public static final int COUNT_LIMIT = 1 << 20;

    private final EventType<E> type;
    private final OpenBatch open;
    private final EventType<EventBatch<E>> batchType;
    private final EventBatch<E> events;
    // The event that comes again is in the batch already: it made it complete.
    private boolean isTaken;

    /** Makes a batcher of events of {@code type}, which must be copyable. Makes as many of them as a batch may have. */
    public Batcher(EventType<E> type, BatchLimits limits) {
        this.type = requireNonNull(type, "type");
        long countMax = requireNonNull(limits, "limits").countMax();
        if (!type.copyable()) {
            throw new IllegalArgumentException("batch: over an event type that cannot be copied (expected: copyable);"
                    + " give EventType.of a copy function");
        }
        if (countMax > COUNT_LIMIT) {
            throw new IllegalArgumentException("batch.countMax: " + countMax + " (expected: <= " + COUNT_LIMIT
                    + "); each slot of the next ring has room for so many");
        }
        open = new OpenBatch(limits);
        batchType = EventBatch.type(type, (int) countMax);
        events = batchType.create();
    }

    /** The type of the batches. Each slot of a ring of them has room for as many events as a batch may have: give that segment a small {@linkplain io.ringmain.PipelineBuilder#bound bound}. */
    public EventType<EventBatch<E>> type() {
        return batchType;
    }

    @Override
    public Progress emit(E event, Outlet<EventBatch<E>> outlet) {
        if (!isTaken) {
            long bytes = type.bytes(event);
            if (!open.fits(bytes) && !give(outlet)) {
                return Progress.MORE;
            }
            events.add(event, type);
            open.add(bytes);
        }
        isTaken = open.isComplete() && !give(outlet);
        return isTaken ? Progress.MORE : Progress.DONE;
    }

    private boolean give(Outlet<EventBatch<E>> outlet) {
        EventBatch<E> batch = outlet.claim();
        if (batch == null) {
            return false;
        }
        batch.take(events, open);
        open.next();
        return true;
    }

    @Override
    public long tickNs() {
        return open.tickNs();
    }

    @Override
    public Progress tick(long timeNs, Outlet<EventBatch<E>> outlet) {
        open.tick(timeNs);
        return open.isComplete() && !give(outlet) ? Progress.MORE : Progress.DONE;
    }

    @Override
    public Progress finish(Outlet<EventBatch<E>> outlet) {
        return open.count() > 0 && !give(outlet) ? Progress.MORE : Progress.DONE;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        open.save(out);
        if (events.size() == 0) {
            out.writeInt(0);
            return;
        }
        Portable<E> portable = portable();
        out.writeInt(portable.format());
        for (int i = 0; i < events.size(); i++) {
            portable.write(events.event(i), out);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        open.load(in);
        int format = in.readInt();
        for (long i = 0; i < open.count(); i++) {
            portable().read(events.add(type), in, format);
        }
    }

    private Portable<E> portable() throws IOException {
        if (type instanceof Portable<E> portable) {
            return portable;
        }
        throw new IOException(
                "batch: beside checkpoints over an event type that cannot be written (expected: Portable);"
                        + " what is gathered is part of each checkpoint");
    }
}
