package io.ringmain.logs.plan;

/** By how much the events of a plan's sources may be out of order, and whether anything asks for that. */
final class Disorder {

    private Disorder() {}

    /** The disorder of the source that has the most; windows wait so long for the events of each. */
    static long largestNs(Plan plan) {
        return plan.sources().stream()
                .mapToLong(source -> source.options().number(SourceKind.DISORDER))
                .max()
                .orElse(0);
    }

    /** Somebody who says how long to wait believes that something waits. */
    static void check(Plan plan, Problems problems) {
        boolean isAskedFor = plan.steps().stream()
                .map(Part::kind)
                .anyMatch(kind -> kind instanceof WindowKind || kind instanceof UnknownStep);
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
