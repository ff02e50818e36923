package io.ringmain.logs.plan;

import io.ringmain.logs.step.Aggregate;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** What the parts of a pipeline find out about its input, beside the accounts; complete when it has ended. */
final class Findings {

    private final Map<String, Aggregate> aggregates = new LinkedHashMap<>();

    /** Notes what counts for the step {@code name}. */
    Aggregate aggregate(String name, Aggregate aggregate) {
        aggregates.put(name, aggregate);
        return aggregate;
    }

    Map<String, Aggregate> aggregates() {
        return Collections.unmodifiableMap(aggregates);
    }
}
