package io.ringmain;

import io.ringmain.config.Breaker;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Sink;
import io.ringmain.testing.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A sink that checks what it is given against what the stages before it must have done, and fails on chosen calls. */
final class SimSink implements Sink<SimEvent> {

    private final String name;
    private final List<Integer> stagesBefore;
    private final SplittableRandom random;
    private final int failPercent;
    private final boolean hard;
    private final boolean blocking;
    private final SplittableRandom choice;
    private final SimFaults faults;
    private final SplittableRandom rooms;
    // Wants what this does not divide; 0 if it does not choose.
    private final int refusing;
    private final SplittableRandom parts;
    // How many of a hundred events it cannot take while it takes the others.
    private final int partPercent;
    private final Map<Integer, Long> lastIds = new HashMap<>();
    // The ids of what it could not take while it took the others: they may come again, by themselves and before
    // anything else.
    private final List<Long> rest = new ArrayList<>();
    final List<Long> ids = new ArrayList<>();
    private @Nullable Breaker breaker;
    private @Nullable ManualClock clock;
    private int failedInRow;
    private long leftAloneUntilNs = Long.MIN_VALUE;
    private Predicate<SimEvent> route = event -> true;
    private int place;
    private @Nullable SimLetters letters;
    // By source and id: what it took.
    private final Set<Long> taken = new HashSet<>();
    // The letters that it took since it was flushed.
    private final List<Integer> unflushed = new ArrayList<>();
    int closes;
    boolean dirty;

    SimSink(String name, List<Integer> stagesBefore, SplittableRandom random, SimFaults faults) {
        this.name = name;
        this.stagesBefore = List.copyOf(stagesBefore);
        this.random = random.split();
        failPercent = random.nextBoolean() ? 0 : 1 + random.nextInt(25);
        hard = random.nextInt(12) == 0;
        blocking = random.nextBoolean();
        this.faults = faults;
        rooms = faults.ofItsOwn(name + " rooms");
        choice = faults.ofItsOwn(name);
        refusing = choice.nextInt(3) > 0 ? 0 : 1 + choice.nextInt(4);
        parts = faults.ofItsOwn("parts of " + name);
        partPercent = parts.nextInt(3) > 0 ? 0 : 1 + parts.nextInt(30);
    }

    @Override
    public boolean chooses() {
        return refusing > 0;
    }

    @Override
    public boolean wants(SimEvent event) {
        if (letters != null) {
            letters.meets(event, this, place);
        }
        if (event.sum != expectedSum(event.id, stagesBefore)) {
            throw new BrokenInvariant(name + " is asked about event " + event.id + ", on which another lane works");
        }
        if (choice.nextInt(1000) < failPercent * 3) {
            throw new IllegalStateException("fault in the choice of " + name);
        }
        return event.id % refusing != 0;
    }

    /** Says behind which place it stands, and who knows of events that come back. */
    void stands(int behind, SimLetters back) {
        place = behind;
        letters = back;
    }

    String name() {
        return name;
    }

    /** Whether it took the event of that letter, and was not flushed. */
    boolean holds(int letter) {
        return unflushed.contains(letter);
    }

    /** From now on anything else is a stranger. */
    void takesOnly(Predicate<SimEvent> mine) {
        route = mine;
    }

    /** From now on a call too soon after failures in a row is one too many. */
    void reliesOn(Breaker mine, ManualClock time) {
        breaker = mine;
        clock = time;
    }

    /** Notes how a call ends, for the breaker that should hold the next. */
    private void noteCall(boolean succeeded) {
        failedInRow = succeeded ? 0 : failedInRow + 1;
        if (succeeded) {
            leftAloneUntilNs = Long.MIN_VALUE;
        } else if (breaker != null && clock != null && failedInRow >= breaker.after()) {
            leftAloneUntilNs = clock.nowNs() + breaker.pause().toNanos();
        }
    }

    boolean neverFails() {
        return failPercent == 0 && partPercent == 0 && !hard;
    }

