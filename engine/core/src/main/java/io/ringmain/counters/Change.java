package io.ringmain.counters;

/** What may be done to one counter. */
enum Change {
    ADD(2) {
        @Override
        long next(long old, long first, long second) {
            return old + first;
        }
    },
    SET(3) {
        @Override
        long next(long old, long first, long second) {
            return first;
        }
    },
    COMPARE_AND_SET(4) {
        @Override
        long next(long old, long first, long second) {
            return old == first ? second : old;
        }
    },
    MAX(5) {
        @Override
        long next(long old, long first, long second) {
            return Math.max(old, first);
        }
    };

    /** The number of the command that does it, which stands in journals. */
    final int code;

    Change(int code) {
        this.code = code;
    }

    /** The one that the command with that number does. */
    static Change of(int code) {
        return switch (code) {
            case 2 -> ADD;
            case 3 -> SET;
            case 4 -> COMPARE_AND_SET;
            case 5 -> MAX;
            default -> throw new IllegalArgumentException("change " + code + " (expected: from 2 to 5)");
        };
    }

    /** The value after {@code old}; only to be asked if it does not {@link #overflows}. */
    abstract long next(long old, long first, long second);

    /** Whether the value would leave the range of a long. */
    final boolean overflows(long old, long first) {
        return this == ADD && sumOverflows(old, first);
    }

    static boolean sumOverflows(long one, long other) {
        long sum = one + other;
        return ((one ^ sum) & (other ^ sum)) < 0;
    }
}
