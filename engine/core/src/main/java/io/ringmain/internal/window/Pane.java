package io.ringmain.internal.window;

import io.ringmain.window.Aggregation;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.KeyTable;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What was computed of the events of one piece of time and one key group: a table of keys, and the computations, which know a key by its number there.
 *
 * <p>Thread: one at a time.
 *
 * @param <E> the event
 */
final class Pane<E> {

    private static final int CAPACITY_MIN = 4;

    private final KeyTable keys;
    private final List<Aggregation<E>> values = new ArrayList<>();
    private int capacity;
    private long others;
    private boolean isFull;

    Pane(Layout<E> layout) {
        keys = new KeyTable(layout.keysMax(), layout.bytesMax());
        layout.compute().forEach(make -> values.add(make.get()));
        grow(CAPACITY_MIN);
    }

    private void grow(int newCapacity) {
        capacity = newCapacity;
        for (int i = 0; i < values.size(); i++) {
            values.get(i).grow(capacity);
        }
    }

    KeyTable keys() {
        return keys;
    }

    /** Its computations; each knows the keys by their numbers. */
    List<Aggregation<E>> values() {
        return values;
    }

    /** How many events and results of keys that found no room are in {@link KeyTable#OTHER}. */
    long others() {
        return others;
    }

    /** Whether a key that would have had a number found no room: what it has of keys without a number is not all in front of it. */
    boolean isFull() {
        return isFull;
    }

    /** Whether {@code key} has a number, or would get one. */
    boolean hasRoom(KeyBuffer key, long hash) {
        return keys.hasRoom(key) || keys.find(key, hash) != KeyTable.OTHER;
    }

    /** Whether it has all events of {@code key} that it was given under a number of its own. */
    boolean isWhole(KeyBuffer key, long hash) {
        return !isFull || keys.find(key, hash) != KeyTable.OTHER;
    }

    /** Takes an event of {@code key}, null if that is too long; returns the number of the key here. */
    int add(E event, @Nullable KeyBuffer key, long hash) {
        int number = key == null ? KeyTable.OTHER : number(key, hash);
        room(number);
        for (int i = 0; i < values.size(); i++) {
            values.get(i).add(number, event);
        }
        return number;
    }

    private int number(KeyBuffer key, long hash) {
        int number = keys.number(key, hash);
        isFull |= number == KeyTable.OTHER;
        return number;
    }

    /** Takes in what {@code from} has of its key {@code number}; returns the number of the key here. */
    int take(Pane<E> from, int number, KeyBuffer scratch) {
        int own = room(keys.number(from.keys, number, scratch));
        isFull |= own == KeyTable.OTHER;
        merge(own, from, number);
        return own;
    }

    private int room(int number) {
        if (number == KeyTable.OTHER) {
            others++;
        } else if (number >= capacity) {
            grow(2 * capacity);
        }
        return number;
    }

    /** Takes in all that {@code from} has. */
    void merge(Pane<E> from, KeyBuffer scratch) {
        mergeOthers(from);
        for (int number = 1; number <= from.keys.count(); number++) {
            take(from, number, scratch);
        }
    }

    /** Takes in what {@code from} has of keys without a number. */
    void mergeOthers(Pane<E> from) {
        if (from.others > 0) {
            others += from.others;
            merge(KeyTable.OTHER, from, KeyTable.OTHER);
        }
    }

    /** Takes in what {@code from} has of one key, as one of those that have no room. */
    void mergeIntoOthers(Pane<E> from, int number) {
        others++;
        merge(KeyTable.OTHER, from, number);
    }

    /** Takes in what {@code from} has of {@code key}, if anything. */
    void merge(Pane<E> from, KeyBuffer key, long hash) {
        int number = from.keys.find(key, hash);
        if (number != KeyTable.OTHER) {
            merge(room(keys.number(key, hash)), from, number);
        }
    }

    private void merge(int number, Pane<E> from, int fromNumber) {
        for (int i = 0; i < values.size(); i++) {
            values.get(i).merge(number, from.values.get(i), fromNumber);
        }
    }

    /** Forgets everything; what it has grown to stays. */
    void clear() {
        for (int i = 0; i < values.size(); i++) {
            for (int number = 0; number <= keys.count(); number++) {
                values.get(i).clear(number);
            }
        }
        keys.clear();
        others = 0;
        isFull = false;
    }

    void save(DataOutput out) throws IOException {
        out.writeLong(others);
        out.writeBoolean(isFull);
        keys.save(out);
        for (Aggregation<E> value : values) {
            value.save(out, keys.count() + 1);
        }
    }

    void load(DataInput in, KeyBuffer scratch) throws IOException {
        others = in.readLong();
        isFull = in.readBoolean();
        keys.load(in, scratch);
        while (capacity <= keys.count()) {
            capacity *= 2;
        }
        grow(capacity);
        for (Aggregation<E> value : values) {
            value.load(in, keys.count() + 1);
        }
    }
}
