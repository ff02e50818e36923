package io.ringmain.internal.window;

import io.ringmain.internal.ring.Groups;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.KeyTable;
import io.ringmain.window.Keying;
import io.ringmain.window.Watermarks;
import io.ringmain.window.WindowResult.Kind;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Windows at fixed places. Those that overlap share panes: an event is added once, and a window is the sum of its panes.
 *
 * <p>A pane is <em>closed</em> when no event of it is expected any more, a window is <em>over</em> when none of it is, and <em>gone</em> when the lateness that is allowed has passed too.
 * An event that comes for a closed pane is added to it as long as one of its windows is not gone; windows that are over, but not gone, are given again for it, unless their keys have found no
 * room.
 *
 * @param <E> the event
 */
final class AlignedStore<E> implements WindowStore<E> {

    private final Windows.Aligned windows;
    private final Windows.Aligned paneWindows;
    private final long latenessNs;
    private final int keysMax;
    private final List<Panes<E>> groups = new ArrayList<>();
    private final WindowRows<E> rows;
    private final Pane<E> one;
    // Whether other lanes add events to panes that are open.
    private boolean isShared;

    // No window that begins before this is given for the first time any more.
    private long nextStart = Long.MIN_VALUE;
    // Below this watermark nothing more is due.
    private long checkAt = Long.MIN_VALUE;
    private long reached = Watermarks.NONE;
    private long givingStart;
    private Kind kind = Kind.COMPLETE;

    // Windows that are over and not given again, for want of room, by their start.
    private final NavigableSet<Long> closed = new TreeSet<>();

    // The event whose windows are given again; none if the first is behind the last.
    private final KeyBuffer updateKey = new KeyBuffer();
    private long updateHash;
    private int updateGroup;
    private boolean updatesOthers;
    private long updateStart = 1;
    private long updateLast;

    AlignedStore(Windows.Aligned windows, Windowing<E> windowing, Keying<E> keying) {
        this.windows = windows;
        paneWindows = windows.panes();
        latenessNs = Durations.nanos(windowing.allowedLateness());
        keysMax = windowing.groupsMax();
        Layout<E> layout = Layout.of(windowing);
        for (int group = 0; group < Groups.COUNT; group++) {
            groups.add(new Panes<>(layout));
        }
        rows = new WindowRows<>(groups, layout, keying, keysMax);
        one = new Pane<>(layout);
    }

    /** Whether time has come to {@code lateness} behind the last moment of what begins at {@code start} and is {@code size} long. */
    private static boolean hasPassed(long start, long size, long lateness, long watermark) {
        if (watermark == Watermarks.END) {
            return true;
        }
        long span = Durations.sum(size, lateness);
        return watermark >= Long.MIN_VALUE + span && start <= watermark - span + 1;
    }

    private boolean isBehind(long time, long watermark) {
        return hasPassed(time, 1, latenessNs, watermark);
    }

    private boolean isOver(long start, long watermark) {
        return hasPassed(start, windows.sizeNs(), 0, watermark);
    }

    private boolean isGone(long start, long watermark) {
        return hasPassed(start, windows.sizeNs(), latenessNs, watermark);
    }

    private boolean isClosed(long pane, long watermark) {
        return hasPassed(pane, paneWindows.sizeNs(), 0, watermark);
    }

    /** Leaves panes that are open to other lanes. Before the start. */
    void share() {
        isShared = true;
    }

    /** Whether an event at {@code timeNs} has a pane, and that is open. */
    boolean isOpen(long timeNs, long watermark) {
        return windows.contains(windows.lastStart(timeNs), timeNs)
                && !isClosed(paneWindows.lastStart(timeNs), watermark);
    }

    /** The panes of a group: what is open of them is the lane's that has the group. */
    Panes<E> panes(int group) {
        return groups.get(group);
    }

    /** The start of the pane in which {@code timeNs} lies. */
    long pane(long timeNs) {
        return paneWindows.lastStart(timeNs);
    }

    /** Panes that begin before this are closed, the others are open. */
    long firstOpen(long watermark) {
        long span = paneWindows.sizeNs();
        return watermark < Long.MIN_VALUE + span ? Long.MIN_VALUE + 1 : watermark - span + 2;
    }

    @Override
    public boolean concernsGiven(long timeNs, long watermark) {
        return isClosed(paneWindows.lastStart(timeNs), watermark);
    }

