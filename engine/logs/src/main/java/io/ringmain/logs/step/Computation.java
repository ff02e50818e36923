package io.ringmain.logs.step;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * One value that an {@link Aggregate} gives for each group.
 *
 * @param name the field of the result
 * @param function what is computed
 * @param field the field that it is computed of; null only for {@link Function#COUNT}
 * @param argument for {@link Function#PERCENTILE} how many percent, above 0 and at most 100; for {@link Function#TOP} how many values, from 1 to {@value #VALUES_MAX}; else 0
 */
public record Computation(
        String name, Function function, @Nullable String field, double argument) {

    /** The most values that {@link Function#TOP} gives, and that it and {@link Function#COUNTS} tell apart in a group: {@value}. */
    public static final int VALUES_MAX = 1000;

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
        COUNTS,
        /** The variance of numbers as a sample of more, as SQL's {@code var_samp}; missing for fewer than two. */
        VARIANCE,
        /** The root of {@link #VARIANCE}. */
        STDDEV,
        /** The value that came first, of any kind. */
        FIRST,
        /** The value that came last, of any kind. */
        LAST,
        /** The number of values that differ, about: the standard error is 1.6 %, and less for few values. */
        DISTINCT,
        /** The least number that so many percent of all are not above; wrong by 0.4 % at most. */
        PERCENTILE,
        /** As {@link #COUNTS}, but only so many values that came most often, those first; of values that came equally often the lesser ones. */
        TOP;

        /** Whether it needs an {@link Computation#argument}. */
        public boolean hasArgument() {
            return this == PERCENTILE || this == TOP;
        }

        /** Whether its result is a JSON object. */
        public boolean isObject() {
            return this == COUNTS || this == TOP;
        }
    }

    /** Checks that a function that needs a field has one. */
    public Computation {
        requireNonNull(name, "name");
        requireNonNull(function, "function");
        if (field == null && function != Function.COUNT) {
            throw new IllegalArgumentException(
                    "aggregate.compute." + name + ": " + function + " of no field (expected: a field)");
        }
        boolean fits =
                switch (function) {
                    case PERCENTILE -> argument > 0 && argument <= 100;
                    case TOP -> argument >= 1 && argument <= VALUES_MAX && argument == Math.rint(argument);
                    case COUNT, SUM, MIN, MAX, AVG, COUNTS, VARIANCE, STDDEV, FIRST, LAST, DISTINCT -> argument == 0;
                };
        if (!fits) {
            throw new IllegalArgumentException("aggregate.compute." + name + ": " + function + " with " + argument
                    + " (expected: percentile of more than 0, at most 100;" + " top of 1 to " + VALUES_MAX
                    + "; else none)");
        }
    }

    /** Makes a computation without argument. */
    public Computation(String name, Function function, @Nullable String field) {
        this(name, function, field, 0);
    }
}
