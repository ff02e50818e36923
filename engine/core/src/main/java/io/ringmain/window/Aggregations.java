package io.ringmain.window;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** Computations that are ready to be used. Thread: any; what they make, one. */
public final class Aggregations {

    private Aggregations() {}

    /** How many events there are. */
    public static <E> Supplier<NumberAggregation<E>> count() {
        return () -> new OfLongs<>(event -> 1, Long::sum);
    }

    /** The sum of whole numbers; wraps around as {@code long} does. */
    public static <E> Supplier<NumberAggregation<E>> sum(ToLongFunction<? super E> value) {
        requireNonNull(value, "value");
        return () -> new OfLongs<>(value, Long::sum);
    }

    /** The least of whole numbers. */
    public static <E> Supplier<NumberAggregation<E>> min(ToLongFunction<? super E> value) {
        requireNonNull(value, "value");
        return () -> new OfLongs<>(value, Math::min);
    }

    /** The greatest of whole numbers. */
    public static <E> Supplier<NumberAggregation<E>> max(ToLongFunction<? super E> value) {
        requireNonNull(value, "value");
        return () -> new OfLongs<>(value, Math::max);
    }

    /** That of the event which came first; of panes, of the older one. */
    public static <E> Supplier<NumberAggregation<E>> first(ToLongFunction<? super E> value) {
        requireNonNull(value, "value");
        return () -> new OfLongs<>(value, (before, next) -> before);
    }

    /** That of the event which came last; of panes, of the younger one. */
    public static <E> Supplier<NumberAggregation<E>> last(ToLongFunction<? super E> value) {
        requireNonNull(value, "value");
        return () -> new OfLongs<>(value, (before, next) -> next);
    }

    /** The least of numbers. */
    public static <E> Supplier<NumberAggregation<E>> minimum(ToDoubleFunction<? super E> value) {
        requireNonNull(value, "value");
        return () -> new OfDoubles<>(value, Math::min);
    }

    /** The greatest of numbers. */
    public static <E> Supplier<NumberAggregation<E>> maximum(ToDoubleFunction<? super E> value) {
        requireNonNull(value, "value");
        return () -> new OfDoubles<>(value, Math::max);
    }

    /** The average of numbers. */
    public static <E> Supplier<NumberAggregation<E>> average(ToDoubleFunction<? super E> value) {
        requireNonNull(value, "value");
        return () -> new OfMoments<>(value) {
            @Override
            public double doubleValue(int group) {
                return state().mean(group);
            }
        };
    }

    /** The variance of a sample of numbers: the squared distances from the average, divided by one less than there are; not a number for fewer than two. */
    public static <E> Supplier<NumberAggregation<E>> variance(ToDoubleFunction<? super E> value) {
        requireNonNull(value, "value");
        return () -> new OfMoments<>(value) {
            @Override
            public double doubleValue(int group) {
                return state().variance(group);
            }
        };
    }

    /** About how many values differ, by {@link DistinctCounts}; {@code hash} must be equal for equal values, and hardly ever for others. */
    public static <E> Supplier<NumberAggregation<E>> distinct(ToLongFunction<? super E> hash) {
        requireNonNull(hash, "hash");
        return () -> new OfDistinct<>(hash);
    }

    /**
     * The least number that {@code percent} of all are not above, by {@link Percentiles}.
     *
     * @param percent from 0 to 100
     */
    public static <E> Supplier<NumberAggregation<E>> percentile(ToDoubleFunction<? super E> value, double percent) {
        requireNonNull(value, "value");
        if (!(percent >= 0 && percent <= 100)) {
            throw new IllegalArgumentException("percentile.percent: " + percent + " (expected: from 0 to 100)");
        }
        return () -> new OfPercentile<>(value, percent);
    }

    /** How often each text came; a result's are read from {@link TextCounts#top}. */
    public static <E> Supplier<TextCounts<E>> counts(Function<? super E, ? extends CharSequence> text) {
        requireNonNull(text, "text");
        return () -> new TextCounts<>(text);
    }

    /** Takes two into one. */
    @FunctionalInterface
    private interface LongFold {

        long apply(long before, long next);
    }

    private static final class OfLongs<E> implements NumberAggregation<E> {

        private final ToLongFunction<? super E> value;
        private final LongFold fold;
        private long[] values = {};
        private boolean[] isAny = {};

        OfLongs(ToLongFunction<? super E> value, LongFold fold) {
            this.value = value;
            this.fold = fold;
        }

        @Override
        public void grow(int capacity) {
            values = Arrays.copyOf(values, capacity);
            isAny = Arrays.copyOf(isAny, capacity);
        }

