package io.ringmain.config;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/**
 * When to leave a sink alone that does not answer. Its circuit opens once {@code after} attempts in a row have failed, whichever batches they were
 * of; while it is open the sink is not called, and what comes waits in the ring. After a pause the next attempt is a probe: if it succeeds the
 * circuit is closed, if it fails the next pause is twice as long.
 *
 * <p>Beside {@link WhenFailed}: the attempts of a retry are those of one batch, and decide about that batch; the breaker looks at the sink, over
 * all batches, and decides nothing about any. While the circuit is open no attempt is made, and so none of a retry is used up; a probe is an
 * attempt like any other, so a batch that can never be written comes to its end nevertheless. With a retry that has fewer attempts than the
 * breaker waits for, the batches that fail before the circuit opens go where the retry says; where nothing is to be given up while a sink is
 * down, choose more.
 *
 * <p>A batch of which the sink took a part counts as an attempt that succeeded, see {@link io.ringmain.spi.Batch#failed}.
 * One that failed for {@linkplain io.ringmain.spi.FailureKind#NO_ROOM want of room} does not count: the sink answers, and is waited for anyway.
 *
 * @param after how many attempts in a row must fail, at least 1
 * @param pause how long the sink is left alone before the first probe, positive
 * @param cap the longest pause, at least {@code pause}, at most an hour
 */
public record Breaker(int after, Duration pause, Duration cap) {

    private static final Duration CAP_MAX = Duration.ofHours(1);

    /** After how many failed attempts the circuit opens if not said: {@value}. */
    public static final int AFTER_DEFAULT = 5;

    /** After {@value #AFTER_DEFAULT} failed attempts, for 1, 2, 4 … seconds, up to a minute. */
    public static final Breaker DEFAULT = new Breaker(AFTER_DEFAULT, Duration.ofSeconds(1), Duration.ofMinutes(1));

    /** Checks the numbers. */
    public Breaker {
        if (after < 1) {
            throw new IllegalArgumentException("breaker.after: " + after + " (expected: >= 1)");
        }
        if (requireNonNull(pause, "pause").isNegative() || pause.isZero()) {
            throw new IllegalArgumentException("breaker.pause: " + pause + " (expected: > 0)");
        }
        if (requireNonNull(cap, "cap").compareTo(pause) < 0 || cap.compareTo(CAP_MAX) > 0) {
            throw new IllegalArgumentException(
                    "breaker.cap: " + cap + " (expected: from " + pause + " to " + CAP_MAX + ')');
        }
    }

    /** Returns a breaker that opens after {@code after} failed attempts, for {@code pause} and up to {@code cap}. */
    public static Breaker after(int after, Duration pause, Duration cap) {
        return new Breaker(after, pause, cap);
    }
}
