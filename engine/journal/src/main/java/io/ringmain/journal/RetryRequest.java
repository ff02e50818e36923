package io.ringmain.journal;

import java.util.ArrayList;
import java.util.List;

/** Letters that somebody wants tried again, and what has become of them so far. Thread: any. */
public final class RetryRequest {

    private final Object lock = new Object();
    private final long[] ids;
    private final List<Result> results = new ArrayList<>();
    // The intake's.
    private int next;

    /**
     * What became of one letter.
     *
     * @param id its number
     * @param state what the letter is
     * @param timeNs when it became that, in epoch nanoseconds; 0 if it is open
     */
    public record Result(long id, RetryOutcome outcome, LetterState state, long timeNs) {}

    RetryRequest(long[] ids) {
        this.ids = ids;
    }

    boolean hasNext() {
        return next < ids.length;
    }

    long next() {
        return ids[next++];
    }

    void decide(Result result) {
        synchronized (lock) {
            results.add(result);
        }
    }

    /** How many letters were asked for. */
    public int count() {
        return ids.length;
    }

    /** Whether all is known of all letters. */
    public boolean isDone() {
        synchronized (lock) {
            return results.size() == ids.length;
        }
    }

    /** Returns what is known, in the order in which it became so. */
    public List<Result> results() {
        synchronized (lock) {
            return List.copyOf(results);
        }
    }
}
