package io.ringmain.counters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.ringmain.PipelineException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Counters whose journal is one run after the other, and whose disk is full from time to time. */
@Timeout(60)
class DurableCountersTest {

    private static final Duration NEVER = Duration.ofDays(1);
    private static final String NO_ROOM = "No space left on device";

    private final Disk disk = new Disk();

    private Counters open(Disk on) {
        return Counters.singleWriter(CounterLimits.DEFAULT, on.durable(NEVER).runBytesMax(4096));
    }

    private Counters impatient() {
        return Counters.singleWriter(
                CounterLimits.DEFAULT, disk.durable(NEVER).runBytesMax(4096).roomWithin(Duration.ZERO));
    }

    /** Adds until the writer has begun so many runs; returns how much. */
    private long addOverRuns(Counter counter, int count) {
        int until = disk.opened() + count;
        long added = 0;
        while (disk.opened() < until) {
            counter.increment();
            added++;
        }
        return added;
    }

    private static UnavailableException refused(Runnable call) {
        return catchThrowableOfType(UnavailableException.class, call::run);
    }

    @Test
    void manyRunsUnderManyThreadsAreExact() throws Exception {
        try (Counters counters = open(disk)) {
            Counter counter = counters.counter("a");

            Crowd.of(8, number -> {
                Counter own = counters.counter("own-" + number);
                for (int i = 0; i < 3000; i++) {
                    counter.increment();
                    own.increment();
                    assertThat(counters.transfer(own, counter, 1, Duration.ofDays(1)))
                            .isEqualTo(Transfer.DONE);
                }
            });

            assertThat(counter.get()).isEqualTo(48_000);
            assertThat(counters.statistics().operations()).isGreaterThanOrEqualTo(72_000);
            assertThat(counters.statistics().waiting()).isZero();
        }
        assertThat(disk.opened()).isGreaterThan(50);
        assertThat(disk.runs()).as("those before are forgotten").isEqualTo(1);
        try (Counters again = open(disk)) {
            assertThat(again.counter("a").get()).isEqualTo(48_000);
        }
    }

    @Test
    void aRunIsForgottenOnceTheNextHasItsCheckpoint() {
        try (Counters counters = open(disk)) {
            Counter counter = counters.counter("a");
            for (int run = 2; run < 6; run++) {
                addOverRuns(counter, 1);

                assertThat(disk.runs())
                        .as("the one before, which has ended, and this")
                        .isEqualTo(2);
                assertThat(disk.forgotten()).isEqualTo(run - 1);
            }
        }
        assertThat(disk.runs()).isEqualTo(1);
    }

    @Test
    void whatIsForgottenIsMissedWithoutTheCheckpoint() {
        long added;
        try (Counters counters = open(disk)) {
            added = addOverRuns(counters.counter("a"), 2);
        }
        disk.loseCheckpoint();

        assertThat(added).isPositive();
        assertThatThrownBy(() -> open(disk))
                .isInstanceOf(PipelineException.class)
                .hasMessageContaining("the journal begins a run behind operation ")
                .hasMessageContaining("but only 0 are known (expected: all)");
    }

    @Test
    void runsThatNeverHadACheckpointAreKeptUntilTheNextOneHasBegun() {
        try (Counters counters = open(disk)) {
            counters.counter("a").set(7);
        }
        disk.loseCheckpoint();

        try (Counters counters = open(disk)) {
            assertThat(counters.counter("a").get()).isEqualTo(7);
            assertThat(disk.runs())
                    .as("the first checkpoint comes before the begin")
                    .isEqualTo(2);
        }
        assertThat(disk.runs()).isEqualTo(1);
    }

    @Test
    void whoStillHasTheRunsThatAreCoveredGetsTheSame() {
        try (Counters counters = open(disk)) {
            Counter counter = counters.counter("a");
            addOverRuns(counter, 1);
            Disk before = disk.copy();
            addOverRuns(counter, 1);
            long value = counter.get();
            Disk killed = disk.copy();
            Disk keptAll = disk.copy();
            keptAll.prepend(before);

            for (Disk one : new Disk[] {killed, keptAll}) {
                try (Counters again = open(one)) {
                    assertThat(again.counter("a").get()).isEqualTo(value);
                }
            }
        }
    }

