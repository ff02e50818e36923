package io.ringmain.perf.peers;

import io.ringmain.perf.peers.Script.Event;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What came of a script, whatever the order of rows that came at once. */
record Outcome(List<Row> rows, List<Late> late) {

    /** Sorts. */
    Outcome {
        rows = rows.stream().sorted(Row.ORDER).toList();
        late = late.stream().sorted(Comparator.comparingInt(Late::after)).toList();
    }

    /** Totals of a window. */
    record Totals(String key, long start, long end, long count, long sum) {}

    /**
     * A result.
     *
     * @param after how many events had come
     * @param isAgain whether it takes the place of a row that was given, and an event that came behind time is why; see {@link Script#isUpdateBehindTime}
     */
    record Row(int after, boolean isAgain, Totals totals) {

        private static final Comparator<Row> ORDER = Comparator.comparingInt(Row::after)
                .thenComparing(Row::isAgain)
                .thenComparing(row -> row.totals.end)
                .thenComparing(row -> row.totals.start)
                .thenComparing(row -> row.totals.key)
                .thenComparing(row -> row.totals.count);

        @Override
        public String toString() {
            return "after " + after + (isAgain ? " again " : " ") + totals.key + " [" + totals.start + ", " + totals.end
                    + ") count " + totals.count + " sum " + totals.sum;
        }
    }

    /** An event that no window took any more. */
    record Late(int after, Event event) {

        @Override
        public String toString() {
            return "after " + after + " late " + event;
        }
    }

    /** The same, whenever the rows were given. */
    Outcome atAnyTime() {
        return new Outcome(
                rows.stream().map(row -> new Row(0, row.isAgain, row.totals)).toList(), late);
    }

    /** What only this one has, and what only {@code other} has. */
    String difference(Outcome other) {
        List<Object> mine = new ArrayList<>(rows);
        mine.addAll(late);
        List<Object> its = new ArrayList<>(other.rows);
        its.addAll(other.late);
        List<Object> onlyMine = new ArrayList<>(mine);
        its.forEach(onlyMine::remove);
        mine.forEach(its::remove);
        return "only Flink: " + onlyMine + "\nonly Ringmain: " + its;
    }
}
