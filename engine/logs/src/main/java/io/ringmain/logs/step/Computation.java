package io.ringmain.logs.step;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One value that an {@link Aggregate} gives for each group.
 *
 * @param name the field of the result
 * @param function what is computed
 * @param field the field that it is computed of; null only for {@link Function#COUNT}
 */
public record Computation(
        String name, Function function, @Nullable String field) {

    /** What can be computed of the events of a group. An event that lacks the field, or has null in it, takes no part. */
    public enum Function {
        /** The number of events; with a field, of those that have it. */
        COUNT,
        /** The sum of numbers: exact for whole ones, and compensated for others, so that errors of rounding do not add up. */
        SUM,
        /** The least number or time; numbers are less than times. */
        MIN,
        /** The greatest number or time. */
        MAX,
        /** The sum of numbers divided by how many there are. */
        AVG,
        /** The number of events for each value of the field, as a JSON object, such as {@code {"200":12,"404":1}}. */
        COUNTS
    }

    /** Checks that a function that needs a field has one. */
    public Computation {
        requireNonNull(name, "name");
        requireNonNull(function, "function");
        if (field == null && function != Function.COUNT) {
            throw new IllegalArgumentException(
                    "aggregate.compute." + name + ": " + function + " of no field (expected: a field)");
        }
    }
}
