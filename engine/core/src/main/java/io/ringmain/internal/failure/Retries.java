package io.ringmain.internal.failure;

import io.ringmain.config.WhenFailed;
import java.util.SplittableRandom;

/**
 * Gives each lane of a pipeline its {@link Attempts}, with random numbers of its own: the same seed and lanes give the same pauses.
 *
 * <p>Thread: any.
 */
public final class Retries {

    private final Object lock = new Object();
    private final String pipeline;
    private final SplittableRandom seeds;

    /** Makes the retries of one pipeline. */
    public Retries(String pipeline, long seed) {
        this.pipeline = pipeline;
        seeds = new SplittableRandom(seed);
    }

    /** Makes the attempts of the lane {@code name} under {@code policy}. */
    public Attempts attempts(String name, WhenFailed policy) {
        synchronized (lock) {
            return new Attempts(new Attempts.Where(pipeline, name), policy, seeds.split());
        }
    }
}