        @Override
        public void add(int group, E event) {
            add(group, value.applyAsLong(event));
        }

        private void add(int group, long next) {
            values[group] = isAny[group] ? fold.apply(values[group], next) : next;
            isAny[group] = true;
        }

        @Override
        public void merge(int group, Aggregation<E> from, int fromGroup) {
            OfLongs<E> other = (OfLongs<E>) from;
            if (other.isAny[fromGroup]) {
                add(group, other.values[fromGroup]);
            }
        }

        @Override
        public void clear(int group) {
            values[group] = 0;
            isAny[group] = false;
        }

        @Override
        public double doubleValue(int group) {
            return values[group];
        }

        @Override
        public long longValue(int group) {
            return values[group];
        }

        @Override
        public void save(DataOutput out, int count) throws IOException {
            for (int group = 0; group < count; group++) {
                out.writeBoolean(isAny[group]);
                out.writeLong(values[group]);
            }
        }

        @Override
        public void load(DataInput in, int count) throws IOException {
            for (int group = 0; group < count; group++) {
                isAny[group] = in.readBoolean();
                values[group] = in.readLong();
            }
        }
    }

    /** Takes two into one. */
    @FunctionalInterface
    private interface DoubleFold {

        double apply(double before, double next);
    }

    private static final class OfDoubles<E> implements NumberAggregation<E> {

        private final ToDoubleFunction<? super E> value;
        private final DoubleFold fold;
        // Not a number where nothing is known.
        private double[] values = {};

        OfDoubles(ToDoubleFunction<? super E> value, DoubleFold fold) {
            this.value = value;
            this.fold = fold;
        }

        @Override
        public void grow(int capacity) {
            int before = values.length;
            values = Arrays.copyOf(values, capacity);
            Arrays.fill(values, before, capacity, Double.NaN);
        }

        @Override
        public void add(int group, E event) {
            add(group, value.applyAsDouble(event));
        }

        private void add(int group, double next) {
            double before = values[group];
            values[group] = Double.isNaN(before) ? next : Double.isNaN(next) ? before : fold.apply(before, next);
        }

        @Override
        public void merge(int group, Aggregation<E> from, int fromGroup) {
            add(group, ((OfDoubles<E>) from).values[fromGroup]);
        }

        @Override
        public void clear(int group) {
            values[group] = Double.NaN;
        }

        @Override
        public double doubleValue(int group) {
            return values[group];
        }

        @Override
        public void save(DataOutput out, int count) throws IOException {
            for (int group = 0; group < count; group++) {
                out.writeDouble(values[group]);
            }
        }

        @Override
        public void load(DataInput in, int count) throws IOException {
            for (int group = 0; group < count; group++) {
                values[group] = in.readDouble();
            }
        }
    }

    private abstract static class OfMoments<E> implements NumberAggregation<E>, StateAggregation<E, Moments> {

        private final Moments moments = new Moments();
        private final ToDoubleFunction<? super E> value;

        OfMoments(ToDoubleFunction<? super E> value) {
            this.value = value;
        }

        @Override
        public Moments state() {
            return moments;
        }

        @Override
        public void add(int group, E event) {
            moments.add(group, value.applyAsDouble(event));
        }
    }

    private static final class OfDistinct<E> implements NumberAggregation<E>, StateAggregation<E, DistinctCounts> {

        private final ToLongFunction<? super E> hash;
        private final DistinctCounts counts = new DistinctCounts();

        OfDistinct(ToLongFunction<? super E> hash) {
            this.hash = hash;
        }

        @Override
        public DistinctCounts state() {
            return counts;
        }

        @Override
        public void add(int group, E event) {
            counts.add(group, hash.applyAsLong(event));
        }

        @Override
        public double doubleValue(int group) {
            return counts.count(group);
        }
    }

    private static final class OfPercentile<E> implements NumberAggregation<E>, StateAggregation<E, Percentiles> {

        private final ToDoubleFunction<? super E> value;
        private final double percent;
        private final Percentiles numbers = new Percentiles();

        OfPercentile(ToDoubleFunction<? super E> value, double percent) {
            this.value = value;
            this.percent = percent;
        }

        @Override
        public Percentiles state() {
            return numbers;
        }

        @Override
        public void add(int group, E event) {
            double number = value.applyAsDouble(event);
            if (!Double.isNaN(number)) {
                numbers.add(group, number);
            }
        }

        @Override
        public double doubleValue(int group) {
            return numbers.of(group, percent);
        }
    }
}
