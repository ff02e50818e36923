package io.ringmain.cli;

import io.ringmain.logs.plan.AbsentField;
import io.ringmain.logs.plan.LateEvents;
import io.ringmain.logs.plan.Wrapped;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.AggregateSpec;
import io.ringmain.logs.step.Window;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What somebody who reads the results of a run should know: nothing was lost, but they may not say what they seem to. */
final class RunNotes {

    private static final String INDENT = " ".repeat("note: ".length());

    private static final String LONG_KEYS = "some keys are too long, or all are too long together";

    private final List<String> notes = new ArrayList<>();

    private RunNotes() {}

    /** The notes on {@code result}, a sentence each; none if it is what it seems. */
    private static List<String> of(PlanRun.Result result) {
        RunNotes of = new RunNotes();
        result.absentFields().forEach(of::absent);
        result.aggregates().forEach(of::aggregate);
        result.windows().forEach(of::window);
        LateEvents.of(result.plan()).forEach(late -> of.late(late, result));
        result.unjudged().forEach(of::unjudged);
        return of.notes;
    }

    /** Prints them on standard error. */
    static void print(PlanRun.Result result, Screen screen) {
        for (String note : of(result)) {
            List<String> lines = Wrapped.lines("note: " + Screen.plain(note), screen.columns() - INDENT.length());
            screen.err().println(String.join("\n" + INDENT, lines));
        }
    }

    private void absent(AbsentField field) {
        String lines = field.lines() == 1
                ? "not in the only line"
                : "in none of the " + Numbers.count(field.lines()) + " lines";
        String hint = field.hint().isEmpty() ? "" : "; " + field.hint();
        notes.add("field \"" + field.name() + "\" was " + lines + hint);
    }

    private void aggregate(String step, Aggregate aggregate) {
        long others = aggregate.eventsInOther();
        if (others > 0) {
            String why =
                    aggregate.groupCount() == aggregate.spec().groupsMax() ? moreGroups(aggregate.spec()) : LONG_KEYS;
            notes.add(step + ": " + Numbers.counted(others, "event") + " went to the row other: " + why);
        }
        ignored(step, aggregate.spec(), aggregate.ignored());
    }

    private void window(String step, Window window) {
        AggregateSpec totals = window.spec().totals();
        long rows = window.rowsOfOthers();
        if (rows > 0) {
            notes.add(step + ": " + Numbers.counted(rows, "row") + (rows == 1 ? " is" : " are")
                    + " of groups that found no room: " + moreGroups(totals) + ", or keys are too long");
        }
        ignored(step, totals, window.ignored());
    }

    private static String moreGroups(AggregateSpec totals) {
        return "there are more groups than max_groups (" + Numbers.count(totals.groupsMax()) + ')';
    }

    private void ignored(String step, AggregateSpec totals, Map<String, Long> byName) {
        byName.forEach((name, count) -> notes.add(step + ": " + name + " leaves out " + Numbers.counted(count, "value")
                + (count == 1 ? " that is " : " that are ") + why(totals, name)));
    }

    private static String why(AggregateSpec totals, String name) {
        boolean takesAll = totals.compute().stream()
                .filter(computation -> computation.name().equals(name))
                .anyMatch(computation -> switch (computation.function()) {
                    case FIRST, LAST, DISTINCT, COUNT, COUNTS, TOP -> true;
                    case SUM, MIN, MAX, AVG, VARIANCE, STDDEV, PERCENTILE -> false;
                });
        return takesAll ? "too long" : "no number";
    }

    private void unjudged(String step, long count) {
        if (count > 0) {
            notes.add(step + ": " + Numbers.counted(count, "event") + (count == 1 ? " was" : " were")
                    + " not judged: there are more groups than max_groups");
        }
    }

    private void late(LateEvents late, PlanRun.Result result) {
        long count = result.late(late.step());
        if (count > 0) {
            Duration wait = late.waits().values().stream()
                    .max(Comparator.naturalOrder())
                    .orElse(Duration.ZERO);
            String waited = late.waits().isEmpty()
                    ? "rows of another step are not waited for"
                    : wait.isZero()
                            ? "no source has a disorder to wait for"
                            : "windows wait " + Numbers.seconds(wait) + " (disorder)";
            String given = late.sinks().stream()
                    .map(sink -> "; " + sink + " took " + Numbers.count(result.delivered(sink)))
                    .collect(Collectors.joining());
            notes.add(late.step() + ": " + Numbers.counted(count, "event")
                    + (count == 1 ? " is in no row: its window" : " are in no row: their windows")
                    + " had been given; " + waited + given);
        }
    }
}
