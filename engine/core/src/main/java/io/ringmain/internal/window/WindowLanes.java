package io.ringmain.internal.window;

import io.ringmain.internal.ring.Columns;
import io.ringmain.internal.ring.Groups;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.ring.Slot;
import io.ringmain.internal.run.StoppedException;
import io.ringmain.internal.stage.SlotStage;
import io.ringmain.internal.stage.Step;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.Keying;
import io.ringmain.window.Windowing;
import java.io.ByteArrayOutputStream;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * What the lanes of one window share.
 *
 * <p>The idea: an event whose pane is open is only added to it, and nobody looks at an open pane but the lane that adds. So
 *
 * <ol>
 *   <li>a lane in front finds the time, the key group and the watermark at each event, one after the other, and so which panes are closed; it writes down what it finds beside the slot. An
 *       event whose pane is closed it gives to no lane;
 *   <li>the lanes of a partition add the events of their groups to open panes;
 *   <li>the lane behind them, that of {@link WindowEmitter}, takes the events for closed panes, and gives windows that are over: all panes of these are closed.
 * </ol>
 *
 * Watermarks never go back, so a pane that is closed at one slot is closed at all that follow. The lanes are ahead of the lane behind, hence a pane that is closed there is closed for them too, and
 * it has passed on behind them all that they did to it. Whose a pane is, at a barrier too, follows from the watermark at the slot and from nothing else: with any number of lanes the same is
 * given, and saved, as by one.
 *
 * <p>Thread: put together by assembly; then what is written beside a slot belongs to the lane in front until it passes the slot on, as {@link Columns} say.
 *
 * @param <E> the event
 */
public final class WindowLanes<E> {

    private final Windowing<E> windowing;
    private final AlignedStore<E> store;
    // The lane's in front, once the pipeline has started.
    private final SourceTimes<E> times;
    private final Columns columns;
    private final Groups groups;
    // By slot: when the event happened, and how far time has come with it, or with the control event.
    private final long[] timesNs;
    private final long[] watermarks;
    private final int indexMask;

    private final OpenPanes open = new OpenPanes();
    private final ByteArrayOutputStream savedTimes = new ByteArrayOutputStream();
    private boolean isRemembered;
    private volatile boolean haveFailed;

    /** Where they stand. */
    record Slots(Ring<?> ring, Groups groups) {}

    WindowLanes(Windowing<E> windowing, AlignedStore<E> store, SourceTimes<E> times, Slots slots) {
        this.windowing = windowing;
        this.store = store;
        this.times = times;
        columns = slots.ring().columns();
        groups = slots.groups();
        timesNs = new long[slots.ring().size()];
        watermarks = new long[timesNs.length];
        indexMask = timesNs.length - 1;
        store.share();
    }

    /** What the step in front is called. */
    public static String keyName(String name) {
        return name + ".key";
    }

    /** What the steps that add events are called. */
    public static String addName(String name) {
        return name + ".add";
    }

    /** Makes the lanes say what they remember at each barrier. Before the start. */
    public void remember() {
        isRemembered = true;
    }

    /** Makes the step of the lane in front. */
    public Step<E> keyStep(String name) {
        return Step.ofSlots(name, new InFront(name));
    }

    /** Makes the step of one more lane that adds events. */
    public Step<E> addStep(String name) {
        return Step.ofSlots(name, new Adding(name));
    }

    /** Whether a lane has added the event at {@code sequence}. */
    boolean isAdded(long sequence) {
        return groups.of(sequence) != Groups.NOBODY;
    }

    /** Whether a lane that adds events has failed at one, or at a barrier: then panes that are open may be in use when nothing comes any more. Any thread. */
    boolean haveFailed() {
        return haveFailed;
    }

    /** When the event at {@code sequence} happened. */
    long timeNs(long sequence) {
        return timesNs[(int) sequence & indexMask];
    }

    /** How far time has come with the event, or the control event, at {@code sequence}. */
    long watermark(long sequence) {
        return watermarks[(int) sequence & indexMask];
    }

    private void watermark(long sequence, long watermark) {
        watermarks[(int) sequence & indexMask] = watermark;
    }

    /** Writes what all remember: at a barrier, or before the start. */
    void save(DataOutput out) throws IOException {
        if (savedTimes.size() == 0) {
            times.save(out);
            store.save(out);
        } else {
            out.write(savedTimes.toByteArray());
            store.save(out, open);
        }
    }

    /** A stage of the engine's own, which holds nothing that is to be closed. */
    private abstract class WindowStage implements SlotStage<E> {

        final String name;
        final Keying<E> keying = windowing.keying().get();

        WindowStage(String name) {
            this.name = name;
        }

        @Override
        public final boolean restoring() {
            return false;
        }

        @Override
        public final void laneEnded() {
            // Nothing of the user's is open.
        }

        @Override
        public final void save(long sequence, int from, int to) throws StoppedException {
            if (isRemembered) {
                try {
                    write(from, to);
                } catch (IOException | RuntimeException failure) {
                    haveFailed = true;
                    throw new StoppedException("stage " + name, failure);
                }
            }
        }

        abstract void write(int from, int to) throws IOException;
    }

    private final class InFront extends WindowStage {

        InFront(String name) {
            super(name);
        }

        @Override
        public boolean process(E event, long sequence) throws NoTimeException {
            long timeNs = times.of(event);
            KeyBuffer key = keying.of(event);
            int group = key == null ? 0 : Groups.ofKey(key.hash());
            groups.putGroup(sequence, store.isOpen(timeNs, times.current()) ? group : Groups.NOBODY);
            timesNs[(int) sequence & indexMask] = timeNs;
            watermark(sequence, times.observe(columns.source(sequence), timeNs));
            return true;
        }

        @Override
        public void control(int kind, long sequence) {
            long value = columns.position(sequence);
            watermark(sequence, kind == Slot.TICK ? times.tick(value) : times.ended((int) value));
        }

        @Override
        void write(int from, int to) throws IOException {
            open.begin(store.firstOpen(times.current()));
            savedTimes.reset();
            times.save(new DataOutputStream(savedTimes));
        }
    }

    private final class Adding extends WindowStage {

        Adding(String name) {
            super(name);
        }

        @Override
        public boolean process(E event, long sequence) {
            boolean isDone = false;
            try {
                KeyBuffer key = keying.of(event);
                long pane = store.pane(timeNs(sequence));
                store.panes(groups.of(sequence)).open(pane).add(event, key, key == null ? 0 : key.hash());
                isDone = true;
                return true;
            } finally {
                if (!isDone) {
                    haveFailed = true;
                }
            }
        }

        @Override
        void write(int from, int to) throws IOException {
            for (int group = from; group < to; group++) {
                open.put(group, store.panes(group));
            }
        }
    }
}
