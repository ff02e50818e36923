package io.ringmain.internal.window;

import io.ringmain.window.Aggregation;
import io.ringmain.window.EventTime;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.KeyTable;
import io.ringmain.window.WindowResult;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What windows without an end have of the keys of one group, by the number of the key: the computations, how many events came since the last result, and from when to when they were.
 *
 * <p>Thread: one. Allocates when it grows.
 *
 * @param <E> the event
 */
final class Running<E> {

    private static final int CAPACITY_MIN = 4;

    private final Layout<E> layout;
    private final KeyRoom room;
    private Pane<E> pane;
    private boolean[] isKnown = {};
    private long[] news = {};
    // The greatest and the least of all, where no event has a time.
    private long[] starts = {};
    private long[] ends = {};
    private int live;

    Running(Layout<E> layout, KeyRoom room) {
        this.layout = layout;
        this.room = room;
        pane = new Pane<>(layout);
        grow(CAPACITY_MIN);
    }

    private void grow(int capacity) {
        isKnown = Arrays.copyOf(isKnown, capacity);
        news = Arrays.copyOf(news, capacity);
        int before = starts.length;
        starts = Arrays.copyOf(starts, capacity);
        Arrays.fill(starts, before, capacity, Long.MAX_VALUE);
        ends = Arrays.copyOf(ends, capacity);
        Arrays.fill(ends, before, capacity, Long.MIN_VALUE);
    }

    /** Whether there is something of a key. */
    boolean isKnown(KeyBuffer key, long hash) {
        int number = keys().find(key, hash);
        return number != KeyTable.OTHER && isKnown[number];
    }

    /** Takes an event of {@code key}, null for all those that find no room; returns the number of its key. */
    int add(E event, long timeNs, @Nullable KeyBuffer key, long hash) {
        int number = pane.add(event, key, hash);
        if (number >= news.length) {
            grow(2 * news.length);
        }
        if (!isKnown[number]) {
            know(number);
        }
        news[number]++;
        if (timeNs != EventTime.NONE) {
            starts[number] = Math.min(starts[number], timeNs);
            ends[number] = Math.max(ends[number], timeNs);
        }
        return number;
    }

    private void know(int number) {
        isKnown[number] = true;
        live++;
        room.take(keys(), number);
    }

    KeyTable keys() {
        return pane.keys();
    }

    /** How many events of the key came since its last result. */
    long news(int number) {
        return news[number];
    }

    void show(Given<E> result, int number, WindowResult.Kind kind) {
        boolean hasTime = starts[number] != Long.MAX_VALUE;
        result.window(hasTime ? starts[number] : EventTime.NONE, hasTime ? ends[number] : EventTime.NONE, kind);
        result.of(pane, number);
    }

    /** The key's result was given; what it is of is forgotten unless it {@code keeps}. */
    void given(int number, boolean keeps) {
        news[number] = 0;
        if (!keeps) {
            isKnown[number] = false;
            starts[number] = Long.MAX_VALUE;
            ends[number] = Long.MIN_VALUE;
            for (Aggregation<E> value : pane.values()) {
                value.clear(number);
            }
            live--;
            room.release(keys(), number);
        }
    }

    /** How many keys something is known of. */
    int live() {
        return live;
    }

    /** Forgets keys of which nothing is known, once they are the most. */
    void compact(KeyBuffer scratch) {
        if (keys().count() <= 4 * live + CAPACITY_MIN) {
            return;
        }
        Pane<E> old = pane;
        boolean[] wasKnown = isKnown;
        long[] oldNews = news;
        long[] oldStarts = starts;
        long[] oldEnds = ends;
        pane = new Pane<>(layout);
        isKnown = new boolean[0];
        news = new long[0];
        starts = new long[0];
        ends = new long[0];
        grow(CAPACITY_MIN);
        for (int number = 0; number <= old.keys().count(); number++) {
            if (wasKnown[number]) {
                int moved = pane.take(old, number, scratch);
                while (moved >= news.length) {
                    grow(2 * news.length);
                }
                isKnown[moved] = true;
                news[moved] = oldNews[number];
                starts[moved] = oldStarts[number];
                ends[moved] = oldEnds[number];
            }
        }
    }

    void save(DataOutput out) throws IOException {
        pane.save(out);
        for (int number = 0; number <= keys().count(); number++) {
            out.writeBoolean(isKnown[number]);
            out.writeLong(news[number]);
            out.writeLong(starts[number]);
            out.writeLong(ends[number]);
        }
    }

    void load(DataInput in, KeyBuffer scratch) throws IOException {
        pane.load(in, scratch);
        while (news.length <= keys().count()) {
            grow(2 * news.length);
        }
        for (int number = 0; number <= keys().count(); number++) {
            if (in.readBoolean()) {
                know(number);
            }
            news[number] = in.readLong();
            starts[number] = in.readLong();
            ends[number] = in.readLong();
        }
    }
}
