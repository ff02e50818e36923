package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.LogEvent;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Stateful;
import io.ringmain.window.Watermarks;
import io.ringmain.window.Windows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Totals of windows of event time: takes events into the groups of an {@link Aggregate}, one for each pane, and gives the rows of a window when no event of it is expected any
 * more. A row has {@code window_start} and {@code window_end} before its keys and values. Windows leave in the order of their ends, and rows of one window as an aggregate gives them.
 *
 * <p>How far time has come is told by the events alone, one after the other: which of them are late, and what is given when, does not depend on how fast they come. An event is late if
 * all windows that it belongs to have been given; it is counted in {@link #late}, and in nothing else. One that has no time fails.
 *
 * <p>Windows that overlap share panes: an event is counted once, and a window is the sum of its panes.
 *
 * <p>Thread: one lane. Allocates for each pane and each window, and a number for an event that is of another pane than the one before.
 */
public final class Window implements Emitter<LogEvent, LogEvent>, Stateful {

    private static final int FORMAT = 1;

    private final Keys keys;
    private final WindowSpec spec;
    private final Windows.Aligned windows;
    private final Windows.Aligned paneWindows;
    private final int startField;
    private final int endField;
    private final Watermarks watermarks;
    // By the start of the pane.
    private final TreeMap<Long, Aggregate> panes = new TreeMap<>();
    private long latestStart;
    private @Nullable Aggregate latest;
    private long late;

    // No window that begins before this is given any more.
    private long nextStart = Long.MIN_VALUE;
    private boolean isTaken;
    private @Nullable Aggregate closing;
    private long closingStart;

    /** Makes windows over fields that {@code keys}, those of the pipeline, has the numbers of. */
    public Window(Keys keys, WindowSpec spec) {
        this.keys = keys;
        this.spec = spec;
        windows = spec.windows();
        paneWindows = windows.panes();
        startField = keys.id(WindowSpec.START);
        endField = keys.id(WindowSpec.END);
        watermarks = new Watermarks(1, spec.disorderNs());
    }

    @Override
    public Progress emit(LogEvent event, Outlet<LogEvent> outlet) throws NoTimeException {
        if (!isTaken) {
            take(event);
            isTaken = true;
        }
        if (!close(watermarks.current(), outlet)) {
            return Progress.MORE;
        }
        isTaken = false;
        return Progress.DONE;
    }

    private void take(LogEvent event) throws NoTimeException {
        long timeNs = event.timeNs();
        if (timeNs == LogEvent.NO_TIME) {
            throw NoTimeException.INSTANCE;
        }
        long youngest = windows.lastStart(timeNs);
        if (windows.contains(youngest, timeNs)) {
            if (youngest >= nextStart) {
                pane(paneWindows.lastStart(timeNs)).emit(event, () -> null);
            } else {
                late++;
            }
        }
        watermarks.observe(0, timeNs);
    }

    private Aggregate pane(long start) {
        Aggregate pane = latest;
        if (pane == null || start != latestStart) {
            pane = panes.computeIfAbsent(start, none -> new Aggregate(keys, spec.totals()));
            latest = pane;
            latestStart = start;
        }
        return pane;
    }

    /** Whether no event of the window that begins at {@code start} is expected any more. */
    private boolean isOver(long start, long watermark) {
        // Not the end of the window, which may lie behind the end of time.
        return watermark == Watermarks.END
                || (watermark >= Long.MIN_VALUE + windows.sizeNs() && start <= watermark - windows.sizeNs() + 1);
    }

    /** Gives the rows of all windows that are over; {@code false} if there is no room for more. */
    private boolean close(long watermark, Outlet<LogEvent> outlet) {
        while (closing != null || next(watermark)) {
            Aggregate rows = closing;
            if (rows != null && rows.finish(() -> claim(outlet)) == Progress.MORE) {
                return false;
            }
            closing = null;
            nextStart = closingStart + 1;
            forget();
        }
        if (watermark != Watermarks.END && watermark >= Long.MIN_VALUE + windows.sizeNs()) {
            // Also windows that had no event are over.
            nextStart = Math.max(nextStart, watermark - windows.sizeNs() + 2);
        }
        return true;
    }

    private @Nullable LogEvent claim(Outlet<LogEvent> outlet) {
        LogEvent row = outlet.claim();
        if (row != null) {
            row.fields().putTime(startField, closingStart);
            row.fields().putTime(endField, end(closingStart));
        }
        return row;
    }

    /** Where the window ends that begins at {@code start}; the last one when time does. */
    private long end(long start) {
        return start > Long.MAX_VALUE - windows.sizeNs() ? Long.MAX_VALUE : start + windows.sizeNs();
    }

    /** Puts the next window together, if one is over that has events. */
    private boolean next(long watermark) {
        if (panes.isEmpty()) {
            return false;
        }
        long first = firstStart(panes.firstKey());
        if (!isOver(first, watermark)) {
            return false;
        }
        closingStart = first;
        closing = sum(first);
        return true;
    }

    /** The start of the oldest window that has the pane and is not given yet. */
    private long firstStart(long pane) {
        return windows.firstStart(Math.max(nextStart, pane - windows.sizeNs() + 1));
    }

    private Aggregate sum(long start) {
        Map<Long, Aggregate> parts = panes.subMap(start, true, end(start) - 1, true);
        Aggregate first = parts.values().iterator().next();
        boolean isGivenOnce = windows.slideNs() >= windows.sizeNs();
        if (parts.size() == 1 && isGivenOnce) {
            return first;
        }
        Aggregate sum = new Aggregate(keys, spec.totals());
        parts.values().forEach(sum::merge);
        return sum;
    }

    /** Drops the panes whose windows have all been given. */
    private void forget() {
        while (!panes.isEmpty() && windows.lastStart(panes.firstKey()) < nextStart) {
            if (panes.pollFirstEntry().getValue() == latest) {
                latest = null;
            }
        }
    }

    @Override
    public Progress finish(Outlet<LogEvent> outlet) {
        return close(Watermarks.END, outlet) ? Progress.DONE : Progress.MORE;
    }

    /** What is computed. */
    public WindowSpec spec() {
        return spec;
    }

    /** How many events came when all of their windows had been given. */
    public long late() {
        return late;
    }

    /** How many panes are kept now. */
    public int paneCount() {
        return panes.size();
    }

    /** Writes how far time has come, and all panes. */
    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeUTF(spec.windows() + " " + spec.disorderNs());
        watermarks.save(out);
        out.writeLong(nextStart);
        out.writeLong(late);
        out.writeInt(panes.size());
        for (Map.Entry<Long, Aggregate> pane : panes.entrySet()) {
            out.writeLong(pane.getKey());
            pane.getValue().save(out);
        }
    }

    @Override
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException(
                    "window: format " + format + " (expected: " + FORMAT + "); it was written by another version");
        }
        String saved = in.readUTF();
        String own = spec.windows() + " " + spec.disorderNs();
        if (!saved.equals(own)) {
            throw new IOException("window: the checkpoint has " + saved + " (expected: the same windows, " + own
                    + "); give the plan that wrote it");
        }
        watermarks.load(in);
        nextStart = in.readLong();
        late = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            long start = in.readLong();
            Aggregate pane = new Aggregate(keys, spec.totals());
            pane.load(in);
            panes.put(start, pane);
        }
    }
}
