package io.ringmain.internal.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.ringmain.Pipeline;
import io.ringmain.Report;
import io.ringmain.Report.Failure;
import io.ringmain.config.Threading;
import io.ringmain.config.Waiting;
import io.ringmain.config.WhenFailed;
import io.ringmain.internal.counters.Failures;
import io.ringmain.internal.counters.Failures.Entry;
import io.ringmain.kit.Cell;
import io.ringmain.kit.NoThreadLeft;
import io.ringmain.spi.Duty;
import io.ringmain.spi.Publisher;
import io.ringmain.spi.PushSource;
import io.ringmain.spi.Runner;
import io.ringmain.spi.Sink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whatever throws on a thread of the engine, the pipeline ends as failed and says why; nobody waits for ever. */
@Timeout(20)
@ExtendWith(NoThreadLeft.class)
class EdgeOfAThreadTest {

    private static final long LONG_NS = Duration.ofMinutes(10).toNanos();

    private final ThreadRunner threads = new ThreadRunner("edge", Waiting.BLOCKING);

    private static OutOfMemoryError noMemory() {
        return new OutOfMemoryError("made by a test");
    }

    /** Throws when it works and when it is told of that, and then is done. */
    private static final class Throwing implements Duty {

        private final List<String> calls = new ArrayList<>();
        private volatile boolean done;

        @Override
        public String name() {
            return "throwing";
        }

        @Override
        public int work(long nowNs) {
            calls.add("work");
            if (calls.size() > 3) {
                done = true;
                return 1;
            }
            throw noMemory();
        }

        @Override
        public void failed(Throwable failure) {
            calls.add("failed: " + failure.getMessage());
            if (calls.size() == 2) {
                throw noMemory();
            }
        }

        @Override
        public long wakeAtNs() {
            return Long.MAX_VALUE;
        }

        @Override
        public boolean done() {
            return done;
        }

        @Override
        public boolean keepsAlive() {
            return false;
        }

        @Override
        public void onWake(Runnable wake) {}
    }

    @Test
    void dutyThatThrowsIsToldSoAndCalledUntilItIsDone() {
        Throwing duty = new Throwing();

        threads.start(List.of(duty));
        threads.await(duty::done);

        assertThat(duty.calls)
                .containsExactly("work", "failed: made by a test", "work", "failed: made by a test", "work");
    }

    /** A lane that ends when it is told to; until then it has nothing to do. */
    private static class Idle extends Lane {

        private volatile boolean cut;

        Idle(String name) {
            super(name);
        }

        @Override
        public int work(long nowNs) {
            return 0;
        }

        @Override
        public boolean done() {
            return cut;
        }
    }

    /** Rooms of lanes in a row, as far as a supervisor knows them. */
    private record Row(List<Idle> lanes) implements Topology {

        @Override
        public void isolate(Lane failed) {
            lanes.subList(0, lanes.indexOf(failed)).forEach(Lane::halt);
            lanes.forEach(lane -> lane.cut = true);
        }

        @Override
        public void stopInputs() {}

        @Override
        public boolean inputsEnded() {
            return false;
        }

        @Override
        public int publishControls(long nowNs) {
            return 0;
        }

        @Override
        public boolean controlsWait() {
            return false;
        }

        @Override
        public boolean endInputs(long nowNs) {
            return true;
        }

        @Override
        public boolean isInputThread(Thread thread) {
            return false;
        }

        @Override
        public boolean inputThreadsEnded() {
            return true;
        }

        @Override
        public Iterable<String> inputThreadsAlive() {
            return List.of();
        }
    }

    private static Supervisor run(Failures failures, Waiting waiting, List<Idle> row, int inFirstGroup) {
        var supervisor = new Supervisor("edge", new ThreadRunner("edge", waiting), failures, LONG_NS);
        supervisor.supervise(
                new Row(row),
                List.of(
                        new LaneGroup(row.subList(0, inFirstGroup), supervisor),
                        new LaneGroup(row.subList(inFirstGroup, row.size()), supervisor)));
        supervisor.start();
        supervisor.awaitClosed();
        assertThat(supervisor.hasFailed()).isTrue();
        assertThat(supervisor.runNs()).isLessThan(LONG_NS);
        assertThat(row).allMatch(Lane::ended);
        return supervisor;
    }

