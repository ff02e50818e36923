package io.ringmain.perf.compare;

/**
 * Question: which comparison shall run? {@code compare NAME [OPTION VALUE]...}; none has a bar.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar compare lists}
 */
public final class Compare {

    private Compare() {}

    /** Runs the comparison that {@code args[1]} names; returns its exit code. */
    public static int run(String[] args) {
        String name = args.length > 1 ? args[1] : "nothing";
        return switch (name) {
            case "lists" -> CompareLists.run(args);
            case "batches" -> CompareBatches.run(args);
            case "pools" -> ComparePools.run(args);
            case "pack" -> ComparePack.run(args);
            case "counters" -> CompareCounters.run(args);
            default ->
                throw new IllegalArgumentException(
                        "compare " + name + " (expected: lists, batches, pools, pack or counters)");
        };
    }
}
