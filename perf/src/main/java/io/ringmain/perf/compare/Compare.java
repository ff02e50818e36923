package io.ringmain.perf.compare;

import java.io.IOException;
import java.util.Arrays;

/**
 * Question: which comparison shall run? {@code compare NAME [OPTION VALUE]...}; none has a bar.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar compare lists}
 */
public final class Compare {

    private Compare() {}

    /** Runs the comparison that the arguments name; returns an exit code. */
    public static int run(String[] args) throws IOException {
        String name = args.length > 1 ? args[1] : "nothing";
        String[] rest = Arrays.copyOfRange(args, Math.min(1, args.length), args.length);
        return switch (name) {
            case "lists" -> CompareLists.run(rest);
            case "batches" -> CompareBatches.run(rest);
            default -> throw new IllegalArgumentException("compare " + name + " (expected: lists or batches)");
        };
    }
}
