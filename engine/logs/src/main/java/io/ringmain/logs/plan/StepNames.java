package io.ringmain.logs.plan;

import java.util.HashMap;
import java.util.Map;

/** What steps are called that have no name of their own: their kind, with a number from the second of a kind on. */
final class StepNames {

    private final Map<String, Integer> counts = new HashMap<>();

    String next(String kind) {
        int count = counts.merge(kind, 1, Integer::sum);
        return count == 1 ? kind : kind + '-' + count;
    }
}
