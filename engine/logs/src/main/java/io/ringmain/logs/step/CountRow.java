package io.ringmain.logs.step;

import io.ringmain.logs.Text;
import io.ringmain.spi.EventType;

/**
 * One count: how many events had this key.
 *
 * <p>Thread and ownership: as the slot it lies in.
 */
public final class CountRow {

    /** How rows are made, cleared and copied. */
    public static final EventType<CountRow> TYPE = EventType.of(CountRow::new, CountRow::clear, CountRow::copy);

    private static final Text NONE = Text.of("");

    private CountBy by = CountBy.LEVEL;
    private Text key = NONE;
    private long count;
    private boolean other;

    /** Makes an empty row. */
    public CountRow() {}

    private void clear() {
        set(CountBy.LEVEL, NONE, 0, false);
    }

    private static void copy(CountRow from, CountRow to) {
        to.set(from.by, from.key, from.count, from.other);
    }

    void set(CountBy by, Text key, long count, boolean other) {
        this.by = by;
        this.key = key;
        this.count = count;
        this.other = other;
    }

    /** What was counted by. */
    public CountBy by() {
        return by;
    }

    /** The level's name or the source. A constant, which may be kept. */
    public Text key() {
        return key;
    }

    /** How many events. */
    public long count() {
        return count;
    }

    /** Whether this row stands for all keys that found no room for a row of their own. */
    public boolean isOther() {
        return other;
    }

    @Override
    public String toString() {
        return by + " " + key + ' ' + count;
    }
}
