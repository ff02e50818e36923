package io.ringmain.perf.windows;

import io.ringmain.internal.window.WindowEmitter;
import io.ringmain.perf.windows.Reading.Total;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.window.Windows;

/** Fills pane after pane of a second with events of so many keys, in an order that looks like chance. Thread: one. */
public final class PaneLoad {

    private static final long PANE_NS = 1_000_000_000;
    private static final long STEP = 0x9E3779B97F4A7C15L;

    private final WindowEmitter<Reading, Total> window;
    private final Reading reading = new Reading();
    private final Total row = new Total();
    private final Outlet<Total> outlet = this::claim;
    private final int keys;
    private long pane;
    private long events;
    private long rows;
    private long hash;

    private PaneLoad(Windows windows, int keys) {
        window = new WindowEmitter<>(Reading.totals(windows), Total::write);
        this.keys = keys;
    }

    /** Windows of a pane. */
    public static PaneLoad tumbling(int keys) {
        return new PaneLoad(new Windows.Aligned(PANE_NS, PANE_NS, 0), keys);
    }

    /** Windows of {@code panes} panes, one of which begins with each pane. */
    public static PaneLoad sliding(int keys, int panes) {
        return new PaneLoad(new Windows.Aligned(panes * PANE_NS, PANE_NS, 0), keys);
    }

    private Total claim() {
        hash += row.count + 31 * row.sum;
        rows++;
        return row;
    }

    /** Adds {@code count} events to the pane. */
    public void fill(long count) {
        for (long i = 0; i < count; i++) {
            add();
        }
    }

    private void add() {
        events++;
        reading.timeNs = pane * PANE_NS;
        reading.key = Math.floorMod((events * STEP) >>> 20, (long) keys);
        reading.value = events & 0xff;
        emit();
    }

    private void emit() {
        try {
            while (window.emit(reading, 0, outlet) == Progress.MORE) {}
        } catch (Exception failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Adds an event of each key, numbered from 0 on. */
    public void fillWithEachKey() {
        for (long key = 0; key < keys; key++) {
            reading.timeNs = pane * PANE_NS;
            reading.key = key;
            reading.value = 1;
            emit();
        }
    }

    /** Begins the next pane, and gives all windows that are over by that. */
    public void turn() {
        pane++;
        add();
        while (window.isBehind()) {
            window.proceed(outlet);
        }
    }

    /** How many results were given. */
    public long rows() {
        return rows;
    }

    /** What results were given. */
    public long hash() {
        return hash;
    }
}
