package io.ringmain.perf.rig;

import io.ringmain.Pipeline;
import io.ringmain.PipelineBuilder;
import io.ringmain.config.Backoff;
import io.ringmain.config.Threading;
import io.ringmain.config.WhenFailed;
import io.ringmain.perf.kit.Bar;
import io.ringmain.perf.kit.Machine;
import io.ringmain.perf.kit.Options;
import io.ringmain.perf.work.Cell;
import io.ringmain.spi.Batch;
import io.ringmain.spi.Publication;
import io.ringmain.spi.Sink;
import io.ringmain.spi.Source;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/**
 * Question: how much CPU time does a pipeline take that has nothing to do, or cannot do it? Bar: at most {@value #BAR_SECONDS} s in
 * {@value #SECONDS} s, in each state.
 *
 * <p>Nearly machine-independent: what is counted is CPU time of this process, not time that passes. Default settings; once with as
 * few threads as the work needs, once with three stages and a sink in a thread each. The states: no input; a source that has
 * nothing; a stage in its back-off; a full ring behind a blocked sink, with a publisher blocked before it.
 *
 * <p>Run: {@code java -jar perf/target/ringmain-perf.jar idle [--seconds 30] [--settle 1]}
 */
public final class Idle {

    /** How much CPU time is allowed in {@link #SECONDS}. */
    public static final double BAR_SECONDS = 0.3;

    /** The time that the bar is for. */
    public static final int SECONDS = 30;

    private static final int RING = 64;

    /** What keeps the pipeline from working. */
    private enum State {
        NO_INPUT,
        IDLE_SOURCE,
        BACK_OFF,
        FULL_RING
    }

    /** How long to let the threads come to rest, and how long to watch them. */
    private record Watch(double settleSeconds, double seconds) {}

    private Idle() {}

    /** Measures every state; returns an exit code, see {@link Bar}. */
    public static int run(String[] args) {
        Options options = Options.parse(args, 1, "seconds", Integer.toString(SECONDS), "settle", "1");
        double seconds = options.decimal("seconds");
        double settleSeconds = options.decimal("settle");
        Machine machine = Machine.describe(
                "How much CPU time does an idle pipeline take? Bar: " + BAR_SECONDS + " s in " + SECONDS + " s",
                String.join(" ", args));
        System.out.println("state        threading  CPU seconds in " + seconds + " s");
        boolean kept = true;
        for (State state : State.values()) {
            for (Threading threading : List.of(Threading.auto(), Threading.perStage())) {
                double cpu = measure(state, threading, new Watch(settleSeconds, seconds));
                kept &= cpu <= BAR_SECONDS * seconds / SECONDS;
                System.out.printf(
                        Locale.ROOT,
                        "%-11s  %-9s  %.3f%n",
                        state,
                        threading instanceof Threading.Auto ? "auto" : "per stage",
                        cpu);
            }
        }
        System.out.println(machine.verdict());
        return Bar.report(kept);
    }

    private static double measure(State state, Threading threading, Watch watch) {
        var door = new Door();
        try (Pipeline<Cell> pipeline =
                describe(state, door, watch).threading(threading).build()) {
            pipeline.start();
            Thread publisher = bringAbout(state, pipeline, door);
            pause(watch.settleSeconds);
            long beforeNs = Machine.processCpuNs();
            pause(watch.seconds);
            double cpu = (Machine.processCpuNs() - beforeNs) / 1e9;
            door.abort();
            pipeline.drain(Duration.ZERO);
            join(publisher);
            return cpu;
        }
    }

    private static PipelineBuilder<Cell, Cell> describe(State state, Door door, Watch watch) {
        PipelineBuilder<Cell, Cell> builder = Pipeline.of("idle", Cell.type());
        if (state == State.IDLE_SOURCE) {
            builder.source("nothing", (intake, max) -> Source.Status.IDLE);
        }
        Duration pause = Duration.ofSeconds(SECONDS + (long) (watch.settleSeconds + watch.seconds));
        return builder.bound(RING)
                .transform("first", cell -> {
                    if (state == State.BACK_OFF) {
                        throw new IllegalStateException("on purpose");
                    }
                })
                .filter("second", cell -> true)
                .transform("third", cell -> cell.value++)
                .sink("door", door)
                .whenFailed(WhenFailed.retry(3, new Backoff(pause, pause).withoutJitter(), WhenFailed.skip()));
    }

    /** Publishes until the state has come about; returns the thread that is still publishing then. */
    private static Thread bringAbout(State state, Pipeline<Cell> pipeline, Door door) {
        var publisher = new Thread(() -> publish(state, pipeline), "idle-publisher");
        publisher.start();
        if (state == State.FULL_RING) {
            door.awaitBlocked();
        }
        return publisher;
    }

    private static void publish(State state, Pipeline<Cell> pipeline) {
        if (state == State.BACK_OFF) {
            pipeline.publisher().publish(cell -> cell.value = 1);
            pipeline.publisher().publish(cell -> cell.value = 2);
        } else if (state == State.FULL_RING) {
            Publication last = Publication.PUBLISHED;
            while (last == Publication.PUBLISHED) {
                last = pipeline.publisher().publish(cell -> cell.value = 1);
            }
        }
    }

    private static void pause(double seconds) {
        long ns = (long) (seconds * 1e9);
        long untilNs = System.nanoTime() + ns;
        for (long left = ns; left > 0; left = untilNs - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** A sink that blocks in its first write until it is aborted. */
    private static final class Door implements Sink<Cell> {

        private final CountDownLatch blocked = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        @Override
        public void write(Batch<Cell> batch) throws InterruptedException {
            blocked.countDown();
            opened.await();
        }

        @Override
        public void abort() {
            opened.countDown();
        }

        void awaitBlocked() {
            try {
                blocked.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