    @Override
    public boolean take(E event, Moment moment) {
        long time = moment.timeNs;
        long youngest = windows.lastStart(time);
        if (!windows.contains(youngest, time)) {
            // Between two windows. Behind time it is late, as in Flink, though no window would ever have had it. Where
            // there is nothing between them, time has no room for its window.
            return windows.slideNs() > windows.sizeNs() && !isBehind(time, moment.watermark);
        }
        long pane = paneWindows.lastStart(time);
        if (!isClosed(pane, moment.watermark)) {
            Panes<E> panes = groups.get(moment.group);
            // Shared, it is open only as far as this lane has come: the others have done with it.
            (isShared ? panes.at(pane) : panes.open(pane)).add(event, moment.key, moment.hash);
            return true;
        }
        if (isGone(youngest, moment.watermark) || !update(moment, youngest)) {
            return false;
        }
        groups.get(moment.group).at(pane).add(event, moment.key, moment.hash);
        return true;
    }

    /**
     * Notes which windows are given again for an event that comes late: those that are over, and not gone. One whose keys found no room, or that has none for this one, is not given again any more:
     * what was given of it would not add up.
     *
     * @return whether a window wants the event, one of these or one that is not over
     */
    private boolean update(Moment moment, long youngest) {
        long start = windows.firstStart(moment.timeNs - windows.sizeNs() + 1);
        while (start <= youngest && isGone(start, moment.watermark)) {
            start += windows.slideNs();
        }
        boolean isWanted = false;
        long end = start;
        while (end <= youngest && isOver(end, moment.watermark)) {
            if (!hasRoom(end, moment)) {
                closed.add(end);
            }
            isWanted |= !closed.contains(end);
            end += windows.slideNs();
        }
        if (!isWanted && end > youngest) {
            return false;
        }
        updateStart = start;
        updateLast = end - windows.slideNs();
        KeyBuffer key = moment.key;
        updatesOthers = key == null;
        updateGroup = moment.group;
        if (key != null) {
            updateKey.clear();
            updateKey.putBytes(key.bytes(), 0, key.length());
            updateHash = moment.hash;
        }
        return true;
    }

    /** Whether the window that begins at {@code start} tells the event's key apart, or can. */
    private boolean hasRoom(long start, Moment moment) {
        KeyBuffer key = moment.key;
        if (key == null) {
            return true;
        }
        long last = end(start) - 1;
        long own = pane(moment.timeNs);
        Panes<E> panes = groups.get(moment.group);
        Pane<E> pane = panes.at(own, own, 0);
        if (pane != null && !pane.hasRoom(key, moment.hash)) {
            return false;
        }
        int count = panes.count(start, last);
        for (int i = 0; i < count; i++) {
            Pane<E> one = panes.at(start, last, i);
            if (one != null && one.keys().find(key, moment.hash) != KeyTable.OTHER) {
                return true;
            }
        }
        return keysAtMost(start, last) < keysMax;
    }

    @Override
    public boolean isBehind(long watermark) {
        boolean isDue = watermark != Watermarks.NONE && watermark >= checkAt;
        return rows.isOpen() || updateStart <= updateLast || isDue;
    }

    @Override
    public boolean next(Given<E> result, long watermark) {
        if (watermark != Watermarks.END) {
            reached = watermark;
        }
        while (updateStart <= updateLast) {
            long start = updateStart;
            updateStart += windows.slideNs();
            if (!closed.contains(start)) {
                result.window(start, end(start), Kind.UPDATE);
                update(result, start);
                return true;
            }
        }
        while (rows.isOpen() || begin(watermark)) {
            result.window(givingStart, end(givingStart), kind);
            boolean isGiven = rows.next(result);
            if (!rows.isOpen() && rows.isFull()) {
                closed.add(givingStart);
            }
            if (isGiven) {
                return true;
            }
        }
        return false;
    }

    /** Where the window ends that begins at {@code start}; the last one when time does. */
    private long end(long start) {
        return Durations.sum(start, windows.sizeNs());
    }

