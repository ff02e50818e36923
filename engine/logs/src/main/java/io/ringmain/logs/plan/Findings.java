package io.ringmain.logs.plan;

import io.ringmain.logs.Keys;
import io.ringmain.logs.Nearest;
import io.ringmain.logs.step.Aggregate;
import io.ringmain.logs.step.Window;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;

/** What the parts of a pipeline find out about its input, beside the accounts; complete when it has ended. */
final class Findings {

    /** What parsers of lines with names of their own make of some of them. */
    private static final Map<String, String> ROLES = Map.of(
            "severity", "level",
            "lvl", "level",
            "log.level", "level",
            "@timestamp", "timestamp",
            "time", "timestamp",
            "ts", "timestamp",
            "t", "timestamp",
            "msg", "message");

    private final Keys keys;
    private final Map<String, Aggregate> aggregates = new LinkedHashMap<>();
    private final Map<String, Window> windows = new LinkedHashMap<>();
    private final Map<String, List<LongSupplier>> judging = new LinkedHashMap<>();
    // By step that parses: one for each of its lanes.
    private final Map<String, List<FieldWatch>> watches = new LinkedHashMap<>();
    private Set<String> sought = Set.of();
    private int keysOfPlan;

    Findings(Keys keys) {
        this.keys = keys;
    }

    /** Notes what counts for the step {@code name}. */
    Aggregate aggregate(String name, Aggregate aggregate) {
        aggregates.put(name, aggregate);
        return aggregate;
    }

    Map<String, Aggregate> aggregates() {
        return Collections.unmodifiableMap(aggregates);
    }

    /** Notes a lane of the step {@code name} that judges series of events, and counts those that found no room. */
    void judging(String name, LongSupplier unjudged) {
        judging.computeIfAbsent(name, step -> new ArrayList<>()).add(unjudged);
    }

    /** How many events were not judged, by step, because there were too many series. */
    Map<String, Long> unjudged() {
        Map<String, Long> counts = new LinkedHashMap<>();
        judging.forEach((step, lanes) -> counts.put(
                step, lanes.stream().mapToLong(LongSupplier::getAsLong).sum()));
        return counts;
    }

    /** Notes what counts for the step {@code name}. */
    void window(String name, Window window) {
        windows.put(name, window);
    }

    /** By which fields the windows of the last step so far that makes them are told apart. */
    List<String> groupedBy() {
        List<String> by = List.of();
        for (Window window : windows.values()) {
            by = window.spec().totals().by();
        }
        return by;
    }

    Map<String, Window> windows() {
        return Collections.unmodifiableMap(windows);
    }

    /** Says which fields are asked for of which only the lines can tell whether they are there; before the parts are made. */
    void seek(Set<String> names) {
        sought = names;
    }

    /** Makes what a lane of the step {@code name} looks for them with. */
    FieldWatch watch(String name) {
        FieldWatch watch = new FieldWatch(sought.stream().mapToInt(keys::id).toArray());
        watches.computeIfAbsent(name, step -> new ArrayList<>()).add(watch);
        return watch;
    }

    /** Notes that all parts are made: names that come now come from the lines. */
    void built() {
        keysOfPlan = keys.names().size();
    }

    /** Those that were sought, and in no line; none if there was no line. */
    List<AbsentField> absentFields() {
        List<FieldWatch> all =
                watches.values().stream().flatMap(Collection::stream).toList();
        // Each line comes to each of these steps at most, and to the first one before anything is filtered.
        long lines = watches.values().stream()
                .mapToLong(
                        ofStep -> ofStep.stream().mapToLong(FieldWatch::events).sum())
                .max()
                .orElse(0);
        List<AbsentField> absent = new ArrayList<>();
        for (String name : lines == 0 ? Set.<String>of() : sought) {
            if (isAbsent(name, all)) {
                absent.add(new AbsentField(name, lines, hint(name, all)));
            }
        }
        return absent;
    }

    private boolean isAbsent(String name, List<FieldWatch> all) {
        int key = keys.id(name);
        return all.stream().allMatch(watch -> watch.isAbsent(key));
    }

    private String hint(String name, List<FieldWatch> all) {
        String role = ROLES.get(name);
        if (role != null) {
            return "events have it as \"" + role + '"';
        }
        List<String> names = keys.names();
        List<String> present = new ArrayList<>(names.subList(keysOfPlan, names.size()));
        present.addAll(sought);
        present.addAll(List.of("level", "timestamp", "message"));
        present.removeIf(other -> sought.contains(other) && isAbsent(other, all));
        return Nearest.to(name, present)
                .map(near -> "did you mean \"" + near + "\"?")
                .orElse("");
    }
}
