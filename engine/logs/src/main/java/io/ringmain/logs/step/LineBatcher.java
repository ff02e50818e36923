package io.ringmain.logs.step;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Stateful;
import io.ringmain.window.BatchLimits;
import io.ringmain.window.OpenBatch;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Gathers events into batches, each one event: its line is the lines of its events, with a newline between two. A batch is given when it is complete, see {@link BatchLimits}, before its line
 * would be longer than {@link LogEvent#LINE_BYTES_MAX}, and at the end of input.
 *
 * <p>A batch has {@value #ID}, from 1, {@value #CREATED}, the time of the last tick before its first event, {@value #EVENTS}, and {@value #BYTES}, those of its line.
 *
 * <p>Thread: one lane. Allocates until its memory is that of the longest line.
 */
public final class LineBatcher implements Emitter<LogEvent, LogEvent>, Stateful {

    /** The field that has the number of a batch: {@value}. */
    public static final String ID = "batch_id";

    /** The field that has the time of a batch; absent if none was known: {@value}. */
    public static final String CREATED = "batch_created";

    /** The field that has the number of events of a batch: {@value}. */
    public static final String EVENTS = "batch_events";

    /** The field that has the number of bytes of a batch: {@value}. */
    public static final String BYTES = "batch_bytes";

    private final OpenBatch open;
    private final int idField;
    private final int createdField;
    private final int eventsField;
    private final int bytesField;
    private byte[] lines = new byte[1024];
    // The event that comes again is in the batch already: it made it complete.
    private boolean isTaken;

    /** Makes a batcher whose fields have numbers of {@code keys}, those of the pipeline. */
    public LineBatcher(Keys keys, BatchLimits limits) {
        open = new OpenBatch(limits.bytes(Math.min(limits.bytesMax(), LogEvent.LINE_BYTES_MAX)));
        idField = keys.id(ID);
        createdField = keys.id(CREATED);
        eventsField = keys.id(EVENTS);
        bytesField = keys.id(BYTES);
    }

    /** The fields of batches. */
    public static Schema batches() {
        Map<String, FieldType> types = new LinkedHashMap<>();
        types.put("line", FieldType.TEXT);
        types.put(ID, FieldType.NUMBER);
        types.put(CREATED, FieldType.TIME);
        types.put(EVENTS, FieldType.NUMBER);
        types.put(BYTES, FieldType.NUMBER);
        return new Schema(types, false);
    }

    @Override
    public Progress emit(LogEvent event, Outlet<LogEvent> outlet) {
        if (!isTaken) {
            int length = Math.min(event.lineLength(), LogEvent.LINE_BYTES_MAX);
            if (!open.fits(length + 1L) && !give(outlet)) {
                return Progress.MORE;
            }
            add(event, length);
        }
        isTaken = open.isComplete() && !give(outlet);
        return isTaken ? Progress.MORE : Progress.DONE;
    }

    private void add(LogEvent event, int length) {
        int at = (int) open.bytes();
        int newline = open.count() == 0 ? 0 : 1;
        int end = at + newline + length;
        if (end > lines.length) {
            lines = Arrays.copyOf(lines, Math.max(end, Math.min(2 * lines.length, LogEvent.LINE_BYTES_MAX)));
        }
        lines[at] = '\n';
        System.arraycopy(event.bytes(), event.lineOffset(), lines, at + newline, length);
        open.add(newline + (long) length);
    }

    private boolean give(Outlet<LogEvent> outlet) {
        LogEvent batch = outlet.claim();
        if (batch == null) {
            return false;
        }
        batch.setLine(lines, 0, (int) open.bytes());
        batch.fields().putLong(idField, open.id());
        if (open.createdNs() != OpenBatch.NO_TIME) {
            batch.fields().putTime(createdField, open.createdNs());
        }
        batch.fields().putLong(eventsField, open.count());
        batch.fields().putLong(bytesField, open.bytes());
        open.next();
        return true;
    }

    @Override
    public long tickNs() {
        return open.tickNs();
    }

    @Override
    public Progress tick(long timeNs, Outlet<LogEvent> outlet) {
        open.tick(timeNs);
        return open.isComplete() && !give(outlet) ? Progress.MORE : Progress.DONE;
    }

    @Override
    public Progress finish(Outlet<LogEvent> outlet) {
        return open.count() > 0 && !give(outlet) ? Progress.MORE : Progress.DONE;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        open.save(out);
        out.write(lines, 0, (int) open.bytes());
    }

    @Override
    public void load(DataInput in) throws IOException {
        open.load(in);
        if (open.bytes() > LogEvent.LINE_BYTES_MAX) {
            throw new IOException("batch: " + open.bytes() + " bytes (expected: <= " + LogEvent.LINE_BYTES_MAX + ')');
        }
        lines = new byte[Math.max(lines.length, (int) open.bytes())];
        in.readFully(lines, 0, (int) open.bytes());
    }
}