    @Test
    void aCheckpointThatFailsBetweenTwoRunsLosesNothing() {
        try (Counters counters = open(disk)) {
            Counter counter = counters.counter("a");
            disk.keepNoCheckpoint(true);
            long added = addOverRuns(counter, 3);

            assertThat(disk.runs()).as("none is forgotten").isEqualTo(4);
            try (Counters again = open(disk.copy())) {
                assertThat(again.counter("a").get()).isEqualTo(added);
            }
            disk.keepNoCheckpoint(false);
            added += addOverRuns(counter, 1);
            assertThat(disk.runs()).isEqualTo(2);
            assertThat(counter.get()).isEqualTo(added);
        }
    }

    @Test
    void whereThereIsNoRoomCallersAreToldWhetherItIsDone() {
        try (Counters counters = impatient()) {
            Counter counter = counters.counter("a");
            Counter other = counters.counter("b");
            counter.increment();
            disk.full(true);

            UnavailableException held = refused(counter::increment);
            UnavailableException refused = refused(() -> counter.add(10));
            UnavailableException made = refused(() -> counters.counter("c"));
            UnavailableException moved = refused(() -> counters.transfer(counter, other, 1, Duration.ofDays(1)));

            assertThat(held).hasMessageContaining("this is done once there is, unless the process ends before");
            assertThat(held.mayBeDone()).isTrue();
            assertThat(refused)
                    .hasMessage(
                            "counters: their journal has no room (expected: some on its disk); nothing was done: make room, and ask again");
            assertThat(refused.mayBeDone()).isFalse();
            assertThat(made.mayBeDone()).isFalse();
            assertThat(moved.mayBeDone()).isFalse();
            assertThat(counter.get()).as("reads go on").isEqualTo(1);
            assertThat(counters.statistics().waiting()).isZero();
            disk.full(false);
            addWhenThereIsRoom(counter, 100);
            assertThat(counter.get()).as("the one that was held, and the last").isEqualTo(102);
            assertThat(counters.snapshot()).containsOnlyKeys("a", "b");
        }
        try (Counters again = open(disk)) {
            assertThat(again.counter("a").get()).isEqualTo(102);
        }
    }

    /** Tries until there is room. */
    private static void addWhenThereIsRoom(Counter counter, long amount) {
        boolean isDone = false;
        while (!isDone) {
            UnavailableException none = refused(() -> counter.add(amount));
            isDone = none == null;
            assertThat(isDone || !none.mayBeDone()).isTrue();
        }
    }

    @Test
    void whoHasGivenUpIsNotAnsweredInPlaceOfWhatIsAskedNext() {
        try (Counters counters = impatient()) {
            Counter counter = counters.counter("a");
            for (long round = 0; round < 20; round++) {
                disk.full(true);
                assertThat(refused(counter::increment).mayBeDone()).isTrue();
                disk.full(false);

                long[] old = {-1};
                while (old[0] < 0) {
                    refused(() -> old[0] = counter.fetchAdd(-1));
                }
                assertThat(old[0]).as("the increment was before").isEqualTo(1);
            }
        }
    }

    @Test
    void aTransferWithALimitTimesOutWhileThereIsNoRoom() throws Exception {
        try (Counters counters = open(disk)) {
            Counter counter = counters.counter("a");
            Counter other = counters.counter("b");
            counter.set(5);
            disk.full(true);
            var held = new Thread(counter::increment);
            held.start();
            disk.awaitRefusal();

            assertThat(counters.transfer(counter, other, 1, Duration.ofMillis(1)))
                    .isEqualTo(Transfer.TIMED_OUT);
            disk.full(false);
            held.join();

            assertThat(counter.get()).isEqualTo(6);
        }
    }

