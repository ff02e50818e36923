package io.ringmain.internal.window;

import io.ringmain.internal.ring.Groups;
import io.ringmain.window.KeyBuffer;
import io.ringmain.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Windows as one would write them down: a list of windows, each with its key and its events, all looked at for each event. The rules are Flink's window operator's. */
final class WindowModel {

    /** One window of one key. */
    private static final class Open {

        private long start;
        private long end;
        private final String key;
        private long count;
        private long sum;
        private long news;
        private boolean isGiven;
        private boolean wasGiven;

        Open(long start, long end, String key) {
            this.start = start;
            this.end = end;
            this.key = key;
        }

        String text(String kind) {
            return start + ".." + end + " " + key + " " + count + " " + sum + " " + kind;
        }
    }

    private static final String OTHER = "other";
    private static final Comparator<Open> IN_ORDER_OF_KEYS = Comparator.<Open, Integer>comparing(
                    window -> window.key.equals(OTHER) ? Groups.COUNT : group(window.key))
            .thenComparing(window -> window.key);

    private final Windows windows;
    private final long lateness;
    private final int keysMax;
    private final long[] disorders;
    private final long[] latest;
    private final boolean[] isHeard;
    private final boolean[] isDone;
    private final boolean[] isIdle;
    // Came back behind what stands, and is not waited for until it has caught up.
    private final boolean[] isBehind;
    private final long idle;
    private final long[] heardAt;
    private long clock = Long.MIN_VALUE;
    private final List<Open> open = new ArrayList<>();
    private final List<String> rows = new ArrayList<>();
    private final List<String> late = new ArrayList<>();
    private long watermark = Long.MIN_VALUE;
    private boolean hasBegun;
    private long piecesOver;

    /** Sources that give nothing for {@code idle} are not waited for; all are if it is 0. More keys than {@code keysMax} are one, unless the windows stand fast. */
    WindowModel(Windows windows, long lateness, int keysMax, long idle, long... disorders) {
        this.keysMax = keysMax;
        this.idle = idle;
        isIdle = new boolean[disorders.length];
        isBehind = new boolean[disorders.length];
        heardAt = new long[disorders.length];
        Arrays.fill(heardAt, Long.MIN_VALUE);
        this.windows = windows;
        this.lateness = lateness;
        this.disorders = disorders;
        latest = new long[disorders.length];
        isHeard = new boolean[disorders.length];
        isDone = new boolean[disorders.length];
    }

    void add(int source, long time, String key, long value) {
        boolean isWanted = true;
        if (windows instanceof Windows.Session session) {
            isWanted = addToSession(session, time, withRoom(key), value);
        } else if (windows instanceof Windows.Aligned aligned) {
            isWanted = addToAligned(aligned, time, key, value);
        } else {
            addToGlobal((Windows.Global) windows, time, withRoom(key), value);
        }
        if (!isWanted) {
            late.add(time + " " + key);
        }
        latest[source] = isHeard[source] ? Math.max(latest[source], time) : time;
        isHeard[source] = true;
        heardAt[source] = clock;
        isBehind[source] = (isIdle[source] || isBehind[source]) && mark(source) < watermark;
        isIdle[source] = false;
        advance();
    }

    private String withRoom(String key) {
        Set<String> keys = new HashSet<>();
        for (Open window : open) {
            keys.add(window.key);
        }
        boolean isKnown = keys.contains(key);
        keys.remove(OTHER);
        return isKnown || keys.size() < keysMax ? key : OTHER;
    }

    private long mark(int source) {
        return isHeard[source] ? latest[source] - disorders[source] - 1 : Long.MIN_VALUE;
    }

    /** How long each has been silent begins anew. */
    void restart() {
        Arrays.fill(heardAt, Long.MIN_VALUE);
        clock = Long.MIN_VALUE;
    }

    /** The machine's clock has come to {@code time}. */
    void tick(long time) {
        clock = time;
        for (int source = 0; source < disorders.length; source++) {
            if (heardAt[source] == Long.MIN_VALUE) {
                heardAt[source] = time;
            } else if (idle > 0 && time - heardAt[source] >= idle && !isIdle[source] && !isDone[source]) {
                goesIdle(source);
            }
        }
        give(false);
    }

    private void goesIdle(int source) {
        isIdle[source] = true;
        isBehind[source] = false;
        boolean isLast = true;
        long furthest = Long.MIN_VALUE;
        for (int other = 0; other < disorders.length; other++) {
            isLast &= isDone[other] || isIdle[other];
            furthest = Math.max(furthest, mark(other));
        }
        if (!isLast) {
            observe();
        } else if (mark(source) == watermark) {
            watermark = Math.max(watermark, furthest);
        }
    }

    /** The source gives no more. */
    void end(int source) {
        isDone[source] = true;
        advance();
    }

    private void advance() {
        observe();
        give(false);
    }

