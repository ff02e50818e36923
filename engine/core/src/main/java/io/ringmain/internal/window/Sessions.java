package io.ringmain.internal.window;

import io.ringmain.window.Aggregation;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.KeyTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of the keys of one group. A session is a number, at which arrays and computations have what is known of it; those of a key are a list from {@code heads} on.
 *
 * <p>When something is due for a session, to be given or to be forgotten, stands in a queue. An event that makes a session longer makes that later, and the queue learns it when the old time comes;
 * a session that was merged into another one stays a number until the queue has none of its times left.
 *
 * <p>Thread: one. Allocates when it grows.
 *
 * @param <E> the event
 */
final class Sessions<E> {

    private static final int NONE = -1;
    private static final int CAPACITY_MIN = 4;

    private final Layout<E> layout;
    private final KeyRoom room;
    private final List<Aggregation<E>> values = new ArrayList<>();
    private final DueQueue queue = new DueQueue();
    private KeyTable keys;
    // By the number of the key: its first session.
    private int[] heads = {};
    // By session.
    private long[] starts = {};
    private long[] ends = {};
    private int[] keyNumbers = {};
    private int[] nexts = {};
    private boolean[] given = {};
    private boolean[] wasGiven = {};
    private int[] queued = {};
    // The least of its times that the queue has, as far as is known.
    private long[] queuedAt = {};
    private int count;
    private int free = NONE;
    private int live;

    Sessions(Layout<E> layout, KeyRoom room) {
        this.layout = layout;
        this.room = room;
        keys = new KeyTable(layout.keysMax(), layout.bytesMax());
        layout.compute().forEach(make -> values.add(make.get()));
        growKeys(CAPACITY_MIN);
        grow(CAPACITY_MIN);
    }

    private void growKeys(int capacity) {
        int before = heads.length;
        heads = Arrays.copyOf(heads, capacity);
        Arrays.fill(heads, before, capacity, NONE);
    }

    private void grow(int capacity) {
        starts = Arrays.copyOf(starts, capacity);
        ends = Arrays.copyOf(ends, capacity);
        keyNumbers = Arrays.copyOf(keyNumbers, capacity);
        nexts = Arrays.copyOf(nexts, capacity);
        given = Arrays.copyOf(given, capacity);
        wasGiven = Arrays.copyOf(wasGiven, capacity);
        queued = Arrays.copyOf(queued, capacity);
        int before = queuedAt.length;
        queuedAt = Arrays.copyOf(queuedAt, capacity);
        Arrays.fill(queuedAt, before, capacity, Long.MAX_VALUE);
        values.forEach(value -> value.grow(capacity));
    }

    /** How many sessions there are. */
    int live() {
        return live;
    }

    KeyTable keys() {
        return keys;
    }

    List<Aggregation<E>> values() {
        return values;
    }

    long start(int session) {
        return starts[session];
    }

    long end(int session) {
        return ends[session];
    }

    int keyNumber(int session) {
        return keyNumbers[session];
    }

    /** Whether it was given as it is. */
    boolean isGiven(int session) {
        return given[session];
    }

    /** Whether it, or one that it has swallowed, was given. */
    boolean wasGiven(int session) {
        return wasGiven[session];
    }

    /** Notes that it is given as it is. */
    void give(int session) {
        given[session] = true;
        wasGiven[session] = true;
    }

    /** Whether there are sessions of a key. */
    boolean isKnown(KeyBuffer key, long hash) {
        return number(key, hash) != KeyTable.OTHER;
    }

    /** The first session of the key, null for all those that find no room, that touches the time from {@code start} to {@code end}; negative if none does. */
    int touched(@Nullable KeyBuffer key, long hash, long start, long end) {
        int number = key == null ? KeyTable.OTHER : number(key, hash);
        return key != null && number == KeyTable.OTHER ? NONE : touched(number, start, end);
    }

    /** The number of a key that has sessions; {@link KeyTable#OTHER} if it has none. */
    private int number(KeyBuffer key, long hash) {
        int number = keys.find(key, hash);
        return heads[number] == NONE ? KeyTable.OTHER : number;
    }

    private int touched(int key, long start, long end) {
        int first = NONE;
        for (int session = heads[key]; session >= 0; session = nexts[session]) {
            boolean touches = starts[session] <= end && start <= ends[session];
            if (touches && (first == NONE || starts[session] < starts[first])) {
                first = session;
            }
        }
        return first;
    }

    /** Makes a session of a key, null for all those that find no room, that knows nothing yet. */
    int add(@Nullable KeyBuffer key, long hash, long start, long end) {
        int number = key == null ? KeyTable.OTHER : keys.number(key, hash);
        if (number >= heads.length) {
            growKeys(2 * heads.length);
        }
        return add(number, start, end);
    }

    private int add(int key, long start, long end) {
        int session = free;
        if (session >= 0) {
            free = nexts[session];
        } else {
            session = count++;
            if (session == starts.length) {
                grow(2 * count);
            }
        }
        starts[session] = start;
        ends[session] = end;
        keyNumbers[session] = key;
        nexts[session] = heads[key];
        if (heads[key] == NONE) {
            room.take(keys, key);
        }
        heads[key] = session;
        given[session] = false;
        wasGiven[session] = false;
        live++;
        return session;
    }