    /** Begins to give the next window that is over and has events; {@code false} if there is none. */
    private boolean begin(long watermark) {
        if (watermark < checkAt || watermark == Watermarks.NONE) {
            return false;
        }
        long first = Long.MAX_VALUE;
        boolean isAny = false;
        // A pane whose windows have all been given begins before the oldest of the others.
        for (int group = 0; group < Groups.COUNT; group++) {
            long pane = groups.get(group).oldestFrom(nextStart);
            if (pane != Long.MAX_VALUE && firstStart(pane) <= first) {
                first = firstStart(pane);
                isAny = true;
            }
        }
        if (isAny && isOver(first, watermark)) {
            givingStart = first;
            nextStart = first + 1;
            kind = isOver(first, reached) ? Kind.COMPLETE : Kind.FINAL;
            rows.begin(first, end(first) - 1);
            return true;
        }
        // Also windows that had no event are over.
        long span = windows.sizeNs();
        if (watermark != Watermarks.END && watermark >= Long.MIN_VALUE + span) {
            nextStart = Math.max(nextStart, watermark - span + 2);
        }
        checkAt = nextCheck(watermark);
        forget(watermark);
        return false;
    }

    /** The start of the oldest window that has the pane and was not given yet. */
    private long firstStart(long pane) {
        return windows.firstStart(Math.max(nextStart, pane - windows.sizeNs() + 1));
    }

    /** The watermark at which the next window is over, or gone. */
    private long nextCheck(long watermark) {
        if (watermark == Watermarks.END) {
            return watermark;
        }
        if (watermark < Long.MIN_VALUE + Durations.sum(windows.sizeNs(), windows.slideNs())) {
            return watermark + 1;
        }
        long span = windows.sizeNs() - 1;
        long over = windows.lastStart(watermark - span) + windows.slideNs();
        return Durations.sum(over, span);
    }

    /** Drops the panes whose windows are all gone. */
    private void forget(long watermark) {
        long oldest = Long.MAX_VALUE;
        if (watermark != Watermarks.END) {
            long span = Durations.sum(windows.sizeNs(), latenessNs);
            if (watermark < Long.MIN_VALUE + span) {
                return;
            }
            // The first window that is not gone.
            oldest = windows.firstStart(watermark - span + 2);
        }
        for (int group = 0; group < Groups.COUNT; group++) {
            groups.get(group).dropBefore(oldest);
        }
        closed.headSet(oldest).clear();
    }

    /** Puts together what the window that begins at {@code start} has of the event's key. */
    private void update(Given<E> result, long start) {
        long last = end(start) - 1;
        one.clear();
        Panes<E> panes = groups.get(updateGroup);
        int count = panes.count(start, last);
        for (int i = 0; i < count; i++) {
            Pane<E> pane = panes.at(start, last, i);
            if (pane == null) {
                continue;
            }
            if (updatesOthers) {
                one.mergeOthers(pane);
            } else {
                one.merge(pane, updateKey, updateHash);
            }
        }
        result.of(one, updatesOthers ? KeyTable.OTHER : 1);
    }

    /** How many keys a window has at most. */
    private long keysAtMost(long first, long last) {
        long keys = 0;
        for (int group = 0; group < Groups.COUNT; group++) {
            Panes<E> panes = groups.get(group);
            int count = panes.count(first, last);
            for (int i = 0; i < count; i++) {
                Pane<E> pane = panes.at(first, last, i);
                keys += pane == null ? 0 : pane.keys().count();
            }
        }
        return keys;
    }

    @Override
    public int kept() {
        int count = 0;
        for (Panes<E> panes : groups) {
            count += panes.count();
        }
        return count;
    }

    @Override
    public void save(DataOutput out) throws IOException {
        save(out, null);
    }

    /** Writes all panes; of those that are open at the barrier what their lanes have written when it passed them, if that is {@code open}. */
    void save(DataOutput out, @Nullable OpenPanes open) throws IOException {
        out.writeLong(nextStart);
        out.writeLong(reached);
        out.writeInt(closed.size());
        for (long start : closed) {
            out.writeLong(start);
        }
        long last = open == null ? Long.MAX_VALUE : open.first() - 1;
        for (int group = 0; group < Groups.COUNT; group++) {
            Panes<E> panes = groups.get(group);
            out.writeInt(panes.count(Long.MIN_VALUE, last) + (open == null ? 0 : open.count(group)));
            panes.save(out, Long.MIN_VALUE, last);
            if (open != null) {
                open.write(group, out);
            }
        }
    }

    @Override
    public void load(DataInput in, KeyBuffer scratch) throws IOException {
        nextStart = in.readLong();
        reached = in.readLong();
        for (int left = in.readInt(); left > 0; left--) {
            closed.add(in.readLong());
        }
        for (Panes<E> panes : groups) {
            panes.load(in, scratch);
        }
    }
}