    @Test
    void aRunThatFindsNoRoomToBeginIsTriedAgain() throws Exception {
        try (Counters counters = open(disk)) {
            Counter counter = counters.counter("a");
            disk.failOpens(3, NO_ROOM);

            Crowd.of(8, number -> {
                for (int i = 0; i < 500; i++) {
                    counter.increment();
                }
            });

            assertThat(counter.get()).isEqualTo(4000);
        }
        assertThat(disk.opened()).isGreaterThan(5);
    }

    @Test
    void whoFindsNoRoomToBeginIsToldSo() {
        try (Counters counters = impatient()) {
            Counter counter = counters.counter("a");
            disk.failOpens(1, NO_ROOM);
            long added = 0;
            UnavailableException refused = null;
            while (refused == null) {
                refused = refused(counter::increment);
                added += refused == null ? 1 : 0;
            }

            assertThat(refused.mayBeDone()).isFalse();
            addWhenThereIsRoom(counter, 1);
            assertThat(counter.get()).isEqualTo(added + 1);
        }
    }

    @Test
    void aRunThatCannotBeginSaysWhyAndTheNextCallerTriesAgain() {
        try (Counters counters = open(disk)) {
            Counter counter = counters.counter("a");
            disk.failOpens(1, "it has gone");
            long added = 0;
            UnavailableException refused = null;
            while (refused == null) {
                refused = refused(counter::increment);
                added += refused == null ? 1 : 0;
            }

            assertThat(refused).hasMessageContaining("nothing was done").hasMessageContaining("it has gone");
            assertThat(refused.mayBeDone()).isFalse();
            counter.increment();
            assertThat(counter.get()).isEqualTo(added + 1);
        }
    }

    @Test
    void aWriterThatHasFailedIsToldOfAndOneThatWasClosedIsNot() {
        Counters counters = open(disk);
        counters.counter("a").increment();
        assertThat(counters.failure()).isEmpty();
        disk.breaks("its directory has gone");

        assertThat(refused(counters.counter("a")::increment)).hasMessageContaining("its directory has gone");

        assertThat(counters.failure()).hasValueSatisfying(why -> assertThat(why).contains("its directory has gone"));
        counters.close();
        assertThat(counters.failure()).isPresent();
        Counters others = open(new Disk());
        others.close();
        assertThat(others.failure()).isEmpty();
    }

    @Test
    void afterTheEndNoRunBegins() {
        Counters counters = open(disk);
        Counter counter = counters.counter("a");
        addOverRuns(counter, 3);
        assertThat(disk.timesClosed())
                .as("nobody else comes in between two runs")
                .isZero();
        counters.close();
        int opened = disk.opened();

        UnavailableException refused = refused(counter::increment);

        assertThat(refused).hasMessage("counters: closed (expected: open); nothing was done");
        assertThat(refused.mayBeDone()).isFalse();
        assertThat(disk.opened()).isEqualTo(opened);
        counters.close();
        assertThat(disk.timesClosed()).isEqualTo(1);
    }

    @Test
    void afterTheEndNoRunFollowsOneThatHasJustEnded() {
        Counters counters = open(disk);
        Counter counter = counters.counter("a");
        while (disk.runBytes() < DurableCounters.RUN_BYTES_MIN) {
            counter.increment();
        }
        counters.close();

        assertThat(refused(counter::increment)).hasMessage("counters: closed (expected: open); nothing was done");
        assertThat(disk.opened()).isEqualTo(1);
    }

    @Test
    void aRunWithoutRoomForItsEndLosesNothing() {
        disk.failCloses();
        long added;
        try (Counters counters = open(disk)) {
            added = addOverRuns(counters.counter("a"), 2);
            assertThat(counters.counter("a").get()).isEqualTo(added);
        }
        try (Counters counters = open(disk)) {
            assertThat(counters.counter("a").get()).isEqualTo(added);
        }
    }

    @Test
    void aRunIsNotTooShort() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> disk.durable(NEVER).runBytesMax(4095))
                .withMessage("durable.runBytesMax: 4095 (expected: >= 4096)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> disk.durable(NEVER).roomWithin(Duration.ofNanos(-1)))
                .withMessage("durable.roomWithin: PT-0.000000001S (expected: >= 0)");
    }
}
