package io.ringmain.internal.edge;

import io.ringmain.config.WhenFull;
import io.ringmain.internal.ring.Slot;
import io.ringmain.spi.EventType;
import java.util.Arrays;

/**
 * Events in order before a ring, in entries made beforehand. Any of them can leave from the middle at the same cost, which is why the
 * order is kept in links and not by place:
 *
 * <pre>
 *   free    ○ ○ ○            entries nobody uses, a stack
 *   order   head ⇄ … ⇄ tail  all that wait, oldest first, control events among them
 *   class   head ⇄ … ⇄ tail  per priority: the events that wait, oldest first
 * </pre>
 *
 * <p>At most {@code bound} events wait. There are more entries: for the claims of one batch, which are filled before anybody decides
 * whether they may wait, and for a few control events.
 *
 * <p>Thread: the writer's.
 *
 * @param <E> the event
 */
final class WaitingRoom<E> {

    /** No entry. */
    static final int NONE = -1;

    private static final int CONTROLS_MAX = 64;

    private final EventType<E> type;
    private final boolean releases;
    private final int bound;
    private final E[] events;
    private final byte[] kinds;
    private final byte[] classes;
    private final short[] sources;
    private final long[] positions;
    private final long[] ingressNs;
    private final long[] numbers;
    private final int[] before;
    private final int[] behind;
    private final int[] classBefore;
    private final int[] classBehind;
    private final int[] classHeads = new int[WhenFull.PRIORITIES];
    private final int[] classTails = new int[WhenFull.PRIORITIES];
    private final int[] free;
    private int freeCount;
    private int head = NONE;
    private int tail = NONE;
    private int size;
    private int controls;

    /** Makes an empty room for {@code bound} events and {@code claimsMax} that are being claimed. */
    @SuppressWarnings("unchecked") // An array of a generic type can be made in no other way.
    WaitingRoom(EventType<E> type, int bound, int claimsMax) {
        this.type = type;
        this.bound = bound;
        releases = type.releases();
        int entries = bound + claimsMax + CONTROLS_MAX;
        events = (E[]) new Object[entries];
        kinds = new byte[entries];
        classes = new byte[entries];
        sources = new short[entries];
        positions = new long[entries];
        ingressNs = new long[entries];
        numbers = new long[entries];
        before = new int[entries];
        behind = new int[entries];
        classBefore = new int[entries];
        classBehind = new int[entries];
        free = new int[entries];
        for (int i = 0; i < entries; i++) {
            events[i] = type.create();
            free[i] = entries - 1 - i;
        }
        freeCount = entries;
        Arrays.fill(classHeads, NONE);
        Arrays.fill(classTails, NONE);
    }

    /** Takes a free entry for an event; there is one as long as no more than the batch's claims are outstanding. */
    int take(int source, long position, long number) {
        freeCount--;
        int entry = free[freeCount];
        kinds[entry] = Slot.DATA;
        sources[entry] = (short) source;
        positions[entry] = position;
        numbers[entry] = number;
        type.clear(events[entry]);
        return entry;
    }

    /** Lets a control event wait behind all others; returns {@code false} if too many do. */
    boolean appendControl(int kind, long value, long number) {
        if (controls == CONTROLS_MAX) {
            return false;
        }
        controls++;
        freeCount--;
        int entry = free[freeCount];
        kinds[entry] = (byte) kind;
        positions[entry] = value;
        numbers[entry] = number;
        link(entry);
        return true;
    }

    /** Lets the event of {@code entry} wait behind all others. */
    void append(int entry, int priority) {
        link(entry);
        classes[entry] = (byte) priority;
        int last = classTails[priority];
        classBefore[entry] = last;
        classBehind[entry] = NONE;
        if (last == NONE) {
            classHeads[priority] = entry;
        } else {
            classBehind[last] = entry;
        }
        classTails[priority] = entry;
        size++;
    }

    private void link(int entry) {
        before[entry] = tail;
        behind[entry] = NONE;
        if (tail == NONE) {
            head = entry;
        } else {
            behind[tail] = entry;
        }
        tail = entry;
    }

    /** Takes what waits in {@code entry} out and gives the entry back. */
    void remove(int entry) {
        int older = before[entry];
        int younger = behind[entry];
        if (older == NONE) {
            head = younger;
        } else {
            behind[older] = younger;
        }
        if (younger == NONE) {
            tail = older;
        } else {
            before[younger] = older;
        }
        if (kinds[entry] == Slot.DATA) {
            removeFromClass(entry);
            size--;
            giveBack(entry);
        } else {
            controls--;
            free[freeCount] = entry;
            freeCount++;
        }
    }

    private void removeFromClass(int entry) {
        int older = classBefore[entry];
        int younger = classBehind[entry];
        if (older == NONE) {
            classHeads[classes[entry]] = younger;
        } else {
            classBehind[older] = younger;
        }
        if (younger == NONE) {
            classTails[classes[entry]] = older;
        } else {
            classBefore[younger] = older;
        }
    }

    /** Gives an entry back that does not wait. */
    void giveBack(int entry) {
        if (releases) {
            type.release(events[entry]);
        }
        free[freeCount] = entry;
        freeCount++;
    }

    /** The entry of what has waited longest, control events included. */
    int head() {
        return head;
    }

    /** The entry of the event that has waited longest with {@code priority}. */
    int oldest(int priority) {
        return classHeads[priority];
    }

    /** The entry of the event that has waited shortest with {@code priority}. */
    int youngest(int priority) {
        return classTails[priority];
    }

    /** The lowest priority with which an event waits; {@link WhenFull#PRIORITIES} if none does. */
    int lowestPriority() {
        int priority = 0;
        while (priority < WhenFull.PRIORITIES && classHeads[priority] == NONE) {
            priority++;
        }
        return priority;
    }

    boolean hasControl() {
        return controls > 0;
    }

    boolean isFull() {
        return size == bound;
    }

    /** How many events wait, control events not counted. */
    int size() {
        return size;
    }

    int bound() {
        return bound;
    }

    E event(int entry) {
        return events[entry];
    }

    int kind(int entry) {
        return kinds[entry];
    }

    int source(int entry) {
        return sources[entry];
    }

    long position(int entry) {
        return positions[entry];
    }

    long number(int entry) {
        return numbers[entry];
    }

    long ingressNs(int entry) {
        return ingressNs[entry];
    }

    void enter(int entry, long nowNs) {
        ingressNs[entry] = nowNs;
    }
}
