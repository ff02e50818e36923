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

/**
 * Windows without an end, and windows of so many events. Nothing comes late for them. While results are given, which of all keys at once only time does, events wait.
 *
 * @param <E> the event
 */
final class GlobalStore<E> implements WindowStore<E> {

    private static final int NOTHING = -1;

    private final boolean keeps;
    private final long count;
    private final long everyNs;
    private final Keying<E> keying;
    private final KeyRoom room;
    private final List<Running<E>> groups = new ArrayList<>();
    private final Sorting sorting = new Sorting(this::compare);
    private final KeyBuffer scratch = new KeyBuffer();
    // With this watermark all are given whose keys have new events.
    private long giveAt = Watermarks.NONE;

    private Running<E> standing;
    private int standingNumber = NOTHING;
    private boolean isDue;
    private int group = Groups.COUNT;
    private int[] numbers = {};
    private int numberCount;
    private int at;
    private Kind kind = Kind.EARLY;

    GlobalStore(Windows.Global windows, Windowing<E> windowing, Keying<E> keying) {
        keeps = windows.keeps();
        count = windows.trigger() instanceof Windows.Trigger.Count trigger ? trigger.count() : Long.MAX_VALUE;
        everyNs = windows.trigger() instanceof Windows.Trigger.Every trigger ? trigger.everyNs() : 0;
        this.keying = keying;
        room = new KeyRoom(windowing.groupsMax());
        Layout<E> layout = Layout.unbounded(windowing);
        for (int i = 0; i < Groups.COUNT; i++) {
            groups.add(new Running<>(layout, room));
        }
        standing = groups.get(0);
    }

    @Override
    public boolean concernsGiven(long timeNs, long watermark) {
        return true;
    }

    @Override
    public boolean take(E event, Moment moment) {
        settle();
        Running<E> running = groups.get(moment.group);
        KeyBuffer key = moment.key;
        if (key == null || !(room.isEnough() || running.isKnown(key, moment.hash))) {
            // The others stand behind all.
            running = groups.get(Groups.COUNT - 1);
            key = null;
        }
        int number = running.add(event, moment.timeNs, key, moment.hash);
        if (running.news(number) >= count) {
            standing = running;
            standingNumber = number;
            isDue = true;
        }
        return true;
    }

    /** The one that was given is not wanted any more, or goes on. */
    private void settle() {
        if (standingNumber != NOTHING) {
            standing.given(standingNumber, keeps);
            standingNumber = NOTHING;
            if (group == Groups.COUNT && !keeps) {
                standing.compact(scratch);
            }
        }
    }

    @Override
    public boolean isBehind(long watermark) {
        return isDue || group < Groups.COUNT || isTime(watermark);
    }

    private boolean isTime(long watermark) {
        return everyNs > 0 && watermark != Watermarks.NONE && watermark != Watermarks.END && watermark >= giveAt;
    }

    @Override
    public boolean next(Given<E> result, long watermark) {
        if (isDue) {
            isDue = false;
            show(result, keeps ? Kind.EARLY : Kind.COMPLETE);
            return true;
        }
        settle();
        if (group == Groups.COUNT && !begin(watermark)) {
            return false;
        }
        while (true) {
            if (at < numberCount) {
                standing = groups.get(group);
                standingNumber = numbers[at++];
                show(result, kind);
                return true;
            }
            group++;
            if (group == Groups.COUNT) {
                return false;
            }
            gather();
        }
    }

    private void show(Given<E> result, Kind why) {
        standing.show(result, standingNumber, why);
    }

    /** Begins to give the keys that have new events, if it is time. */
    private boolean begin(long watermark) {
        boolean isEnd = watermark == Watermarks.END && kind != Kind.FINAL;
        if (!isEnd && !isTime(watermark)) {
            return false;
        }
        boolean isFirst = giveAt == Watermarks.NONE && !isEnd;
        kind = isEnd ? Kind.FINAL : Kind.EARLY;
        if (!isEnd) {
            long behind = watermark + 1;
            giveAt = Durations.sum(behind - Math.floorMod(behind, everyNs), everyNs) - 1;
        }
        if (isFirst) {
            // Nothing is over yet: time has only begun.
            return false;
        }
        group = NOTHING;
        numberCount = 0;
        at = 0;
        return true;
    }

    private void gather() {
        Running<E> running = groups.get(group);
        KeyTable keys = running.keys();
        // One more for the others, which stand behind all.
        int[] room = sorting.room(keys.count() + 1);
        numberCount = 0;
        at = 0;
        standing = running;
        for (int number = 1; number <= keys.count(); number++) {
            if (running.news(number) > 0) {
                room[numberCount++] = number;
            }
        }
        numbers = sorting.sorted(numberCount);
        if (running.news(KeyTable.OTHER) > 0) {
            numbers[numberCount++] = KeyTable.OTHER;
        }
    }

    private int compare(int left, int right) {
        return keying.compare(standing.keys(), left, right);
    }

    @Override
    public int kept() {
        settle();
        return keeps ? 0 : groups.stream().mapToInt(Running::live).sum();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        settle();
        out.writeLong(giveAt);
        for (Running<E> running : groups) {
            running.save(out);
        }
    }

    @Override
    public void load(DataInput in, KeyBuffer buffer) throws IOException {
        giveAt = in.readLong();
        for (Running<E> running : groups) {
            running.load(in, buffer);
        }
    }
}
