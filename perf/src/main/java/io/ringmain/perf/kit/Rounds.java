package io.ringmain.perf.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Lets sides that do the same work take turns, so that a ratio between two of them does not depend on what the machine did at the time.
 *
 * <p>Thread: one.
 */
public final class Rounds {

    /**
     * One run of a side.
     *
     * @param tookNs wall time, in nanoseconds
     * @param cpuNs CPU time of all threads of the process meanwhile, in nanoseconds
     * @param hash of what came out; must be the same in each run of each side
     */
    public record Ran(double tookNs, double cpuNs, long hash) {}

    private final List<Supplier<Ran>> sides;
    private final List<Ran[]> rounds = new ArrayList<>();
    private long hash;
    private boolean hashed;

    /** Prepares rounds of these sides, each of which makes one run when it is asked. */
    public Rounds(List<Supplier<Ran>> sides) {
        this.sides = List.copyOf(sides);
    }

    /** Runs and keeps no figures, for the JIT. */
    public void warmUp(int count) {
        for (int i = 0; i < count; i++) {
            round(i);
        }
    }

    /** Runs and keeps the figures. */
    public void measure(int count) {
        for (int i = 0; i < count; i++) {
            rounds.add(round(i));
        }
    }

    /** Lets each side run once; who goes first changes, in case the first is at an advantage. */
    private Ran[] round(int number) {
        Ran[] round = new Ran[sides.size()];
        for (int i = 0; i < round.length; i++) {
            int side = (i + number) % round.length;
            // What the side before has left is not this one's to clean up.
            System.gc();
            Ran ran = sides.get(side).get();
            check(side, ran.hash);
            round[side] = ran;
        }
        return round;
    }

    private void check(int side, long found) {
        if (hashed && found != hash) {
            throw new IllegalStateException(
                    "hash of side " + side + ": " + found + " (expected: the same on all sides, " + hash + ')');
        }
        hash = found;
        hashed = true;
    }

    /** The wall times of {@code side}, in nanoseconds. */
    public Figures tookNs(int side) {
        Figures figures = new Figures(rounds.size());
        rounds.forEach(round -> figures.add(round[side].tookNs));
        return figures;
    }

    /** How many times as long as {@code base} the side {@code side} took, round by round. */
    public Figures ratios(int side, int base) {
        Figures figures = new Figures(rounds.size());
        rounds.forEach(round -> figures.add(round[side].tookNs / round[base].tookNs));
        return figures;
    }

    /** The CPU times of {@code side}, in nanoseconds. */
    public Figures cpuNs(int side) {
        Figures figures = new Figures(rounds.size());
        rounds.forEach(round -> figures.add(round[side].cpuNs));
        return figures;
    }

    /** The hash that all runs had. */
    public long hash() {
        return hash;
    }
}
