package io.ringmain.internal.window;

import io.ringmain.internal.ring.Groups;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.KeyTable;
import io.ringmain.window.Keying;
import java.util.List;

/**
 * Walks over the results of one window, group after group and key after key. What several panes have of a group is put together, and sorted, when its turn comes: so one step never takes
 * longer than a group does, however many keys the window has.
 *
 * <p>Thread: one.
 *
 * @param <E> the event
 */
final class WindowRows<E> {

    private final List<Panes<E>> groups;
    private final int keysMax;
    private final Keying<E> keying;
    private final Sorting sorting = new Sorting(this::compare);
    private final KeyBuffer scratch = new KeyBuffer();
    private final Pane<E> sum;
    private final Pane<E> others;
    private long first;
    private long last;
    private int group;
    private Pane<E> ofGroup;
    private int[] numbers = {};
    private int at;
    private int given;
    private boolean isFull;
    // Of this group there are several panes, of which one is full.
    private boolean isAnyFull;
    private boolean isAtEnd = true;

    WindowRows(List<Panes<E>> groups, Layout<E> layout, Keying<E> keying, int keysMax) {
        this.groups = groups;
        this.keysMax = keysMax;
        this.keying = keying;
        sum = new Pane<>(layout);
        others = new Pane<>(layout);
        ofGroup = sum;
    }

    /** Begins with the window that has the panes which begin from {@code first} to {@code last}. */
    void begin(long first, long last) {
        this.first = first;
        this.last = last;
        group = -1;
        given = 0;
        isFull = false;
        at = 0;
        sum.clear();
        ofGroup = sum;
        others.clear();
        isAtEnd = false;
    }

    /** Whether there may be more. */
    boolean isOpen() {
        return !isAtEnd;
    }

    /** Goes on to the next result; {@code false} behind the last. */
    boolean next(Given<E> result) {
        while (!isAtEnd) {
            if (at < ofGroup.keys().count()) {
                int number = numbers[at++];
                if (given < keysMax && isWhole(number)) {
                    given++;
                    result.of(ofGroup, number);
                    return true;
                }
                isFull = true;
                others.mergeIntoOthers(ofGroup, number);
            } else if (group < Groups.COUNT - 1) {
                group++;
                gather();
            } else {
                isAtEnd = true;
                result.of(others, KeyTable.OTHER);
                return others.others() > 0;
            }
        }
        return false;
    }

    /** Whether keys of it found no room, as far as its results were given. */
    boolean isFull() {
        return isFull;
    }

    /** Whether all events of a key are known as its own: a pane that is full may have some among the others. */
    private boolean isWhole(int number) {
        if (!isAnyFull) {
            return true;
        }
        ofGroup.keys().read(number, scratch);
        long hash = scratch.hash();
        Panes<E> panes = groups.get(group);
        int count = panes.count(first, last);
        for (int i = 0; i < count; i++) {
            Pane<E> pane = panes.at(first, last, i);
            if (pane != null && !pane.isWhole(scratch, hash)) {
                return false;
            }
        }
        return true;
    }

    private void gather() {
        at = 0;
        isAnyFull = false;
        Panes<E> panes = groups.get(group);
        int count = panes.count(first, last);
        if (count == 1) {
            Pane<E> only = panes.at(first, last, 0);
            ofGroup = only == null ? sum : only;
        } else {
            sum.clear();
            ofGroup = sum;
            for (int i = 0; i < count; i++) {
                Pane<E> pane = panes.at(first, last, i);
                if (pane != null) {
                    isAnyFull |= pane.isFull();
                    sum.merge(pane, scratch);
                }
            }
        }
        isFull |= isAnyFull || ofGroup.isFull();
        if (ofGroup.others() > 0) {
            others.mergeIntoOthers(ofGroup, KeyTable.OTHER);
        }
        if (ofGroup.keys().count() > 0) {
            sort();
        }
    }

    private void sort() {
        int count = ofGroup.keys().count();
        int[] room = sorting.room(count);
        for (int i = 0; i < count; i++) {
            room[i] = i + 1;
        }
        numbers = sorting.sorted(count);
    }

    private int compare(int left, int right) {
        return keying.compare(ofGroup.keys(), left, right);
    }
}
