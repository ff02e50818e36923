package io.ringmain.internal.window;

import io.ringmain.internal.ring.Groups;
import io.ringmain.window.KeyBuffer;
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

/**
 * Windows that follow the events of each key: an event opens one from its time to the gap behind it, and windows of a key that touch are one. The meaning is Flink's: what decides whether an
 * event is late is the window that it would be in, merged; one that is gone is never opened again.
 *
 * @param <E> the event
 */
final class SessionStore<E> implements WindowStore<E> {

    private final long gapNs;
    private final long latenessNs;
    private final KeyRoom room;
    private final List<Sessions<E>> groups = new ArrayList<>();
    private final Keying<E> keying;
    private final KeyBuffer scratch = new KeyBuffer();
    private long reached = Watermarks.NONE;
    private long leastDue = DueQueue.NEVER;

    // Those of one group that are due at the same time, in the order of their keys.
    private final Sorting sorting = new Sorting(this::compare);
    private int[] due = {};
    private int dueCount;
    private int dueAt;
    private Sessions<E> dueGroup;
    // The one that stands to be given, or was given last.
    private int standing = -1;
    private boolean isUpdate;

    SessionStore(Windows.Session windows, Windowing<E> windowing, Keying<E> keying) {
        gapNs = windows.gapNs();
        latenessNs = Durations.nanos(windowing.allowedLateness());
        this.keying = keying;
        room = new KeyRoom(windowing.groupsMax());
        Layout<E> layout = Layout.unbounded(windowing);
        for (int group = 0; group < Groups.COUNT; group++) {
            groups.add(new Sessions<>(layout, room));
        }
        dueGroup = groups.get(0);
    }

    @Override
    public boolean concernsGiven(long timeNs, long watermark) {
        // One that is over ends at the watermark + 1 at the latest, and touches nothing behind that. What is given
        // makes room, and who finds some must not depend on how far that is.
        return !room.isEnough() || watermark == Watermarks.END || timeNs - 1 <= watermark;
    }

    @Override
    public boolean take(E event, Moment moment) {
        settle();
        Sessions<E> sessions = groups.get(moment.group);
        KeyBuffer key = moment.key;
        if (key == null || !(room.isEnough() || sessions.isKnown(key, moment.hash))) {
            // The others stand behind all.
            sessions = groups.get(Groups.COUNT - 1);
            key = null;
        }
        long start = moment.timeNs;
        long end = Durations.sum(start, gapNs);
        int session = sessions.touched(key, moment.hash, start, end);
        if (session < 0) {
            if (isBehind(end, latenessNs, moment.watermark)) {
                return false;
            }
            session = sessions.add(key, moment.hash, start, end);
        } else {
            sessions.extend(session, start, end);
        }
        sessions.add(session, event);
        if (isBehind(sessions.end(session), 0, moment.watermark)) {
            dueGroup = sessions;
            standing = session;
            isUpdate = true;
        } else {
            queue(sessions, session);
        }
        return true;
    }

    /** Whether {@code watermark} is at the last moment of what ends at {@code end}, or {@code lateness} behind it. */
    private static boolean isBehind(long end, long lateness, long watermark) {
        return Durations.sum(end - 1, lateness) <= watermark;
    }

    private long dueAt(Sessions<E> sessions, int session) {
        long last = sessions.end(session) - 1;
        return sessions.isGiven(session) ? Durations.sum(last, latenessNs) : last;
    }

    private void queue(Sessions<E> sessions, int session) {
        long time = dueAt(sessions, session);
        // A time that is earlier than its own only makes that it is looked at once more.
        if (!sessions.isQueuedBy(session, time)) {
            sessions.queue(session, time);
            leastDue = Math.min(leastDue, time);
        }
    }

    /** The one that was given is not wanted any more, or kept for what comes late. */
    private void settle() {
        int session = standing;
        standing = -1;
        isUpdate = false;
        if (session < 0) {
            return;
        }
        dueGroup.give(session);
        if (latenessNs == 0) {
            dueGroup.remove(session);
            dueGroup.compact(scratch);
        } else {
            queue(dueGroup, session);
        }
    }

    @Override
    public boolean isBehind(long watermark) {
        return isUpdate || dueAt < dueCount || (watermark != Watermarks.NONE && leastDue <= watermark);
    }

    @Override
    public boolean next(Given<E> result, long watermark) {
        if (watermark != Watermarks.END) {
            reached = watermark;
        }
        if (isUpdate) {
            isUpdate = false;
            show(result, Kind.UPDATE);
            return true;
        }
        settle();
        do {
            while (dueAt == dueCount) {
                if (watermark == Watermarks.NONE || !gather(watermark)) {
                    return false;
                }
            }
            dueAt++;
            // The queue may have had the same time twice.
        } while (dueAt > 1 && due[dueAt - 1] == due[dueAt - 2]);
        standing = due[dueAt - 1];
        boolean isOver = isBehind(dueGroup.end(standing), 0, reached);
        show(result, dueGroup.wasGiven(standing) ? Kind.UPDATE : isOver ? Kind.COMPLETE : Kind.FINAL);
        return true;
    }

    private void show(Given<E> result, Kind kind) {
        int session = standing;
        result.window(dueGroup.start(session), dueGroup.end(session), kind);
        result.of(dueGroup.keys(), dueGroup.keyNumber(session), dueGroup.values(), session);
    }

    /** Gathers those of the next group for which something is due at the least time; {@code false} if nothing is due. */
    private boolean gather(long watermark) {
        long least = DueQueue.NEVER;
        Sessions<E> first = null;
        for (int group = 0; group < Groups.COUNT; group++) {
            Sessions<E> sessions = groups.get(group);
            if (sessions.hasQueued() && (first == null || sessions.least() < least)) {
                least = sessions.least();
                first = sessions;
            }
        }
        leastDue = least;
        if (first == null || least > watermark) {
            return false;
        }
        dueGroup = first;
        dueAt = 0;
        dueCount = 0;
        while (first.hasQueued() && first.least() == least) {
            look(first, least);
        }
        due = sorting.sorted(dueCount);
        first.compact(scratch);
        return true;
    }

    /** Looks at one for which something may be due at {@code time}. */
    private void look(Sessions<E> sessions, long time) {
        int session = sessions.poll();
        if (session < 0) {
            return;
        }
        long its = dueAt(sessions, session);
        if (its > time) {
            if (!sessions.isQueuedBy(session, its)) {
                sessions.queue(session, its);
            }
        } else if (sessions.isGiven(session)) {
            sessions.remove(session);
        } else {
            sorting.room(dueCount + 1)[dueCount] = session;
            dueCount++;
        }
    }

    private int compare(int left, int right) {
        int leftKey = dueGroup.keyNumber(left);
        int rightKey = dueGroup.keyNumber(right);
        if (leftKey == 0 || rightKey == 0) {
            // The others stand behind all.
            return Boolean.compare(leftKey == 0, rightKey == 0);
        }
        return keying.compare(dueGroup.keys(), leftKey, rightKey);
    }

    @Override
    public int kept() {
        settle();
        return groups.stream().mapToInt(Sessions::live).sum();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        settle();
        out.writeLong(reached);
        for (Sessions<E> sessions : groups) {
            sessions.save(out);
        }
    }

    @Override
    public void load(DataInput in, KeyBuffer buffer) throws IOException {
        reached = in.readLong();
        for (Sessions<E> sessions : groups) {
            sessions.load(in, buffer);
            for (int session = 0; session < sessions.live(); session++) {
                queue(sessions, session);
            }
        }
    }
}