    /** Makes {@code session} last from {@code start} to {@code end} at least, and swallow all sessions of its key that it then touches. */
    void extend(int session, long start, long end) {
        boolean isLonger = end > ends[session] || start < starts[session];
        starts[session] = Math.min(starts[session], start);
        ends[session] = Math.max(ends[session], end);
        given[session] = given[session] && !isLonger;
        int key = keyNumbers[session];
        for (int other = heads[key]; other >= 0; ) {
            int next = nexts[other];
            if (other != session && starts[other] <= ends[session] && starts[session] <= ends[other]) {
                starts[session] = Math.min(starts[session], starts[other]);
                ends[session] = Math.max(ends[session], ends[other]);
                given[session] = false;
                wasGiven[session] |= wasGiven[other];
                for (int i = 0; i < values.size(); i++) {
                    values.get(i).merge(session, values.get(i), other);
                }
                remove(other);
                // It may now touch one that stood before.
                next = heads[key];
            }
            other = next;
        }
    }

    /** Takes an event into a session. */
    void add(int session, E event) {
        for (int i = 0; i < values.size(); i++) {
            values.get(i).add(session, event);
        }
        given[session] = false;
    }

    /** Forgets a session. Its number is used again when the queue has none of its times. */
    void remove(int session) {
        int key = keyNumbers[session];
        if (heads[key] == session) {
            heads[key] = nexts[session];
        } else {
            int before = heads[key];
            while (nexts[before] != session) {
                before = nexts[before];
            }
            nexts[before] = nexts[session];
        }
        if (heads[key] == NONE) {
            room.release(keys, key);
        }
        for (int i = 0; i < values.size(); i++) {
            values.get(i).clear(session);
        }
        keyNumbers[session] = NONE;
        live--;
        release(session);
    }

    private void release(int session) {
        if (keyNumbers[session] == NONE && queued[session] == 0) {
            nexts[session] = free;
            free = session;
        }
    }

    /** Notes that something is due for {@code session} at {@code time}. */
    void queue(int session, long time) {
        queue.add(time, session);
        queued[session]++;
        queuedAt[session] = Math.min(queuedAt[session], time);
    }

    /** Whether anything is queued. */
    boolean hasQueued() {
        return !queue.isEmpty();
    }

    /** The least time at which something may be due. */
    long least() {
        return queue.least();
    }

    /** Takes a session out of the queue for which something may be due at {@link #least}; negative if it has gone meanwhile. */
    int poll() {
        int session = queue.poll();
        queued[session]--;
        queuedAt[session] = Long.MAX_VALUE;
        if (keyNumbers[session] == NONE) {
            release(session);
            return NONE;
        }
        return session;
    }

    /** Whether the queue is known to have a time for it that is not behind {@code time}. */
    boolean isQueuedBy(int session, long time) {
        return queued[session] > 0 && queuedAt[session] <= time;
    }

    /** Forgets keys without sessions, once they are the most. */
    void compact(KeyBuffer scratch) {
        if (keys.count() <= 4 * live + CAPACITY_MIN) {
            return;
        }
        KeyTable old = keys;
        int[] oldHeads = heads;
        keys = new KeyTable(layout.keysMax(), layout.bytesMax());
        heads = new int[0];
        growKeys(CAPACITY_MIN);
        heads[KeyTable.OTHER] = oldHeads[KeyTable.OTHER];
        for (int number = 1; number <= old.count(); number++) {
            if (oldHeads[number] >= 0) {
                int moved = keys.number(old, number, scratch);
                if (moved >= heads.length) {
                    growKeys(2 * heads.length);
                }
                heads[moved] = oldHeads[number];
                for (int session = heads[moved]; session >= 0; session = nexts[session]) {
                    keyNumbers[session] = moved;
                }
            }
        }
    }

    /** Writes all sessions, as if they had just been seen first. */
    void save(DataOutput out) throws IOException {
        int[] sessions = new int[live];
        int at = 0;
        for (int session = 0; session < count; session++) {
            if (keyNumbers[session] != NONE) {
                sessions[at++] = session;
            }
        }
        keys.save(out);
        out.writeInt(live);
        for (int session : sessions) {
            out.writeInt(keyNumbers[session]);
            out.writeLong(starts[session]);
            out.writeLong(ends[session]);
            out.writeBoolean(given[session]);
            out.writeBoolean(wasGiven[session]);
        }
        for (int i = 0; i < values.size(); i++) {
            Aggregation<E> dense = layout.compute().get(i).get();
            dense.grow(Math.max(1, live));
            for (int dest = 0; dest < live; dest++) {
                dense.merge(dest, values.get(i), sessions[dest]);
            }
            dense.save(out, live);
        }
    }

    /** Takes over what {@link #save} wrote. There is nothing yet, and nothing is queued by this. */
    void load(DataInput in, KeyBuffer scratch) throws IOException {
        keys.load(in, scratch);
        while (heads.length <= keys.count()) {
            growKeys(2 * heads.length);
        }
        int saved = in.readInt();
        for (int session = 0; session < saved; session++) {
            add(in.readInt(), in.readLong(), in.readLong());
            given[session] = in.readBoolean();
            wasGiven[session] = in.readBoolean();
        }
        for (Aggregation<E> value : values) {
            value.load(in, saved);
        }
    }
}