    private void observe() {
        long least = Long.MAX_VALUE;
        for (int source = 0; source < disorders.length; source++) {
            if (!isDone[source] && !isIdle[source] && !isBehind[source]) {
                least = Math.min(least, mark(source));
            }
        }
        if (least != Long.MAX_VALUE && least > watermark) {
            watermark = least;
        }
    }

    private boolean addToAligned(Windows.Aligned aligned, long time, String key, long value) {
        boolean isInAny = false;
        boolean isTaken = false;
        long first = Math.floorDiv(time - aligned.sizeNs() - aligned.offsetNs(), aligned.slideNs()) - 1;
        for (long i = first; aligned.offsetNs() + i * aligned.slideNs() <= time; i++) {
            long start = aligned.offsetNs() + i * aligned.slideNs();
            long end = start + aligned.sizeNs();
            if (time < start || time >= end) {
                continue;
            }
            isInAny = true;
            if (end - 1 + lateness <= watermark) {
                continue;
            }
            isTaken = true;
            Open window = find(start, end, key);
            if (window == null) {
                window = new Open(start, end, key);
                open.add(window);
            }
            take(window, value);
        }
        return isTaken || (!isInAny && time + lateness > watermark);
    }

    private boolean addToSession(Windows.Session session, long time, String key, long value) {
        Open merged = new Open(time, time + session.gapNs(), key);
        List<Open> touched = new ArrayList<>();
        boolean isMore = true;
        while (isMore) {
            isMore = false;
            for (Open window : open) {
                boolean touches = window.key.equals(key) && window.start <= merged.end && merged.start <= window.end;
                if (touches && !touched.contains(window)) {
                    touched.add(window);
                    merged.start = Math.min(merged.start, window.start);
                    merged.end = Math.max(merged.end, window.end);
                    isMore = true;
                }
            }
        }
        if (merged.end - 1 + lateness <= watermark) {
            return false;
        }
        open.removeAll(touched);
        for (Open window : touched) {
            merged.count += window.count;
            merged.sum += window.sum;
            merged.wasGiven |= window.wasGiven;
        }
        open.add(merged);
        take(merged, value);
        return true;
    }

    private void addToGlobal(Windows.Global global, long time, String key, long value) {
        Open window = null;
        for (Open one : open) {
            window = one.key.equals(key) ? one : window;
        }
        if (window == null) {
            window = new Open(time, time, key);
            open.add(window);
        }
        window.start = Math.min(window.start, time);
        window.end = Math.max(window.end, time);
        window.count++;
        window.sum += value;
        window.news++;
        if (global.trigger() instanceof Windows.Trigger.Count trigger && window.news == trigger.count()) {
            giveNews(global, window, global.keeps() ? "EARLY" : "COMPLETE");
        }
    }

    private void giveNews(Windows.Global global, Open window, String kind) {
        rows.add(window.text(kind));
        window.news = 0;
        if (!global.keeps()) {
            open.remove(window);
        }
    }

    private void giveAllNews(Windows.Global global, String kind) {
        open.sort(IN_ORDER_OF_KEYS);
        for (Open window : List.copyOf(open)) {
            if (window.news > 0) {
                giveNews(global, window, kind);
            }
        }
    }

    private void giveGlobal(Windows.Global global, boolean isEnd) {
        if (isEnd) {
            giveAllNews(global, "FINAL");
        } else if (global.trigger() instanceof Windows.Trigger.Every trigger && watermark > Long.MIN_VALUE) {
            // How many pieces of time are over.
            long over = Math.floorDiv(watermark + 1, trigger.everyNs());
            if (hasBegun && over > piecesOver) {
                giveAllNews(global, "EARLY");
            }
            hasBegun = true;
            piecesOver = over;
        }
    }

    private @Nullable Open find(long start, long end, String key) {
        for (Open window : open) {
            if (window.start == start && window.end == end && window.key.equals(key)) {
                return window;
            }
        }
        return null;
    }

    private void take(Open window, long value) {
        window.count++;
        window.sum += value;
        window.isGiven = false;
        if (window.end - 1 <= watermark) {
            give(window, "UPDATE");
        }
    }

    private void give(Open window, String kind) {
        rows.add(window.text(window.wasGiven ? "UPDATE" : kind));
        window.isGiven = true;
        window.wasGiven = true;
    }

    private void give(boolean isEnd) {
        if (windows instanceof Windows.Global global) {
            giveGlobal(global, isEnd);
            return;
        }
        open.sort(Comparator.<Open>comparingLong(window -> window.end).thenComparing(IN_ORDER_OF_KEYS));
        for (Open window : open) {
            boolean isOver = window.end - 1 <= watermark;
            if (!window.isGiven && (isOver || isEnd)) {
                give(window, isOver ? "COMPLETE" : "FINAL");
            }
        }
        open.removeIf(window -> isEnd || window.end - 1 + lateness <= watermark);
    }

    static int group(String key) {
        var buffer = new KeyBuffer();
        buffer.putText(key);
        return Groups.ofKey(buffer.hash());
    }

    List<String> end() {
        give(true);
        return rows;
    }

    List<String> rows() {
        return rows;
    }

    List<String> late() {
        return late;
    }
}
