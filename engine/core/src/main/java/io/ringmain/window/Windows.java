package io.ringmain.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * How event time is cut into windows.
 *
 * <p>Thread: any. Nothing here allocates once it is made.
 */
public sealed interface Windows {

    /** Returns windows of {@code size} without gap or overlap, one of which begins at the epoch. */
    static Aligned tumbling(Duration size) {
        return sliding(size, size);
    }

    /** Returns windows of {@code size} of which one begins every {@code slide}; they overlap, or leave gaps if the slide is the larger one. */
    static Aligned sliding(Duration size, Duration slide) {
        return new Aligned(nanos("size", size), nanos("slide", slide), 0);
    }

    /** Returns windows, one per burst of a key's events: it ends {@code gap} after the last of them. Windows that touch are one. */
    static Session session(Duration gap) {
        return new Session(nanos("gap", gap));
    }

    /** Returns windows of {@code count} events of a key, one after the other. At the end of input the last one is given with as many as it has. */
    static Global count(long count) {
        return new Global(new Trigger.Count(count), false);
    }

    /** Returns one window of all time, whose results are given again and again as {@code trigger} says. */
    static Global global(Trigger trigger) {
        return new Global(trigger, true);
    }

    private static long nanos(String name, Duration duration) {
        requireNonNull(duration, name);
        try {
            return duration.toNanos();
        } catch (ArithmeticException tooLong) {
            throw new IllegalArgumentException(
                    "windows." + name + ": " + duration + " (expected: < 292 years)", tooLong);
        }
    }

    /**
     * Windows at fixed places, the same ones for all keys.
     *
     * @param sizeNs how long a window is, at least 1
     * @param slideNs from the start of one to that of the next, at least 1
     * @param offsetNs where they begin: one starts there, counted from the epoch; nearer to 0 than the slide
     */
    record Aligned(long sizeNs, long slideNs, long offsetNs) implements Windows {

        /** Checks the bounds. */
        public Aligned {
            requirePositive("size", sizeNs);
            requirePositive("slide", slideNs);
            if (Math.abs(offsetNs) >= slideNs) {
                throw new IllegalArgumentException("windows.offset: " + Duration.ofNanos(offsetNs)
                        + " (expected: shorter than " + Duration.ofNanos(slideNs) + ", to either side)");
            }
        }

        /** Returns these windows, moved so that one begins at {@code offset} after the epoch. */
        public Aligned offset(Duration offset) {
            return new Aligned(sizeNs, slideNs, nanos("offset", offset));
        }

        /** The start of the youngest window that begins at {@code timeNs} or before; it may end before that, where windows leave gaps. */
        public long lastStart(long timeNs) {
            // Not the remainder of time - offset + slide, which is wrong before the epoch (FLINK-26334, SPARK-39347).
            return timeNs - Math.floorMod(timeNs - offsetNs, slideNs);
        }

        /** Whether an event at {@code timeNs} belongs to the window that begins at {@code start}. */
        public boolean contains(long start, long timeNs) {
            return start <= timeNs && timeNs - start < sizeNs;
        }

        /** The start of the oldest window that begins at {@code timeNs} or behind it. */
        public long firstStart(long timeNs) {
            return lastStart(timeNs + slideNs - 1);
        }

        /**
         * The pieces that all windows are made of and that no window cuts, as windows of their own: what was computed of a pane serves every window that has it (J. Li et al., "No Pane, No Gain",
         * SIGMOD Record 34, 2005).
         */
        public Aligned panes() {
            long paneNs = sizeNs;
            long rest = slideNs;
            while (rest != 0) {
                long next = paneNs % rest;
                paneNs = rest;
                rest = next;
            }
            return new Aligned(paneNs, paneNs, Math.floorMod(offsetNs, paneNs));
        }
    }

    /**
     * Windows that follow the events of each key.
     *
     * @param gapNs an event's window ends so long after it, at least 1
     */
    record Session(long gapNs) implements Windows {

        /** Checks the bound. */
        public Session {
            requirePositive("gap", gapNs);
        }
    }

    /**
     * A window of all time for each key. Its result says from when to when events were: from the least time of them up to behind the greatest.
     *
     * @param trigger when results are given
     * @param keeps whether a result is of all events so far; else of those since the last one
     */
    record Global(Trigger trigger, boolean keeps) implements Windows {

        /** Checks that there is a trigger. */
        public Global {
            requireNonNull(trigger, "trigger");
        }
    }

    /** When results of a window are given that has no end. */
    sealed interface Trigger {

        /** Returns what gives a key's result with each {@code count} events of it. */
        static Trigger count(long count) {
            return new Count(count);
        }

        /** Returns what gives the results of all keys that have new events whenever another {@code every} of event time is over, counted from the epoch. */
        static Trigger every(Duration every) {
            return new Every(nanos("trigger.every", every));
        }

        /**
         * With so many events of a key.
         *
         * @param count at least 1
         */
        record Count(long count) implements Trigger {

            /** Checks the bound. */
            public Count {
                if (count < 1) {
                    throw new IllegalArgumentException("windows.trigger.count: " + count + " (expected: >= 1)");
                }
            }
        }

        /**
         * Whenever so much time is over.
         *
         * @param everyNs at least 1
         */
        record Every(long everyNs) implements Trigger {

            /** Checks the bound. */
            public Every {
                requirePositive("trigger.every", everyNs);
            }
        }
    }

    private static void requirePositive(String name, long durationNs) {
        if (durationNs < 1) {
            throw new IllegalArgumentException(
                    "windows." + name + ": " + Duration.ofNanos(durationNs) + " (expected: > 0)");
        }
    }
}
