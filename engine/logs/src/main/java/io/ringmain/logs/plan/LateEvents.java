package io.ringmain.logs.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What becomes of events that come too late for a window.
 *
 * @param step the window
 * @param waits how long it waits for the events of each source, by the source's name; behind another step that gives results there are none, and it waits for nothing
 * @param allowed for so long it is kept when it has been given
 * @param sinks who is given events that come later still; without one they are dropped, and counted
 */
public record LateEvents(String step, Map<String, Duration> waits, Duration allowed, List<String> sinks) {

    private static final String LATE = ".late";

    /** Copies what it is given, in the order of the sources. */
    public LateEvents {
        waits = Collections.unmodifiableMap(new LinkedHashMap<>(waits));
        sinks = List.copyOf(sinks);
    }

    /** For each window of {@code plan} for which an event may come too late. */
    public static List<LateEvents> of(Plan plan) {
        List<LateEvents> all = new ArrayList<>();
        boolean isBehindResults = false;
        for (Part step : plan.steps()) {
            boolean areResults = isBehindResults;
            isBehindResults |= step.kind() instanceof StepKind kind && kind.givesResults();
            if (!mayCome(step)) {
                continue;
            }
            Map<String, Duration> waits = new LinkedHashMap<>();
            if (!areResults) {
                plan.sources()
                        .forEach(source ->
                                waits.put(source.name(), source.options().duration(SourceKind.DISORDER)));
            }
            List<String> sinks = plan.sinks().stream()
                    .filter(sink -> isFor(sink, step))
                    .map(Part::name)
                    .toList();
            all.add(new LateEvents(step.name(), waits, WindowKind.allowedLateness(step.options()), sinks));
        }
        return all;
    }

    /** The step by whose name, and this, a sink stands behind what comes too late for {@code step}. */
    static String after(Part step) {
        return step.name() + LATE;
    }

    /** Whether an event may come too late for a step. */
    static boolean mayCome(Part step) {
        return step.kind() instanceof WindowKind && WindowKind.hasLate(step.options());
    }

    /** Whether {@code sink} is given the events that come too late for {@code step}. */
    static boolean isFor(Part sink, Part step) {
        return sink.options().has(SinkKind.AFTER)
                && mayCome(step)
                && sink.options().text(SinkKind.AFTER).equals(after(step));
    }

    /** Whether {@code sink} is given the events that come too late for a window. */
    static boolean isFor(Part sink, Plan plan) {
        return plan.steps().stream().anyMatch(step -> isFor(sink, step));
    }
}
