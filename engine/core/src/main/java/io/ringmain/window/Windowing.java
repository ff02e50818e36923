package io.ringmain.window;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;

/**
 * What is computed over time: which windows there are, when events happened, by what they are told apart, and what is computed of each window and key.
 *
 * <p>Results leave in the order of (end of the window, key group, key). There are 128 key groups; the group of a key is the same for ever, on every machine.
 *
 * <p>Thread: any; nothing of it changes.
 *
 * @param windows how time is cut
 * @param time when events happened
 * @param keying makes what tells events apart; called once for each lane
 * @param groupsMax how many keys a window tells apart, at least 1; the rest is one result, the last of its window
 * @param compute makes the computations; called for each pane and key group
 * @param allowedLateness for so long a window is kept once it has been given, and given again for each event that comes for it, unless it has more keys than {@code groupsMax}: then what comes for it is late; at least 0
 * @param lanes how many lanes share the work by the keys, from 1 to {@value #LANES_MAX}; the results are the same. For windows at fixed places only
 * @param signature what keys and computations are, in words: a checkpoint of another one is refused; empty if nobody says
 */
public record Windowing<E>(
        Windows windows,
        EventTime<E> time,
        Supplier<? extends Keying<E>> keying,
        int groupsMax,
        List<Supplier<? extends Aggregation<E>>> compute,
        Duration allowedLateness,
        int lanes,
        String signature) {

    /** How many keys a window tells apart if not said: {@value}. */
    public static final int GROUPS_MAX_DEFAULT = 1_000_000;

    /** The most that it may tell apart: {@value}. */
    public static final int GROUPS_MAX_LIMIT = 10_000_000;

    /** The most lanes: {@value}, as many as there are key groups. */
    public static final int LANES_MAX = 128;

    /** Checks the bounds. */
    public Windowing {
        requireNonNull(windows, "windows");
        requireNonNull(time, "time");
        requireNonNull(keying, "keying");
        compute = List.copyOf(compute);
        if (groupsMax < 1 || groupsMax > GROUPS_MAX_LIMIT) {
            throw new IllegalArgumentException(
                    "windowing.groupsMax: " + groupsMax + " (expected: from 1 to " + GROUPS_MAX_LIMIT + ')');
        }
        if (allowedLateness.isNegative()) {
            throw new IllegalArgumentException("windowing.allowedLateness: " + allowedLateness + " (expected: >= 0)");
        }
        if (lanes < 1 || lanes > LANES_MAX) {
            throw new IllegalArgumentException(
                    "windowing.lanes: " + lanes + " (expected: from 1 to " + LANES_MAX + ')');
        }
    }

    /** Returns what computes nothing yet, of all events together. */
    public static <E> Windowing<E> of(Windows windows, EventTime<E> time) {
        return new Windowing<>(windows, time, Windowing::all, GROUPS_MAX_DEFAULT, List.of(), Duration.ZERO, 1, "");
    }

    private static <E> Keying<E> all() {
        KeyBuffer none = new KeyBuffer();
        return event -> none;
    }

    /** The same for each key that {@code keying} finds. */
    public Windowing<E> by(Supplier<? extends Keying<E>> keying) {
        return new Windowing<>(windows, time, keying, groupsMax, compute, allowedLateness, lanes, signature);
    }

    /** The same for each number that {@code key} finds; {@link KeyBuffer#longAt} reads it from a result. */
    public Windowing<E> byLong(ToLongFunction<? super E> key) {
        requireNonNull(key, "key");
        return by(() -> {
            KeyBuffer buffer = new KeyBuffer();
            return event -> {
                buffer.clear();
                buffer.putLong(key.applyAsLong(event));
                return buffer;
            };
        });
    }

    /** The same for each text that {@code key} finds; {@link WindowResult#textKey} is that of a result. */
    public Windowing<E> byText(Function<? super E, ? extends CharSequence> key) {
        requireNonNull(key, "key");
        return by(() -> {
            KeyBuffer buffer = new KeyBuffer();
            return event -> {
                buffer.clear();
                return buffer.putText(key.apply(event)) ? buffer : null;
            };
        });
    }

    /** The same with one more computation. */
    public Windowing<E> compute(Supplier<? extends Aggregation<E>> aggregation) {
        List<Supplier<? extends Aggregation<E>>> all = new ArrayList<>(compute);
        all.add(requireNonNull(aggregation, "aggregation"));
        return new Windowing<>(windows, time, keying, groupsMax, all, allowedLateness, lanes, signature);
    }

    /** The same with another bound of keys. */
    public Windowing<E> groupsMax(int groupsMax) {
        return new Windowing<>(windows, time, keying, groupsMax, compute, allowedLateness, lanes, signature);
    }

    /** The same with windows that are kept for events that come late. */
    public Windowing<E> allowedLateness(Duration allowedLateness) {
        return new Windowing<>(
                windows,
                time,
                keying,
                groupsMax,
                compute,
                requireNonNull(allowedLateness, "allowedLateness"),
                lanes,
                signature);
    }

    /** The same with as many lanes, each with a thread unless {@link io.ringmain.config.Threading} knows of one core only; how many of them work may be changed, see {@link io.ringmain.Pipeline#partitions}. */
    public Windowing<E> lanes(int lanes) {
        return new Windowing<>(windows, time, keying, groupsMax, compute, allowedLateness, lanes, signature);
    }

    /** The same, whose checkpoints are known by {@code signature}: what keys and computations are cannot be seen from them, and those of others would be read as these. */
    public Windowing<E> signature(String signature) {
        return new Windowing<>(
                windows,
                time,
                keying,
                groupsMax,
                compute,
                allowedLateness,
                lanes,
                requireNonNull(signature, "signature"));
    }
}
