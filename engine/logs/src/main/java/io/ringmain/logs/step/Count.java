package io.ringmain.logs.step;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Level;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Text;
import io.ringmain.logs.Value;
import io.ringmain.spi.Emitter;
import io.ringmain.spi.Outlet;
import io.ringmain.spi.Progress;
import java.util.EnumSet;
import java.util.Set;

/**
 * Counts events by level and by source, and gives one row per key at the end of input: first those by level, then those by source,
 * each ordered by key. Keys beyond the bound share one row {@code other}, the last.
 *
 * <p>Thread: one lane. Allocates when a source is seen first, never per event.
 */
public final class Count implements Emitter<LogEvent, CountRow> {

    /** How many sources are told apart if not said: {@value}. */
    public static final int GROUPS_MAX_DEFAULT = 100_000;

    private static final Level[] LEVELS = Level.values();
    private static final Text UNKNOWN_LEVEL = Text.of("unknown");

    private final boolean byLevel;
    private final boolean bySource;
    // One more than there are levels: the last is for events without one.
    private final long[] levels = new long[LEVELS.length + 1];
    private final Groups sources;
    private final Value value = new Value();
    private int levelCursor;
    private int sourceCursor;

    /** Counts by {@code first} and {@code more}, and tells at most {@value #GROUPS_MAX_DEFAULT} sources apart. */
    public Count(CountBy first, CountBy... more) {
        this(GROUPS_MAX_DEFAULT, EnumSet.of(first, more));
    }

    /** Counts by each of {@code by}, and tells at most {@code groupsMax} sources apart, at least 1. */
    public Count(int groupsMax, Set<CountBy> by) {
        if (groupsMax < 1) {
            throw new IllegalArgumentException("count.groupsMax: " + groupsMax + " (expected: >= 1)");
        }
        byLevel = by.contains(CountBy.LEVEL);
        bySource = by.contains(CountBy.SOURCE);
        sources = new Groups(groupsMax);
    }

    @Override
    public Progress emit(LogEvent event, Outlet<CountRow> outlet) {
        if (byLevel) {
            Level level = event.level();
            levels[level == null ? LEVELS.length : level.rank()]++;
        }
        if (bySource) {
            event.read(Keys.SOURCE, value);
            Text constant = value.constant();
            if (constant != null) {
                sources.add(constant);
            } else {
                sources.add(value.bytes(), value.offset(), value.isMissing() ? 0 : value.length());
            }
        }
        return Progress.DONE;
    }

    @Override
    public Progress finish(Outlet<CountRow> outlet) {
        while (levelCursor < levels.length) {
            long count = levels[levelCursor];
            if (count > 0) {
                CountRow row = outlet.claim();
                if (row == null) {
                    return Progress.MORE;
                }
                Text key = levelCursor == LEVELS.length ? UNKNOWN_LEVEL : LEVELS[levelCursor].text();
                row.set(CountBy.LEVEL, key, count, false);
            }
            levelCursor++;
        }
        sources.sort();
        while (sourceCursor < sources.rows()) {
            CountRow row = outlet.claim();
            if (row == null) {
                return Progress.MORE;
            }
            sources.row(sourceCursor++, row);
        }
        return Progress.DONE;
    }
}