    /** What happens when memory ends: the failure is there, and saying so fails. */
    private static final class Untold extends Error {

        private static final long serialVersionUID = 1;

        @Override
        public String getMessage() {
            throw noMemory();
        }
    }

    @ParameterizedTest
    @EnumSource(Waiting.class)
    void errorInDealingWithAFailureEndsThePipelineAsFailed(Waiting waiting) {
        var failures = new Failures();
        var broken = new Idle("broken") {
            @Override
            public int work(long nowNs) {
                throw new Untold();
            }

            @Override
            public void release() {
                throw new IllegalStateException("cannot be closed either");
            }
        };

        Supervisor supervisor = run(failures, waiting, List.of(new Idle("first"), broken, new Idle("last")), 1);

        assertThat(supervisor.abandoned()).isEmpty();
        assertThat(failures.entries())
                .extracting(Entry::where, Entry::type)
                .containsExactly(
                        tuple("broken", "java.lang.OutOfMemoryError"),
                        tuple("broken", "java.lang.IllegalStateException"));
    }

    @Test
    void errorOutsideTheWorkOfLanesEndsTheOneThatWorkedLast() {
        var failures = new Failures();
        var broken = new Idle("broken") {
            @Override
            public long wakeAtNs() {
                throw noMemory();
            }
        };

        run(failures, Waiting.BLOCKING, List.of(broken, new Idle("other")), 1);

        assertThat(failures.entries())
                .containsExactly(new Entry("broken", "java.lang.OutOfMemoryError", "made by a test", 1, null));
    }

    @Test
    void stageWhoseErrorCannotSayWhatItIsEndsThePipelineAsFailed() {
        try (Pipeline<Cell> pipeline = Pipeline.of("edge", Cell.TYPE)
                .transform("broken", cell -> {
                    throw new Untold();
                })
                .sink("out", Sink.each(cell -> {}))
                .threading(Threading.perStage())
                .whenFailed(WhenFailed.stop())
                .drainWithin(Duration.ofNanos(LONG_NS))
                .build()
                .start()) {
            pipeline.publisher().publish(cell -> cell.value = 1);

            Report report = pipeline.await();

            assertThat(report.failed()).isTrue();
            assertThat(report.failures())
                    .containsExactly(new Failure("broken", "java.lang.OutOfMemoryError", "made by a test", 1));
            assertThat(report.accounts().inFlight()).isEqualTo(1);
        }
    }

    /** Has no memory for the threads that make blocked user code return. */
    private record NoThreadToAbort(Runner threads) implements Runner {

        @Override
        public long nowNs() {
            return threads.nowNs();
        }

        @Override
        public void start(List<? extends Duty> duties) {
            threads.start(duties);
        }

        @Override
        public void spawn(String name, Runnable task) {
            // The source's only: whether a lane is still to be aborted at the deadline is a matter of how quick it was.
            if (name.equals("abort silent")) {
                throw noMemory();
            }
            threads.spawn(name, task);
        }

        @Override
        public void await(BooleanSupplier condition) {
            threads.await(condition);
        }

        @Override
        public boolean help() {
            return threads.help();
        }
    }

    @Test
    void supervisorWithoutMemoryForAThreadStillEndsByTheDeadline() {
        var over = new CountDownLatch(1);
        PushSource<Cell> silent = new PushSource<>() {
            @Override
            public void run(Publisher<Cell> publisher) throws InterruptedException {
                over.await();
            }

            @Override
            public void abort() {}
        };
        Pipeline<Cell> pipeline = Pipeline.of("edge", Cell.TYPE)
                .pushSource("silent", silent)
                .sink("out", Sink.each(cell -> {}))
                .runner(new NoThreadToAbort(threads))
                .whenFailed(WhenFailed.stop())
                .build()
                .start();

        Report report = pipeline.drain(Duration.ofMillis(10));
        over.countDown();

        assertThat(report.failed()).isTrue();
        assertThat(report.abandoned()).containsExactly("silent");
        assertThat(report.failures())
                .contains(new Failure("supervisor", "java.lang.OutOfMemoryError", "made by a test", 1));
    }
}
