package io.ringmain.internal.window;

import io.ringmain.window.KeyBuffer;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The panes of one key group, in the order of their time.
 *
 * <p>Where lanes share the work there are two at a time that use it: the one that owns the group adds to panes that are open, and the one behind, which gives results, has those that are
 * closed. Which is which follows from the watermark at each event, so both agree. A pane itself is never used by both: the second has passed on behind the first when it takes a closed
 * one up. Only the list of them is: it is never changed but replaced by another one.
 *
 * @param <E> the event
 */
final class Panes<E> {

    private static final VarHandle LIST;

    static {
        try {
            LIST = MethodHandles.lookup().findVarHandle(Panes.class, "list", PaneList.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Panes and their starts, ascending. */
    private static final class PaneList<E> {

        private final long[] starts;
        private final Pane<E>[] panes;

        PaneList(long[] starts, Pane<E>[] panes) {
            this.starts = starts;
            this.panes = panes;
        }
    }

    private final Layout<E> layout;
    private volatile PaneList<E> list;
    // One that was dropped, with what it has grown to, for the next that is made.
    private final AtomicReference<@Nullable Pane<E>> spare = new AtomicReference<>();
    // Of the lane that adds only.
    private long latestStart;
    private @Nullable Pane<E> latest;

    @SuppressWarnings({"unchecked", "rawtypes"}) // An array of a generic type can be made in no other way.
    Panes(Layout<E> layout) {
        this.layout = layout;
        list = new PaneList<>(new long[0], new Pane[0]);
    }

    /** The pane that begins at {@code start}, to which events are added; made if there is none. */
    Pane<E> open(long start) {
        Pane<E> pane = latest;
        if (pane == null || start != latestStart) {
            pane = at(start);
            latest = pane;
            latestStart = start;
        }
        return pane;
    }

    /** The pane that begins at {@code start}; made if there is none. */
    Pane<E> at(long start) {
        while (true) {
            PaneList<E> now = list;
            int index = Arrays.binarySearch(now.starts, start);
            if (index >= 0) {
                return now.panes[index];
            }
            Pane<E> pane = make();
            if (LIST.compareAndSet(this, now, with(now, -index - 1, start, pane))) {
                return pane;
            }
        }
    }

    private Pane<E> make() {
        Pane<E> old = spare.getAndSet(null);
        if (old == null) {
            return new Pane<>(layout);
        }
        old.clear();
        return old;
    }

    private static <E> PaneList<E> with(PaneList<E> now, int index, long start, Pane<E> pane) {
        int count = now.starts.length;
        long[] starts = Arrays.copyOf(now.starts, count + 1);
        Pane<E>[] panes = Arrays.copyOf(now.panes, count + 1);
        System.arraycopy(now.starts, index, starts, index + 1, count - index);
        System.arraycopy(now.panes, index, panes, index + 1, count - index);
        starts[index] = start;
        panes[index] = pane;
        return new PaneList<>(starts, panes);
    }

    /** Forgets the panes that begin before {@code start}. */
    void dropBefore(long start) {
        while (true) {
            PaneList<E> now = list;
            int count = firstFrom(now, start);
            if (count == 0) {
                return;
            }
            var rest = new PaneList<>(
                    Arrays.copyOfRange(now.starts, count, now.starts.length),
                    Arrays.copyOfRange(now.panes, count, now.panes.length));
            if (LIST.compareAndSet(this, now, rest)) {
                spare.set(now.panes[count - 1]);
                return;
            }
        }
    }

    private static <E> int firstFrom(PaneList<E> list, long start) {
        int index = Arrays.binarySearch(list.starts, start);
        return index < 0 ? -index - 1 : index;
    }

    /** How many panes there are. */
    int count() {
        return list.starts.length;
    }

    /** The start of the oldest pane that does not begin before {@code start}; {@link Long#MAX_VALUE} if there is none. */
    long oldestFrom(long start) {
        PaneList<E> now = list;
        int index = firstFrom(now, start);
        return index < now.starts.length ? now.starts[index] : Long.MAX_VALUE;
    }

    /** How many panes begin from {@code first} to {@code last}. */
    int count(long first, long last) {
        PaneList<E> now = list;
        int from = firstFrom(now, first);
        return behind(now, from, last) - from;
    }

    private static <E> int behind(PaneList<E> list, int from, long last) {
        int to = from;
        while (to < list.starts.length && list.starts[to] <= last) {
            to++;
        }
        return to;
    }

    /** The panes that begin from {@code first} to {@code last}, one after the other from index 0 on; null behind the last. */
    @Nullable
    Pane<E> at(long first, long last, int index) {
        PaneList<E> now = list;
        int at = firstFrom(now, first) + index;
        return at < now.starts.length && now.starts[at] <= last ? now.panes[at] : null;
    }

    /** Writes the panes that begin from {@code first} to {@code last}; who reads them must know how many {@linkplain #count they are}. */
    void save(DataOutput out, long first, long last) throws IOException {
        PaneList<E> now = list;
        int from = firstFrom(now, first);
        int to = behind(now, from, last);
        for (int i = from; i < to; i++) {
            out.writeLong(now.starts[i]);
            now.panes[i].save(out);
        }
    }

    /** Takes over a number of panes and what {@link #save} wrote of them, beside what there is. */
    void load(DataInput in, KeyBuffer scratch) throws IOException {
        for (int left = in.readInt(); left > 0; left--) {
            at(in.readLong()).load(in, scratch);
        }
    }
}
