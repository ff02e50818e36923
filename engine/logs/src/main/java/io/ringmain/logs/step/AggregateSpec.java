package io.ringmain.logs.step;

import io.ringmain.logs.FieldType;
import io.ringmain.logs.LogEvent;
import io.ringmain.logs.Schema;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What an {@link Aggregate} computes.
 *
 * @param by the fields whose values make the groups; none makes one group of all events
 * @param compute what is computed for each group, at least one
 * @param groupsMax how many groups are told apart, from 1 to {@value #GROUPS_MAX_LIMIT}
 */
public record AggregateSpec(List<String> by, List<Computation> compute, int groupsMax) {

    /** How many groups are told apart if not said: {@value}. */
    public static final int GROUPS_MAX_DEFAULT = 100_000;

    /** The most that {@link #groupsMax} may be: {@value}. */
    public static final int GROUPS_MAX_LIMIT = 10_000_000;

    /** The most fields to group by, and the most computations: {@value}. */
    public static final int FIELDS_MAX = 64;

    /** The field that is true in the row of the groups that found no room for a row of their own: {@value}. */
    public static final String OTHER = "other";

    private static final Set<String> BUILT_IN = Set.of("level", "timestamp", "line");

    /** Checks that each field of a row has one meaning. */
    public AggregateSpec {
        by = List.copyOf(by);
        compute = List.copyOf(compute);
        if (compute.isEmpty()) {
            throw new IllegalArgumentException("aggregate.compute: nothing (expected: at least one computation)");
        }
        if (Math.max(by.size(), compute.size()) > FIELDS_MAX) {
            throw new IllegalArgumentException("aggregate: " + by.size() + " fields to group by and " + compute.size()
                    + " computations (expected: <= " + FIELDS_MAX + " of each)");
        }
        if (groupsMax < 1 || groupsMax > GROUPS_MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "aggregate.groupsMax: " + groupsMax + " (expected: from 1 to " + GROUPS_MAX_LIMIT + ')');
        }
        checkNames(by, compute);
    }

    private static void checkNames(List<String> by, List<Computation> compute) {
        Set<String> names = new HashSet<>();
        for (String name : by) {
            if (!names.add(name)) {
                throw new IllegalArgumentException("aggregate.by: " + name + " twice (expected: once)");
            }
        }
        for (Computation computation : compute) {
            String name = computation.name();
            if (BUILT_IN.contains(name)) {
                throw new IllegalArgumentException(
                        "aggregate.compute: " + name + ", which each event has (expected: another name)");
            }
            if (!names.add(name)) {
                throw new IllegalArgumentException("aggregate.compute: " + name + " twice (expected: another name)");
            }
            if (computation.function().isObject() && by.contains("line")) {
                throw new IllegalArgumentException("aggregate.compute." + name
                        + ": counts by line (expected: other fields in by); the line of a row holds its counts");
            }
        }
        if (names.contains(OTHER)) {
            throw new IllegalArgumentException("aggregate: a field " + OTHER
                    + " (expected: another name); it marks the row of what found no room");
        }
    }

    /** Returns the spec that counts events by {@code names}, as {@code count}. */
    public static AggregateSpec countBy(String... names) {
        return new AggregateSpec(
                List.of(names),
                List.of(new Computation("count", Computation.Function.COUNT, null)),
                GROUPS_MAX_DEFAULT);
    }

    /** Returns the fields of the rows, for events that have those of {@code events}. */
    public Schema rows(Schema events) {
        Map<String, FieldType> types = new LinkedHashMap<>();
        boolean first = true;
        for (String name : by) {
            FieldType type = events.typeOf(name).orElse(FieldType.ANY);
            boolean holdsOther = first && !BUILT_IN.contains(name);
            types.put(name, holdsOther && type != FieldType.TEXT ? FieldType.ANY : type);
            first = first && !holdsOther;
        }
        for (Computation computation : compute) {
            types.put(computation.name(), type(computation, events));
        }
        types.put(OTHER, FieldType.BOOLEAN);
        return new Schema(types, false);
    }

    private static FieldType type(Computation computation, Schema events) {
        return switch (computation.function()) {
            case COUNT, SUM, AVG, VARIANCE, STDDEV, DISTINCT, PERCENTILE -> FieldType.NUMBER;
            case COUNTS, TOP -> FieldType.TEXT;
            case FIRST, LAST -> {
                FieldType type = of(computation, events);
                // A level outside of its own place is a text.
                yield type == FieldType.LEVEL ? FieldType.TEXT : type;
            }
            case MIN, MAX -> {
                FieldType type = of(computation, events);
                // Numbers in text are taken as numbers.
                yield type == FieldType.TEXT ? FieldType.NUMBER : type;
            }
        };
    }

    private static FieldType of(Computation computation, Schema events) {
        String field = computation.field();
        return field == null ? FieldType.ANY : events.typeOf(field).orElse(FieldType.ANY);
    }

    /** All objects of a row share the longest line. */
    int jsonBytesMax() {
        long objects = compute.stream()
                .filter(computation -> computation.function().isObject())
                .count();
        return LogEvent.LINE_BYTES_MAX / (int) Math.max(1, objects);
    }
}
