package io.ringmain.internal.window;

import io.ringmain.internal.ring.Groups;
import io.ringmain.internal.ring.Ring;
import io.ringmain.internal.stage.SlotEmitter;
import io.ringmain.spi.FailureKind;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import io.ringmain.spi.Stateful;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.Keying;
import io.ringmain.window.Watermarks;
import io.ringmain.window.WindowResult;
import io.ringmain.window.Windowing;
import io.ringmain.window.Windows;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes events into windows and gives their results when no event of them is expected any more.
 *
 * <p>How far time has come is told by the events alone, one after the other: which of them are late, and what is given when, does not depend on how fast they come. Only silence is told by ticks.
 * When more is due than one batch of results, the emitter is {@linkplain #isBehind behind}: it takes events meanwhile, and gives a batch with each, so a window of a million keys does not hold
 * the ring. An event for a window that is being given waits until that is done.
 *
 * <p>Thread: the lane's. Allocates for panes and when it grows, not for an event.
 *
 * @param <E> the event
 * @param <R> the result
 */
public final class WindowEmitter<E, R> implements SlotEmitter<E, R>, Stateful {

    private static final int FORMAT = 2;
    private static final int BATCH_MAX = 256;

    private final Windowing<E> windowing;
    private final WindowResult.Writer<E, R> writer;
    private final long lengthNs;
    private SourceTimes<E> times;
    private final Keying<E> keying;
    private final WindowStore<E> store;
    private final WindowStore.Moment moment = new WindowStore.Moment();
    private final Given<E> given = new Given<>();
    private final KeyBuffer scratch = new KeyBuffer();
    // Those who add events to panes that are open; null if this lane does.
    private @Nullable WindowLanes<E> lanes;
    private long at;
    private boolean isBroken;
    private long due = Watermarks.NONE;
    private boolean isTaken;
    private boolean isStanding;
    private boolean isExhausted;
    // What the embedder computes or writes is at work.
    private boolean isInside;
    private boolean wasLate;

    /** Makes an emitter for events of one source, unless it is {@linkplain #connect connected} to others. */
    public WindowEmitter(Windowing<E> windowing, WindowResult.Writer<E, R> writer) {
        this.windowing = windowing;
        lengthNs = lengthNs(windowing.windows());
        this.writer = writer;
        times = new SourceTimes<>(windowing.time(), lengthNs, List.of(""));
        keying = windowing.keying().get();
        store = store(windowing, keying);
    }

    private static <E> WindowStore<E> store(Windowing<E> windowing, Keying<E> keying) {
        Windows windows = windowing.windows();
        if (windows instanceof Windows.Aligned aligned) {
            return new AlignedStore<>(aligned, windowing, keying);
        }
        if (windows instanceof Windows.Session session) {
            return new SessionStore<>(session, windowing, keying);
        }
        return new GlobalStore<>((Windows.Global) windows, windowing, keying);
    }

    /** How long the shortest step of the windows is; 0 if they ask for no time. */
    private static long lengthNs(Windows windows) {
        if (windows instanceof Windows.Aligned aligned) {
            return Math.min(aligned.sizeNs(), aligned.slideNs());
        }
        if (windows instanceof Windows.Session session) {
            return session.gapNs();
        }
        Windows.Trigger trigger = ((Windows.Global) windows).trigger();
        return trigger instanceof Windows.Trigger.Every every ? every.everyNs() : 0;
    }

    @Override
    public void connect(List<String> sources) {
        times = new SourceTimes<>(windowing.time(), lengthNs, sources);
    }

    /** How it cuts time. */
    public Windows windows() {
        return windowing.windows();
    }

    /** With how many lanes it begins; each of them but one only adds events. */
    public int lanes() {
        return windowing.lanes();
    }

    /** Whether lanes can share its work. */
    public boolean isShareable() {
        return store instanceof AlignedStore;
    }

    /** Leaves what can be shared to lanes, which have the groups of the column {@code groups} in front of this one. Once it is {@linkplain #connect connected}, before the start. */
    public WindowLanes<E> share(Ring<E> ring, Groups groups) {
        var shared = new WindowLanes<>(windowing, (AlignedStore<E>) store, times, new WindowLanes.Slots(ring, groups));
        lanes = shared;
        return shared;
    }

    @Override
    public void standAt(long sequence) {
        at = sequence;
    }

    @Override
    public void breakOff() {
        isBroken = lanes != null && lanes.haveFailed();
    }

    @Override
    public Progress emit(E event, int source, Outlet<R> outlet) throws Exception {
        if (!isTaken && lanes != null && lanes.isAdded(at)) {
            wasLate = false;
            due = Math.max(due, lanes.watermark(at));
            isTaken = true;
        }
        if (!isTaken) {
            // Before anything is given: results are taken back when the event then fails.
            look(event);
            long time = moment.timeNs;
            if (isStanding && !give(outlet)) {
                // The store still has what stands, and would forget it with the next event.
                return Progress.MORE;
            }
            if (isBehind() && store.concernsGiven(time, due)) {
                give(outlet);
                if (isBehind()) {
                    return Progress.MORE;
                }
            }
            take(event);
            due = Math.max(due, lanes == null ? times.observe(source, time) : lanes.watermark(at));
            isTaken = true;
        }
        if (!give(outlet)) {
            return Progress.MORE;
        }
        isTaken = false;
        return Progress.DONE;
    }

    private long time(E event) throws NoTimeException {
        return lanes == null ? times.of(event) : lanes.timeNs(at);
    }

    /** Finds when the event happened, and its key. */
    private void look(E event) throws NoTimeException {
        moment.timeNs = time(event);
        KeyBuffer key = keying.of(event);
        moment.key = key;
        moment.hash = key == null ? 0 : key.hash();
        moment.group = key == null ? 0 : Groups.ofKey(moment.hash);
    }

    private void take(E event) {
        moment.watermark = due;
        isInside = true;
        wasLate = !store.take(event, moment);
        isInside = false;
    }

    /** Gives a batch of what is due; {@code false} if there is no room for it. */
    private boolean give(Outlet<R> outlet) {
        for (int i = 0; i < BATCH_MAX; i++) {
            if (!isStanding) {
                isInside = true;
                isStanding = store.next(given, due);
                isInside = false;
            }
            if (!isStanding) {
                isExhausted = true;
                return true;
            }
            R row = outlet.claim();
            if (row == null) {
                return false;
            }
            isInside = true;
            writer.write(given, row);
            isInside = false;
            isStanding = false;
        }
        return true;
    }

    /** What is half added, or half written, cannot be tried again: the pipeline stops, and goes on from its last checkpoint. */
    @Override
    public FailureKind kindOf(Exception failure) {
        return isInside ? FailureKind.FATAL : FailureKind.of(failure);
    }

    @Override
    public boolean wasLate() {
        return wasLate;
    }

    @Override
    public boolean isBehind() {
        // At the end there is finish, which says itself when it has given all.
        return due != Watermarks.END && (isStanding || store.isBehind(due));
    }

    @Override
    public Progress proceed(Outlet<R> outlet) {
        give(outlet);
        return isBehind() ? Progress.MORE : Progress.DONE;
    }

    @Override
    public long tickNs() {
        return times.tickNs();
    }

    @Override
    public Progress tick(long timeNs, Outlet<R> outlet) {
        due = Math.max(due, lanes == null ? times.tick(timeNs) : lanes.watermark(at));
        return proceed(outlet);
    }

    @Override
    public Progress sourceEnded(int source, Outlet<R> outlet) {
        due = Math.max(due, lanes == null ? times.ended(source) : lanes.watermark(at));
        return proceed(outlet);
    }

    @Override
    public Progress finish(Outlet<R> outlet) {
        if (due != Watermarks.END) {
            // What is complete first, and then what is cut short.
            if (isBehind() && proceed(outlet) == Progress.MORE) {
                return Progress.MORE;
            }
            if (isBroken) {
                // Others are ahead of the one that failed, and may still add to what is open.
                return Progress.DONE;
            }
            due = Watermarks.END;
        }
        isExhausted = false;
        give(outlet);
        return isExhausted ? Progress.DONE : Progress.MORE;
    }

    /** How many panes, or windows of one key, are kept now. */
    public int kept() {
        return store.kept();
    }

    @Override
    public void save(DataOutput out) throws IOException {
        out.writeInt(FORMAT);
        out.writeUTF(what());
        out.writeLong(due);
        if (lanes == null) {
            times.save(out);
            store.save(out);
        } else {
            lanes.save(out);
        }
    }

    /** What a checkpoint is of, in words. */
    private String what() {
        return windowing.windows() + " " + windowing.allowedLateness() + " of "
                + windowing.compute().size() + " computations " + windowing.signature();
    }

    @Override
    public void load(DataInput in) throws IOException {
        int format = in.readInt();
        if (format != FORMAT) {
            throw new IOException(
                    "window: format " + format + " (expected: " + FORMAT + "); it was written by another version");
        }
        String saved = in.readUTF();
        String own = what();
        if (!saved.equals(own)) {
            throw new IOException("window: the checkpoint has " + saved + " (expected: the same windows, " + own
                    + "); give the plan that wrote it");
        }
        due = in.readLong();
        times.load(in);
        store.load(in, scratch);
    }
}