    @Override
    public void write(Batch<SimEvent> batch) {
        check(batch);
        checkRoom();
        noteCall(false);
        int roll = random.nextInt(1000);
        if (hard && roll < 5) {
            throw new AssertionError("hard fault in " + name);
        }
        if (roll < failPercent * 10) {
            throw new IllegalStateException("fault in " + name);
        }
        dirty = true;
        rest.clear();
        for (int i = 0; i < batch.size(); i++) {
            SimEvent event = batch.event(i);
            if (event.letter == 0) {
                lastIds.put(event.source, event.id);
            }
            if (parts.nextInt(100) < partPercent) {
                batch.failed(i, new IllegalStateException("event refused by " + name));
                rest.add(event.id);
            } else {
                take(event);
                noteCall(true);
            }
        }
    }

    private void take(SimEvent event) {
        ids.add(event.id);
        if (letters != null && !letters.mayRepeat(event) && !taken.add(event.source * 1_000_000L + event.id)) {
            throw new BrokenInvariant(
                    name + " has taken event " + event.id + " of source " + event.source + " already");
        }
        if (event.letter > 0) {
            unflushed.add(event.letter);
        }
    }

    private void checkRoom() {
        if (faults.lacksRoom(rooms)) {
            // Says nothing about whether the sink is there, so the breaker does not count it.
            throw new UncheckedIOException(new IOException("No space left on device"));
        }
    }

    /** Whether the batch is what the sink could not take before. */
    private boolean isRest(Batch<SimEvent> batch) {
        List<Long> given = new ArrayList<>();
        for (int i = 0; i < batch.size(); i++) {
            given.add(batch.event(i).id);
        }
        return given.equals(rest);
    }

    private void check(Batch<SimEvent> batch) {
        if (clock != null && clock.nowNs() < leftAloneUntilNs) {
            throw new BrokenInvariant(name + " was called at " + clock + ", before " + leftAloneUntilNs);
        }
        boolean again = isRest(batch);
        Map<Integer, Long> last = new HashMap<>(lastIds);
        for (int i = 0; i < batch.size(); i++) {
            SimEvent event = batch.event(i);
            if (refusing > 0 && event.id % refusing == 0) {
                throw new BrokenInvariant(name + " was given event " + event.id + ", which it does not want");
            }
            long sum = expectedSum(event.id, stagesBefore);
            if (event.sum != sum) {
                throw new BrokenInvariant(name + " was given event " + event.id + " with sum " + event.sum
                        + " (expected: " + sum + "), so another lane works on it, or one did not");
            }
            if (!route.test(event)) {
                throw new BrokenInvariant(name + " was given event " + event.id + " of another route");
            }
            if (letters != null) {
                letters.meets(event, this, place);
            }
            Long before = event.letter > 0 ? null : last.put(event.source, event.id);
            if (!again && before != null && before >= event.id) {
                throw new BrokenInvariant(name + " was given event " + event.id + " of source " + event.source
                        + " after " + before + " (expected: in order, once)");
            }
        }
    }

    static long expectedSum(long id, List<Integer> stages) {
        long sum = SimEvent.firstSum(id);
        for (int stage : stages) {
            sum = SimEvent.nextSum(sum, stage);
        }
        return sum;
    }

    @Override
    public void flush() {
        checkRoom();
        if (failPercent > 0 && random.nextInt(10) == 0) {
            noteCall(false);
            throw new IllegalStateException("flush fault in " + name);
        }
        dirty = false;
        unflushed.clear();
    }

    @Override
    public void close() {
        closes++;
    }

    @Override
    public boolean blocking() {
        return blocking;
    }

    @Override
    public String toString() {
        return name + "{fail=" + failPercent + "%, hard=" + hard + ", blocking=" + blocking
                + (partPercent > 0 ? ", part=" + partPercent + '%' : "")
                + (refusing > 0 ? ", refusing=%" + refusing : "") + '}';
    }
}
