package io.ringmain;

import io.ringmain.spi.Reasoned;
import java.io.IOException;
import java.io.Serial;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Which attempts fail, as a function of the seed, the place and the event, so that a run repeats. Each kind of fault is swarmed: in
 * half of the runs it never happens.
 */
final class SimFaults {

    private final long seed;
    private final int transientPercent;
    private final int poisonPercent;
    private final boolean hard;
    private final boolean reasoned;
    private final int roomlessPercent;
    private final Map<Long, Integer> attempts = new HashMap<>();
    private final Map<Long, Integer> roomless = new HashMap<>();

    SimFaults(SplittableRandom random) {
        seed = random.nextLong();
        transientPercent = random.nextBoolean() ? 0 : 1 + random.nextInt(20);
        poisonPercent = random.nextBoolean() ? 0 : 1 + random.nextInt(10);
        hard = random.nextInt(8) == 0;
        SplittableRandom own = ofItsOwn("kinds");
        reasoned = own.nextBoolean();
        roomlessPercent = own.nextInt(3) > 0 ? 0 : 1 + own.nextInt(20);
    }

    /** Draws faults of which none ends a run by itself. */
    SimFaults(SplittableRandom random, boolean hard) {
        seed = random.nextLong();
        transientPercent = random.nextBoolean() ? 0 : 1 + random.nextInt(20);
        poisonPercent = random.nextBoolean() ? 0 : 1 + random.nextInt(10);
        this.hard = hard;
        reasoned = false;
        roomlessPercent = 0;
    }

    private int roll(int place, long id, int salt) {
        return new SplittableRandom(seed ^ (place * 0x5DEECE66DL) ^ (id << 20) ^ salt).nextInt(1000);
    }

    /** Numbers of the seed's own for {@code name}, which take none from the others: seeds that are kept stay what they were. */
    SplittableRandom ofItsOwn(String name) {
        return new SplittableRandom(seed ^ name.hashCode() * 31L);
    }

    /** Whether the event can never pass the place. */
    boolean isPoison(int place, long id) {
        return roll(place, id, 1) < poisonPercent * 10;
    }

    /** Fails if this attempt of the event at the place is to fail. */
    void check(int place, long id) {
        check(place, id, true);
    }

    /** As {@link #check(int, long)}; without {@code poison} each event passes in the end. */
    void check(int place, long id, boolean poison) {
        if (hard && roll(place, id, 2) == 7) {
            throw new AssertionError("hard fault at place " + place);
        }
        checkRoom(roll(place, id, 9), (id << 8) | place);
        if (poison && isPoison(place, id) && reasoned) {
            throw new Poison(place);
        }
        if (poison && isPoison(place, id)) {
            throw new IllegalStateException("poison at place " + place);
        }
        int attempt = attempts.merge((id << 8) | place, 1, Integer::sum);
        if (attempt <= 2 && roll(place, id, 2 + attempt) < transientPercent * 10) {
            throw new IllegalArgumentException("transient fault at place " + place);
        }
    }

    /** Fails, the first times that it is asked about {@code what}, for want of room if the {@code roll} says so. */
    private void checkRoom(int roll, long what) {
        if (roll < roomlessPercent * 10 && roomless.merge(what, 1, Integer::sum) <= 1 + roll % 5) {
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
    }

    /** Whether a call fails for want of room. */
    boolean lacksRoom(SplittableRandom random) {
        return random.nextInt(100) < roomlessPercent;
    }

    /** A failure that no attempt can mend, and that says so. */
    private static final class Poison extends RuntimeException implements Reasoned {

        @Serial
        private static final long serialVersionUID = 1;

        Poison(int place) {
            super("poison at place " + place);
        }

        @Override
        public String reason() {
            return "poison";
        }
    }

    /** Whether an event may fail at all without being poison. */
    boolean hasTransient() {
        return transientPercent > 0;
    }

    @Override
    public String toString() {
        return "faults{transient=" + transientPercent + "%, poison=" + poisonPercent + "%, hard=" + hard + ", roomless="
                + roomlessPercent + "%}";
    }
}
