package io.ringmain.logs.plan;

import io.ringmain.logs.LogEvent;
import io.ringmain.logs.step.Window;
import io.ringmain.window.EventTime;
import java.time.Duration;

/** By how much the events of a plan's sources may be out of order, and whether anything asks for that. */
final class Disorder {

    private Disorder() {}

    /** When the events of a plan happened: each source with its own disorder. */
    static EventTime<LogEvent> time(Plan plan) {
        EventTime<LogEvent> time = Window.timestamp();
        for (Part source : plan.sources()) {
            time = time.disorder(
                    source.name(), Duration.ofNanos(source.options().number(SourceKind.DISORDER)));
        }
        return time;
    }

    /** Somebody who says how long to wait believes that something waits. */
    static void check(Plan plan, Problems problems) {
        boolean isAskedFor = plan.steps().stream()
                .anyMatch(step -> step.kind() instanceof UnknownStep
                        || (step.kind() instanceof WindowKind && WindowKind.asksForTime(step.options())));
        for (Part source : plan.sources()) {
            if (!isAskedFor && source.options().has(SourceKind.DISORDER)) {
                problems.add(
                        source.options().mark(SourceKind.DISORDER),
                        source.options().path(SourceKind.DISORDER),
                        "without a window, which waits so long (expected: a step window)",
                        "remove it, or add a step such as " + new WindowKind().example());
            }
        }
    }
}
