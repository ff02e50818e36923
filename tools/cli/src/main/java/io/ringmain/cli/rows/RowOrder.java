package io.ringmain.cli.rows;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/** Puts rows in order by one of their values: numbers by size, before texts; rows without the value last, whichever way. */
public final class RowOrder implements Comparator<Row> {

    private final String name;
    private final boolean descending;

    /** Orders by the value called {@code name}. */
    public RowOrder(String name, boolean descending) {
        this.name = name;
        this.descending = descending;
    }

    @Override
    public int compare(Row a, Row b) {
        Object left = a.fields().get(name);
        Object right = b.fields().get(name);
        if (left == null || right == null) {
            return Boolean.compare(left == null, right == null);
        }
        int order = compareValues(left, right);
        return descending ? -order : order;
    }

    private static int compareValues(Object left, Object right) {
        if (left instanceof Number a && right instanceof Number b) {
            return a instanceof Long && b instanceof Long
                    ? Long.compare(a.longValue(), b.longValue())
                    : Double.compare(a.doubleValue(), b.doubleValue());
        }
        int numbersFirst = Boolean.compare(!(left instanceof Number), !(right instanceof Number));
        return numbersFirst != 0 ? numbersFirst : left.toString().compareTo(right.toString());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof RowOrder order && order.name.equals(name) && order.descending == descending;
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Boolean.hashCode(descending);
    }
}
